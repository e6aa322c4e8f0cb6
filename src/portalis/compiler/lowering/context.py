"""The state of lowering one function, and what lowering knows of the rest of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.hir.type_parts import instances, unions_in
from portalis.compiler.lowering.endings import Endings
from portalis.compiler.lowering.project_context import NOTHING, Callee, HandedBack, ProjectContext
from portalis.compiler.lowering.runtime_calls import runtime_arguments
from portalis.compiler.lowering.union_names import claim
from portalis.compiler.lowering.value import Form, Range, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import inspect
from portalis.compiler.rust import tree as t
from portalis.compiler.rust.vocabulary import RUNTIME_MODULES, rust_name
from portalis.compiler.stdlib.re_pattern import TranslatedPattern
from portalis.compiler.types import (
    ANY,
    INT,
    EnumOf,
    Instance,
    IterOf,
    OptionalOf,
    Prim,
    Shared,
    TupleOf,
    Type,
    UnionOf,
    VarTuple,
    is_copy,
    is_shared,
)
from portalis.diagnostics import Span
from portalis.mapping import MappingOptions, UnmappedType
from portalis.mapping.python_to_rust import Position, map_type
from portalis.mapping.union_enum import enum_name

if TYPE_CHECKING:
    from portalis.compiler.lowering.function import LoweredFunction

T = TypeVar("T")


@dataclass(slots=True)
class Local:
    """A Rust variable that stands for a Python variable over part of its life."""

    name: str
    rust: str
    type: Type
    form: Form
    web: str
    block: int
    loop_depth: int
    range: Range | None = None
    length_of: str | None = None
    """Set when the variable is a valid index of that sequence: `(sequence, room)` with index < len - room."""
    room: int = 0
    elem_range: Range | None = None
    whole: bool = False
    """It is a reference to the owned type, as an element is: `&String`, `&Option<T>`."""
    counts: str | None = None
    """The web of the sequence whose length the variable holds."""
    callee: Callee | None = None
    chars: str | None = None
    """The name of the hoisted `Vec<char>`, for strings indexed in loops."""
    items: object = None
    """What it yields, if it is an iterator: a `Leaf`."""


@dataclass(slots=True)
class Learned:
    """What one pass over a function teaches the next: passes repeat until nothing new is learned."""

    forms: dict[str, Form] = field(default_factory=dict)
    ranges: dict[str, Range | None] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    mutable: set[str] = field(default_factory=set)
    hoisted: set[str] = field(default_factory=set)
    returns: Type | None = None
    """The type of the result, where the annotation leaves a part of it open."""
    raises: bool = False
    items_raise: bool = False
    """Whether the iterator that it returns yields `Result`s."""
    prints: bool = False
    sources: frozenset[str] = frozenset()

    def snapshot(self) -> tuple[object, ...]:
        return (
            dict(self.forms), dict(self.ranges), dict(self.types),
            frozenset(self.mutable), frozenset(self.hoisted), self.returns, self.raises, self.items_raise,
            self.prints,
            self.sources,
        )  # fmt: skip


@dataclass(slots=True)
class LoopFrame:
    """A loop being lowered: the label that its `break` leaves by (""), and its own label once that is needed.

    `inside` counts the labelled blocks between the loop and the place being lowered: Rust wants a label then.
    """

    search: str = ""
    label: str = ""
    inside: int = 0


class Raising:
    """Where an error goes: out of the function or closure with `?`, or to the end of a labelled block."""

    def __init__(self, label: str = "") -> None:
        self.label = label
        self.used = False


class FunctionContext:
    """The state of one pass over one function."""

    def __init__(
        self, project: ProjectContext, function: h.Function, facts: FunctionFacts, learned: Learned
    ) -> None:
        self.project = project
        self.function = function
        self.facts = facts
        self.known = learned
        self.outer: FunctionContext | None = None
        """The function that this one stands in, where it is lowered as a closure."""
        self.learned = Learned()
        self.env: list[dict[str, Local]] = [{}]
        self.block = 0
        self.loop_depth = 0
        self.raising: list[Raising] = [Raising()]
        self.runtime: set[str] = set()
        self.modules: set[str] = set()
        self.statics: set[tuple[str, str]] = set()
        self.callees: set[str] = set()
        self.exceptions: set[str] = set()
        self.dead_lines: set[int] = set()
        self.unions: set[UnionOf] = set()
        self.structs: set[str] = set()
        self.assigned: set[str] = set()
        self.live: frozenset[str] = frozenset()
        self.closure_depth = 0
        self.statement_depth = 0
        """How many loops are around the statement being lowered: more are loops of its expressions."""
        self.unordered: set[int] = set()
        """Expressions, by id, that make a list of which the order never shows."""
        self.assigned_later: set[str] = set(learned.forms)
        self.found_types: dict[str, Type] = {}
        self.match_patterns: dict[str, TranslatedPattern] = {}
        self.patterns: list[t.StaticItem] = []
        self.frozen_locals: set[str] = set()
        self.loops: list[LoopFrame] = []
        self.endings = Endings()
        self.handler_error: list[tuple[str, tuple[str, ...]]] = []
        self.returns = learned.returns or function.returns
        self.handed: HandedBack = NOTHING
        self.statement_reads: Counter[str] = Counter()
        self.moved: set[str] = set()
        self.inside: dict[str, t.FnItem] = {}
        self.loaders: set[str] = set()
        """The loaders it calls, by item key."""
        self.record_parts: set[str] = set()
        """Variables that are parts of recursive tuples, and hold what could be changed."""
        self.handles: list[t.Let] = []
        """Handles of shared instances that a generator takes along, so that it borrows none."""
        self.cuts: dict[int, t.Expr] = {}
        """Expressions, by id, whose value borrows nothing, though they borrow while they are evaluated."""
        self.settled: dict[int, t.Stmt] = {}
        """Statements in which no borrow meets another, by id."""
        self.boxed: dict[int, h.Expr] = {}
        """Expressions, by id, whose containers become objects inside values of any type."""
        self.runtime_calls: set[str] = set()
        """The paths by which the runtime's own functions are called."""
        self._webs: dict[str, int] = {}
        self._blocks = 0
        self._temporaries: dict[str, int] = {}

    def facts_uses(self, name: str) -> int:
        """How often the statement being lowered reads the variable."""
        return self.statement_reads[name]

    # Expressions, by the families ------------------------------------------------------------

    def expr(self, node: h.Expr, expect: Type | None = None) -> Value:
        """The Rust of an expression."""
        from portalis.compiler.lowering.expr import lower

        value = lower(self, node, expect)
        return self._unlent(value, node.span) if self.project.lends else value

    def _unlent(self, value: Value, span: Span) -> Value:
        """Takes down where a borrow of a shared instance may end; a handle is taken out of what holds it."""
        from portalis.compiler.lowering import coerce

        if not inspect.lends(value.expr):
            return value
        if is_shared(value.type) and value.form is not Form.OWNED:
            value = Value(coerce.owned(self, value, value.type, span), value.type)
        lazy = isinstance(value.type, IterOf)
        if (value.form is Form.OWNED and not lazy) or is_copy(value.type):
            self.cuts[id(value.expr)] = value.expr
        return value

    def whole(self, node: h.Expr) -> Value:
        """As `expr`, but a variable or field keeps its whole type where the flow has narrowed it."""
        if isinstance(node, h.Local):
            local = self.lookup(node.name)
            if local is not None and local.callee is None:
                from portalis.compiler.lowering.names import local_value

                value = local_value(self, local)
                if node.name in self.function.unbound and isinstance(value.type, OptionalOf):
                    from portalis.compiler.lowering.coerce import unwrap

                    return unwrap(value)  # None is no value of it: without one, reading it raises
                return value
        if isinstance(node, h.Attribute) and node.type is not ANY:
            return self.expr(replace(node, type=ANY))
        return self.expr(node)

    def optional(self, node: h.Expr) -> Value:
        """As `expr`, but what may be None by its declaration stays so.

        Tests look at the value and not at what the flow is said to know of it: mypy takes `head.next` to be
        narrowed still in the loop that begins with `head = head.next`.
        """
        if isinstance(node, (h.Local, h.Attribute)):
            value = self.whole(node)
            if isinstance(value.type, OptionalOf) and not isinstance(value.type.inner, UnionOf):
                return value
        return self.expr(node)

    def i64(self, node: h.Expr) -> t.Expr:
        """An expression that must be an `i64`."""
        from portalis.compiler.lowering import coerce
        from portalis.compiler.lowering.arithmetic import as_number

        value = as_number(self.expr(node))
        return coerce.integer(coerce.convert(self, value, INT, node.span))

    def hashable(self, type_: Type, span: Span) -> None:
        """Refuses what can't be a key in Rust: floats, and what holds them."""
        match type_:
            case Prim.FLOAT:
                raise Refusal("PT106", span, "floats as keys or set elements are not translated")
            case TupleOf(items):
                for item in items:
                    self.hashable(item, span)
            case VarTuple(elem) | OptionalOf(elem):
                self.hashable(elem, span)
            case Instance() if self.struct_of(type_) is not None and "hash" not in type_.traits:
                why = f"`{type_}` as a key or set element is not translated"
                raise Refusal("PT106", span, why, shares=type_)
            case Shared() if (info := self.struct_of(type_)) is not None and not info.keys:
                raise Refusal("PT106", span, f"`{type_}` as a key or set element is not translated")

    def hoistable(self, local: Local) -> bool:
        """Whether a `Vec<char>` made where the variable is bound stays true for its whole life."""
        params = {p.name for p in self.function.params}
        count = self.facts.assignments[local.name] + (local.name in params)
        return count == 1 and local.name not in self.facts.captured and local.form is not Form.CHAR

    # Names -----------------------------------------------------------------------------------

    def lookup(self, name: str) -> Local | None:
        for frame in reversed(self.env):
            if name in frame:
                return frame[name]
        return None

    def fresh(self, stem: str) -> str:
        """A Rust name that no Python variable of the function has."""
        taken = self.facts.names
        while True:
            count = self._temporaries.get(stem, 0)
            self._temporaries[stem] = count + 1
            name = stem if count == 0 else f"{stem}_{count + 1}"
            if name not in taken:
                return name

    def loop_label(self) -> str:
        """The label that `break` and `continue` of the innermost loop need here; "" where they need none."""
        frame = self.loops[-1]
        if frame.inside and not frame.label:
            frame.label = self.fresh("outer")
        return frame.label if frame.inside else ""

    @contextmanager
    def labelled_block(self) -> Iterator[None]:
        """Inside, a loop is only left by its label."""
        frame = self.loops[-1] if self.loops else LoopFrame()
        frame.inside += 1
        try:
            yield
        finally:
            frame.inside -= 1

    def error_name(self) -> str:
        """The name of a caught error: one for all handlers but those inside another."""
        outer = {name for name, _ in self.handler_error}
        for name in ("error", "caught"):
            if name not in self.facts.names and name not in outer:
                return name
        return self.fresh("failure")

    def declare(self, name: str, type_: Type, form: Form, *, web: str | None = None) -> Local:
        """A new Rust variable for a Python name, in the innermost frame."""
        key = web or self.next_web(name)
        form = self.known.forms.get(key, form)
        local = Local(
            name,
            rust_name(self.function.spelled.get(name, name)),
            type_,
            form,
            key,
            self.block,
            self.loop_depth,
            self.known.ranges.get(key),
        )
        self.env[-1][name] = local
        self.found_types.setdefault(name, type_)
        return local

    def next_web(self, name: str) -> str:
        number = self._webs.get(name, 0)
        self._webs[name] = number + 1
        return f"{name}#{number}"

    @contextmanager
    def frame(self) -> Iterator[dict[str, Local]]:
        """A Rust block: names declared inside are gone after it."""
        self.env.append({})
        outer, self._blocks = self.block, self._blocks + 1
        self.block = self._blocks
        temporaries = dict(self._temporaries)
        try:
            yield self.env[-1]
        finally:
            self.env.pop()
            self.block = outer
            self._temporaries = temporaries

    @contextmanager
    def without(self, names: Iterable[str]) -> Iterator[None]:
        """Lower as though the variables were not declared yet."""
        held = [(frame, name, frame.pop(name)) for name in names for frame in self.env if name in frame]
        try:
            yield
        finally:
            for frame, name, local in held:
                frame[name] = local

    def snapshot_names(self) -> tuple[dict[str, int], dict[str, int], set[str]]:
        """The counters behind fresh names, so that something can be lowered again alike."""
        return dict(self._webs), dict(self._temporaries), set(self.assigned)

    def restore_names(self, saved: tuple[dict[str, int], dict[str, int], set[str]]) -> None:
        """Forget the names made since the snapshot."""
        webs, temporaries, assigned = saved
        self._webs, self._temporaries, self.assigned = dict(webs), dict(temporaries), set(assigned)

    def expr_type(self, node: h.Expr, expect: Type | None) -> Type:
        """The type that lowering an expression finds."""
        saved = self.snapshot_names()
        with self.errors_to(Raising()):
            found = self.expr(node, expect).type
        self.restore_names(saved)
        return found

    def struct_of(self, type_: Type) -> StructInfo | None:
        """The struct that a value of the type is, if it is one."""
        if isinstance(type_, (EnumOf, Instance, Shared)):
            return self.project.symbols.structs.get(type_.name)
        return None

    def mutated_params(self, key: str) -> tuple[bool, ...]:
        """Which parameters a project function changes in place."""
        return self.project.mutated_params(key)

    def absorb(self, inner: FunctionContext) -> None:
        """What a nested function needs, its owner needs."""
        self.runtime |= inner.runtime
        self.modules |= inner.modules
        self.statics |= inner.statics
        self.callees |= inner.callees
        self.exceptions |= inner.exceptions
        self.dead_lines |= inner.dead_lines
        self.unions |= inner.unions
        self.structs |= inner.structs
        self.patterns += inner.patterns
        self.boxed |= inner.boxed
        self.learned.prints = self.learned.prints or inner.known.prints
        self.learned.sources |= inner.known.sources

    def absorb_lifted(self, inner: LoweredFunction) -> None:
        """What a lifted function needs, its owner needs."""
        self.runtime |= inner.runtime
        self.modules |= inner.imports
        self.statics |= inner.constants
        self.callees |= inner.callees
        self.exceptions |= inner.exceptions
        self.dead_lines |= inner.dead_lines
        self.unions |= inner.unions
        self.structs |= inner.structs
        self.patterns += inner.patterns

    def visible(self) -> Iterator[Local]:
        """The variables in sight, innermost first."""
        for frame in reversed(self.env):
            yield from frame.values()

    def note_store(self, local: Local) -> None:
        """A variable is assigned; it is `mut` when it may have had a value, or is stored in a loop."""
        if local.web in self.assigned or local.loop_depth < self.loop_depth:
            self.learned.mutable.add(local.web)
        self.assigned.add(local.web)

    def block_local(self, local: Local) -> Local | None:
        """The variable, when it owns a value that may be changed where it is."""
        return local if local.form in (Form.OWNED, Form.PLACE) else None

    def moved_somewhere(self, name: str) -> bool:
        """Whether the variable's value may be moved out; then nothing may be left borrowing from it."""
        return name in self.moved

    def pattern_static(self, text: t.Expr) -> str:
        """The `static` that holds a regular expression written inside this function."""
        for item in self.patterns:
            if isinstance(item.value, t.Call) and item.value.args == (text,):
                return item.name
        stem = self.function.qualname.replace(".<locals>.", "_").strip("_").upper()
        name = f"{stem}_PATTERN" + (f"_{len(self.patterns) + 1}" if self.patterns else "")
        self.patterns.append(t.StaticItem(name, "re::Regex", t.Call(t.Path("re::Regex::new"), (text,))))
        return name

    # Errors ----------------------------------------------------------------------------------

    def attempt(self, expr: t.Expr) -> t.Expr:
        """The value of an expression of type `Result`; an error goes where this place sends it."""
        target = self.raising[-1]
        target.used = True
        if not target.label:
            return t.Try(expr)
        failed = t.Break(target.label, t.Call(t.Path("Err"), (t.Path("error"),)))
        return t.Match(expr, (t.Arm("Ok(value)", t.Path("value")), t.Arm("Err(error)", failed)))

    def fail(self, error: t.Expr) -> t.Expr:
        """Leave with an error."""
        target = self.raising[-1]
        target.used = True
        value = t.Call(t.Path("Err"), (error,))
        return t.Break(target.label, value) if target.label else t.Return(value)

    @contextmanager
    def errors_to(self, target: Raising) -> Iterator[Raising]:
        self.raising.append(target)
        try:
            yield target
        finally:
            self.raising.pop()

    def probe(self, lower: Callable[[], T]) -> tuple[T, bool]:
        """Lower something, and whether it can raise, without counting it as raising here."""
        saved = self.snapshot_names()
        with self.errors_to(Raising()) as target:
            result = lower()
        if target.used:
            self.restore_names(saved)
        return result, target.used

    def module_path(self, module: str) -> str:
        """How this module's Rust names another: by a `use` when the short name is free, else in full."""
        full = self.project.paths[module]
        head = full.partition("::")[0]
        mine = self.project.paths[self.function.module]
        package = mine in self.project.packages
        if head in RUNTIME_MODULES or package or head == mine:
            return f"crate::{full}"
        self.modules.add(f"crate::{head}")
        return full

    # Runtime and types -------------------------------------------------------------------------

    def rt(self, path: str, *args: t.Expr) -> t.Expr:
        """A call of a runtime function that cannot raise."""
        args, before = runtime_arguments(self, path, args)
        self.runtime.add(path.partition("::")[0])
        self.runtime_calls.add(path)
        # The runtime takes whatever can be iterated.
        plain = (a.receiver if isinstance(a, t.Method) and a.name == "into_iter" else a for a in args)
        call = t.Call(t.Path(path), tuple(plain))
        return t.BlockExpr(t.Block(before, call)) if before else call

    def rt_try(self, path: str, *args: t.Expr) -> t.Expr:
        """A call of a runtime function that returns a `Result`."""
        args, before = runtime_arguments(self, path, args)
        tried = self.attempt(self.rt(path, *args))
        return t.BlockExpr(t.Block(before, tried)) if before else tried

    def rust_type(self, type_: Type, span: Span, position: Position = "owned") -> str:
        """The Rust spelling of a type; refuses what has none."""
        try:
            mapped = map_type(type_, position, STRUCT_OPTIONS, self.project.table)
        except UnmappedType as reason:
            raise Refusal(reason.code, span, str(reason), reason.hint) from None
        for union in unions_in(type_):
            claim(self.project.in_unions, union, span)
            self.unions.add(union)
            self.note_import(f"crate::unions::{enum_name(union)}")
        for path in mapped.imports:
            if path.rpartition("::")[0] != f"crate::{self.project.paths[self.function.module]}":
                self.note_import(path)
        self.structs.update(name for name in instances(type_) if name in self.project.symbols.structs)
        return str(mapped)

    def note_import(self, path: str) -> None:
        self.modules.add(path)


STRUCT_OPTIONS = MappingOptions(unions=True, shared_callables=True)
