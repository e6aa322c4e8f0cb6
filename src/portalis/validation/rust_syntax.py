"""Rust text as data: its functions with their parameters and types, its enums, structs, aliases and macros.

A thin layer over tree-sitter's grammar. It resolves no names: a type is what stands in the text.

>>> file = read("fn add(a: i64, b: &mut Vec<i64>) -> Option<i64> { None }")
>>> [str(param.type) for param in file.functions[0].params], str(file.functions[0].returns)
(['i64', '&mut Vec<i64>'], 'Option<i64>')
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from portalis.diagnostics import Span
from portalis.rust_grammar import Spans, parse, problems, source_of, walk

_COMMENTS = frozenset({"line_comment", "block_comment"})


@dataclass(frozen=True, slots=True)
class PathType:
    """A named type: `Vec<i64>` is `PathType("Vec", "Vec", (…))`; `name` is the last segment of `path`.

    Lifetimes among the arguments are left out.
    """

    name: str
    path: str
    args: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        return self.path + (f"<{', '.join(map(str, self.args))}>" if self.args else "")


@dataclass(frozen=True, slots=True)
class RefType:
    """`&inner` or `&mut inner`, whatever its lifetime."""

    inner: RustType
    mutable: bool = False

    def __str__(self) -> str:
        return f"&{'mut ' if self.mutable else ''}{self.inner}"


@dataclass(frozen=True, slots=True)
class SliceType:
    """`[elem]`."""

    elem: RustType

    def __str__(self) -> str:
        return f"[{self.elem}]"


@dataclass(frozen=True, slots=True)
class ArrayType:
    """`[elem; length]`; the length as it is written."""

    elem: RustType
    length: str

    def __str__(self) -> str:
        return f"[{self.elem}; {self.length}]"


@dataclass(frozen=True, slots=True)
class TupleType:
    """`(a, b)`; without items the unit type."""

    items: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.items))}{',' if len(self.items) == 1 else ''})"


@dataclass(frozen=True, slots=True)
class ImplType:
    """`impl Trait` where there is one trait; `item` is its argument or its `Item`."""

    trait: str
    item: RustType | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class OtherType:
    """Any other type, as it is written: `dyn Trait`, `fn(i64)`, `*const u8`, `!`."""

    text: str

    def __str__(self) -> str:
        return self.text


RustType = PathType | RefType | SliceType | ArrayType | TupleType | ImplType | OtherType
UNIT = TupleType()


@dataclass(frozen=True, slots=True)
class RustParam:
    """A parameter of a function, with its pattern as it is written."""

    name: str
    type: RustType
    span: Span


@dataclass(frozen=True, slots=True)
class RustFunction:
    """A function; `owner` is the type or trait in whose block it stands, "" for a free one.

    `params` are those beside the receiver, of which `has_self` tells. `generics` are the names of its type
    parameters, `modifiers` words such as `async` and `unsafe`; `const_generics` says that it takes a number
    at compile time.
    """

    name: str
    params: tuple[RustParam, ...]
    returns: RustType
    generics: tuple[str, ...]
    const_generics: bool
    modifiers: frozenset[str]
    span: Span
    returns_span: Span
    owner: str = ""
    has_self: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of an enum, with the types of a tuple-like variant's fields; `named` fields are not given."""

    name: str
    fields: tuple[RustType, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """`type Name<params> = target;`"""

    params: tuple[str, ...]
    target: RustType


@dataclass(frozen=True, slots=True)
class RustSource:
    """What a text defines at its top level, and where it doesn't parse.

    `implements` holds pairs of a trait's last segment and the name of the type.
    """

    text: str
    functions: tuple[RustFunction, ...]
    methods: frozenset[str]
    enums: dict[str, tuple[Variant, ...]]
    structs: frozenset[str]
    aliases: dict[str, Alias]
    implements: frozenset[tuple[str, str]]
    imports: frozenset[str]
    problems: tuple[tuple[str, Span], ...]


def read(text: str) -> RustSource:
    """Parse Rust source; a text that doesn't parse has `problems` and holds what could be found."""
    root = parse(text)
    spans = Spans(text)
    functions: list[RustFunction] = []
    methods: set[str] = set()
    enums: dict[str, tuple[Variant, ...]] = {}
    structs: set[str] = set()
    aliases: dict[str, Alias] = {}
    implements: set[tuple[str, str]] = set()
    imports: set[str] = set()
    for node in root.named_children:
        name = source_of(node.child_by_field_name("name"))
        match node.type:
            case "function_item":
                functions.append(function_of(node, spans))
            case "enum_item":
                enums[name] = tuple(variants_of(node))
            case "struct_item":
                structs.add(name)
            case "type_item":
                aliases[name] = Alias(_generics(node), type_of(node.child_by_field_name("type")))
            case "impl_item":
                implements.update(_implementation(node))
                methods.update(_methods(node))
            case "use_declaration":
                imports.update(imported_names(node))
            case _:
                pass
    return RustSource(
        text, tuple(functions), frozenset(methods), enums, frozenset(structs), aliases, frozenset(implements),
        frozenset(imports), tuple(problems(root, spans)),
    )  # fmt: skip


def type_of(node: Node | None) -> RustType:
    """The type that a node of the grammar spells; the unit type for none."""
    if node is None:
        return UNIT
    text = " ".join(source_of(node).split())
    match node.type:
        case "primitive_type" | "type_identifier":
            return PathType(text, text)
        case "scoped_type_identifier":
            return PathType(source_of(node.child_by_field_name("name")), "".join(text.split()))
        case "generic_type":
            head = type_of(node.child_by_field_name("type"))
            arguments = node.child_by_field_name("type_arguments")
            inner = arguments.named_children if arguments is not None else []
            args = tuple(
                type_of(one) for one in inner if one.type != "lifetime" and one.type not in _COMMENTS
            )
            return PathType(head.name, head.path, args) if isinstance(head, PathType) else OtherType(text)
        case "reference_type":
            mutable = any(child.type == "mutable_specifier" for child in node.children)
            return RefType(type_of(node.child_by_field_name("type")), mutable)
        case "array_type":
            elem = type_of(node.child_by_field_name("element"))
            length = node.child_by_field_name("length")
            return SliceType(elem) if length is None else ArrayType(elem, source_of(length))
        case "tuple_type":
            return TupleType(tuple(type_of(one) for one in node.named_children if one.type not in _COMMENTS))
        case "unit_type":
            return UNIT
        case "abstract_type":
            return _impl_type(node, text)
        case "bounded_type" if _only_lifetimes(node):
            return _impl_type(node.named_children[0], text)
        case _:
            return OtherType(text)


def _only_lifetimes(node: Node) -> bool:
    """Whether a type with bounds is `impl Trait + 'a`."""
    first, *others = node.named_children
    return first.type == "abstract_type" and all(other.type == "lifetime" for other in others)


def _impl_type(node: Node, text: str) -> RustType:
    trait = node.child_by_field_name("trait")
    if trait is None or trait.type not in ("generic_type", "type_identifier", "scoped_type_identifier"):
        return OtherType(text)
    head = trait.child_by_field_name("type") or trait
    name = source_of(head).rpartition("::")[2].strip()
    arguments = trait.child_by_field_name("type_arguments")
    items = [one for one in arguments.named_children if one.type != "lifetime"] if arguments else []
    if len(items) != 1:
        return ImplType(name, None, text)
    item = items[0].child_by_field_name("type") if items[0].type == "type_binding" else items[0]
    return ImplType(name, type_of(item), text)


def function_of(node: Node, spans: Spans) -> RustFunction:
    """The function that a node of the grammar defines or declares."""
    params: list[RustParam] = []
    has_self = False
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed is not None else []:
        if child.type == "self_parameter":
            has_self = True
        elif child.type == "parameter":
            name = source_of(child.child_by_field_name("pattern"))
            params.append(RustParam(name, type_of(child.child_by_field_name("type")), spans.of(child)))
    words = (child for child in node.children if child.type == "function_modifiers")
    modifiers = frozenset(word for child in words for word in source_of(child).split())
    returns = node.child_by_field_name("return_type")
    generics = node.child_by_field_name("type_parameters")
    numbers = generics is not None and any(c.type == "const_parameter" for c in generics.named_children)
    name_node = node.child_by_field_name("name") or node
    return RustFunction(
        source_of(name_node), tuple(params), type_of(returns), _generics(node), numbers, modifiers,
        spans.of(name_node), spans.of(returns or name_node), _owner(node), has_self,
    )  # fmt: skip


def _owner(node: Node) -> str:
    """The type or trait in whose block a function stands, generics left out."""
    block = node.parent.parent if node.parent is not None else None
    if block is None:
        return ""
    match block.type:
        case "impl_item":
            subject = type_of(block.child_by_field_name("type"))
            return subject.path if isinstance(subject, PathType) else str(subject)
        case "trait_item":
            return source_of(block.child_by_field_name("name"))
        case _:
            return ""


def _generics(node: Node) -> tuple[str, ...]:
    listed = node.child_by_field_name("type_parameters")
    found = listed.named_children if listed is not None else []
    return tuple(source_of(one.child_by_field_name("name")) for one in found if one.type == "type_parameter")


def variants_of(node: Node) -> Iterator[Variant]:
    """The variants of an enum's node."""
    body = node.child_by_field_name("body")
    for child in body.named_children if body is not None else []:
        if child.type != "enum_variant":
            continue
        inner = child.child_by_field_name("body")
        name = source_of(child.child_by_field_name("name"))
        if inner is None or inner.type != "ordered_field_declaration_list":
            yield Variant(name, (), inner is not None)
        else:
            yield Variant(name, tuple(map(type_of, inner.children_by_field_name("type"))), False)


def _implementation(node: Node) -> Iterator[tuple[str, str]]:
    trait, subject = node.child_by_field_name("trait"), type_of(node.child_by_field_name("type"))
    if trait is not None and isinstance(subject, PathType):
        named = type_of(trait)
        if isinstance(named, PathType):
            yield named.name, subject.name


def _methods(node: Node) -> Iterator[str]:
    body = node.child_by_field_name("body")
    for child in body.named_children if body is not None else []:
        if child.type == "function_item":
            yield source_of(child.child_by_field_name("name"))


def imported_names(node: Node) -> Iterator[str]:
    """The names that a `use` declaration brings in; a glob brings `*`."""
    for path in use_paths(node.child_by_field_name("argument"), ()):
        yield path.alias or path.segments[-1]


@dataclass(frozen=True, slots=True)
class UsePath:
    """One path of a `use` declaration: `use std::io::{self, Write as W}` has two. A glob ends in `*`."""

    segments: tuple[str, ...]
    alias: str
    node: Node


def use_paths(node: Node | None, head: tuple[str, ...]) -> Iterator[UsePath]:
    """The paths below the argument of a `use` declaration."""
    if node is None:
        return
    match node.type:
        case "scoped_use_list":
            start = (*head, *segments(node.child_by_field_name("path")))
            yield from use_paths(node.child_by_field_name("list"), start)
        case "use_list":
            for child in node.named_children:
                yield from use_paths(child, head)
        case "use_as_clause":
            alias = source_of(node.child_by_field_name("alias"))
            for path in use_paths(node.child_by_field_name("path"), head):
                yield UsePath(path.segments, alias, path.node)
        case "use_wildcard":
            inner = segments(node.named_children[0]) if node.named_children else ()
            yield UsePath((*head, *inner, "*"), "", node)
        case "self":
            yield UsePath(head, "", node)
        case kind if kind not in _COMMENTS:
            yield UsePath((*head, *segments(node)), "", node)
        case _:
            return


def segments(node: Node | None) -> tuple[str, ...]:
    """The names of a path, raw identifiers without their mark: `std`, `r#fs` → `("std", "fs")`."""
    if node is None:
        return ()
    return tuple(
        source_of(leaf).removeprefix("r#")
        for leaf in walk(node)
        if leaf.child_count == 0 and leaf.type not in ("::", *_COMMENTS)
    )
