"""From which variables the objects inside the value of an expression come.

[row, other[0]]        # from `row`, and from inside `other`
rows[:]                # what the rows hold; the list itself is new
list(names)            # nothing, where the names are texts
stack.pop()            # no longer from `stack`, but from whoever shares with it
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portalis.compiler.analysis.aliasing.parts import EVERYTHING, NOTHING, Parts, Types, lazy
from portalis.compiler.analysis.aliasing.relation import FRESH, Origin, Relation, either
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.types import ANY, OBJECT, Instance, Type, is_shared

SHARED = "<shared>"
"""What stands for everything that shared instances hold."""

Summary = Callable[[str], tuple[tuple[int, int | None], ...]]
"""Of a function of the project: the pairs of arguments that share afterwards; None stands for its result."""

_TAKES = frozenset({"pop", "popleft", "popitem"})
_DRAWS = frozenset({"choices", "sample"})
_LAST_ONES = frozenset(
    {"builtins.min", "builtins.max", "builtins.next", "builtins.iter", "builtins.reversed"}
)
_ITEM_OF = frozenset({"builtins.min", "builtins.max", "builtins.next"})
"""Calls that give one of the items of their only argument; `next` may give its default."""
_NEW = frozenset(
    [f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sorted", "bytearray")]
    + [f"collections.{name}" for name in ("deque", "Counter", "defaultdict", "OrderedDict", "ChainMap")]
    + ["copy.copy", "heapq.nlargest", "heapq.nsmallest", "heapq.merge"]
    + ["statistics.quantiles", "statistics.multimode", "difflib.get_close_matches"]
    + [f"random.{name}" for name in sorted(_DRAWS)]
)
"""Calls whose result is a new object with the elements of the arguments."""
_ONCE = _NEW - {"random.choices"} | _LAST_ONES | frozenset(
    [f"builtins.{name}" for name in ("zip", "enumerate", "filter", "map")]
    + [f"itertools.{name}" for name in ("chain", "islice", "takewhile", "dropwhile", "compress")]
)  # fmt: skip
"""Calls that give each element of an argument at most once."""


def _sums_lists(node: h.CallExternal) -> bool:
    """Whether the call is `sum(rows, [])`, which gives a new list."""
    match node:
        case h.CallExternal(fullname="builtins.sum", args=(_, h.ListDisplay(items=()))):
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Origins:
    """Answers for one function: what is known of types, of the variables that are lent, of callees."""

    parts: Parts
    types: Mapping[str, Type]
    """The types of the variables, as far as they are known."""
    lent: Mapping[str, str]
    summary: Summary

    def root(self, name: str) -> str:
        """The variable that holds what the name reaches."""
        while name in self.lent:
            name = self.lent[name]
        return name

    def of(self, node: h.Expr, state: Relation, names: Mapping[str, Origin]) -> Origin:
        """The origin of the value; `names` are those of comprehensions around it."""
        wanted = self.types_in(node)
        if not wanted and not lazy(node.type):
            return FRESH
        found = self._of(node, state, names)
        return found if lazy(node.type) else found.only(wanted)

    def _of(self, node: h.Expr, state: Relation, names: Mapping[str, Origin]) -> Origin:  # noqa: C901
        match node:
            case h.Local(name=name):
                return self._variable(node, state) if name not in names else names[name]
            case h.GlobalName(module=module, name=name):
                return Origin({f"{module}.{name}": self.parts.of(node.type)})
            case h.Attribute(value=owner):
                if is_shared(owner.type):
                    return Origin({SHARED: self.parts.of(node.type)})
                return self.of(owner, state, names)
            case h.Subscript(value=owner) | h.Starred(value=owner):
                return self.of(owner, state, names).only(self.inside(owner))
            case h.Slice(value=owner):
                return self._new(node, self.of(owner, state, names))
            case h.Walrus(value=value):
                return self.of(value, state, names)
            case h.WhenThere(subject=subject, bound=bound, then=then, otherwise=otherwise):
                inside = {**names, bound.name: self.of(subject, state, names)}
                return either([self.of(then, state, inside), self.of(otherwise, state, names)])
            case h.Conditional(body=body, orelse=orelse):
                return either([self.of(body, state, names), self.of(orelse, state, names)])
            case h.Logical(operands=operands):
                return either([self.of(operand, state, names) for operand in operands])
            case h.Comprehension():
                return self._comprehension(node, state, names)
            case h.CallFunction():
                return self._function(node, state, names)
            case h.CallExternal(fullname="copy.deepcopy"):
                return FRESH
            case h.CallExternal(fullname=fullname, args=(source, *rest)) if fullname in _ITEM_OF and (
                fullname == "builtins.next" or not rest
            ):
                item = self.of(source, state, names).only(self.inside(source))
                return state.combined([item, self._all([*rest, *node.keywords.values()], state, names)])
            case h.CallExternal(fullname=fullname, args=args):
                made = self._all([*args, *node.keywords.values()], state, names)
                if fullname == "heapq.heappop":
                    return state.taken(made)
                if fullname not in _ONCE:
                    made = Origin(made.roots, NOTHING.union(made.twice, *made.roots.values()))
                return self._new(node, made) if fullname in _NEW or _sums_lists(node) else made
            case h.CallMethod():
                return self._method(node, state, names)
            case h.Binary(op=op):
                made = self._all([node.left, node.right], state, names)
                if op == "*":
                    made = Origin(made.roots, NOTHING.union(made.twice, self.parts.inside(node.type)))
                return self._new(node, made)
            case h.ListDisplay() | h.TupleDisplay() | h.SetDisplay() | h.DictDisplay() | h.NewInstance():
                below = [child for child in children(node) if isinstance(child, h.Expr)]
                return self._new(node, self._all(below, state, names))
            case h.Lambda():
                return FRESH
            case _:
                return self._all([c for c in children(node) if isinstance(c, h.Expr)], state, names)

    def _variable(self, node: h.Local, state: Relation) -> Origin:
        root, types = self.root(node.name), self.types_in(node)
        if types == EVERYTHING:
            types = NOTHING.union(*(common for _, common in state.partners(root)))
        if root in state.handed:
            return Origin({root: types, handed_in(root): types}, state.shared(root, root))
        return Origin({root: types}, state.shared(root, root))

    def types_in(self, node: h.Expr) -> Types:
        """The types of the objects that the value may be or hold."""
        known = self._known(node)
        if not known and isinstance(node, h.Attribute):
            return self.inside(node.value)  # it is one of what the instance holds
        return NOTHING.union(*map(self.parts.of, known)) if known else EVERYTHING

    def _known(self, node: h.Expr) -> list[Type]:
        """What is known of the type of a value; nothing where it is `Any`.

        An `object` is a `Value` in Rust: what can be changed inside it is one object for all its names.
        """
        types = [node.type]
        if isinstance(node, h.Local):
            types += [node.declared, self.types.get(node.name, ANY)]
        return [type_ for type_ in types if type_ is not ANY]

    def inside(self, owner: h.Expr) -> Types:
        """The types of what the value holds, itself left out."""
        known = self._known(owner)
        return NOTHING.union(*map(self.parts.inside, known)) if known else EVERYTHING

    def itself(self, place: h.Expr) -> Types:
        """The type of the object that a place holds, without what is inside it; none of a shared instance or
        a value of any type, which all its names see changed.
        """
        known = self._known(place)
        if known and all(is_shared(type_) or type_ is OBJECT for type_ in known):
            return NOTHING
        return NOTHING.union(*(self.parts.of(t) - self.parts.inside(t) for t in known)) or EVERYTHING

    def _new(self, node: h.Expr, made: Origin) -> Origin:
        """The value itself is new; what is in it is not."""
        return made.only(self.parts.inside(node.type))

    def _all(self, nodes: list[h.Expr], state: Relation, names: Mapping[str, Origin]) -> Origin:
        return state.combined([self.of(node, state, names) for node in nodes])

    def _function(self, node: h.CallFunction, state: Relation, names: Mapping[str, Origin]) -> Origin:
        """A result is new, but for what the callee is known to leave in it."""
        given = [node.args[one] for one, other in self.summary(node.key) if other is None]
        if lazy(node.type):
            given = [*node.args]  # a generator looks at its arguments when its items are asked for
        return self._all(given, state, names)

    def _method(self, node: h.CallMethod, state: Relation, names: Mapping[str, Origin]) -> Origin:
        receiver = self.of(node.receiver, state, names)
        if not lazy(node.type):
            receiver = receiver.only(self.inside(node.receiver))
        rest = [self.of(arg, state, names) for arg in [*node.args, *node.keywords.values()]]
        if node.method in _TAKES:
            return either([state.taken(receiver), *rest])
        if node.method == "copy":
            return self._new(node, receiver)
        if node.method in _DRAWS and node.receiver.type == Instance("random.Random"):
            drawn = either(rest)
            return self._new(node, Origin(drawn.roots, NOTHING.union(drawn.twice, *drawn.roots.values())))
        return either([receiver, *rest])

    def _comprehension(self, node: h.Comprehension, state: Relation, names: Mapping[str, Origin]) -> Origin:
        inner = dict(names)
        bound: set[str] = set()
        for clause in node.clauses:
            for name, origin in self.elements(clause.target, clause.iterable, state, inner):
                inner[name] = origin
                bound.add(name)
        parts = [node.element] if node.key is None else [node.key, node.element]
        made = self._all(parts, state, inner)
        if made.roots and not self._each_once(node, parts, bound):
            made = Origin(made.roots, NOTHING.union(made.twice, *made.roots.values()))
        return made if lazy(node.type) else self._new(node, made)

    def _each_once(self, node: h.Comprehension, parts: list[h.Expr], bound: set[str]) -> bool:
        """Whether each object goes into the result once: one loop, and nothing from outside it."""
        used = [
            n.name for part in parts for n in walk(part) if isinstance(n, h.Local) and self.parts.of(n.type)
        ]
        outside = any(isinstance(n, h.GlobalName) for part in parts for n in walk(part))
        return len(node.clauses) == 1 and len(used) == len(set(used)) and set(used) <= bound and not outside

    def elements(
        self, target: h.Expr, iterable: h.Expr, state: Relation, names: Mapping[str, Origin]
    ) -> list[tuple[str, Origin]]:
        """The variables that a loop over the iterable binds, each with the origin of what it is bound to."""
        match iterable, target:
            case h.CallExternal(fullname="builtins.enumerate", args=(items, *_)), h.TupleDisplay(
                items=(count, element)
            ) if isinstance(count, h.Local):
                return self.elements(element, items, state, names)
            case h.CallExternal(fullname="builtins.zip", args=args), h.TupleDisplay(items=targets) if len(
                args
            ) == len(targets):
                pairs = zip(targets, args, strict=True)
                return [found for one, arg in pairs for found in self.elements(one, arg, state, names)]
        origin = self.of(iterable, state, names)
        if not lazy(iterable.type):
            origin = origin.only(self.inside(iterable))
        return [(name, origin.only(types)) for name, types in self.targets(target)]

    def targets(self, target: h.Expr) -> list[tuple[str, Types]]:
        """The variables that a target binds, each with the types that may come from what it is bound to."""
        match target:
            case h.Local(name=name):
                return [(name, self.types_in(target))]
            case h.TupleDisplay(items=items) | h.ListDisplay(items=items):
                return [found for item in items for found in self.targets(item)]
            case h.Starred(value=h.Local(name=name) as value):
                return [(name, self.parts.inside(value.declared))]  # the list is a new one
            case _:
                return []


def handed_in(name: str) -> str:
    """What the caller handed in for a parameter that is bound again."""
    return f"the argument {name}"
