"""What is asked of an engine: a text of Python, and what of it is wanted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portalis.utils.ast_utils import classes, parse_source

Unit = Literal["function", "class", "module"]

# PEP 263: the declaration stands in one of the first two lines, the first being blank or a comment.
_ENCODING = re.compile(
    r"\A(?P<head>\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?"
    r"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*)(?P<name>[-\w.]+)"
)


@dataclass(frozen=True, slots=True)
class Request:
    """One text to translate: its Python, and what of it is asked for ("" for the only one there is)."""

    python_code: str
    unit: Unit
    name: str = ""

    @property
    def module(self) -> str:
        """A module's name that depends on the text only, so that a batch gives each text the same Rust."""
        digest = hashlib.sha256(self.python_code.encode("utf-8", "surrogatepass"))
        return f"text_{digest.hexdigest()[:16]}"

    def source(self) -> bytes:
        """The text as the bytes of a file that Python reads as this text.

        An encoding that the text declares is not that of a `str`, which `compile` too takes as it is.
        """
        text = _ENCODING.sub(r"\g<head>utf-8", self.python_code, count=1)
        return text.encode("utf-8", "surrogatepass")


def apart(requests: Sequence[Request]) -> list[list[Request]]:
    """The different requests in groups in which no two texts define a class of one name.

    The exceptions of a project are variants of one `Error`, so two of one name would be in each other's way.
    """
    groups: list[tuple[list[Request], set[str]]] = []
    for request in dict.fromkeys(requests):
        defined = _class_names(request.python_code)
        for group, taken in groups:
            if taken.isdisjoint(defined):
                group.append(request)
                taken |= defined
                break
        else:
            groups.append(([request], defined))
    return [group for group, _ in groups]


def _class_names(text: str) -> set[str]:
    try:
        tree = parse_source(text)
    except SyntaxError:
        return set()  # nothing of it will be translated
    return {definition.qualname for definition in classes(tree)}
