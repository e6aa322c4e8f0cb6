"""What a text of Rust defines: functions with their parameters, types with their variants."""

from __future__ import annotations

from dataclasses import dataclass

from tree_sitter import Node

from portalis.diagnostics import Span
from portalis.validation.rust_check.grammar import parse, source_of, span_of, walk


@dataclass(frozen=True, slots=True)
class FunctionOutline:
    """A function: its name, the type whose `impl` or trait it stands in ("" for a free one), its signature.

    `params` are (pattern, type) as written, without the receiver; `has_self` tells of one.
    """

    name: str
    owner: str
    params: tuple[tuple[str, str], ...]
    returns: str
    has_self: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """The functions of a text, its types by name (an enum with its variants), and every identifier in it."""

    functions: tuple[FunctionOutline, ...]
    types: dict[str, tuple[str, ...]]
    identifiers: frozenset[str]


def outline(text: str) -> Outline:
    """What a text defines; parts that don't parse are passed over."""
    functions: list[FunctionOutline] = []
    types: dict[str, tuple[str, ...]] = {}
    identifiers: set[str] = set()
    for node in walk(parse(text)):
        match node.type:
            case "function_item" | "function_signature_item":
                functions.append(_function(node))
            case "struct_item" | "trait_item" | "type_item" | "union_item":
                types[source_of(node.child_by_field_name("name"))] = ()
            case "enum_item":
                types[source_of(node.child_by_field_name("name"))] = tuple(
                    source_of(inner.child_by_field_name("name"))
                    for inner in walk(node)
                    if inner.type == "enum_variant"
                )
            case "identifier" | "type_identifier" | "field_identifier":
                identifiers.add(source_of(node))
            case _:
                continue
    return Outline(tuple(functions), types, frozenset(identifiers))


def _function(node: Node) -> FunctionOutline:
    params: list[tuple[str, str]] = []
    has_self = False
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed is not None else []:
        if child.type == "self_parameter":
            has_self = True
        elif child.type == "parameter":
            pattern = source_of(child.child_by_field_name("pattern")).removeprefix("mut ").removeprefix("r#")
            params.append((pattern, source_of(child.child_by_field_name("type"))))
    name = source_of(node.child_by_field_name("name")).removeprefix("r#")
    returns = source_of(node.child_by_field_name("return_type"))
    return FunctionOutline(name, _owner(node), tuple(params), returns, has_self, span_of(node))


def _owner(node: Node) -> str:
    """The type whose block a function stands in, generics left out."""
    block = node.parent.parent if node.parent is not None else None
    if block is None:
        return ""
    match block.type:
        case "impl_item":
            named = block.child_by_field_name("type")
            inner = named.child_by_field_name("type") if named is not None else None
            return source_of(inner if inner is not None else named)
        case "trait_item":
            return source_of(block.child_by_field_name("name"))
        case _:
            return ""
