"""Annotations as text, read into the compiler's types: `"Dict[str, int]"` becomes `DictOf(STR, INT)`.

The compiler itself never needs this, mypy answers it; this is for callers who hold only the text.
"""

from __future__ import annotations

import ast

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeTable

_PRIMS = {prim.value: prim for prim in py.Prim}
_ITERABLES = frozenset({"Iterable", "Iterator", "Generator", "Collection", "Reversible"})
_TRANSPARENT = frozenset({"Final", "ClassVar", "Annotated", "Required", "NotRequired"})


class AnnotationError(ValueError):
    """The text is not a type annotation."""


def parse_annotation(text: str, table: TypeTable) -> py.Type:
    """The type an annotation means.

    Args:
        text: the annotation as written, old or new style: `Optional[str]`, `str | None`, `"Point"`.
        table: the type table, for its aliases.

    Raises:
        AnnotationError: the text is not an annotation.
    """
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise AnnotationError(f"not a type annotation: {text!r}") from error
    return _Reader(text, table).read(tree)


class _Reader:
    """Reads one annotation; `text` is for messages."""

    def __init__(self, text: str, table: TypeTable) -> None:
        self.text = text
        self.table = table

    def read(self, node: ast.expr) -> py.Type:
        match node:
            case ast.Constant(value=None):
                return py.NONE
            case ast.Constant(value=str(inner)):
                return parse_annotation(inner, self.table)
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return py.make_union([self.read(left), self.read(right)])
            case ast.Name() | ast.Attribute():
                return self.named(self.dotted(node), ())
            case ast.Subscript(value=head, slice=ast.Tuple(elts=[_, *_] as args)):
                return self.named(self.dotted(head), tuple(args))
            case ast.Subscript(value=head, slice=arg):
                return self.named(self.dotted(head), (arg,))
            case _:
                raise AnnotationError(f"not a type annotation: {self.text!r}")

    def dotted(self, node: ast.expr) -> str:
        """A name with the prefixes that say nothing taken off."""
        match node:
            case ast.Name(id=name):
                return name
            case ast.Attribute(value=value, attr=attr):
                full = f"{self.dotted(value)}.{attr}"
                for prefix in ("typing.", "collections.abc.", "typing_extensions.", "builtins."):
                    full = full.removeprefix(prefix)
                return full
            case _:
                raise AnnotationError(f"not a type annotation: {self.text!r}")

    def named(self, name: str, args: tuple[ast.expr, ...]) -> py.Type:
        name = self.table.aliases.get(name, name)
        if name in _PRIMS and not args:
            return _PRIMS[name]
        match name:
            case "list":
                return py.ListOf(self.only(args))
            case "set" | "frozenset":
                return py.SetOf(self.only(args), name == "frozenset")
            case "dict":
                return py.DictOf(*self.exactly(args, 2))
            case "tuple":
                return self.tuple_of(args)
            case "Optional":
                return py.make_union([self.only(args), py.NONE])
            case "Union":
                return py.make_union([self.read(arg) for arg in args])
            case "Literal":
                return self.literal(args)
            case "Callable":
                return self.callable_of(args)
            case "NoReturn":
                return py.NEVER
            case "type":
                return py.ClassObject(str(self.only(args)) if args else "object")
            case _ if name in _ITERABLES:
                return py.IterOf(self.read(args[0]) if args else py.ANY, name)
            case _ if name in _TRANSPARENT and args:
                return self.read(args[0])
            case _:
                return py.Instance(name, self.library_args(name, args))

    def library_args(self, name: str, args: tuple[ast.expr, ...]) -> tuple[py.Type, ...]:
        row = self.table.library.get(name)
        if row is not None and not row.args:
            return ()  # `np.ndarray[shape, dtype]`: what is in the brackets doesn't reach the Rust
        return tuple(map(self.read, args))

    def only(self, args: tuple[ast.expr, ...]) -> py.Type:
        return self.exactly(args, 1)[0]

    def exactly(self, args: tuple[ast.expr, ...], count: int) -> tuple[py.Type, ...]:
        """The arguments, or Any for each where a generic stands bare."""
        if not args:
            return (py.ANY,) * count
        if len(args) != count:
            raise AnnotationError(f"{count} type argument(s) are needed in {self.text!r}, not {len(args)}")
        return tuple(map(self.read, args))

    def tuple_of(self, args: tuple[ast.expr, ...]) -> py.Type:
        match args:
            case ():
                return py.VarTuple(py.ANY)
            case (ast.Tuple(elts=[]),):
                return py.TupleOf(())
            case (elem, ast.Constant(value=value)) if value is Ellipsis:
                return py.VarTuple(self.read(elem))
            case _:
                return py.TupleOf(tuple(map(self.read, args)))

    def callable_of(self, args: tuple[ast.expr, ...]) -> py.Type:
        match args:
            case ():
                return py.CallableOf(None, py.ANY)
            case (ast.List(elts=params), returns):
                return py.CallableOf(tuple(map(self.read, params)), self.read(returns))
            case (ast.Constant(value=value), returns) if value is Ellipsis:
                return py.CallableOf(None, self.read(returns))
            case _:
                raise AnnotationError(f"not a Callable: {self.text!r}")

    def literal(self, args: tuple[ast.expr, ...]) -> py.Type:
        """The type that all the literal's values have."""
        members: list[py.Type] = []
        for arg in args:
            try:
                value = ast.literal_eval(arg)
            except ValueError as error:
                raise AnnotationError(f"not a Literal: {self.text!r}") from error
            members.append(_PRIMS.get(type(value).__name__, py.NONE) if value is not None else py.NONE)
        return py.make_union(members)
