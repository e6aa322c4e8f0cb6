"""Loops over a set that come to the same in every order of its items.

    for n in nums:                              for n in nums:
        if n - 1 not in nums:                       out.append(n)
            length = 1
            while n + length in nums:           the order shows: a list keeps it
                length += 1
            longest = max(longest, length)

    what an iteration leaves behind is gathered by an operation that doesn't ask for order

An iteration has variables of its own, which nobody reads after it. All else that it changes is gathered: a
sum or product of ints, the greatest or least value, a flag that is set, a set that grows, a list whose order
never shows, the counts in a list. A gathered variable is read nowhere else in the loop. A loop that may end
early (`return`, `break`, an error) ends in one way only, the same for every item, and leaves nothing else
that could tell how far it came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from portalis.compiler.analysis.bags import is_bag, without_twins
from portalis.compiler.analysis.facts import FunctionFacts
from portalis.compiler.analysis.fresh import makes_container
from portalis.compiler.analysis.liveness import bound_names
from portalis.compiler.analysis.steady import NO_ENDS, Ends, PureCall, ends, form, is_plain
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import root_local, walk
from portalis.compiler.types import BIG, BOOL, BYTES, FLOAT, INT, STR, ListOf, SetOf, Type, is_mutable

_SUMS = {"+": "sum", "-": "sum", "*": "product", "&": "and", "|": "or", "^": "xor"}
_SET_UPDATES = {"|": "union", "-": "difference", "&": "intersection"}
_SET_METHODS = {"add": "union", "update": "union", "discard": "difference", "difference_update": "difference"}
_EXTREMES = {"builtins.max": "max", "builtins.min": "min"}
_KEEPS_GREATER = {">": "max", ">=": "max", "<": "min", "<=": "min"}


class _OrderShowsError(Exception):
    """The loop may come to something else in another order."""


@dataclass(slots=True)
class _Loop:
    own: frozenset[str]
    """The variables of one iteration."""
    pure_call: PureCall
    private: frozenset[str]
    """Variables whose values nobody but the function can see."""
    bags: Callable[[str], bool]
    """Whether of a list only the elements show, not their order."""
    gathered: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """How each variable that outlives an iteration is gathered."""
    flags: dict[str, tuple[object, ...]] = field(default_factory=dict)
    """What the flags are set to."""
    ways: set[tuple[object, ...]] = field(default_factory=set)
    """How the loop may end early."""
    depth: int = 0
    """How many loops inside this one a statement stands in."""


def order_free(
    stmt: h.For,
    function: h.Function,
    facts: FunctionFacts,
    pure_call: PureCall,
) -> bool:
    """Whether a loop of a function comes to the same in every order of its items.

    Args:
        stmt: the loop.
        function: the function that it stands in.
        facts: the facts of that function.
        pure_call: whether a call of one of the project's functions changes nothing and can't raise.
    """
    live = facts.live
    if not stmt.body:
        return True
    entry = live.before.get(id(stmt.body[0]), frozenset())
    after = live.after.get(id(stmt), frozenset())
    for later in stmt.orelse:
        after |= live.before.get(id(later), frozenset())
    written = _written(stmt)
    private = _private(function) - facts.captured
    loop = _Loop(
        written - (entry - bound_names(stmt.target)) - after,
        pure_call,
        private,
        lambda name: is_bag(function, stmt, name),
    )
    if bound_names(stmt.target) - loop.own:
        return False
    try:
        _block(loop, stmt.body)
    except _OrderShowsError:
        return False
    if loop.ways and _in_try(function, stmt):
        return False  # a handler or a `finally` sees how far it came
    return _ends_alike(loop) and not _read_meanwhile(loop, stmt)


def _in_try(function: h.Function, stmt: h.For) -> bool:
    return any(
        isinstance(node, h.Try) and any(inner is stmt for inner in walk(node)) for node in walk(function.body)
    )


def _written(stmt: h.For) -> frozenset[str]:
    names = set(bound_names(stmt.target))
    for node in walk(stmt.body):
        match node:
            case h.Assign(targets=targets):
                names |= frozenset[str]().union(*map(bound_names, targets))
            case h.AugAssign(target=target) | h.For(target=target):
                names |= bound_names(target)
            case _:
                pass
    return frozenset(names)


def _private(function: h.Function) -> frozenset[str]:
    """The variables that hold what can't change, or what the function made itself wherever it binds them."""
    bound: dict[str, bool] = {param.name: not is_mutable(param.type) for param in function.params}
    for node in walk(function.body):
        match node:
            case h.Assign(targets=(h.Local(name=name, declared=type_),), value=value):
                bound[name] = bound.get(name, True) and (not is_mutable(type_) or _made(value))
            case h.Assign(targets=targets):
                for local in _locals(targets):
                    bound[local.name] = bound.get(local.name, True) and not is_mutable(local.declared)
            case h.For(target=target) | h.Clause(target=target) | h.Walrus(target=target):
                for local in _locals((target,)):
                    bound[local.name] = bound.get(local.name, True) and not is_mutable(local.declared)
            case _:
                pass
    return frozenset(name for name, private in bound.items() if private)


