"""Whether a program and its binary did the same: status, standard output, errors, files."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import dropwhile

from portalis.validation.child.codec import Json
from portalis.validation.evidence import Difference

DECLINED = 101
"""The status of a binary that stopped since its Rust can't go on."""
_HEAD = "Traceback (most recent call last):\n"


def without_traceback(said: str) -> str:
    """What a program said, of a traceback (or several in a chain) only the last line: Rust has no frames."""
    if _HEAD not in said:
        return said
    lines = said[said.rindex(_HEAD) + len(_HEAD) :].splitlines(keepends=True)
    return said[: said.index(_HEAD)] + "".join(dropwhile(lambda line: line.startswith((" ", "\t")), lines))


def beyond_limits(run: Mapping[str, Json]) -> bool:
    """Whether a run of Python was ended by the time or the memory that it may take: it says nothing."""
    last = str(run["stderr"]).rstrip("\n").rpartition("\n")[2]
    return run["status"] is None or (run["status"] == 1 and last == "MemoryError")


def difference(
    original: Mapping[str, Json], binary: Mapping[str, Json]
) -> tuple[Difference, str, str] | None:
    """What differs, what Python gave and what the binary gave; None where both did the same."""
    if binary["status"] is None:
        return "hang", f"it ends with {original['status']}", "it does not end"
    if original["stdout"] != binary["stdout"]:
        return "output", _shown(original["stdout"]), _shown(binary["stdout"])
    if original["status"] != binary["status"]:
        said = str(binary["stderr"]).strip()
        return "value", f"exit status {original['status']}", f"exit status {binary['status']}: {said}"
    said, told = without_traceback(str(original["stderr"])), str(binary["stderr"])
    if said != told:
        return "exception", _shown(said), _shown(told)
    if original["files"] != binary["files"]:
        return "arguments", _shown(original["files"]), _shown(binary["files"])
    return None


def _shown(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}…"
