"""Rust that is given for a function instead of being lowered, and the head that it must have.

A model proposes a body; what a caller has to know of the function is decided here, from its Python alone:
which types cross, which parameters are changed, that it may raise. The text itself is taken as it is: whoever
gives it has admitted it.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from portalis.compiler.analysis.facts import FunctionFacts, gather
from portalis.compiler.analysis.mutation import Mutations
from portalis.compiler.analysis.written_changes import changed_names
from portalis.compiler.analysis.written_sweeps import swept_names
from portalis.compiler.cycles import rust_path
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.structs import StructInfo, has_receiver, owner_of
from portalis.compiler.hir.type_parts import instances
from portalis.compiler.lowering.context import FunctionContext, Learned
from portalis.compiler.lowering.freeze import Unfreezable, freeze
from portalis.compiler.lowering.function import LoweredFunction, is_mutated, param_text, return_text, rust_doc
from portalis.compiler.lowering.given_back import given_back
from portalis.compiler.lowering.project_context import Callee, ProjectContext
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.lints import allowed
from portalis.compiler.rust.printer import print_item
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    NONE,
    STR,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    TupleOf,
    Type,
    VarTuple,
)
from portalis.compiler.unit import Origin

CODE = "PT214"
_PLAIN = frozenset({INT, BOOL, FLOAT, STR, BYTES, NONE})
_WORD = re.compile(r"[A-Za-z_]\w*")
_RUNTIME = re.compile(r"(?<![\w:])(strict(?=::(?:add|sub|mul|neg)\b)|decline(?=::enter\b))")
"""Runtime modules by their last name, as the compiler writes them; all others by full path."""
_VARIANT = re.compile(r"\bError::([A-Z]\w*)")


@dataclass(frozen=True, slots=True)
class Given:
    """The Rust of one function: a whole `fn` item, and who wrote it."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Head:
    """What the Rust of a function must look like from outside.

    Attributes:
        key: the item.
        path: where it stands in the crate.
        text: the head, up to its block: `pub fn total(xs: &[i64]) -> Result<i64, Error>`.
        imports: paths that its types need.
        structs: full names of the project's classes in it.
    """

    key: str
    path: str
    text: str
    imports: frozenset[str]
    structs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Shape:
    head: Head
    item: t.FnItem
    callee: Callee


def required_head(context: ProjectContext, function: h.Function, node: ast.FunctionDef) -> Head:
    """The head that Rust given for a function must have.

    Raises:
        Refusal: a function of its kind, or with such types, can't be given.
    """
    return _shape(context, function, node).head


def take_given(
    context: ProjectContext,
    functions: Mapping[str, h.Function],
    definitions: Mapping[str, tuple[ast.FunctionDef, StructInfo | None]],
    given: Mapping[str, Given],
    lowered: dict[str, LoweredFunction],
) -> None:
    """Enters what is given among what is lowered, so that callers find it.

    Raises:
        Refusal: something is given for a function that `required_head` refuses.
    """
    for key, one in given.items():
        lowered[key] = _taken(context, functions[key], definitions[key][0], one)
        context.callees[key] = lowered[key].callee


def settle_given(
    context: ProjectContext, given: Mapping[str, Given], lowered: dict[str, LoweredFunction]
) -> None:
    """Finds what each text calls, once all that there is to call is known."""
    for key, one in given.items():
        callees = frozenset(_callees(context, key, one.text))
        callee = replace(lowered[key].callee, prints=any(context.callees[other].prints for other in callees))
        context.callees[key] = callee
        lowered[key] = replace(lowered[key], callees=callees, callee=callee)


def _taken(
    context: ProjectContext, function: h.Function, node: ast.FunctionDef, given: Given
) -> LoweredFunction:
    """A function with the Rust that is given for it, as if it had been lowered."""
    shape = _shape(context, function, node)
    doc = "".join(f"/// {line}".rstrip() + "\n" for line in shape.item.doc.splitlines())
    attributes = "".join(f"{one}\n" for one in shape.item.attributes)
    return LoweredFunction(
        shape.callee, shape.item, (), frozenset(_RUNTIME.findall(given.text)), shape.head.imports,
        frozenset(_constants(context, function.module, given.text)),
        frozenset(),
        frozenset(_exceptions(context, given.text)),
        frozenset(), frozenset(), shape.head.structs, frozenset(),
        f"{doc}{attributes}{given.text}",
        given.origin,
        swept_names(node),
    )  # fmt: skip


def _shape(context: ProjectContext, function: h.Function, node: ast.FunctionDef) -> _Shape:
    path = rust_path(context, function)
    owner = owner_of(context.symbols, function.key)
    _check_kind(context, function, node, owner)
    facts = _facts(context, function, node)
    ctx = FunctionContext(context, function, facts, Learned(raises=True))
    params = tuple(param_text(ctx, param, facts) for param in function.params if param.type is not NONE)
    returns = return_text(ctx, function)
    item = t.FnItem(
        path.rpartition("::")[2], params, returns, t.Block(()), rust_doc(function.docstring),
        allowed(params, returns, shared_keys=False),
    )  # fmt: skip
    _check_structs(context, function, facts, {*ctx.structs, *([owner.fullname] if owner is not None else ())})
    text = print_item(replace(item, doc="", attributes=())).partition("{")[0].strip()
    changed = tuple((p.name, p.type, is_mutated(p, facts)) for p in function.params)
    callee = Callee(
        function.key, path, changed, function.returns, raises=True, prints=False,
        owner=owner.qualname if owner is not None else "",
        receiver=has_receiver(context.symbols, function.key),
        keeps=tuple(False for _ in function.params),
    )  # fmt: skip
    head = Head(function.key, path, text, frozenset(ctx.modules), frozenset(ctx.structs))
    return _Shape(head, item, callee)


