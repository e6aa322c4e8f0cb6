"""Which lines and branches of a function a call reached.

Lines come from the code object's line table, branches from its conditional jumps: an arc is (line of the
jump, line where it goes), -1 for leaving the function. Jumps whose two ends stand on one line can't be told
apart by lines and are left out of the count. Only frames of the function itself are traced, so callees cost
one call event each.
"""

from __future__ import annotations

import dis
import types

from .cost import LineCounter, Tracer
from .hints import nested_codes

Arc = tuple[int, int]

_LEAVES = -1
_MAX_WALK = 60


class Reach:
    """The lines and arcs of one function, and what has been hit so far by agreeing cases.

    `dead` lines are those that no argument of the accepted types can reach; they and their arcs don't count.
    """

    def __init__(self, code: types.CodeType, dead: frozenset[int] = frozenset()) -> None:
        self._codes = frozenset(nested_codes(code))
        self.lines = _lines(code) - dead
        self.arcs = frozenset(
            arc for inner in self._codes for arc in _arcs(inner) if arc[0] not in dead and arc[1] not in dead
        )
        self.hit: set[Arc] = set()
        self.hit_lines: set[int] = set()
        self._current: set[Arc] = set()
        self._counter: LineCounter | None = None

    @property
    def complete(self) -> bool:
        """Whether every line and arc has been hit."""
        return self.lines <= self.hit_lines and self.arcs <= self.hit

    def rest_is_dead(self) -> None:
        """Leave out what was not hit: no argument reaches it."""
        self.lines &= self.hit_lines
        self.arcs &= self.hit

    def line_share(self) -> float:
        """The share of lines hit, 0 to 1; 1 where there are none to tell apart."""
        return len(self.lines & self.hit_lines) / len(self.lines) if self.lines else 1.0

    def branch_share(self) -> float:
        """The share of arcs hit, 0 to 1; 1 where there are none."""
        return len(self.arcs & self.hit) / len(self.arcs) if self.arcs else 1.0

    def watch(self, counter: LineCounter | None = None) -> Tracer:
        """The tracer for one call; with a `counter`, every line of every frame is counted on the way."""
        self._current = set()
        self._counter = counter
        return self._enter

    def watched(self) -> set[Arc]:
        """The arcs that the call went along."""
        return self._current

    def keep(self, arcs: set[Arc]) -> bool:
        """Count the arcs as hit; whether any is new."""
        if arcs <= self.hit:
            return False
        self.hit |= arcs
        for start, end in arcs:
            self.hit_lines.add(abs(start))
            self.hit_lines.add(end)
        return True

    def _enter(self, frame: types.FrameType, event: str, argument: object) -> Tracer | None:
        counter = self._counter
        if frame.f_code not in self._codes:
            return counter.local(frame, event, argument) if counter is not None else None
        add = self._current.add
        previous = frame.f_lineno

        def local(frame: types.FrameType, event: str, argument: object) -> Tracer:
            nonlocal previous
            if event == "line":
                line = frame.f_lineno
                add((previous, line))
                previous = line
                if counter is not None:
                    counter.local(frame, event, argument)
            elif event == "return":
                add((previous, _LEAVES))
            elif event == "exception":
                # What follows is not an arc of the source: a negative start never matches one.
                previous = -abs(previous)
            return local

        return local


def _lines(code: types.CodeType) -> frozenset[int]:
    """Lines with code of their own: not the `def` line, which runs when a call begins."""
    found: set[int] = set()
    for inner in nested_codes(code):
        own = {line for _, _, line in inner.co_lines() if line}
        own.discard(inner.co_firstlineno)
        found |= own
    return frozenset(found)


def _arcs(code: types.CodeType) -> set[Arc]:
    """The arcs of the code's conditional jumps."""
    instructions = list(dis.get_instructions(code))
    index = {instruction.offset: at for at, instruction in enumerate(instructions)}
    found: set[Arc] = set()
    for at, instruction in enumerate(instructions):
        line = _line(instruction)
        if line is None or not _is_conditional(instruction):
            continue
        for start in (at + 1, index.get(instruction.argval, len(instructions))):
            end = _landing(instructions, index, start, line)
            if end is not None:
                found.add((line, end))
    return found


def _landing(instructions: list[dis.Instruction], index: dict[int, int], at: int, line: int) -> int | None:
    """The first other line that control reaches from instruction `at`, or None where that is not one line."""
    for _ in range(_MAX_WALK):
        if at >= len(instructions):
            return None
        instruction = instructions[at]
        here = _line(instruction)
        if here is not None and here != line:
            return here
        name = instruction.opname
        if name.startswith("RETURN"):
            return _LEAVES
        if name in ("RAISE_VARARGS", "RERAISE") or _is_conditional(instruction):
            return None
        at = index[instruction.argval] if name.startswith("JUMP_") else at + 1
    return None


def _is_conditional(instruction: dis.Instruction) -> bool:
    name = instruction.opname
    return name == "FOR_ITER" or name.startswith(("POP_JUMP", "JUMP_IF"))


def _line(instruction: dis.Instruction) -> int | None:
    return instruction.positions.lineno if instruction.positions is not None else None
