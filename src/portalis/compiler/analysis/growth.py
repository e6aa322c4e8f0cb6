"""Integers that outgrow 64 bits: which variables and results of a function get longer with every round.

    result = result * i       each round multiplies: a factorial
    a, b = b, a + b           each round adds two numbers of the round before: Fibonacci's
    return n * f(n - 1)       the same, by recursion

A sum (`total += x`) grows with the size of what is summed, and stays far below 64 bits in practice; a product
under `%` is kept small. What is missed declines at run time, what is found needlessly costs time: neither
gives a wrong number.

A constant factor (`result * 10 + digit`) only counts in loops that count: one over the characters of a text
or the items of a list is as short as these, and one that divides a variable down to its end has as many
rounds as that number has digits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import walk
from portalis.compiler.types import BIG, INT

RESULT = "return"
"""Stands for what the function returns, among the names of its variables: no variable has this name."""

_HOLDS = frozenset({"builtins.abs", "builtins.max", "builtins.min", "builtins.int"})
_KEEPS = frozenset({"+", "-", "*", "//", "**", "<<", ">>", "|", "^"})
"""Operators whose result may be as long as their operands, or longer."""

_MOST_WAYS = 16
Weights = Counter[str]
"""How often a name adds to a sum; twice and more where it is multiplied."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The variables of a function that hold integers of any size, and whether its result is one."""

    names: frozenset[str]
    result: bool

    def __bool__(self) -> bool:
        return self.result or bool(self.names)


def find(function: h.Function, big_callee: Callable[[str], bool]) -> Growth:
    """What grows in a function, given which functions return integers of any size.

    Generators and functions with functions inside are left as they are: their variables have other readers.
    """
    if function.yields is not None or any(isinstance(node, h.NestedFunction) for node in walk(function.body)):
        return Growth(frozenset(), result=False)
    ints = {name for name, type_ in function.locals.items() if type_ in (INT, BIG)}
    ints -= {param.name for param in function.params}
    grown = {name for loop in _loops(function) for name in _grown(loop) if name in ints}
    result = function.returns is INT and _recursive(function)
    return _spread(function, ints, grown, result, big_callee)


def is_big(expr: h.Expr, names: frozenset[str] | set[str], big_call: Callable[[str], bool]) -> bool:
    """Whether the value of an integer expression may be of any size, where that of `names` may be."""
    match expr:
        case h.Local(name=name):
            return name in names
        case h.CallFunction(key=key):
            return expr.type in (INT, BIG) and big_call(key)
        case h.Binary(op=op, left=left, right=right) if expr.type in (INT, BIG):
            if op not in _KEEPS:
                return False
            parts = (left,) if op in ("**", "<<", ">>") else (left, right)
            return any(is_big(part, names, big_call) for part in parts)
        case h.Unary(op="-" | "+" | "~", operand=operand):
            return is_big(operand, names, big_call)
        case h.Conditional(body=body, orelse=orelse):
            return expr.type in (INT, BIG) and (
                is_big(body, names, big_call) or is_big(orelse, names, big_call)
            )
        case h.CallExternal(fullname=fullname, args=args) if fullname in _HOLDS:
            return expr.type in (INT, BIG) and any(is_big(arg, names, big_call) for arg in args)
        case _:
            return False


def _spread(
    function: h.Function, ints: set[str], grown: set[str], result: bool, big_callee: Callable[[str], bool]
) -> Growth:
    """Follows the values: what is bound to a large number is one."""
    names = set(grown)

    def big_call(key: str) -> bool:
        return (result and key == function.key) or big_callee(key)

    changed = True
    while changed:
        changed = False
        for name, value in _bindings(function):
            known = result if name == RESULT else name in names or name not in ints
            if known or not is_big(value, names, big_call):
                continue
            changed = True
            if name != RESULT:
                names.add(name)
            elif function.returns is INT:
                result = True
            else:
                changed = False
    return Growth(frozenset(names), result)


def _loops(function: h.Function) -> Iterator[h.While | h.For]:
    for node in walk(function.body):
        if isinstance(node, (h.While, h.For)):
            yield node


def _bindings(node: h.Node) -> Iterator[tuple[str, h.Expr]]:
    """Every variable with each value that it is bound to, and the result with each that is returned."""
    statements = node.body if isinstance(node, (h.Function, h.While, h.For)) else []
    for inner in walk(statements):
        match inner:
            case h.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _pairs(target, value)
            case h.AugAssign(target=h.Local(name=name) as target, op=op, value=value):
                yield name, h.Binary(op, target, value, span=inner.span, type=target.declared)
            case h.Return(value=h.Expr() as value):
                yield RESULT, value


def _pairs(target: h.Expr, value: h.Expr) -> Iterator[tuple[str, h.Expr]]:
    match target, value:
        case h.Local(name=name), _:
            yield name, value
        case (
            (h.TupleDisplay(items=targets) | h.ListDisplay(items=targets)),
            (h.TupleDisplay(items=values) | h.ListDisplay(items=values)),
        ) if len(targets) == len(values):
            for one, other in zip(targets, values, strict=True):
                yield from _pairs(one, other)