def _locals(targets: tuple[h.Expr, ...]) -> list[h.Local]:
    return [node for target in targets for node in walk(target) if isinstance(node, h.Local)]


def _made(value: h.Expr) -> bool:
    """Whether an expression makes a new container, which nobody else has."""
    repeated = isinstance(value, h.Binary) and value.op == "*" and isinstance(value.left, h.ListDisplay)
    return repeated or makes_container(value)


def _ends_alike(loop: _Loop) -> bool:
    """An early end leaves only itself behind, and flags that a `break` sets on its way out."""
    if not loop.ways:
        return True
    if len(loop.ways) > 1:
        return False
    (way,) = loop.ways
    if way[0] == "break":
        return all(how[0] == "flag" for how in loop.gathered.values()) and way[1] == frozenset(
            loop.flags.items()
        )
    return loop.gathered.keys() <= loop.private


def _read_meanwhile(loop: _Loop, stmt: h.For) -> bool:
    """Whether the loop reads what it gathers, but where it gathers it."""
    gathering = _gathering_nodes(loop, stmt.body)
    nodes = [*walk(stmt.body), *walk(stmt.iterable)]
    return any(
        isinstance(node, h.Local) and node.name in loop.gathered and id(node) not in gathering
        for node in nodes
    )


def _block(loop: _Loop, body: list[h.Stmt]) -> None:
    for stmt in body:
        _stmt(loop, stmt, body)


def _stmt(loop: _Loop, stmt: h.Stmt, block: list[h.Stmt]) -> None:
    match stmt:
        case h.Pass() | h.Continue():
            return
        case h.Break():
            if not loop.depth:
                flags = frozenset(_flags_before(loop, stmt, block))
                loop.ways.add(("break", flags))
            return
        case h.Return(value=value):
            loop.ways.add(("return", _constant(value) if value is not None else None))
            return
        case h.Raise(exception=h.NewException(name=name, args=args)):
            loop.ways.add(("raise", name, *map(_constant, args)))
            return
        case h.If(test=test, body=body, orelse=orelse):
            if (kept := _kept_extreme(loop, stmt)) is not None:
                _gather(loop, kept[0], kept[1], stmt.body[0])
                return
            _ask(loop, test)
            _block(loop, body)
            _block(loop, orelse)
            return
        case h.While(test=test, body=body, orelse=orelse):
            _ask(loop, test)
            _inner(loop, body, orelse)
            return
        case h.For(target=target, iterable=iterable, body=body, orelse=orelse):
            _evaluate(loop, iterable)
            if bound_names(target) - loop.own:
                raise _OrderShowsError
            _inner(loop, body, orelse)
            return
        case _:
            _change(loop, stmt)


