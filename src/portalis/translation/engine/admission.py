"""What Rust must still obey to stand in a crate of ours, beyond what `answers` admits of any text.

It must not print past our sink, and its recursion must be of a kind that is watched: the stack of a Python
process ends without an exception.
"""

from __future__ import annotations

from tree_sitter import Node

from portalis.rust_grammar import parse, source_of, walk

_PRINTS = frozenset({"print", "println", "eprint", "eprintln", "dbg"})
_GUARD = "let _depth = decline::enter();"


class NotAdmitted(Exception):
    """Why a text may not stand in a crate, in words that can go back to whoever wrote it."""


def admitted(text: str) -> str:
    """A function's text with its recursion watched, if it may stand in a crate at all.

    Raises:
        NotAdmitted: it prints, or a function inside it calls itself.
    """
    root = parse(text)
    for node in walk(root):
        if node.type == "macro_invocation":
            name = source_of(node.child_by_field_name("macro"))
            if name in _PRINTS:
                raise NotAdmitted(f"`{name}!` must not be used: the function returns its result")
    functions = [node for node in walk(root) if node.type == "function_item"]
    outer, inner = functions[0], functions[1:]
    calls = {_name(one): _called(one) for one in inner}
    for name in calls:
        if name in _reached(name, calls):
            raise NotAdmitted(f"`{name}` inside the function calls itself: write it as a loop")
    own = _name(outer)
    if own not in _called(outer):
        return text
    if any(own in named for named in calls.values()):
        raise NotAdmitted(f"a function inside `{own}` calls `{own}`: only `{own}` itself may")
    block = outer.child_by_field_name("body")
    at = block.start_byte + 1 if block is not None else 0
    data = text.encode("utf-8")
    return (data[:at] + f"\n    {_GUARD}".encode() + data[at:]).decode("utf-8")


def _name(function: Node) -> str:
    return source_of(function.child_by_field_name("name"))


def _called(function: Node) -> frozenset[str]:
    """Every name in a function's block that may be a function's, those inside it included."""
    block = function.child_by_field_name("body")
    nodes = walk(block) if block is not None else ()
    return frozenset(source_of(n) for n in nodes if n.type in ("identifier", "field_identifier"))


def _reached(start: str, calls: dict[str, frozenset[str]]) -> frozenset[str]:
    """The functions inside that one of them comes to call."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in calls[waiting.pop()] & calls.keys():
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)