def _grown(loop: h.While | h.For) -> set[str]:
    """The variables that a loop makes longer: those of a cycle that takes in itself twice or more."""
    counting = _counting(loop)
    anew = _bound_anew(loop)
    edges: dict[str, list[Weights]] = {}
    for name, value in _bindings(loop):
        if name != RESULT and name not in anew:
            edges.setdefault(name, []).extend(_weights(value, constants=counting))
    bounded = _bounded(loop.test) if isinstance(loop, h.While) else set()
    found: set[str] = set()
    for name, weights in edges.items():
        cycle = {other for other in _reached(edges, name) if name in _reached(edges, other)}
        if any(sum(count for other, count in one.items() if other in cycle) > 1 for one in weights):
            found |= cycle
    return found - bounded


def _bounded(test: h.Expr) -> set[str]:
    """The variables that the loop's own test holds below something, or above."""
    found: set[str] = set()
    for node in walk(test):
        if isinstance(node, h.Compare) and {*node.ops} & {"<", "<=", ">", ">="}:
            found |= _named(node)
    return found


def _reached(edges: dict[str, list[Weights]], start: str) -> set[str]:
    """The variables whose values of earlier rounds go into this one's."""
    found: set[str] = set()
    pending = [start]
    while pending:
        for weights in edges.get(pending.pop(), ()):
            new = weights.keys() - found
            found |= new
            pending += new
    return found


def _counting(loop: h.While | h.For) -> bool:
    """Whether the rounds of a loop are a number, rather than the items or the digits of what is there."""
    if isinstance(loop, h.For):
        return isinstance(loop.iterable, h.CallExternal) and loop.iterable.fullname == "builtins.range"
    compares = any(isinstance(node, h.Compare) for node in walk(loop.test))
    return compares and not _divided(loop) & _named(loop.test)


def _bound_anew(loop: h.While | h.For) -> set[str]:
    """The variables that begin afresh in each round: nothing of the round before is in them."""
    found: set[str] = set()
    seen = _named(loop.test) if isinstance(loop, h.While) else set()
    for stmt in loop.body:
        match stmt:
            case h.Assign(targets=(h.Local(name=name),), value=value) if name not in seen | _named(value):
                found.add(name)
        seen |= {node.name for node in walk([stmt]) if isinstance(node, h.Local)}
    return found


def _divided(loop: h.While) -> set[str]:
    """The variables that each round makes shorter."""
    found = set()
    for name, value in _bindings(loop):
        match value:
            case h.Binary(op="//" | ">>", left=h.Local(name=left)) if left == name:
                found.add(name)
    return found


def _named(expr: h.Expr) -> set[str]:
    return {node.name for node in walk(expr) if isinstance(node, h.Local)}


def _weights(expr: h.Expr, *, constants: bool, key: str = "") -> list[Weights]:
    """How much each variable adds to the value, for each of the ways it may come about.

    Calls of `key` count under the name `RESULT`; `constants` says whether a constant factor counts.
    """

    def inside(part: h.Expr) -> list[Weights]:
        return _weights(part, constants=constants, key=key)

    match expr:
        case h.Local(name=name):
            return [Counter((name,))]
        case h.CallFunction(key=called) if called == key:
            return [Counter((RESULT,))]
        case h.Unary(operand=operand):
            return inside(operand)
        case h.Binary(op="+", left=left, right=right):
            return _sums(inside(left), inside(right))
        case h.Binary(op="-", left=left):
            return inside(left)
        case h.Binary(op="*", left=left, right=right):
            if isinstance(right, h.Literal) or isinstance(left, h.Literal):
                rest, factor = (left, right) if isinstance(right, h.Literal) else (right, left)
                known = isinstance(factor, h.Literal) and factor.value in (0, 1, -1)
                return inside(rest) if known or not constants else _doubled(inside(rest))
            return _doubled(_sums(inside(left), inside(right)))
        case h.Binary(op="**", left=left):
            return _doubled(inside(left))
        case h.Binary(op="//", left=h.Binary(op="*") as product):
            return inside(product)
        case h.Conditional(body=body, orelse=orelse):
            return _ways([*inside(body), *inside(orelse)])
        case h.CallExternal(fullname=fullname, args=args) if fullname in _HOLDS:
            return _ways([way for arg in args for way in inside(arg)])
        case _:
            return [Counter()]


def _sums(left: list[Weights], right: list[Weights]) -> list[Weights]:
    return _ways([one + other for one in left for other in right])


def _doubled(ways: list[Weights]) -> list[Weights]:
    return [way + way for way in ways]


def _ways(ways: list[Weights]) -> list[Weights]:
    """Not too many of them: beyond that, what each variable adds at most."""
    if len(ways) <= _MOST_WAYS:
        return ways or [Counter()]
    most: Weights = Counter()
    for way in ways:
        most |= way
    return [most]


def _recursive(function: h.Function) -> bool:
    """Whether calls of the function itself are multiplied, or added to each other, into its result.

    A function that goes down a structure is as long as the structure: there the sum is one of its parts.
    """
    if not function.params or any(param.type is not INT for param in function.params):
        return False
    edges: dict[str, list[Weights]] = {}
    for name, value in _bindings(function):
        edges.setdefault(name, []).extend(_weights(value, constants=True, key=function.key))
    for weights in edges.get(RESULT, ()):
        total = Counter({RESULT: weights[RESULT]})
        for name, count in weights.items():
            if name != RESULT and RESULT in _reached(edges, name):
                total[RESULT] += count
        if total[RESULT] > 1:
            return True
    return False
