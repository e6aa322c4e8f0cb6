"""What Rust from elsewhere may not do: it is compiled outside the sandbox and runs beside its own judge.

Compiling runs macros, so only macros of `std` that read nothing and the text's own are admitted. Running is
sandboxed, but in the process that judges: hence no `unsafe`, and of `std` only what computes. Everything
is decided on the syntax tree and by lists of what is admitted, so that what nobody thought of is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from portalis.diagnostics import Diagnostic
from portalis.rust_grammar import Spans, parse, source_of, walk
from portalis.validation.foreign.admission import (
    CANDIDATE,
    DERIVES,
    RESERVED_MACROS,
    ROOTS,
    Admission,
)
from portalis.validation.rust_syntax import UsePath, segments, use_paths

CODE = "PT743"

_ITEMS = {
    "foreign_mod_item": "an `extern` block",
    "extern_crate_declaration": "`extern crate`",
    "extern_modifier": "an `extern` function",
    "unsafe_block": "`unsafe`",
    "union_item": "a `union`",
    "pointer_type": "a raw pointer",
}
_HINT = "a candidate may compute and print; files, processes, the environment and unsafe code stay outside"


@dataclass(frozen=True, slots=True)
class _Rules:
    """What is admitted in one text: the lists, the crates, and the macros that it defines itself."""

    lists: Admission
    crates: frozenset[str]
    own_macros: frozenset[str]


def refusals(text: str, crates: frozenset[str], admitted: Admission = CANDIDATE) -> tuple[Diagnostic, ...]:
    """What in a Rust text is not admitted, each with its place in it; empty where all is.

    Args:
        text: Rust that parses.
        crates: names of the crates, besides the standard library, that it may use.
        admitted: what of the standard library and of its own crate it may use.
    """
    root = parse(text)
    spans = Spans(text)
    own = {source_of(n.child_by_field_name("name")) for n in walk(root) if n.type == "macro_definition"}
    rules = _Rules(admitted, crates, frozenset(own - RESERVED_MACROS if admitted.own_macros else ()))
    found: dict[tuple[int, str], Diagnostic] = {}
    for node in walk(root):
        for what in _of_node(node, rules):
            found.setdefault(
                (node.start_byte, what),
                Diagnostic(CODE, f"{what} is not admitted", spans.of(node), "error", _HINT),
            )
    return tuple(found.values())


def _of_node(node: Node, rules: _Rules) -> Iterator[str]:
    """What is refused at one node, in words."""
    kind = node.type
    if kind in _ITEMS:
        yield _ITEMS[kind]
    elif kind == "unsafe":
        yield "`unsafe`"
    elif kind == "mod_item" and node.child_by_field_name("body") is None:
        yield "a module in another file"
    elif kind == "macro_invocation":
        yield from _macro(segments(node.child_by_field_name("macro")), rules)
    elif kind in ("attribute_item", "inner_attribute_item"):
        yield from _attribute(node, rules.lists)
    elif kind == "use_declaration":
        for path in use_paths(node.child_by_field_name("argument"), ()):
            yield from _use(path, rules, _modules_around(node))
    elif kind in ("scoped_identifier", "scoped_type_identifier"):
        if not _inside_path(node):
            yield from _path(segments(node), rules.lists, modules=_modules_around(node))
    elif kind == "macro_definition" and not rules.lists.own_macros:
        yield "a macro of its own"
    elif kind == "token_tree" or kind == "macro_definition":
        yield from _tokens(node, rules)
    elif kind in ("identifier", "type_identifier", "field_identifier"):
        name = source_of(node).removeprefix("r#")
        if name in rules.lists.names:
            yield f"`{name}`"


def _inside_path(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type in (
        "scoped_identifier", "scoped_type_identifier", "use_declaration", "scoped_use_list", "use_list",
        "use_wildcard", "use_as_clause",
    )  # fmt: skip


def _modules_around(node: Node) -> int:
    """How many modules of the text a node stands in."""
    count, above = 0, node.parent
    while above is not None:
        count += above.type == "mod_item"
        above = above.parent
    return count


def _macro(path: Sequence[str], rules: _Rules) -> Iterator[str]:
    plain = path[-1] if path else ""
    if len(path) == 1 and (plain in rules.own_macros or plain in rules.lists.macros):
        return
    if len(path) == 2 and path[0] in ROOTS and plain in rules.lists.macros:
        return
    yield f"the macro `{'::'.join(path)}!`"


def _attribute(node: Node, lists: Admission) -> Iterator[str]:
    inner = next((child for child in node.named_children if child.type == "attribute"), None)
    words = [source_of(leaf) for leaf in walk(inner) if leaf.child_count == 0] if inner is not None else []
    name = words[0] if words else ""
    if name not in lists.attributes:
        yield f"the attribute `{name}`"
    elif name == "derive":
        for word in words[1:]:
            if word.isidentifier() and word not in DERIVES | ROOTS and word not in ("cmp", "fmt", "hash"):
                yield f"`derive({word})`"
    elif "include_str" in words or "include" in words:
        yield "a file in an attribute"


def _use(path: UsePath, rules: _Rules, modules: int) -> Iterator[str]:
    names, lists = path.segments, rules.lists
    if len(names) == 1 and names[0] in ROOTS and path.alias not in ("", "_", names[0]):
        yield f"`{names[0]}` under another name"
    elif names[0] in ROOTS and names[-1] == "*" and (len(names) == 2 or names[1] in lists.parts):
        yield f"`use {'::'.join(names)}`"
    elif names[0] in ROOTS and len(names) == 2 and names[1] in lists.parts:
        yield f"`use {'::'.join(names)}` as a whole (name the function)"
    elif names[0] in ROOTS or names[0] in ("self", "super", "crate", "Self") or names[0] in rules.crates:
        yield from _path(names, lists, in_use=True, modules=modules)
    if any(name in lists.names for name in names):
        yield f"`{'::'.join(names)}`"


def _path(names: Sequence[str], lists: Admission, *, in_use: bool = False, modules: int = 0) -> Iterator[str]:
    """What is refused of a path from one of the standard roots, or out of the text.

    `modules` is the number of the text's own modules that the path stands in.
    """
    if names and (names[0] == "crate" or names.count("super") > modules):
        if not lists.crate:
            yield f"`{names[0]}::`, since the text stands in a module of its own,"
        elif not _offered(names, lists.crate):
            yield f"`{'::'.join(names)}`"
    if len(names) < 2 or names[0] not in ROOTS:
        return
    module = names[1]
    if module in lists.parts:
        if len(names) > 2 and names[2] not in lists.parts[module]:
            yield f"`{'::'.join(names[:3])}`"
        elif len(names) == 2:
            yield f"`{'::'.join(names)}`"
    elif module not in lists.modules and not (in_use and (module == "*" or module in lists.macros)):
        yield f"`{'::'.join(names[:2])}`"


def _offered(names: Sequence[str], crate: frozenset[str]) -> bool:
    """Whether a path is one of the crate's that may be used, or below one."""
    return any("::".join(names[:count]) in crate for count in range(2, len(names) + 1))


