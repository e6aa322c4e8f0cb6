"""What a text of Rust defines: functions with their parameters, types with their variants."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.rust_grammar import Spans, parse, source_of, walk
from portalis.validation.rust_syntax import RustFunction, function_of, variants_of


@dataclass(frozen=True, slots=True)
class Outline:
    """The functions of a text, its types by name (an enum with its variants), and every identifier in it."""

    functions: tuple[RustFunction, ...]
    types: dict[str, tuple[str, ...]]
    identifiers: frozenset[str]


def outline(text: str) -> Outline:
    """What a text defines, in modules and blocks too; parts that don't parse are passed over."""
    spans = Spans(text)
    functions: list[RustFunction] = []
    types: dict[str, tuple[str, ...]] = {}
    identifiers: set[str] = set()
    for node in walk(parse(text)):
        match node.type:
            case "function_item" | "function_signature_item":
                functions.append(function_of(node, spans))
            case "struct_item" | "trait_item" | "type_item" | "union_item":
                types[source_of(node.child_by_field_name("name"))] = ()
            case "enum_item":
                name = source_of(node.child_by_field_name("name"))
                types[name] = tuple(variant.name for variant in variants_of(node))
            case "identifier" | "type_identifier" | "field_identifier":
                identifiers.add(source_of(node))
            case _:
                continue
    return Outline(tuple(functions), types, frozenset(identifiers))
