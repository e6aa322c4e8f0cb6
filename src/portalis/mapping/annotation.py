"""Annotations as text, read into the compiler's types: `"Dict[str, int]"` becomes `DictOf(STR, INT)`.

The compiler itself never needs this, mypy answers it; this is for callers who hold only the text. What is
read knows where each part of it stood, so that what can't be mapped is shown in place.
"""

from __future__ import annotations

import ast
import collections.abc
import difflib
import typing
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeTable
from portalis.diagnostics import Span
from portalis.mapping import numpy_types
from portalis.mapping.errors import START, AnnotationError, UnmappedType

_PRIMS = {prim.value: prim for prim in py.Prim}
_LITERALS = {bool: py.BOOL, int: py.INT, str: py.STR, bytes: py.BYTES, type(None): py.NONE}
_ITERABLES = frozenset({"Iterable", "Iterator", "Collection", "Reversible", "KeysView", "ValuesView"})
_TRANSPARENT = frozenset({"Final", "ClassVar", "Required", "ReadOnly"})
_TYPING_HOMES = ("typing.", "typing_extensions.", "collections.abc.")
_TYPING = frozenset(typing.__all__) | frozenset(collections.abc.__all__) | {"ReadOnly", "TypeIs", "Buffer"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an annotation: what it means, where it stands, and the parts inside it."""

    type: py.Type
    span: Span
    parts: tuple[Part, ...] = ()

    def inner_first(self) -> Iterator[Part]:
        """All parts, each after those inside it."""
        for part in self.parts:
            yield from part.inner_first()
        yield self


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What names a reader may meet beside the table's.

    Attributes:
        variables: the type parameters.
        aliases: names that stand for an annotation of their own, such as `UserId` for `int`.
    """

    variables: Collection[str] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


NO_NAMES = KnownNames()


def parse_annotation(text: str, table: TypeTable) -> py.Type:
    """The type an annotation means.

    Args:
        text: the annotation as written, old or new style: `Optional[str]`, `str | None`, `"Point"`.
        table: the type table, for its names.

    Raises:
        AnnotationError: the text is not an annotation.
        UnmappedType: it names what nobody knows, or what has no Rust twin.
    """
    return read_annotation(text, table).type


def read_annotation(text: str, table: TypeTable, names: KnownNames = NO_NAMES) -> Part:
    """The type an annotation means, and what each part of it means.

    Raises:
        AnnotationError: the text is not an annotation.
        UnmappedType: it names what nobody knows, or what has no Rust twin.
    """
    try:
        return _read(text, table, names, Span(1, 1, 1, 1))
    except (RecursionError, MemoryError) as error:
        raise AnnotationError("the annotation is nested too deeply", "PT107", span=START) from error


def _read(text: str, table: TypeTable, names: KnownNames, start: Span) -> Part:
    stripped = text.strip()
    lead = text[: len(text) - len(text.lstrip())]
    line = start.line + lead.count("\n")
    column = (start.column if "\n" not in lead else 1) + len(lead.rpartition("\n")[2])
    try:
        tree = ast.parse(stripped, mode="eval").body
    except SyntaxError as error:
        at = _shifted(error.lineno or 1, (error.offset or 1) - 1, line, column)
        raise _no_annotation(stripped, Span(*at, *at)) from error
    except ValueError as error:
        raise _no_annotation(stripped, Span(line, column, line, column)) from error
    return _Reader(stripped, table, names, line, column).read(tree)


def _shifted(line: int, offset: int, start_line: int, start_column: int) -> tuple[int, int]:
    return start_line + line - 1, offset + (start_column if line == 1 else 1)


def _no_annotation(text: str, span: Span) -> AnnotationError:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return AnnotationError(
        f"not a type annotation: {shown!r}", "PT107", "write a type, as in list[int]", span
    )


class _Reader:
    """Reads one annotation; `line` and `column` say where its text starts."""

    def __init__(self, text: str, table: TypeTable, names: KnownNames, line: int, column: int) -> None:
        self.lines = [one.encode("utf-8") for one in text.split("\n")]
        self.text = text
        self.table = table
        self.names = names
        self.start = (line, column)

    def span(self, node: ast.expr) -> Span:
        """Where a node stands, in code points (`ast` counts bytes)."""
        assert node.end_lineno is not None and node.end_col_offset is not None
        return Span(
            *_shifted(node.lineno, self.points(node.lineno, node.col_offset), *self.start),
            *_shifted(node.end_lineno, self.points(node.end_lineno, node.end_col_offset), *self.start),
        )

    def points(self, line: int, offset: int) -> int:
        return len(self.lines[line - 1][:offset].decode("utf-8"))

    def wrong(self, node: ast.expr, message: str, hint: str = "") -> AnnotationError:
        return AnnotationError(message, "PT107", hint, self.span(node))

    def refused(self, node: ast.expr, name: str, reason: str, hint: str = "") -> UnmappedType:
        return UnmappedType(py.Instance(name), "PT103", reason, hint, self.span(node))

    # Shapes ---------------------------------------------------------------------------------------

    def read(self, node: ast.expr) -> Part:
        match node:
            case ast.Constant(value=None):
                return self.part(node, py.NONE)
            case ast.Constant(value=str(inner)):
                return self.quoted(node, inner)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                parts = (self.read(left), self.read(right))
                return self.part(node, py.make_union([one.type for one in parts]), parts)
            case ast.Name() | ast.Attribute():
                return self.named(node, node, ())
            case ast.Subscript(value=head, slice=ast.Tuple(elts=[_, *_] as args)):
                return self.named(node, head, tuple(args))
            case ast.Subscript(value=head, slice=arg):
                return self.named(node, head, (arg,))
            case _:
                raise _no_annotation(self.text, self.span(node))

    def part(self, node: ast.expr, type_: py.Type, parts: tuple[Part, ...] = ()) -> Part:
        return Part(type_, self.span(node), parts)

    def quoted(self, node: ast.expr, inner: str) -> Part:
        """A forward reference; its inside is placed exactly where the quotes are plain."""
        span = self.span(node)
        plain = ast.get_source_segment(self.text, node) in (f"'{inner}'", f'"{inner}"')
        start = Span(span.line, span.column + 1, span.line, span.column + 1) if plain else span
        read = _read(inner, self.table, self.names, start)
        return read if plain else Part(read.type, span)

    def dotted(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                return name
            case ast.Attribute(value=value, attr=attr):
                return f"{self.dotted(value)}.{attr}"
            case _:
                raise _no_annotation(self.text, self.span(node))

    def resolved(self, head: ast.expr) -> str:
        """The name that the tables and the cases below know: modules written out, `typing.` taken off."""
        written = self.dotted(head)
        if written in self.table.named or written in self.names.variables or written in self.names.aliases:
            return written
        first, dot, rest = written.partition(".")
        full = f"{self.table.modules.get(first, first)}.{rest}" if dot else written
        for home in _TYPING_HOMES:
            if full.startswith(home):
                bare = full.removeprefix(home)
                if bare not in _TYPING:
                    raise self.unknown(head, written)
                return self.table.aliases.get(bare, bare)
        full = full.removeprefix("builtins.")
        return self.table.aliases.get(full, full)

    def unknown(self, node: ast.expr, name: str) -> UnmappedType:
        known = {*_PRIMS, *self.table.containers, *self.table.named, *self.table.aliases, *self.names.aliases}
        near = difflib.get_close_matches(name, sorted(known | _TYPING), n=1, cutoff=0.75)
        hint = f"did you mean {near[0]!r}?" if near else "register it with register_custom_type"
        return UnmappedType(
            py.Instance(name), "PT108", f"no type is known by the name {name!r}", hint, self.span(node)
        )

    # Names ----------------------------------------------------------------------------------------

    def named(self, node: ast.expr, head: ast.expr, args: tuple[ast.expr, ...]) -> Part:  # noqa: C901
        name = self.resolved(head)
        if name in self.names.aliases or name in self.names.variables or name in _PRIMS:
            return self.plain(node, name, args)
        match name:
            case "list":
                return self.generic(node, name, args, lambda t: py.ListOf(*t), 1)
            case "set" | "frozenset":
                return self.generic(node, name, args, lambda t: py.SetOf(t[0], name == "frozenset"), 1)
            case "dict":
                return self.generic(node, name, args, lambda t: py.DictOf(*t), 2)
            case "Optional":
                self.needs(node, name, args, 1)
                return self.generic(node, name, args, lambda t: py.make_union([*t, py.NONE]), 1)
            case "Union":
                if not args:
                    raise self.wrong(node, "Union needs its members", "write Union[int, str]")
                return self.generic(node, name, args, lambda t: py.make_union(list(t)), len(args))
            case "type":
                return self.generic(node, name, args, lambda t: py.Instance("type", t), 1)
            case "ItemsView":
                return self.generic(node, name, args, lambda t: py.IterOf(py.TupleOf(t), name), 2)
            case "TypeGuard" | "TypeIs":
                return self.generic(node, name, args, lambda _: py.BOOL, 1)
            case "NotRequired":
                return self.generic(node, name, args, lambda t: py.make_union([*t, py.NONE]), 1)
            case "Annotated":
                if len(args) < 2:
                    raise self.wrong(node, "Annotated needs a type and something about it")
                return self.read(args[0])
            case "NoReturn":
                return self.part(node, py.NEVER)
            case _ if name in _TRANSPARENT:
                return self.generic(node, name, args, lambda t: t[0], 1)
            case _ if name in _ITERABLES:
                return self.generic(node, name, args, lambda t: py.IterOf(t[0], name), 1)
            case _:
                return self.special(node, head, name, args)

    def special(self, node: ast.expr, head: ast.expr, name: str, args: tuple[ast.expr, ...]) -> Part:
        match name:
            case "tuple":
                return self.tuple_of(node, args)
            case "Literal":
                return self.literal(node, args)
            case "Callable":
                return self.callable_of(node, args)
            case "Generator":
                return self.generator(node, args)
            case "numpy.ndarray":
                return self.array(node, args)
            case "numpy.typing.NDArray":
                return self.sized(node, args, py.VarTuple(py.INT))
            case _ if name in self.table.named:
                return self.instance(node, name, args)
            case _ if (hint := self.table.refused.get(self.home(name))) is not None:
                raise self.refused(node, name, f"{name} has no Rust twin", hint)
            case _ if name in _TYPING:
                raise self.refused(node, f"typing.{name}", f"{name} has no Rust twin")
            case _:
                raise self.unknown(head, name)

    def home(self, name: str) -> str:
        """The key under which `refused` holds a name: the built-in ones with their module."""
        return name if "." in name else f"builtins.{name}"

    def plain(self, node: ast.expr, name: str, args: tuple[ast.expr, ...]) -> Part:
        """A name that takes no arguments."""
        self.needs(node, name, args, 0)
        if (alias := self.names.aliases.get(name)) is not None:
            others = {one: text for one, text in self.names.aliases.items() if one != name}
            inner = _read(alias, self.table, KnownNames(self.names.variables, others), START)
            return self.part(node, inner.type)
        return self.part(node, py.Instance(name) if name in self.names.variables else _PRIMS[name])

    def needs(self, node: ast.expr, name: str, args: tuple[ast.expr, ...], count: int) -> None:
        if len(args) != count:
            wanted = {0: "no type arguments", 1: "one type argument"}.get(count, f"{count} type arguments")
            raise self.wrong(node, f"{name} takes {wanted}, not {len(args)}")

    def generic(
        self,
        node: ast.expr,
        name: str,
        args: tuple[ast.expr, ...],
        make: typing.Callable[[tuple[py.Type, ...]], py.Type],
        count: int,
    ) -> Part:
        """A type with `count` arguments, or Any for each where it stands bare."""
        if args:
            self.needs(node, name, args, count)
        parts = tuple(map(self.read, args))
        types = tuple(one.type for one in parts) or (py.ANY,) * count
        return self.part(node, make(types), parts)

    def instance(self, node: ast.expr, name: str, args: tuple[ast.expr, ...]) -> Part:
        row = self.table.named[name]
        if args and row.drops and not row.args:
            self.needs(node, name, args, row.drops)
            for arg in args:
                self.read(arg)  # what doesn't reach the Rust must still be a type
            return self.part(node, py.Instance(name))
        if not row.args:
            self.needs(node, name, args, 0)
        return self.generic(node, name, args, lambda t: py.Instance(name, t if args else ()), row.args)

    # Forms with a syntax of their own ---------------------------------------------------------------

    def tuple_of(self, node: ast.expr, args: tuple[ast.expr, ...]) -> Part:
        match args:
            case ():
                return self.part(node, py.VarTuple(py.ANY))
            case (ast.Tuple(elts=[]),):
                return self.part(node, py.TupleOf(()))
            case (elem, ast.Constant(value=value)) if value is Ellipsis:
                part = self.read(elem)
                return self.part(node, py.VarTuple(part.type), (part,))
            case _:
                parts = tuple(map(self.read, args))
                return self.part(node, py.TupleOf(tuple(one.type for one in parts)), parts)

    def callable_of(self, node: ast.expr, args: tuple[ast.expr, ...]) -> Part:
        match args:
            case ():
                return self.part(node, py.CallableOf(None, py.ANY))
            case (ast.List(elts=params), returns):
                parts = (*map(self.read, params), self.read(returns))
                types = tuple(one.type for one in parts)
                return self.part(node, py.CallableOf(types[:-1], types[-1]), parts)
            case (ast.Constant(value=value), returns) if value is Ellipsis:
                part = self.read(returns)
                return self.part(node, py.CallableOf(None, part.type), (part,))
            case _:
                raise self.wrong(
                    node, "Callable takes a list of parameters and a result", "write Callable[[int], str]"
                )

    def generator(self, node: ast.expr, args: tuple[ast.expr, ...]) -> Part:
        """An iterator, where nothing is sent into the generator and nothing is returned from it."""
        if len(args) > 3:
            raise self.wrong(node, f"Generator takes one to three type arguments, not {len(args)}")
        parts = tuple(map(self.read, args))
        for part, arg in zip(parts[1:], args[1:], strict=True):
            if part.type not in (py.NONE, py.NEVER):
                raise self.refused(
                    arg,
                    "typing.Generator",
                    "a generator that is sent values, or returns one, has no Rust twin",
                    "write Iterator",
                )
        return self.part(node, py.IterOf(parts[0].type if parts else py.ANY, "Generator"), parts)

    def literal(self, node: ast.expr, args: tuple[ast.expr, ...]) -> Part:
        """The type that all the literal's values have."""
        if not args:
            raise self.wrong(node, "Literal needs its values", "write Literal['r', 'w']")
        members: list[py.Type] = []
        for arg in args:
            try:
                value = ast.literal_eval(arg)
            except ValueError as error:
                raise self.wrong(
                    arg, "not a value that Literal takes", "write an int, a str, bytes, a bool or None"
                ) from error
            if type(value) not in _LITERALS:
                raise self.wrong(arg, f"Literal takes no {type(value).__name__}")
            members.append(_LITERALS[type(value)])
        return self.part(node, py.make_union(members))

    def array(self, node: ast.expr, args: tuple[ast.expr, ...]) -> Part:
        """`np.ndarray[shape, np.dtype[scalar]]`, or bare."""
        if not args:
            return self.part(node, py.Instance(numpy_types.ARRAY))
        self.needs(node, "numpy.ndarray", args, 2)
        shape, dtype = args
        match dtype:
            case ast.Subscript(value=head, slice=scalar) if self.resolved(head) == "numpy.dtype":
                return self.sized(node, (scalar,), self.shape(shape))
            case _:
                raise self.wrong(
                    dtype, "an array's second argument is its dtype", "write np.dtype[np.float64]"
                )

    def shape(self, node: ast.expr) -> py.Type:
        """The type of a shape: a tuple of ints, one for each axis; `Any` says nothing."""
        if isinstance(node, ast.Name | ast.Attribute) and self.resolved(node) == "Any":
            return py.VarTuple(py.INT)
        match self.read(node).type:
            case py.TupleOf(items) if all(item in (py.INT, py.ANY) for item in items):
                return py.TupleOf((py.INT,) * len(items))
            case py.VarTuple(py.INT | py.ANY):
                return py.VarTuple(py.INT)
            case _:
                raise self.wrong(node, "an array's shape is a tuple of ints", "write tuple[int, int]")

    def sized(self, node: ast.expr, args: tuple[ast.expr, ...], shape: py.Type) -> Part:
        self.needs(node, "NDArray", args, 1)
        dtype = self.read(args[0])
        match dtype.type:
            case py.Instance(name) if name.startswith("numpy.") and name != numpy_types.ARRAY:
                pass
            case py.BOOL | py.INT | py.FLOAT | py.ANY:
                pass
            case _:
                raise self.wrong(args[0], "an array's elements are of a NumPy dtype", "write np.float64")
        return self.part(node, py.Instance(numpy_types.ARRAY, (shape, dtype.type)), (dtype,))
