"""Texts of a user inside a prompt: nothing in them can end their block or speak for somebody else.

A fence is longer than any row of backticks in it. Marks that chat templates are made of (`<|im_end|>`,
`</s>`, `[INST]`), which tokenizers read as control tokens wherever they stand, are broken up: inside Python's
strings by an escape of the same meaning, elsewhere by a space.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Callable

_MARK = re.compile(
    r"""<[|｜][^<>|｜\n]{0,64}[|｜]>              # <|im_end|>, <|eot_id|>, <｜end▁of▁sentence｜>
    | </?(?:s|bos|eos|pad|unk|mask|cls|sep)>       # Llama 2, T5, BERT
    | <(?:start|end)_of_turn> | <end_of_text>      # Gemma, Granite
    | <(?:fim|file|repo|jupyter|commit|issue|gh|reponame|filename|empty)_?\w*>  # code models
    | <extra_id_\d+> | <unused\d+> | <\|\S
    | \[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]      # Mistral
    | <</?SYS>> | </?think(?:ing)?> | </?tool_call>""",
    re.VERBOSE | re.IGNORECASE,
)
Replacement = Callable[[str], str]
_ROW = re.compile(r"`+|~+")


def fenced(text: str, language: str) -> str:
    """A text as a Markdown code block.

    >>> print(fenced("x = 1", "python"))
    ```python
    x = 1
    ```
    """
    plain = defused_python(text) if language == "python" else defused(text)
    longest = max((len(row) for row in _ROW.findall(plain)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{plain.strip(chr(10))}\n{fence}"


def line(text: str) -> str:
    """A text as one line of a list, its own lines joined.

    >>> line("one\\n  two </s>")
    'one two < /s>'
    """
    return defused(" ".join(text.split()))


def defused(text: str) -> str:
    """A text in which marks of chat templates are broken up by a space."""
    return _until_clean(text, lambda mark: f"{mark[0]} {mark[1:]}")


def defused_python(code: str) -> str:
    """Python in which marks of chat templates are broken up, its meaning kept where it is Python.

    >>> defused_python('stop = "<|im_end|>"')
    'stop = "<\\\\x7cim_end|>"'
    """
    if _MARK.search(code) is None:
        return code
    strings = _strings(code)
    pieces: list[str] = []
    at = 0
    for start, end in strings:
        pieces += [code[at:start], _escaped(code[start:end])]
        at = end
    pieces.append(code[at:])
    return defused(
        "".join(pieces)
    )  # what is left is code or a comment, or joins a string to what is beside it


def _escaped(string: str) -> str:
    raw = "r" in re.split(r"['\"]", string, maxsplit=1)[0].lower()
    if raw:
        return defused(string)
    return _until_clean(string, lambda mark: f"{mark[0]}{_escape(mark[1])}{mark[2:]}")


def _escape(character: str) -> str:
    return f"\\x{ord(character):02x}" if character.isascii() else f"\\u{ord(character):04x}"


def _until_clean(text: str, broken: Replacement) -> str:
    """The text with all marks broken up, those that come about by breaking others too."""
    while (changed := _MARK.sub(lambda found: broken(found[0]), text)) != text:
        text = changed
    return text


def _strings(code: str) -> list[tuple[int, int]]:
    """Where the literal parts of strings stand, as offsets; none where the code is no Python."""
    starts = [0]
    for text_line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(text_line))
    found: list[tuple[int, int]] = []
    wanted = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type in wanted:
                (row, column), (end_row, end_column) = token.start, token.end
                found.append((starts[row - 1] + column, starts[end_row - 1] + end_column))
    except (tokenize.TokenError, SyntaxError, IndexError):
        return []
    return found