def _tokens(node: Node, rules: _Rules) -> Iterator[str]:
    """The same inside a macro's tokens, which no grammar reads: by their spelling."""
    leaves = [leaf for leaf in walk(node) if leaf.child_count == 0]
    if node.type == "token_tree" and node.parent is not None and node.parent.type == "token_tree":
        return
    words = [source_of(leaf).removeprefix("r#") for leaf in leaves]
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in ("unsafe", "extern", "asm", "global_asm") or word in rules.lists.names:
            yield f"`{word}` in a macro"
        elif word in ROOTS and after == "::":
            names = _token_path(words[at:])
            if len(names) < 2 or not names[1].isidentifier():
                yield f"a path from `{word}` put together by a macro"
            else:
                yield from _path(names, rules.lists, in_use=names[1] in rules.lists.macros)
        elif word in ("crate", "super") and after == "::":
            yield from _path(_token_path(words[at:]), rules.lists, modules=_modules_around(node))
        elif after == "!" and words[at + 2 : at + 3] and words[at + 2] in "([{" and word.isidentifier():
            yield from _macro([word], rules)
        elif word == "#" and after == "[":
            yield from _token_attribute(words[at + 2 :], rules.lists)
        elif word == "use" and after in ("::", "{", "$"):
            yield "a `use` put together by a macro"
        elif word in ROOTS and leaves[at].type in ("identifier", "metavariable"):
            yield f"`{word}` handed to a macro"
        elif word == "macro_rules" and after == "!" and words[at + 2 : at + 3]:
            yield from _macro([words[at + 2]], rules)


def _token_attribute(words: Sequence[str], lists: Admission) -> Iterator[str]:
    if not words or words[0] not in lists.attributes:
        yield f"the attribute `{words[0] if words else ''}` in a macro"


def _token_path(words: Sequence[str]) -> list[str]:
    """The names of the path at the start of some tokens; `std::{…}` has one."""
    names = [words[0]]
    for at in range(1, len(words) - 1, 2):
        if words[at] != "::" or not (words[at + 1].isidentifier() or words[at + 1] in "{*$"):
            break
        names.append(words[at + 1])
    return names