def _inner(loop: _Loop, body: list[h.Stmt], orelse: list[h.Stmt]) -> None:
    loop.depth += 1
    _block(loop, body)
    loop.depth -= 1
    _block(loop, orelse)


def _change(loop: _Loop, stmt: h.Stmt) -> None:
    """A statement that binds a variable, or changes a container."""
    match stmt:
        case h.Assign(targets=(target,), value=value) if (names := bound_names(target)) and names <= loop.own:
            _evaluate(loop, value)
        case h.Assign(targets=(h.Local(name=name),), value=value):
            how = _assigned(name, value)
            if how[0] == "flag":
                loop.flags[name] = how
            _gather(loop, name, how, value)
        case h.AugAssign(target=h.Local(name=name) as target, value=value) if name in loop.own:
            if target.type not in (INT, BIG, FLOAT, STR, BOOL, BYTES):
                raise _OrderShowsError
            _evaluate(loop, value)
        case h.AugAssign(target=h.Local(name=name, type=type_), op=op, value=value):
            _gather(loop, name, (_operation(op, type_, value.type),), value)
        case h.AugAssign(target=h.Subscript(value=holder, index=index), op=op, value=value):
            # Counting in a list: that an index is beyond it says nothing of the item.
            if not isinstance(holder, h.Local) or not isinstance(holder.type, ListOf):
                raise _OrderShowsError
            loop.ways.add(("IndexError", "list"))
            _evaluate(loop, index)
            how = ("counts", _operation(op, holder.type.elem, value.type))
            _gather(loop, holder.name, how, value)
        case h.ExprStmt(
            value=h.CallMethod(
                receiver=h.Local(type=SetOf()) as held, method=method, args=(value,), keywords={}
            )
        ) if method in _SET_METHODS and held.name not in loop.own:
            _gather(loop, held.name, (_SET_METHODS[method],), value)
        case h.ExprStmt(
            value=h.CallMethod(
                receiver=h.Local(type=ListOf(elem)) as held, method="append", args=(value,), keywords={}
            )
        ) if held.name in loop.private and without_twins(elem) and loop.bags(held.name):
            _gather(loop, held.name, ("bag",), value)
        case _:
            raise _OrderShowsError


def _operation(op: str, target: Type, value: Type) -> str:
    """The operation that gathers by `op`; a sum of floats asks for order."""
    if target in (INT, BIG) and value in (INT, BIG, BOOL) and op in _SUMS:
        return _SUMS[op]
    if isinstance(target, SetOf) and isinstance(value, SetOf) and op in _SET_UPDATES:
        return _SET_UPDATES[op]
    raise _OrderShowsError


def _assigned(name: str, value: h.Expr) -> tuple[object, ...]:
    """How `name = value` gathers: `n = n + x`, `n = max(n, x)`, `found = True`."""
    match value:
        case h.Literal():
            return ("flag", form(value))
        case h.Binary(op=op, left=h.Local(name=same) as left, right=right) if same == name:
            return (_operation(op, left.type, right.type),)
        case h.Binary(op="+" | "*" | "|" | "&" | "^" as op, left=left, right=h.Local(name=same) as right) if (
            same == name
        ):
            return (_operation(op, right.type, left.type),)
        case h.Logical(op=op, operands=(h.Local(name=same), *rest)) if same == name:
            if all(one.type is BOOL for one in (value, *rest)):
                return ("all" if op == "and" else "any",)
        case h.CallExternal(fullname=called, args=args, keywords={}) if called in _EXTREMES and len(args) > 1:
            own = [arg for arg in args if isinstance(arg, h.Local) and arg.name == name]
            if len(own) == 1 and all(without_twins(arg.type) for arg in args):
                return (_EXTREMES[called],)
    raise _OrderShowsError


