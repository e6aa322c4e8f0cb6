"""Cases of a program: its arguments, its standard input, and the files in the folder where it runs.

They are put together from the texts and numbers in the source, from ordinary words and lines, and, as the
search goes on, from cases that came to new lines.
"""

from __future__ import annotations

import ast
import random
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portalis.validation.child.codec import Json
from portalis.validation.programs.options import Slot, slots

_WORDS = (
    "a",
    "b",
    "hello",
    "Hello World",
    "x=1",
    "",
    "é",
    "-",
    "-1",
    "0",
    "1",
    "2",
    "3",
    "7",
    "12",
    "100",
    "3.5",
    "nan",
)
_NAMES = ("a.txt", "b.txt", "data.csv", "missing.txt", "out.txt")
_LINES = (
    "",
    "a",
    "hello world",
    "a,b,c",
    "1,2,3",
    "1 2 3",
    "name: value",
    "# comment",
    "  indented",
    "äöü €",
    "x\ty",
    "-5",
    "0",
    "42",
    "3.25",
    "1e3",
    "end.",
)
_MAX_LINES = 8
_TRIES = 3
"""How often an option is given alone at first."""


@dataclass(frozen=True, slots=True)
class ProgramCase:
    """One case; `files` are texts by name."""

    argv: tuple[str, ...] = ()
    stdin: str = ""
    files: tuple[tuple[str, str], ...] = ()

    def as_json(self, *, twice: bool = False) -> dict[str, Json]:
        """The case as the child takes it; `twice` also asks whether Python says the same again."""
        return {"argv": [*self.argv], "stdin": self.stdin, "files": dict(self.files), "twice": twice}

    def describe(self, script: str) -> str:
        """The case as a person would try it."""
        shown = " ".join([script, *map(repr, self.argv)])
        stdin = f" with {self.stdin!r} as its input" if self.stdin else ""
        files = "".join(f", {name} being {text!r}" for name, text in self.files if name in self.argv)
        return shown + stdin + files


class CaseMaker:
    """Makes cases for the program of some sources, from a seed."""

    def __init__(self, texts: Iterable[str], seed: int) -> None:
        self._rng = random.Random(f"{seed}:program")
        texts = list(texts)
        words, names = _constants(texts)
        self._slots = slots(texts)
        self._words = [*_WORDS, *words, *words]
        self._names = [*_NAMES, *names]
        self._lines = [*_LINES, *words]

    def first(self) -> list[ProgramCase]:
        """The cases that are always tried."""
        files = (("a.txt", "hello world\nhello\n\nlast"), ("b.txt", "1\n2\n3\n"))
        plain = [
            ProgramCase((), stdin, files) for stdin in ("", "\n", "3\n1\n2\n3\n", "hello world\nbye", "q\n")
        ]
        single = [
            ProgramCase((word,), "1\n2\n", files)
            for word in ("a.txt", "b.txt", "missing.txt", "-", "-h", "5")
        ]
        asked = [
            ProgramCase(self._command(files, slot), "hello world\nbye", files)
            for slot in self._slots
            if slot.flags
            for _ in range(_TRIES)
        ]
        return [*plain, *single, ProgramCase(("a.txt", "b.txt"), "", files), *asked]

    def fresh(self) -> ProgramCase:
        """A case of its own."""
        files = tuple(
            (name, self._text())
            for name in dict.fromkeys(self._names)
            if self._rng.random() < 0.7 and "missing" not in name
        )
        if self._slots and self._rng.random() < 0.85:
            return ProgramCase(self._command(files), self._text(), files)
        count = self._rng.choice((0, 1, 1, 1, 2, 2, 3, 4))
        return ProgramCase(tuple(self._argument() for _ in range(count)), self._text(), files)

    def near(self, case: ProgramCase) -> ProgramCase:
        """A case that differs from another in one thing."""
        match self._rng.randrange(5):
            case 0:
                return replace(case, stdin=self._changed(case.stdin))
            case 1 if case.files:
                at = self._rng.randrange(len(case.files))
                name, text = case.files[at]
                return replace(
                    case, files=(*case.files[:at], (name, self._changed(text)), *case.files[at + 1 :])
                )
            case 2 if case.argv:
                at = self._rng.randrange(len(case.argv))
                return replace(case, argv=(*case.argv[:at], self._argument(), *case.argv[at + 1 :]))
            case 3 if case.argv:
                at = self._rng.randrange(len(case.argv))
                return replace(case, argv=(*case.argv[:at], *case.argv[at + 1 :]))
            case _:
                at = self._rng.randrange(len(case.argv) + 1)
                return replace(case, argv=(*case.argv[:at], self._argument(), *case.argv[at:]))

    def _command(self, files: Sequence[tuple[str, str]], sure: Slot | None = None) -> tuple[str, ...]:
        """What the program asks for: its places in order, and some of its options, or only one, between."""
        rng = self._rng
        there = [name for name, _ in files]
        others = rng.sample(self._words, min(len(self._words), 1 + len(there) // 2))
        words = [*there, *there, *there, rng.choice(self._names), *others]
        groups = [slot.draw(rng, words) for slot in self._slots if not slot.flags and rng.random() < 0.95]
        options = [slot for slot in self._slots if slot.flags]
        some = rng.sample(options, min(len(options), rng.choice((0, 1, 1, 2, 2, 3, 4))))
        for slot in some if sure is None else [sure]:
            groups.insert(rng.randrange(len(groups) + 1), slot.draw(rng, words))
        return tuple(text for group in groups for text in group)

    def _argument(self) -> str:
        kind = self._rng.random()
        if kind < 0.4:
            return self._rng.choice(self._names)
        if kind < 0.5:
            return str(self._rng.randint(-20, 200))
        return self._rng.choice(self._words)

    def _text(self) -> str:
        if self._rng.random() < 0.1:
            return ""
        if self._rng.random() < 0.3:
            numbers = [str(self._rng.randint(-9, 99)) for _ in range(self._rng.randint(1, 5))]
            lines = [str(len(numbers)), *numbers] if self._rng.random() < 0.5 else numbers
        else:
            lines = [self._line() for _ in range(self._rng.randint(1, _MAX_LINES))]
        ending = self._rng.choice(("\n", "\n", "\n", "\n", "\r\n"))
        return ending.join(lines) + self._rng.choice((ending, ending, ""))

    def _line(self) -> str:
        if self._rng.random() < 0.2:
            letters = string.ascii_lowercase[:4] + " ,;:"
            return "".join(self._rng.choice(letters) for _ in range(self._rng.randint(0, 12)))
        return " ".join(self._rng.choice(self._lines) for _ in range(self._rng.choice((1, 1, 1, 2, 3))))

    def _changed(self, text: str) -> str:
        lines = text.split("\n")
        at = self._rng.randrange(len(lines))
        match self._rng.randrange(3):
            case 0:
                lines[at] = self._line()
            case 1:
                lines.insert(at, self._line())
            case _:
                del lines[at]
        return "\n".join(lines)


def _constants(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The short texts and numbers written in the sources, and those of them that may name a file."""
    found: dict[str, None] = {}
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Constant(value=str(word)) if 0 < len(word) <= 24 and "\x00" not in word:
                    found[word.strip("\n")] = None
                case ast.Constant(value=int(number)) if type(number) is int and abs(number) < 10**6:
                    found[str(number)] = None
    names = [word for word in found if _names_a_file(word)]
    return list(found), names


def _names_a_file(word: str) -> bool:
    stem, dot, suffix = word.partition(".")
    return bool(dot and stem.isidentifier() and suffix.isalnum())
