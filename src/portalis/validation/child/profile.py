"""How a call went through the comparisons of a function: finer than its lines and branches.

A copy of the function is compiled in which every comparison, condition, subscript and arithmetic operation
reports its operands on the way. Two things come of it. *Features*, such as "the comparison at line 7 was met
with its sides equal", tell whether an input did something that no input did before; libFuzzer's value
profile is the same idea. *Pairs*, the operands themselves, tell what to put into the input so that a
comparison goes the other way; that is the input-to-state correspondence of Aschermann et al., REDQUEEN
(NDSS 2019).
"""

from __future__ import annotations

import ast
import functools
import math
import operator
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .cost import OverEventsError
from .hints import nested_codes

Feature = tuple[object, ...]
_MARK = "\0portalis profile\0"
_MAX_EVENTS = 20_000
_MAX_PAIRS = 400
_FAR = 1 << 62
_COMPARE: dict[str, Callable[[Any, Any], object]] = {  # operands are whatever the code compares
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "Is": operator.is_,
    "IsNot": operator.is_not,
    "In": lambda left, right: left in right,
    "NotIn": lambda left, right: left not in right,
}
_ARITHMETIC: dict[str, Callable[[Any, Any], object]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "Pow": operator.pow,
    "LShift": operator.lshift,
    "RShift": operator.rshift,
    "BitOr": operator.or_,
    "BitAnd": operator.and_,
    "BitXor": operator.xor,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What stood on the two sides of an operation at `site`."""

    site: int
    left: object
    right: object


@dataclass(slots=True)
class Profile:
    """Takes down what one call reports. Methods called from the instrumented code answer as the operation
    does.
    """

    features: set[Feature] = field(default_factory=set)
    pairs: list[Pair] = field(default_factory=list)
    events: int = 0

    def clear(self) -> None:
        """Forget the last call."""
        self.features, self.pairs, self.events = set(), [], 0

    def compare(self, site: int, name: str, left: object, right: object) -> object:
        """A comparison; `name` is its class in `ast`."""
        result = _COMPARE[name](left, right)
        if name in ("In", "NotIn"):
            self._note((site, _place(left, right)))
        else:
            self._note((site, _relation(left, right)))
        self._pair(site, left, right)
        return result

    def chain(self, site: int, names: str, left: object, *later: Callable[[], object]) -> object:
        """A chain of comparisons; each operand after the first is evaluated when it is needed."""
        result: object = True
        for at, (name, make) in enumerate(zip(names.split(), later, strict=True)):
            right = make()
            result = self.compare(site * 16 + at, name, left, right)
            if not result:
                return result
            left = right
        return result

    def truth(self, site: int, value: object) -> object:
        """A condition, or an operand of `and`, `or` and `not`; the value itself comes back."""
        self._note((site, "truth", _extent(value)))
        if type(value) in (int, float):
            self._pair(site, value, 0)
        return value

    def item(self, site: int, whole: object, key: object) -> object:
        """A subscript."""
        if isinstance(key, slice):
            size = len(whole) if isinstance(whole, (str, bytes, list, tuple)) else -1
            for bound in (key.start, key.stop):
                if type(bound) is int and size >= 0:
                    self._note((site, bound is key.stop, _relation(bound, size), _sign(bound)))
                    self._pair(site, bound, size)
        elif isinstance(whole, (str, bytes, list, tuple)) and type(key) is int:
            self._note((site, _relation(key, len(whole)), _sign(key)))
            self._pair(site, key, len(whole) - 1)
        elif isinstance(whole, dict):
            self._note((site, _place(key, whole)))
            self._pair(site, key, whole)
        return whole[key]  # type: ignore[index]

    def slice(self, start: object, stop: object, step: object) -> slice:
        """A slice's bounds."""
        return slice(start, stop, step)

    def operate(self, site: int, name: str, left: object, right: object) -> object:
        """An arithmetic operation; `name` is its class in `ast`."""
        result = _ARITHMETIC[name](left, right)
        if type(left) in (int, float) and type(right) in (int, float):
            self._note((site, _sign(left), _sign(right), _sign(result), _size(result)))
            if name == "Mod":
                self._pair(site, result, 0)
        else:
            self._note((site, _extent(left), _extent(right)))
        return result

    def _note(self, feature: Feature) -> None:
        self.events += 1
        if self.events > _MAX_EVENTS:
            raise OverEventsError
        self.features.add(feature)

    def _pair(self, site: int, left: object, right: object) -> None:
        if len(self.pairs) < _MAX_PAIRS:
            self.pairs.append(Pair(site, left, right))


def _relation(left: object, right: object) -> object:
    """How two compared values lie to each other, coarsely."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        if left == right:
            return 0
        if left != left or right != right:
            return "nan"
        near = abs(left) < _FAR and abs(right) < _FAR and abs(left - right) <= 1
        return (1 if near else 2) * (1 if left > right else -1)
    if isinstance(left, str) and isinstance(right, str):
        if left == right:
            return 0
        shared = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), -1)
        return (len(left) > len(right)) - (len(left) < len(right)), min(shared, 4)
    return type(left) is type(right), _extent(left)


def _place(member: object, whole: object) -> object:
    """Where a value stands in a container."""
    if isinstance(whole, str) and isinstance(member, str):
        at = whole.find(member)
        return min(at, 1) if at < len(whole) - 1 else "last"
    if isinstance(whole, (list, tuple)) and len(whole) <= 64:
        at = next((i for i, item in enumerate(whole) if item is member or item == member), -1)
        return min(at, 1) if at < len(whole) - 1 else ("last" if at >= 0 else -1)
    try:
        return member in whole  # type: ignore[operator]
    except TypeError:
        return "error"


def _sign(value: object) -> object:
    if isinstance(value, float):
        if math.isnan(value):
            return "nan"
        return math.copysign(1.0, value) * (0.5 if value == 0 else 2.0 if math.isinf(value) else 1.0)
    return (value > 0) - (value < 0) if isinstance(value, int) else None


def _size(value: object) -> object:
    """Whether a number is beyond 32, 53 or 63 bits."""
    if isinstance(value, float):
        return value.is_integer()
    bits = value.bit_length() if isinstance(value, int) else 0
    return (bits > 31) + (bits > 53) + (bits > 63)


def _extent(value: object) -> object:
    """Truth, with the sign of a number and the size of a container, coarsely."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return _sign(value)
    if isinstance(value, (str, bytes, list, tuple, dict, set, frozenset)):
        return type(value).__name__, min(len(value), 2)
    return type(value).__name__


class Instrumented:
    """The copy of a function that reports, and what its calls reported."""

    def __init__(self, call: types.FunctionType, profile: Profile, sites: int) -> None:
        self.call = call
        self.profile = profile
        self.sites = sites


def instrument(function: types.FunctionType) -> Instrumented | None:
    """A reporting copy of a function, or None where none can be made: no source, or variables of an outer
    function.
    """
    if function.__closure__:
        return None
    found = _definition(function)
    if found is None:
        return None
    marker = _Marker()
    body = [marker.visit(statement) for statement in found.body]
    if not marker.sites:
        return None
    arguments = ast.arguments(
        [ast.arg(one.arg) for one in found.args.posonlyargs],
        [ast.arg(one.arg) for one in found.args.args],
        None if found.args.vararg is None else ast.arg(found.args.vararg.arg),
        [ast.arg(one.arg) for one in found.args.kwonlyargs],
        [None] * len(found.args.kwonlyargs),
        None if found.args.kwarg is None else ast.arg(found.args.kwarg.arg),
        [],
    )
    definition = ast.FunctionDef(name=found.name, args=arguments, body=body, decorator_list=[])
    definition.lineno, definition.col_offset = found.lineno, 0
    module = ast.fix_missing_locations(ast.Module([definition], []))
    try:
        whole = compile(module, function.__code__.co_filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return None
    code = next(one for one in whole.co_consts if isinstance(one, types.CodeType))
    profile = Profile()
    copy = types.FunctionType(
        _with_profile(code, profile), function.__globals__, function.__name__, function.__defaults__
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return Instrumented(copy, profile, marker.sites)


def _with_profile(code: types.CodeType, profile: Profile) -> types.CodeType:
    """The code with the profile in place of its mark; `compile` takes no such constant itself."""
    constants: list[object] = []
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            constants.append(_with_profile(constant, profile))
        else:
            constants.append(profile if constant == _MARK else constant)
    return code.replace(co_consts=tuple(constants))


@functools.lru_cache(maxsize=64)
def _parsed(path: str) -> ast.Module | None:
    try:
        return ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return None


def _definition(function: types.FunctionType) -> ast.FunctionDef | None:
    """The function's definition, its own copy, read from its file."""
    code = function.__code__
    tree = _parsed(code.co_filename)
    if tree is None or any(name.startswith("__") and not name.endswith("__") for name in _names(code)):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
            if first == code.co_firstlineno:
                copied = ast.parse(ast.unparse(node)).body[0]
                return copied if isinstance(copied, ast.FunctionDef) else None
    return None


def _names(code: types.CodeType) -> list[str]:
    return [name for inner in nested_codes(code) for name in (*inner.co_names, *inner.co_varnames)]


class _Marker(ast.NodeTransformer):
    """Puts a report in place of each operation."""

    def __init__(self) -> None:
        self.sites = 0

    def _report(self, method: str, *arguments: ast.expr) -> ast.Call:
        self.sites += 1
        target = ast.Attribute(ast.Constant(_MARK), method, ast.Load())
        return ast.Call(target, [ast.Constant(self.sites), *arguments], [])

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        names = [type(one).__name__ for one in node.ops]
        if len(names) == 1:
            return self._report("compare", ast.Constant(names[0]), node.left, node.comparators[0])
        if any(isinstance(part, (ast.NamedExpr, ast.Await, ast.Yield)) for part in ast.walk(node)):
            return node
        nothing = ast.arguments([], [], None, [], [], None, [])
        later = [ast.Lambda(nothing, operand) for operand in node.comparators]
        return self._report("chain", ast.Constant(" ".join(names)), node.left, *later)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        node.values = [self._report("truth", value) for value in node.values]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            node.operand = self._report("truth", node.operand)
        return node

    def visit_If(self, node: ast.If) -> ast.stmt:
        self.generic_visit(node)
        node.test = self._report("truth", node.test)
        return node

    def visit_While(self, node: ast.While) -> ast.stmt:
        self.generic_visit(node)
        node.test = self._report("truth", node.test)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        node.test = self._report("truth", node.test)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        node.ifs = [self._report("truth", test) for test in node.ifs]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load) or isinstance(node.slice, ast.Tuple):
            return node
        key: ast.expr = node.slice
        if isinstance(key, ast.Slice):
            bounds = [bound or ast.Constant(None) for bound in (key.lower, key.upper, key.step)]
            key = ast.Call(ast.Attribute(ast.Constant(_MARK), "slice", ast.Load()), bounds, [])
        return self._report("item", node.value, key)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        name = type(node.op).__name__
        if name not in _ARITHMETIC or (
            isinstance(node.left, ast.Constant) and isinstance(node.left.value, str)
        ):
            return node
        return self._report("operate", ast.Constant(name), node.left, node.right)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return node
        node.value = self.visit(node.value)
        return node

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        node.subject = self.visit(node.subject)
        for case in node.cases:
            case.body = [self.visit(statement) for statement in case.body]
        return node
