"""Rust source split into its top-level items, by brackets and without parsing expressions.

Enough for two needs: carrying only the used part of the runtime, and naming the function in which
rustc found an error. Strings and comments are blanked first, so brackets inside them don't count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ItemClass = Literal["fn", "type", "value", "trait", "macro", "impl", "use", "mod", "other"]

_OPAQUE = re.compile(
    r"""
    (?P<line>//[^\n]*)
  | (?P<block>/\*.*?\*/)
  | (?P<raw>\b[bc]?r(?P<hashes>\#*)".*?"(?P=hashes))
  | (?P<string>\b[bc]?"(?:\\.|[^"\\])*" | "(?:\\.|[^"\\])*")
  | (?P<char>b?'(?:\\u\{[0-9a-fA-F_]+\}|\\x[0-9a-fA-F]{2}|\\.|[^\\'\n])')
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"#\[")
_HEAD = re.compile(
    r"(?:pub(?:\([^)]*\))?\s+)?"
    r"(?:(?P<fn>(?:(?:const|async|unsafe|extern(?:\s+\S+)?)\s+)*fn)\s+(?P<fn_name>\w+)"
    r"|(?P<type>struct|enum|union|type)\s+(?P<type_name>\w+)"
    r"|(?P<value>const|static(?:\s+mut)?)\s+(?P<value_name>\w+)"
    r"|(?P<trait>(?:unsafe\s+)?trait)\s+(?P<trait_name>\w+)"
    r"|(?P<mod>mod)\s+(?P<mod_name>\w+)"
    r"|(?P<macro>macro_rules!)\s*(?P<macro_name>\w+)"
    r"|(?P<impl>(?:unsafe\s+)?impl)\b"
    r"|(?P<use>use)\b)"
)
_CLASSES: tuple[ItemClass, ...] = ("fn", "type", "value", "trait", "mod", "macro")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_ENDS_AT_SEMICOLON = frozenset({"value", "use"})


@dataclass(frozen=True, slots=True)
class RustItem:
    """A top-level item: its source with leading comments and attributes.

    `masked` is the source with comments and literals blanked. `names` are the names it defines; an
    `impl` or `use` defines none. `line` and `end_line` are 1-based.
    """

    kind: ItemClass
    names: tuple[str, ...]
    text: str
    masked: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class SplitFile:
    """A file: its inner docs and attributes, and its items in order."""

    header: str
    items: tuple[RustItem, ...]


def mask(text: str) -> str:
    """The text with comments and the insides of literals turned to spaces; length and lines stay."""
    return _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def split(text: str) -> SplitFile:
    """The top-level items of a Rust source file.

    >>> [item.names for item in split("/// One.\\nfn one() {}\\nconst TWO: u8 = 2;\\n").items]
    [('one',), ('TWO',)]
    """
    masked = mask(text)
    header_end = _header_end(text)
    items: list[RustItem] = []
    start = header_end
    while start < len(text):
        kind, names, head = _classify(masked, start)
        if head == len(masked):
            break
        end = _item_end(masked, head, kind)
        items.append(_make_item(text, masked, start, end, kind, names))
        start = end
    return SplitFile(text[:header_end].strip("\n"), tuple(items))


def item_at(file: SplitFile, line: int) -> RustItem | None:
    """The item that covers a line, its leading comments included."""
    return next((item for item in file.items if item.line <= line <= item.end_line), None)


def _make_item(
    text: str, masked: str, start: int, end: int, kind: ItemClass, names: tuple[str, ...]
) -> RustItem:
    while start < end and text[start] in " \t\r\n":
        start += 1
    line = text.count("\n", 0, start) + 1
    end_line = line + text.count("\n", start, end)
    return RustItem(kind, names, text[start:end], masked[start:end], line, end_line)


def _header_end(text: str) -> int:
    """Where the leading `//!` lines and `#![...]` attributes (and blank lines between them) end."""
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped and not stripped.startswith(("//!", "#![")):
            break
        position += len(line)
    return position


def _classify(masked: str, start: int) -> tuple[ItemClass, tuple[str, ...], int]:
    """The kind and names of the item after `start`, and where its first token stands."""
    head = _skip_space(masked, start)
    token = head
    while _ATTRIBUTE.match(masked, token):
        token = _skip_space(masked, _matching(masked, token + 1) + 1)
    match = _HEAD.match(masked, token)
    if match is None:
        inner = re.findall(r"\bstatic\s+(\w+)", masked[token : _matching_from(masked, token)])
        return "other", tuple(inner), head
    for kind in _CLASSES:
        if match.group(kind):
            return kind, (match.group(f"{kind}_name"),), head
    return ("impl" if match.group("impl") else "use"), (), head


def _skip_space(masked: str, position: int) -> int:
    while position < len(masked) and masked[position].isspace():
        position += 1
    return position


def _matching(masked: str, opening: int) -> int:
    """The index of the bracket that closes the one at `opening` (the end of the text if none does)."""
    depth = 0
    for position in range(opening, len(masked)):
        if masked[position] in _OPEN:
            depth += 1
        elif masked[position] in _CLOSE:
            depth -= 1
            if depth == 0:
                return position
    return len(masked) - 1


def _matching_from(masked: str, position: int) -> int:
    while position < len(masked) and masked[position] not in _OPEN:
        position += 1
    return _matching(masked, position) if position < len(masked) else len(masked)


def _item_end(masked: str, head: int, kind: ItemClass) -> int:
    """Just after the item's last character: a `;`, or the `}` that brings the depth back to zero."""
    position, depth = head, 0
    while position < len(masked):
        char = masked[position]
        if char == "#" and depth == 0 and _ATTRIBUTE.match(masked, position):
            position = _matching(masked, position + 1)
        elif char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth == 0 and char == "}" and kind not in _ENDS_AT_SEMICOLON:
                return position + 1
        elif char == ";" and depth == 0:
            return position + 1
        position += 1
    return len(masked)
