"""Which names a proposed function uses, and where they come from.

The function will stand in a module with many other names. Only those count that were offered: any other is
refused here, where a reason can be given, instead of being found by accident in the module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from portalis.rust_grammar import source_of, walk
from portalis.translation.reading.homes import HOMES, MODULES, PRELUDE, PRIMITIVES
from portalis.validation.rust_syntax import imported_names, segments, use_paths

_ROOTS = frozenset({"std", "core", "alloc", "crate", "super", "Self"})
_DEFINES = frozenset(
    """associated_type const_item const_parameter enum_item enum_variant function_item function_signature_item
    struct_item trait_item type_item type_parameter union_item""".split()
)
_BINDS = {
    "closure_parameters": None,
    "for_expression": "pattern",
    "let_condition": "pattern",
    "let_declaration": "pattern",
    "parameter": "pattern",
}
"""Nodes that bind names, and the field that holds the pattern; None for all of the node."""
_KEYWORDS = frozenset(
    """as async await break const continue crate dyn else enum extern false fn for if impl in let loop
    match mod move mut pub ref return self static struct super trait true type unsafe use where while
    yield""".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """What of the names of a function is missing.

    Attributes:
        unknown: names that are neither defined, nor imported, nor offered, in the order of the text.
        wanted: paths to import for names that were offered or that everybody imports, sorted.
    """

    unknown: tuple[str, ...]
    wanted: tuple[str, ...]


def names_of(root: Node, expected: Node, offered: frozenset[str]) -> Names:
    """Where the names in a text come from.

    Args:
        root: the tree of the text.
        expected: the tree of the head that was asked for: its names are known where the text will stand.
        offered: what else is known there: names, and paths of the crate by their last part (a function or
            a type) or the one before (the module of a function).
    """
    known = PRELUDE | {source_of(node) for node in walk(expected) if node.type in _LEAVES}
    known |= {name for name in offered if "::" not in name}
    own = {*_defined(root), *_bound(root), *_imported(root)}
    paths = {path.rpartition("::")[2]: path for path in offered if "::" in path}
    modules = {path.split("::")[-2]: path.rpartition("::")[0] for path in offered if path.count("::") > 1}
    unknown: dict[str, None] = {}
    wanted: set[str] = set()
    for name, is_module in _used(root):
        if name in own or (name in known and not is_module):
            continue
        if is_module and name in modules:
            wanted.add(modules[name])
        elif is_module and (name in known or name in PRIMITIVES or name in _ROOTS):
            continue
        elif name in paths:
            wanted.add(paths[name])
        elif is_module and name in MODULES:
            wanted.add(f"std::{name}")
        elif name in HOMES and HOMES[name][0].startswith("std::"):
            wanted.add(HOMES[name][0])
        else:
            unknown[name] = None
    return Names(tuple(unknown), tuple(sorted(wanted)))


_LEAVES = ("identifier", "type_identifier")


def _defined(root: Node) -> Iterator[str]:
    for node in walk(root):
        if node.type in _DEFINES:
            yield source_of(node.child_by_field_name("name"))


def _imported(root: Node) -> Iterator[str]:
    for node in walk(root):
        if node.type == "use_declaration":
            yield from imported_names(node)


def _bound(root: Node) -> Iterator[str]:
    """Names of variables, wherever they are bound: scopes are left to rustc."""
    for node in walk(root):
        if node.type in _BINDS:
            where = _BINDS[node.type]
            pattern = node if where is None else node.child_by_field_name(where)
            yield from _of_pattern(pattern, upper=node.type != "let_condition")
        elif node.type == "match_pattern":
            guard = node.child_by_field_name("condition")
            for child in node.children:
                if guard is None or child.start_byte < guard.start_byte:
                    yield from _of_pattern(child, upper=False)


def _of_pattern(node: Node | None, *, upper: bool) -> Iterator[str]:
    """The names that a pattern binds; those with a capital only where they can't be constants (`upper`)."""
    if node is None:
        return
    for leaf in walk(node):
        if leaf.type in ("identifier", "shorthand_field_identifier"):
            name, parent = source_of(leaf), leaf.parent
            variant = parent is not None and parent.child_by_field_name("type") == leaf
            if not variant and (upper or not name[:1].isupper()):
                yield name


