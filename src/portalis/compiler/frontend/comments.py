"""Comments of a source file, so that lowering can carry them to the Rust.

Python's `ast` drops comments; `tokenize` keeps them. A comment either stands on a line
of its own (it belongs to the statement that follows) or trails a statement (it belongs to
that one). Remarks for Python tools (`# noqa`, `# type: ignore`, `# pragma: no cover`) mean
nothing in Rust and are left out; `# portalis: ignore[PT203]` is an instruction to Portalis.
"""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its text without `#` and surrounding blanks, and whether it has its line to itself."""

    text: str
    own_line: bool
    column: int = 0


@dataclass(frozen=True, slots=True)
class Suppression:
    """`# portalis: ignore[PT203, PT301]`; no codes means all of them."""

    line: int
    codes: frozenset[str]
    own_line: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    """What the comments of a file say: those worth carrying, by line, and the instructions to Portalis."""

    comments: dict[int, Comment] = field(default_factory=dict)
    suppressions: dict[int, Suppression] = field(default_factory=dict)
    type_ignores: frozenset[int] = frozenset()


_IGNORE = re.compile(r"portalis:\s*ignore(?:\[([A-Za-z0-9_,\s]*)\])?", re.IGNORECASE)
_TOOL = re.compile(
    r"(?:type:\s*ignore\b|noqa\b|pragma:|pylint:|flake8:|isort:|ruff:|mypy:|pyright:|fmt:|yapf:|nosec\b|"
    r"-\*-.*-\*-|vim?:|coding[:=]|!)",
    re.IGNORECASE,
)
_TYPE_IGNORE = re.compile(r"type:\s*ignore\b")


def read(text: str) -> Remarks:
    """Read the comments of a source text that parses.

    A text that `tokenize` refuses although `ast` accepts it (rare: stray form feeds, odd
    continuations) keeps the comments seen before the place of refusal.
    """
    comments: dict[int, Comment] = {}
    suppressions: dict[int, Suppression] = {}
    type_ignores: set[int] = set()
    for line, column, body, own_line in _tokens(text):
        if line == 1 and column == 0 and body.startswith("!"):
            continue
        if found := _IGNORE.search(body):
            codes = frozenset(code.strip().upper() for code in (found[1] or "").split(",") if code.strip())
            suppressions[line] = Suppression(line, codes, own_line)
            body = body[: found.start()].rstrip(" #;-")
        if _TYPE_IGNORE.search(body):
            type_ignores.add(line)
        kept = _without_tool_remarks(body)
        if kept:
            comments[line] = Comment(kept, own_line, column)
    return Remarks(comments, suppressions, frozenset(type_ignores))


Found = tuple[int, int, str, bool]

# A comment or a string, whichever begins first. In strings a backslash spares the next character, raw or not.
_LEXEME = re.compile(
    r"""#[^\n]*|\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""",
    re.DOTALL,
)
# Since Python 3.12 the expressions of an f-string (and a t-string) may hold any quotes, and comments.
_NESTING = re.compile(r"""(?i)\b(?:[ft]r?|r[ft])["']""")


def _tokens(text: str) -> list[Found]:
    """(line, column, text, own line) of each comment."""
    return _tokenized(text) if _NESTING.search(text) else _scanned(text)


def _scanned(text: str) -> list[Found]:
    """The comments of a text without f-strings: much faster than `tokenize`, which large projects feel."""
    found: list[Found] = []
    line, counted = 1, 0
    for lexeme in _LEXEME.finditer(text):
        start = lexeme.start()
        if text[start] == "#":
            line += text.count("\n", counted, start)
            counted = start
            column = start - (text.rfind("\n", 0, start) + 1)
            own_line = not text[start - column : start].strip()
            found.append((line, column, lexeme[0].lstrip("#").strip(), own_line))
    return found


def _tokenized(text: str) -> list[Found]:
    """The comments as `tokenize` finds them."""
    found: list[Found] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                own_line = not token.line[:column].strip()
                found.append((line, column, token.string.lstrip("#").strip(), own_line))
    except (tokenize.TokenError, SyntaxError):
        pass  # the parser has accepted the text: what tokenize has not reached carries no comments for us
    return found


def _without_tool_remarks(body: str) -> str:
    """The comment without the remarks for tools; several may share a line, each after its own `#`."""
    parts = [part.strip() for part in re.split(r"\s#+\s*", " " + body) if part.strip()]
    return " # ".join(part for part in parts if not _TOOL.match(part)).strip()
