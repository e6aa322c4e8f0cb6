"""What a function changes in place.

    def f(xs: list[int], grid: list[list[int]]) -> None:
        xs.append(1)            # name xs, type list[int]
        grid[0][1] = 2          # name grid (one level down), type list[int]

Two facts come out: the names whose own value is changed, with the depth below the name, and the
*types* of everything changed. The second is a sound alias analysis for values of exact type: a
copy made where Python would share can only be seen if some value of that type is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.types import (
    BYTEARRAY,
    BYTES_IO,
    OBJECT,
    STRING_IO,
    DictOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    is_mutable,
    is_shared,
)

MUTATORS: dict[type, frozenset[str]] = {
    ListOf: frozenset({"append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"}),
    DictOf: frozenset({"update", "pop", "popitem", "clear", "setdefault"}),
    SetOf: frozenset(
        {
            "add", "remove", "discard", "pop", "clear", "update", "intersection_update", "difference_update",
            "symmetric_difference_update",
        }
    ),
    Instance: frozenset(
        {
            "append", "appendleft", "extend", "extendleft", "pop", "popleft", "rotate", "clear", "remove",
            "insert",
            "update", "subtract", "setdefault", "popitem", "move_to_end", "reverse",
        }
    ),
}  # fmt: skip


BUFFER_MUTATORS = frozenset({"write", "writelines", "read", "readline", "readlines", "seek"})
"""What changes an `io.StringIO` or `io.BytesIO`, or the place in it."""
QUEUE_MUTATORS = frozenset({"put", "put_nowait", "get", "get_nowait"})
"""What changes a queue of the module `queue`; a dict's `get` only reads."""

CHANGES_FIRST = frozenset(
    [f"heapq.{name}" for name in ("heappush", "heappop", "heapify", "heapreplace", "heappushpop")]
    + [f"bisect.{name}" for name in ("insort", "insort_left", "insort_right")]
    + ["random.shuffle", "csv.writer"]
)
"""Functions that change what they are given first, or give something that does."""


@dataclass(frozen=True, slots=True)
class Mutations:
    """`names` maps a variable to the depths below it that are changed (0: the value itself).

    `resized` are those whose length may change: an element that is replaced doesn't count.
    """

    names: dict[str, frozenset[int]]
    types: frozenset[Type]
    globals: frozenset[tuple[str, str]]
    resized: frozenset[str] = frozenset()
    lent: frozenset[Type] = frozenset()
    """Types of what is handed to functions and methods that change it, at whatever depth."""

    def own(self, name: str) -> bool:
        return 0 in self.names.get(name, frozenset())

    def any_depth(self, name: str) -> bool:
        return bool(self.names.get(name))

    def through(self, loans: Mapping[str, tuple[str, int]]) -> Mutations:
        """The changes with those made through variables that look into another one, at a depth below it."""
        names = dict(self.names)
        for name in loans:
            depths = self.names.get(name, frozenset())
            while name in loans:
                owner, depth = loans[name]
                depths = frozenset(below + depth for below in depths)
                names[owner] = names.get(owner, frozenset()) | depths
                name = owner
        return replace(self, names=names)


def adds_at_end(type_: Type, method: str) -> bool:
    """Whether all that the method does to a receiver of this type is to add elements after the others."""
    match type_:
        case ListOf():
            return method in ("append", "extend")
        case DictOf():
            return method == "setdefault"
        case Instance("collections.deque"):
            return method in ("append", "extend")
        case Instance("collections.defaultdict" | "collections.OrderedDict"):
            return method == "setdefault"
        case _:
            return False


def changes_type(type_: Type, method: str) -> bool:
    """Whether calling the method changes a receiver of this type."""
    if isinstance(type_, Instance) and type_.name.startswith("queue."):
        return method in QUEUE_MUTATORS
    if type_ == Instance("csv.Writer"):
        return method in ("writerow", "writerows")
    if type_ in (STRING_IO, BYTES_IO):
        return method in BUFFER_MUTATORS
    return method in MUTATORS.get(type(type_), frozenset())


def analyse(
    body: list[h.Stmt], mutated_params: Callable[[str], tuple[bool, ...]], owner: h.Function | None = None
) -> Mutations:
    """The in-place changes of a body; `mutated_params` tells which parameters a project function changes.

    `owner` is the function whose body it is: what it hands to itself is resized where it resizes that.
    """
    found = _Changes(mutated_params, owner.key if owner is not None else "")
    for node in walk(body):
        found.visit(node)
    if owner is not None:
        found.resize_handed([p.name for p in owner.params])
    return Mutations(
        {name: frozenset(depths) for name, depths in found.names.items()},
        frozenset(found.types),
        frozenset(found.constants),
        frozenset(found.resized),
        frozenset(found.lent),
    )


