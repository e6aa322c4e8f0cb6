"""The code in what a model wrote: fenced blocks, or the lines that are Rust."""

from __future__ import annotations

import functools
import re

from markdown_it import MarkdownIt

_RUST = frozenset({"", "rust", "rs"})
_THINKING = re.compile(r"\A\s*<think(?:ing)?>")
_THOUGHT = re.compile(r"</think(?:ing)?>")
_FIRST = re.compile(
    r"^[ \t]*(?://|#!?\[|(?:pub|fn|use|const|static|struct|enum|impl|trait|type|unsafe|extern|async|mod)\b)",
    re.MULTILINE,
)
_LAST = re.compile(r"[};][ \t]*(?://[^\n]*)?$", re.MULTILINE)


@functools.cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(["inline"])  # only the blocks are asked for


def code_blocks(text: str) -> list[str]:
    """The pieces of Rust in a text, in order: its code blocks, or, without any, its lines of code.

    What a reasoning model writes before its answer, between `<think>` and `</think>`, is passed over; a
    thought that does not end leaves nothing. A block that is not closed ends with the text. Blocks that say
    they are of another language don't count.

    >>> code_blocks("Sure:\\n```rust\\nfn f() {}\\n```\\nIt does nothing.")
    ['fn f() {}\\n']
    >>> code_blocks("Here it is.\\nfn f() {}\\nDone.")
    ['fn f() {}\\n']
    """
    ends = [found.end() for found in _THOUGHT.finditer(text)]
    if ends:
        text = text[ends[-1] :]
    elif _THINKING.match(text):
        return []
    tokens = _markdown().parse(text)
    fences = [token for token in tokens if token.type == "fence"]
    if fences:
        return [token.content for token in fences if _language(token.info) in _RUST]
    return _bare(text)


def _language(info: str) -> str:
    """The language that a fence names: `rust,ignore` and `rust title="x"` are rust."""
    return re.split(r"[\s,{]", info.strip(), maxsplit=1)[0].lower()


def _bare(text: str) -> list[str]:
    """The lines from the first that starts like Rust to the last that ends like it."""
    first = _FIRST.search(text)
    if first is None:
        return []
    ends = [found.end() for found in _LAST.finditer(text, first.start())]
    return [text[first.start() : ends[-1]] + "\n"] if ends else [text[first.start() :]]