def _check_kind(
    context: ProjectContext, function: h.Function, node: ast.FunctionDef, owner: StructInfo | None
) -> None:
    """Refuses what a text alone can't stand for.

    Raises:
        Refusal: the function yields, makes an instance, keeps its results, takes callables or hidden types.
    """
    span = function.span
    if any(isinstance(one, ast.Yield | ast.YieldFrom | ast.Await) for one in ast.walk(node)):
        raise Refusal(CODE, span, "a generator is not given as Rust text")
    if function.cache or node.decorator_list:
        decorators = {ast.unparse(one) for one in node.decorator_list}
        if function.cache or not decorators <= {"staticmethod", "classmethod", "property"}:
            raise Refusal("PT203", span, f"`{node.name}` is decorated")
    if owner is not None and (owner.shared or owner.enum is not None or owner.record):
        raise Refusal("PT201", span, f"instances of `{owner.qualname}` are shared, or an enumeration")
    if node.name in ("__init__", "__new__", "__post_init__"):
        raise Refusal("PT201", span, "an instance is made by the compiler or by Python")
    for param in function.params:
        if not _crosses(context, param.type):
            raise Refusal("PT101", span, f"`{param.name}` has the type `{param.type}`", "annotate it")
    if not _crosses(context, function.returns):
        raise Refusal("PT101", span, f"the result has the type `{function.returns}`", "annotate it")


def _check_structs(
    context: ProjectContext, function: h.Function, facts: FunctionFacts, names: set[str]
) -> None:
    """Refuses classes of which a field, or one of a class in a field, has no Rust.

    Raises:
        Refusal: there is such a field.
    """
    ctx = FunctionContext(context, function, facts, Learned())
    pending, seen = sorted(names), set[str]()
    while pending:
        name = pending.pop()
        info = context.symbols.structs.get(name)
        if info is None or name in seen:
            continue
        seen.add(name)
        for field in info.fields:
            ctx.rust_type(field.type, function.span)
            pending += sorted(instances(field.type))


def _crosses(context: ProjectContext, type_: Type) -> bool:
    """Whether a type's Rust means the same to anybody who reads it: no handles, callables, open unions."""
    match type_:
        case ListOf(inner) | OptionalOf(inner) | VarTuple(inner) | SetOf(inner):
            return _crosses(context, inner)
        case DictOf(key, value):
            return _crosses(context, key) and _crosses(context, value)
        case TupleOf(items):
            return all(_crosses(context, item) for item in items)
        case Instance(name):
            return name in context.symbols.structs
        case _:
            return type_ is not ANY and type_ in _PLAIN


def _facts(context: ProjectContext, function: h.Function, node: ast.FunctionDef) -> FunctionFacts:
    """The facts that a head shows: what is changed. Where the body has no tree, by its text.

    Raises:
        Refusal: the result is the object that the function changes, which Rust can't hand over twice.
    """
    facts = gather(function, context.mutated_params, context.kept_params)
    if given_back(function, facts, context.callees) is not None:
        raise Refusal("PT401", function.span, "the result is an argument, changed")
    names = frozenset(param.name for param in function.params)
    changed, resized = changed_names(node)
    depths = {
        name: facts.mutations.names.get(name, frozenset())
        | (frozenset({0}) if name in changed else frozenset())
        for name in names
    }
    mutations = Mutations(
        depths, facts.mutations.types, facts.mutations.globals, facts.mutations.resized | resized
    )
    return replace(facts, reads=facts.reads | names, mutations=mutations)


def _callees(context: ProjectContext, key: str, text: str) -> set[str]:
    """The project's functions that a text may call: by path, or by name within their module."""
    words = set(_WORD.findall(text))
    flat = re.sub(r"\s+", "", text)
    own = context.paths[key.partition(":")[0]]
    found: set[str] = set()
    for other, callee in context.callees.items():
        name = callee.path.rpartition("::")[2]
        home = callee.path.rpartition("::")[0]
        if other == key or name not in words:
            continue
        # A method may be called on any instance: its bare name counts wherever it stands.
        if callee.owner or home == own or f"{callee.path}(" in flat:
            found.add(other)
    return found


def _exceptions(context: ProjectContext, text: str) -> set[str]:
    """The exceptions of which a text names the variants, by full name."""
    by_variant = {info.variant: name for name, info in context.symbols.exceptions.items()}
    found: set[str] = set()
    for variant in _VARIANT.findall(text):
        kind = getattr(builtins, variant, None)
        if variant in by_variant:
            found.add(by_variant[variant])
        elif isinstance(kind, type) and issubclass(kind, BaseException):
            found.add(f"builtins.{variant}")
    return found


def _constants(context: ProjectContext, module: str, text: str) -> set[tuple[str, str]]:
    """The module's constants that a text names, as far as they have a static form."""
    return set(frozen_constants(context, module, frozenset(_WORD.findall(text))))


def frozen_constants(
    context: ProjectContext, module: str, names: Collection[str]
) -> dict[tuple[str, str], str]:
    """The constants of a module among these names that have a static form, each with its Rust."""
    found: dict[tuple[str, str], str] = {}
    for name in sorted(names):
        place = (module, name)
        if name.isupper() and place in context.constants:
            try:
                frozen = freeze(name, context.constants[place], context.declared.get(place))
            except Unfreezable:
                continue
            found[place] = print_item(frozen.item)
    return found