def changed_below(nodes: Iterable[h.Node]) -> dict[str, frozenset[Type]]:
    """The types of what nodes change in place themselves, by the variable that holds it; calls aside."""
    found = _Changes(lambda _: (), "")
    for node in nodes:
        found.visit(node)
    return {name: frozenset(types) for name, types in found.below.items()}


@dataclass(slots=True)
class _Changes:
    """The changes of one body as they are found."""

    mutated_params: Callable[[str], tuple[bool, ...]]
    own_key: str
    names: dict[str, set[int]] = field(default_factory=dict)
    types: set[Type] = field(default_factory=set)
    constants: set[tuple[str, str]] = field(default_factory=set)
    resized: set[str] = field(default_factory=set)
    below: dict[str, set[Type]] = field(default_factory=dict)
    """The types of what is changed, by the variable that holds it."""
    lent: set[Type] = field(default_factory=set)
    handed: list[tuple[int, str]] = field(default_factory=list)
    """Variables that the function hands to itself, with the place they are handed to."""

    def resize_handed(self, params: list[str]) -> None:
        """What is handed to the function itself is resized if its parameter there is."""
        while True:
            more = {name for place, name in self.handed if params[place] in self.resized} - self.resized
            if not more:
                return
            self.resized |= more

    def visit(self, node: h.Node) -> None:
        """Take in what one node changes, the nodes below it aside."""
        self._buffer(node)
        match node:
            case h.CallMethod():
                self._method(node)
            case h.Assign(targets=targets):
                for item in targets:
                    self._target(item)
            case h.AugAssign(target=place):
                self._target(place)
                if is_mutable(place.type):
                    self._changed(place)
            case h.Delete(target=h.Subscript(value=place) | h.Slice(value=place)):
                self._changed(place)
            case h.For(target=place):
                self._target(place)
            case h.Subscript(value=h.Expr(type=Instance(name="collections.defaultdict")) as owner):
                self._changed(owner)  # reading a missing key adds it
            case h.CallExternal(fullname=fullname, args=(first, *_)) if fullname in CHANGES_FIRST:
                self._changed(first, length=fullname != "random.shuffle")
            case h.CallFunction(key=key, args=args):
                for at, (argument, mutated) in enumerate(zip(args, self.mutated_params(key), strict=False)):
                    if mutated:
                        self._changed(argument, length=key != self.own_key)
                        if key == self.own_key and isinstance(argument, h.Local):
                            self.handed.append((at, argument.name))
                        self.lent.add(argument.declared if isinstance(argument, h.Local) else argument.type)

    def _buffer(self, node: h.Node) -> None:
        """A text buffer changes where a loop goes over it, and where it is printed to."""
        match node:
            case h.For(iterable=buffer) | h.Clause(iterable=buffer) if buffer.type == STRING_IO:
                self._changed(buffer)
            case h.CallExternal(fullname="builtins.print", keywords={"file": buffer}):
                self._changed(buffer)

    def _method(self, node: h.CallMethod) -> None:
        if changes_type(node.receiver.type, node.method):
            self._changed(node.receiver, length=node.method not in ("sort", "reverse"))
        if node.receiver.type == Instance("random.Random"):
            self._changed(node.receiver)
            if node.method == "shuffle" and node.args:
                self._changed(node.args[0], length=False)

    def _target(self, node: h.Expr) -> None:
        match node:
            case h.Subscript(value=value):
                self._changed(value, length=not isinstance(value.type, ListOf) and value.type != BYTEARRAY)
            case h.Slice(value=value):
                self._changed(value)
            case h.Attribute(value=value) if not is_shared(value.type):
                self._changed(value, length=False)
            case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
                for item in items:
                    self._target(item)
            case h.Starred(value=value):
                self._target(value)

    def _changed(self, place: h.Expr, *, length: bool = True) -> None:
        if place.type is OBJECT:
            return  # the object inside a value of any type is changed for all that refer to it
        self.types.add(place.declared if isinstance(place, h.Local) else place.type)
        root = root_local(place)
        if root is not None:
            self.names.setdefault(root[0].name, set()).add(root[1])
            kind = place.declared if isinstance(place, h.Local) else place.type
            self.below.setdefault(root[0].name, set()).add(kind)
            if length and root[1] == 0:
                self.resized.add(root[0].name)
        head: h.Expr = place
        while isinstance(head, (h.Subscript, h.Slice, h.Attribute)):
            head = head.value
        if isinstance(head, h.GlobalName):
            self.constants.add((head.module, head.name))