def _used(root: Node) -> Iterator[tuple[str, bool]]:
    """Names that stand for something defined elsewhere, each with whether it starts a path."""
    for node in walk(root):
        parent = node.parent
        if parent is None:
            continue
        if node.type == "token_tree":
            if parent.type not in ("token_tree", "attribute"):
                yield from _used_in_tokens(node)
        elif node.type == "use_declaration":
            yield from (
                (path.segments[0], True) for path in use_paths(node.child_by_field_name("argument"), ())
            )
        elif node.type in _LEAVES or (node.type == "self" and parent.type == "scoped_identifier"):
            yield from _used_at(node, parent)


def _used_at(leaf: Node, parent: Node) -> Iterator[tuple[str, bool]]:
    if parent.type in ("scoped_identifier", "scoped_type_identifier"):
        if _starts_path(leaf):
            yield source_of(leaf), True
    elif parent.type == "generic_type_with_turbofish" and leaf == parent.children[0]:
        yield source_of(leaf), True
    elif parent.type not in _NOT_USES and not _names(parent, leaf):
        yield source_of(leaf), False


def _names(parent: Node, leaf: Node) -> bool:
    """Whether a leaf is the name of what its parent defines."""
    named = parent.type in _DEFINES or parent.type == "type_binding"
    return named and parent.child_by_field_name("name") == leaf


_NOT_USES = frozenset(
    """attribute generic_type_with_turbofish label lifetime macro_invocation token_tree use_as_clause
    use_declaration use_list scoped_use_list use_wildcard""".split()
)


def _starts_path(node: Node) -> bool:
    """Whether a leaf is the first of a path that isn't part of a `use`."""
    top = node
    while top.parent is not None and top.parent.type in ("scoped_identifier", "scoped_type_identifier"):
        if top.parent.child_by_field_name("path") != top:
            return False
        top = top.parent
    return top.parent is None or not (top.parent.type.startswith("use_") or "use_list" in top.parent.type)


def _used_in_tokens(tree: Node) -> Iterator[tuple[str, bool]]:
    """The same in a macro's tokens, which no grammar reads: what is called, and what starts a path."""
    leaves = [leaf for leaf in walk(tree) if leaf.child_count == 0 and "comment" not in leaf.type]
    words = [source_of(leaf) for leaf in leaves]
    for at, (leaf, word) in enumerate(zip(leaves, words, strict=True)):
        before = words[at - 1] if at else ""
        after = words[at + 1] if at + 1 < len(words) else ""
        if leaf.type != "identifier" or word in _KEYWORDS or before in (".", "::", "!", "fn"):
            continue
        if after == "::":
            yield word, True
        elif after == "(":
            yield word, False


def foreign_items(root: Node) -> Iterator[str]:
    """Items that would change what stands around the function, or outlive a call, in words."""
    own = set(_defined(root))
    for node in walk(root):
        match node.type:
            case "static_item":
                yield "a `static` (what a call leaves behind)"
            case "mod_item":
                yield "a module"
            case "inner_attribute_item":
                yield f"the attribute `{source_of(node)}`"
            case "impl_item":
                named = [node.child_by_field_name(part) for part in ("type", "trait")]
                heads = [_last(segments(one)) for one in named if one is not None]
                if own.isdisjoint(heads):
                    yield f"an `impl` for `{source_of(named[0])}`, which is not defined in the answer"
            case "use_declaration" if node.children[0].type == "visibility_modifier":
                yield "a `pub use`"
            case _:
                pass


def _last(names: Sequence[str]) -> str:
    """The name of the type that a path of names leads to, arguments left out."""
    end = names.index("<") if "<" in names else len(names)
    return names[end - 1] if end else ""


def odd_characters(root: Node, text: str) -> Iterator[str]:
    """Characters that look like others or turn the direction of the text, in words."""
    for node in walk(root):
        name = source_of(node)
        if node.child_count == 0 and node.type.endswith("identifier") and not name.isascii():
            yield f"the name `{name}`, which is not ASCII,"
    for character in dict.fromkeys(text):
        if unicodedata.category(character) in ("Cf", "Cc", "Cs") and character not in "\n\t\r":
            yield f"the invisible character U+{ord(character):04X} (write it as an escape)"
