"""Running mypy: one build in process for a whole project.

The sources are handed over as texts under paths that do not exist, so that mypy never
takes a project module from its cache (a cached module has no tree) and never writes one; the
standard library's stubs do come from the cache. Comments that would steer mypy (`# mypy:`,
`# type: ignore`) are blanked: what is asked is what the code does, not what its author wants
to hear about.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from mypy import build, nodes, types
from mypy.errors import CompileError
from mypy.modulefinder import BuildSource
from mypy.options import Options

from portalis.compiler.frontend.arguments import argument_types
from portalis.compiler.frontend.oracle.plugin import FIRST, FIRST_TEXT, Sharpener

_VIRTUAL_ROOT = os.path.join(os.sep, "<portalis>")  # noqa: PTH118 (never a real path)
_ANYTHING = "from typing import Any\ndef __getattr__(name: str) -> Any: ...\n"
_STEERING = re.compile(r"#\s*(?:mypy:|type:\s*(?P<type>.*))")
_MESSAGE = re.compile(
    r"(?P<path>.*?):(?P<line>\d+): (?P<kind>error|note): (?P<text>.*?)(?:  \[(?P<code>[\w-]+)\])?", re.DOTALL
)


class OracleError(Exception):
    """mypy could not answer at all."""


@dataclass(frozen=True, slots=True)
class Text:
    """A module handed to mypy: its dotted name, posix path from the import root, and source text."""

    module: str
    relative: str
    text: str

    @property
    def path(self) -> str:
        return os.path.join(_VIRTUAL_ROOT, *self.relative.split("/"))  # noqa: PTH118 (never a real path)


@dataclass(frozen=True, slots=True)
class Message:
    """An error of mypy's in one of the modules."""

    module: str
    line: int
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Built:
    """mypy's trees by module, its types by expression, and its errors."""

    files: dict[str, nodes.MypyFile]
    types: dict[nodes.Expression, types.Type]
    messages: tuple[Message, ...]


def run(texts: list[Text], unparsed: list[Text], cache_dir: Path | None) -> Built:
    """Type all texts in one build.

    Args:
        texts: the modules to type.
        unparsed: modules that exist but cannot be parsed; everything in them is `Any`.
        cache_dir: where the standard library's types are kept between runs; None for nowhere.

    Raises:
        OracleError: mypy fails even when the modules it objects to are left out.
    """
    opaque = {text.module: Text(text.module, text.relative, _ANYTHING) for text in unparsed}
    messages: list[Message] = []
    for _ in range(len(texts) + 1):
        given = [opaque.get(text.module, text) for text in texts]
        given += [text for name, text in opaque.items() if all(name != other.module for other in texts)]
        try:
            result, lines = _build(given, cache_dir)
        except CompileError as error:
            found = list(_messages(error.messages, given))
            blocker = error.module_with_blocker or (found[0].module if found else None)
            if blocker is None or blocker in opaque:
                raise OracleError("; ".join(error.messages)) from error
            relative = next((text.relative for text in texts if text.module == blocker), None)
            opaque[blocker] = Text(blocker, relative or blocker.replace(".", "/") + ".py", _ANYTHING)
            messages.extend(found)
            continue
        messages.extend(_messages(lines, given))
        files = {t.module: result.files[t.module] for t in texts if t.module not in opaque}
        return Built(files, result.types, tuple(dict.fromkeys(messages)))
    raise OracleError("mypy objects to every module")


def _build(texts: list[Text], cache_dir: Path | None) -> tuple[build.BuildResult, list[str]]:
    sources = [BuildSource(text.path, text.module, _without_steering(text.text)) for text in texts]
    sources.append(BuildSource(os.path.join(_VIRTUAL_ROOT, "first.py"), FIRST, FIRST_TEXT))  # noqa: PTH118
    lines: list[str] = []

    def keep(_file: str | None, messages: list[str], _serious: bool) -> None:
        lines.extend(messages)

    options = _options(cache_dir)
    with _without_mypy_path():
        try:
            result = build.build(
                sources,
                options,
                flush_errors=keep,
                stdout=StringIO(),
                stderr=StringIO(),
                extra_plugins=[Sharpener(options, argument_types(text.text for text in texts))],
            )
        except (CompileError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise OracleError(f"mypy crashed: {type(error).__name__}: {error}") from error
    return result, lines


def _without_steering(text: str) -> str:
    """The text with the comments blanked that would change what mypy reports or make it stop.

    Type comments (`# type: list[int]`) stay where they are types; prose (`# type: of thing`) goes.
    """
    if not _STEERING.search(text):
        return text
    lines = text.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return text
    for token in tokens:
        found = _STEERING.match(token.string) if token.type == tokenize.COMMENT else None
        if found and not _is_type(found["type"]):
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column] + "#" + "-" * (len(token.string) - 1)
    return "\n".join(lines)


def _is_type(comment: str | None) -> bool:
    """Whether a type comment holds a type, and not `ignore` or prose."""
    if comment is None or re.match(r"ignore\b", comment):
        return False
    try:
        ast.parse(comment.partition("#")[0].strip(), mode="eval")
    except (SyntaxError, ValueError):
        return False
    return "ignore" not in comment


def _options(cache_dir: Path | None) -> Options:
    options = Options()
    options.python_version = sys.version_info[:2]
    options.python_executable = None  # third-party packages are not followed: they are Any
    options.export_types = True
    options.preserve_asts = True
    options.check_untyped_defs = True
    options.implicit_optional = False
    options.ignore_missing_imports = True
    options.allow_redefinition = True  # a name may be bound to values of different types
    options.follow_imports = "silent"
    options.native_parser = False  # its trees follow the text on disk
    options.show_absolute_path = True
    options.raise_exceptions = True
    options.incremental = cache_dir is not None
    options.cache_dir = str(cache_dir) if cache_dir is not None else os.devnull
    options.sqlite_cache = True
    return options


@contextmanager
def _without_mypy_path() -> Iterator[None]:
    """Keep the user's MYPYPATH from changing the answer."""
    kept = os.environ.pop("MYPYPATH", None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ["MYPYPATH"] = kept


def _messages(lines: list[str], texts: list[Text]) -> Iterator[Message]:
    modules = {text.path: text.module for text in texts}
    for line in lines:
        found = _MESSAGE.fullmatch(line)
        if found and found["kind"] == "error" and found["path"] in modules:
            yield Message(modules[found["path"]], int(found["line"]), found["text"], found["code"] or "")