def _kept_extreme(loop: _Loop, stmt: h.If) -> tuple[str, tuple[object, ...]] | None:
    """`if x > best: best = x` keeps the greatest; equal values can't be told apart."""
    match stmt:
        case h.If(
            test=h.Compare(left=left, ops=(op,), rights=(right,)),
            body=[h.Assign(targets=(h.Local(name=name),), value=value)],
            orelse=[],
        ) if op in _KEEPS_GREATER and name not in loop.own:
            pass
        case _:
            return None
    if isinstance(left, h.Local) and left.name == name:
        left, right, op = right, left, {">": "<", ">=": "<=", "<": ">", "<=": ">="}[op]
    if not (isinstance(right, h.Local) and right.name == name) or form(left) != form(value):
        return None
    return (name, (_KEEPS_GREATER[op],)) if without_twins(left.type) else None


def _gather(loop: _Loop, name: str, how: tuple[object, ...], value: h.Node) -> None:
    if name in loop.own or loop.gathered.setdefault(name, how) != how:
        raise _OrderShowsError
    if isinstance(value, h.Logical):  # what is evaluated depends on what came before
        if any(ends(operand, loop.pure_call) != NO_ENDS for operand in value.operands):
            raise _OrderShowsError
    elif isinstance(value, h.Expr):
        _evaluate(loop, value)


def _evaluate(loop: _Loop, node: h.Expr) -> None:
    found: Ends | None = ends(node, loop.pure_call)
    if found is None:
        raise _OrderShowsError
    loop.ways |= found


def _ask(loop: _Loop, test: h.Expr) -> None:
    """A condition: asking for its truth is a part of it."""
    if not is_plain(test.type):
        raise _OrderShowsError
    _evaluate(loop, test)


def _constant(value: h.Expr) -> object:
    """A value that is the same at every item: a literal, or a tuple of such."""
    match value:
        case h.Literal() | h.Unary(operand=h.Literal()):
            return form(value)
        case h.TupleDisplay(items=items):
            return tuple(map(_constant, items))
        case h.ListDisplay(items=()):
            return form(value)
        case _:
            raise _OrderShowsError


def _flags_before(loop: _Loop, stmt: h.Break, block: list[h.Stmt]) -> list[tuple[str, tuple[object, ...]]]:
    """The flags that are set right before a `break`."""
    found: list[tuple[str, tuple[object, ...]]] = []
    for one in block[: next(at for at, each in enumerate(block) if each is stmt)]:
        match one:
            case h.Assign(targets=(h.Local(name=name),), value=h.Literal() as value) if name not in loop.own:
                found.append((name, ("flag", form(value))))
            case _:
                pass
    return found


def _gathering_nodes(loop: _Loop, body: list[h.Stmt]) -> set[int]:
    """The places where gathered variables stand as that which is gathered into."""
    found: set[int] = set()
    for node in walk(body):
        match node:
            case h.AugAssign(target=target) if (root := root_local(target)) is not None:
                found.add(id(root[0]))
            case h.Assign(targets=(h.Local(name=name) as target,), value=value) if name in loop.gathered:
                found.add(id(target))
                found |= _own_operand(name, value)
            case h.If(test=h.Compare(left=left, rights=(right,))) if _kept_extreme(loop, node) is not None:
                found |= {id(side) for side in (left, right) if isinstance(side, h.Local)}
            case h.ExprStmt(value=h.CallMethod(receiver=h.Local() as held)):
                found.add(id(held))
            case _:
                pass
    return found


def _own_operand(name: str, value: h.Expr) -> set[int]:
    match value:
        case h.Binary(left=left, right=right):
            sides: tuple[h.Expr, ...] = (
                (left,) if isinstance(left, h.Local) and left.name == name else (right,)
            )
        case h.CallExternal(args=sides) | h.Logical(operands=sides):
            pass
        case _:
            sides = ()
    return {id(side) for side in sides if isinstance(side, h.Local) and side.name == name}
