"""rustc's and clippy's word on candidates, each within the project's crate beside what it calls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.compiler.driver import Compilation
from portalis.compiler.given import Given
from portalis.compiler.proposals import with_given
from portalis.compiler.unit import Origin
from portalis.diagnostics import Diagnostic, Span
from portalis.emit import binding, cargo, crate
from portalis.rust_grammar import parse, source_of, walk
from portalis.translation.strict_arithmetic import LINT, Place

TRIED = Origin("", "")
"""Of Rust that is only tried."""
_BOUNDS = cargo.Bounds(seconds=240.0, memory_mib=8192)
_ATTRIBUTE = f"#[warn({LINT})]\n"
_ELSEWHERE = Diagnostic("PT801", "it has no part in this trial", Span(1, 1, 1, 1))
_MESSAGE_LINES = 16
_REFERENCE = re.compile(r"`&.*strict::Strict`")


@dataclass(slots=True)
class Checked:
    """What rustc says of one candidate; places are in its `text`, which is formatted.

    Attributes:
        errors: rustc's errors as it renders them, each cut to its first lines.
        references: calls of ours of which the first argument is a reference.
        mismatched: where it finds a value of another type than is expected.
        others: whether there are errors of other kinds.
        overflowing: where arithmetic may overflow; known only where nothing in the crate has errors.
    """

    text: str
    errors: list[str] = field(default_factory=list)
    references: set[Place] = field(default_factory=set)
    mismatched: set[Place] = field(default_factory=set)
    others: bool = False
    overflowing: set[Place] = field(default_factory=set)


class CandidateCrate:
    """A crate in which candidates are checked.

    Args:
        base: the project as the compiler left it.
        rejected: what is out already.
        folder: where the crate is written.
        target: cargo's target folder.
    """

    def __init__(
        self, base: Compilation, rejected: Mapping[str, Diagnostic], folder: Path, target: Path
    ) -> None:
        self.base = base
        self._rejected = rejected
        self._folder = folder
        self._target = target

    def check(self, texts: Mapping[str, str]) -> dict[str, Checked]:
        """One run of clippy over candidates, by item key.

        Raises:
            cargo.RustRejected: rustc finds errors outside them.
            cargo.CargoOverBounds: they take rustc too long, or too much memory.
            cargo.CargoError: cargo could not do its work.
        """
        given = {key: Given(f"{_ATTRIBUTE}{text}", TRIED) for key, text in texts.items()}
        compilation = with_given(self.base, given)
        compiled = compilation.project(self.without(compilation, texts))
        crate.write_core(compiled, self._folder, roots=binding.runtime_roots(compiled))
        run = cargo.check(self._folder, self._target, clippy=True, bounds=_BOUNDS)
        paths = {compilation.lowered[key].callee.path: key for key in texts}
        found = {key: Checked(text) for key, text in texts.items()}
        for message in run.messages:
            path = crate.function_at(self._folder, message.file, message.line) if message.file else None
            if path in paths:
                _note(found[paths[path]], message, self._folder)
        if not run.succeeded and not any(one.errors for one in found.values()):
            raise cargo.RustRejected(run.errors)
        return found

    def without(self, compilation: Compilation, wanted: Mapping[str, str]) -> dict[str, Diagnostic]:
        """What is left out of a crate of these candidates: all that they don't come to call."""
        near = set(wanted)
        waiting = list(wanted)
        while waiting:
            for callee in compilation.lowered[waiting.pop()].callees:
                if callee in compilation.lowered and callee not in near:
                    near.add(callee)
                    waiting.append(callee)
        return {
            **{key: why for key, why in self._rejected.items() if key not in wanted},
            **{key: _ELSEWHERE for key in compilation.lowered if key not in near},
        }


def _note(checked: Checked, message: cargo.CargoMessage, folder: Path) -> None:
    """Enter one message about a candidate."""
    text, row, indent = _function_around(folder / message.file, message.line)
    place = (message.line - row, message.column - indent)
    if message.level == "error":
        checked.text = text
        checked.errors.append(_cut(message.rendered or message.text))
        if message.code == "E0277" and _REFERENCE.search(message.text):
            checked.references.add(place)
        elif message.code == "E0308":
            checked.mismatched.add(place)
        else:
            checked.others = True
    elif message.code == LINT:
        checked.text = text
        checked.overflowing.add(place)


def _function_around(file: Path, line: int) -> tuple[str, int, int]:
    """The outermost function that covers a line (counted from 1), at the left margin.

    With it, the line before it and the columns that were taken off.
    """
    text = file.read_text(encoding="utf-8")
    for node in walk(parse(text)):
        if node.type == "function_item" and node.start_point.row < line <= node.end_point.row + 1:
            indent = node.start_point.column
            lines = source_of(node).split("\n")
            kept = [lines[0], *(one[indent:] if not one[:indent].strip() else one for one in lines[1:])]
            return "\n".join(kept), node.start_point.row, indent
    return "", 0, 0


def _cut(rendered: str) -> str:
    lines: Sequence[str] = rendered.splitlines()
    return "\n".join(lines[:_MESSAGE_LINES])
