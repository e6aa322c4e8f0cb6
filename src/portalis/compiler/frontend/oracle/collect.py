"""From paired trees to facts: types, full names, variables and signatures of one module."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mypy import nodes, types

from portalis.compiler.frontend.answer import SigKind, Signature, SigParam, Unannotated
from portalis.compiler.frontend.oracle.convert import convert, is_record
from portalis.compiler.frontend.oracle.names import public
from portalis.compiler.frontend.oracle.pairs import ExprPair, FunctionPair, Pairs
from portalis.compiler.frontend.spelling import has_hole
from portalis.compiler.frontend.targets import Target
from portalis.compiler.types import (
    ANY,
    STR,
    ClassObject,
    DictOf,
    Instance,
    ListOf,
    ModuleRef,
    TupleOf,
    Type,
    make_union,
)

_EMPTY = frozenset(
    {f"builtins.{name}" for name in ("list", "dict", "set", "frozenset", "tuple")}
    | {f"collections.{name}" for name in ("deque", "Counter", "OrderedDict", "defaultdict")}
)
_EMPTY_WITH_ARGUMENT = frozenset({"collections.defaultdict"})


@dataclass(slots=True)
class Facts:
    """What is known about one module, keyed by our own nodes and names."""

    types: dict[ast.expr, Type] = field(default_factory=dict)
    fullnames: dict[ast.expr, str] = field(default_factory=dict)
    variables: dict[tuple[str | None, str], Type] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    unannotated: list[Unannotated] = field(default_factory=list)


def collect(
    module: str,
    pairs: Pairs,
    known: dict[nodes.Expression, types.Type],
    own: Container[str],
) -> Facts:
    """Turn the pairs of a module into facts; `own` are the names of the project's modules."""
    facts = Facts()
    spelled = _library_imports(pairs, own)
    for pair in pairs.exprs:
        type_ = _type_of(pair, known)
        if type_ is not None:
            facts.types[pair.node] = type_
        if isinstance(pair.twin, nodes.RefExpr) and isinstance(pair.node, ast.Name | ast.Attribute):
            name = _fullname(pair.node, pair.twin, spelled)
            if name is not None:
                facts.fullnames[pair.node] = name
    _variables(pairs, facts)
    _attributes(module, pairs, facts)
    _mend_targets(pairs, facts)
    _mend_empty_displays(pairs, facts)
    for function in pairs.functions:
        facts.signatures[function.qualname] = _signature(module, function, facts)
        missing = _missing(function)
        if missing:
            facts.unannotated.append(Unannotated(module, function.qualname, function.node.lineno, missing))
    return facts


def records(files: Iterable[nodes.MypyFile]) -> dict[str, TupleOf]:
    """The aliases at module level of tuples that hold such tuples again, by full name."""
    found: dict[str, TupleOf] = {}
    for file in files:
        for symbol in file.names.values():
            alias = symbol.node
            if not isinstance(alias, nodes.TypeAlias) or not is_record(alias):
                continue
            if not types.TypeAliasType(alias, []).is_recursive:
                continue
            held = convert(alias.target)
            if alias.fullname.startswith(f"{file.fullname}.") and isinstance(held, TupleOf):
                found[alias.fullname] = held
    return found


def calls(
    pairs: Mapping[str, Pairs], known: dict[nodes.Expression, types.Type]
) -> dict[str, dict[ast.Call, Target]]:
    """The calls of the project's own functions, methods and named lambdas, by module.

    A call of a class is one of its `__init__`.
    """
    targets: dict[nodes.Node, Target] = {}
    for module, found in pairs.items():
        targets.update((function.twin, Target(module, function.qualname)) for function in found.functions)
        for binding in found.bindings:
            if binding.var is not None and not binding.weak:
                scope = f"{binding.scope}.<locals>." if binding.scope is not None else ""
                targets.setdefault(binding.var, Target(module, scope + binding.name))
    return {module: dict(_calls(found, targets, known)) for module, found in pairs.items()}


def _calls(
    pairs: Pairs, targets: Mapping[nodes.Node, Target], known: dict[nodes.Expression, types.Type]
) -> Iterator[tuple[ast.Call, Target]]:
    for pair in pairs.exprs:
        match pair.node, pair.twin:
            case (ast.Call() as call, nodes.CallExpr(callee=nodes.RefExpr() as reference)):
                callee = _callee(reference, known)
                target = targets.get(callee) if callee is not None else None
                if target is not None:
                    yield call, target
            case _:
                pass


def _callee(reference: nodes.RefExpr, known: dict[nodes.Expression, types.Type]) -> nodes.Node | None:
    """The function or variable that a call runs."""
    found: nodes.Node | None = reference.node
    if isinstance(found, nodes.TypeInfo):
        found = found.get_method("__init__")
    elif isinstance(reference, nodes.MemberExpr):
        through = reference.expr.node if isinstance(reference.expr, nodes.RefExpr) else None
        if isinstance(through, nodes.TypeInfo):
            found = through.names[reference.name].node if reference.name in through.names else found
            static = isinstance(found, nodes.Decorator) and (found.func.is_static or found.func.is_class)
            found = found if static else None  # the receiver is given as an argument
        elif found is None:
            owner = _present(types.get_proper_type(known.get(reference.expr)))
            found = owner.type.get_method(reference.name) if isinstance(owner, types.Instance) else None
    return found.func if isinstance(found, nodes.Decorator) else found


def _present(owner: types.ProperType | None) -> types.ProperType | None:
    """What a value that may be None is where it is not."""
    if not isinstance(owner, types.UnionType):
        return owner
    members = [types.get_proper_type(one) for one in owner.items]
    present = [one for one in members if not isinstance(one, types.NoneType)]
    return present[0] if len(present) == 1 else owner


def _type_of(pair: ExprPair, known: dict[nodes.Expression, types.Type]) -> Type | None:
    node, twin = pair.node, pair.twin
    if isinstance(node, ast.JoinedStr | ast.FormattedValue):
        return STR
    if isinstance(twin, nodes.RefExpr):
        if isinstance(twin.node, nodes.MypyFile):
            return ModuleRef(public(twin.node.fullname))
        if isinstance(twin.node, nodes.TypeInfo) and not twin.node.is_newtype and known.get(twin) is not None:
            return ClassObject(public(twin.node.fullname))
        variable = twin.node if isinstance(twin.node, nodes.Var) else None
        stored = (
            isinstance(node, ast.Name | ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and not pair.rebinds
        )
        if variable is not None and isinstance(node, ast.Name) and (stored or pair.in_finally):
            return _var_type(variable)
    found = known.get(twin)
    if found is None:
        return None
    if isinstance(types.get_proper_type(found), types.PartialType) and isinstance(twin, nodes.NameExpr):
        return _var_type(twin.node) if isinstance(twin.node, nodes.Var) else ANY
    return convert(found)


def _var_type(variable: nodes.Var) -> Type | None:
    """A variable's declared or inferred type; None where nothing was ever inferred (unreachable code)."""
    if variable.type is None or isinstance(types.get_proper_type(variable.type), types.PartialType):
        return None
    return convert(variable.type)


def _library_imports(pairs: Pairs, own: Container[str]) -> dict[str, str]:
    """Names imported from outside the project, as the user spells them (`sha256` → `hashlib.sha256`).

    typeshed knows some of them under other names. A name that two imports bind differently is left out.
    """
    found: dict[str, str] = {}
    clashing: set[str] = set()
    for node in pairs.imports:
        if node.module and not node.level and node.module not in own:
            for alias in node.names:
                name, target = alias.asname or alias.name, f"{node.module}.{alias.name}"
                if found.setdefault(name, target) != target:
                    clashing.add(name)
    return {name: target for name, target in found.items() if name not in clashing}


def _fullname(node: ast.Name | ast.Attribute, twin: nodes.RefExpr, spelled: dict[str, str]) -> str | None:
    """The full name of what a reference is bound to; None for locals and for attributes of instances."""
    target = twin.node
    home = (
        twin.expr.node
        if isinstance(twin, nodes.MemberExpr) and isinstance(twin.expr, nodes.RefExpr)
        else None
    )
    if isinstance(node, ast.Attribute) and not isinstance(target, nodes.MypyFile):
        if isinstance(home, nodes.MypyFile) and home.is_stub:
            return f"{public(home.fullname)}.{node.attr}"
        if isinstance(home, nodes.TypeInfo) and "@" not in home.fullname:
            return f"{public(home.fullname)}.{node.attr}"
    match target:
        case nodes.MypyFile():
            return public(target.fullname)
        case nodes.TypeInfo() | nodes.FuncDef() | nodes.Decorator() | nodes.OverloadedFuncDef():
            name = target.fullname
        case nodes.Var() | nodes.TypeAlias():
            name = target.fullname
        case _:
            name = twin.fullname
    if "@" in name or "." not in name:
        return None
    spelling = spelled.get(node.id) if isinstance(node, ast.Name) else None
    return spelling or public(name)


def _variables(pairs: Pairs, facts: Facts) -> None:
    """The type of each name by scope; a name that mypy splits into several variables has their union."""
    weak: dict[tuple[str | None, str], list[Type]] = {}
    strong: dict[tuple[str | None, str], list[Type]] = {}
    for binding in pairs.bindings:
        type_ = _var_type(binding.var) if isinstance(binding.var, nodes.Var) else None
        if type_ is None:
            continue
        home = None if binding.kind == nodes.GDEF else binding.scope
        for scope in {home, binding.scope}:
            (weak if binding.weak else strong).setdefault((scope, binding.name), []).append(type_)
    for key, types_ in {**weak, **strong}.items():
        facts.variables[key] = ANY if ANY in types_ else make_union(types_)


def _attributes(module: str, pairs: Pairs, facts: Facts) -> None:
    """The types of attributes that methods define (`self.x = …`), under the scope of their class."""
    for pair in pairs.exprs:
        twin = pair.twin
        if not isinstance(twin, nodes.MemberExpr) or twin.def_var is None or not twin.def_var.info:
            continue
        type_ = _var_type(twin.def_var)
        scope = twin.def_var.info.fullname.removeprefix(f"{module}.")
        if type_ is not None and "." not in twin.name:
            facts.variables.setdefault((scope, twin.name), type_)


def _mend_targets(pairs: Pairs, facts: Facts) -> None:
    """Give `a, b` and `xs[i]` their types in assignments: mypy looks at their parts only.

    Pairs come children first, so the parts are known.
    """
    for pair in pairs.exprs:
        node = pair.node
        match node:
            case ast.List(ctx=ast.Store()):
                facts.types.setdefault(node, TupleOf(tuple(facts.types.get(part, ANY) for part in node.elts)))
            case ast.Tuple() if node not in facts.types:
                parts = [facts.types.get(part) for part in node.elts]
                if isinstance(node.ctx, ast.Store) or None not in parts:
                    facts.types[node] = TupleOf(tuple(part or ANY for part in parts))
            case ast.Subscript(ctx=ast.Store()) if not isinstance(node.slice, ast.Slice):
                match facts.types.get(node.value):
                    case ListOf(elem) | DictOf(value=elem):
                        facts.types.setdefault(node, elem)
                    case _:
                        pass
            case _:
                pass


def _mend_empty_displays(pairs: Pairs, facts: Facts) -> None:
    """Give the right side of `x = []` the type of `x`: mypy types the display before it knows."""
    for node in pairs.assignments:
        match node:
            case (
                ast.Assign(targets=[ast.Name() as target], value=value)
                | ast.AnnAssign(target=target, value=value)
            ):
                pass
            case _:
                continue
        if value is None:
            continue
        have, wanted = facts.types.get(value), facts.types.get(target)
        if wanted is None or (have is not None and not has_hole(have)) or not _is_blank(value, facts):
            continue
        if have is None or have is ANY or type(have) is type(wanted):
            facts.types[value] = wanted


def _is_blank(node: ast.expr, facts: Facts) -> bool:
    """Whether an expression builds containers that hold no values yet, at any depth.

    Only of these may the element types be taken from the variable: values of unknown type stay unknown.
    """
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Dict(values=parts):
            return all(_is_blank(part, facts) for part in parts)
        case ast.ListComp(elt=part) | ast.DictComp(value=part) | ast.BinOp(left=part, op=ast.Mult()):
            return _is_blank(part, facts)
        case ast.Call(func=function, args=[] | [ast.Name()], keywords=[]):
            name = facts.fullnames.get(function, "")
            return name in _EMPTY_WITH_ARGUMENT if node.args else name in _EMPTY
        case _:
            return False


def _signature(module: str, function: FunctionPair, facts: Facts) -> Signature:
    node, twin = function.node, function.twin
    declared = twin.type if isinstance(twin.type, types.CallableType) else None
    arguments = node.args
    shape: list[tuple[ast.arg, SigKind, bool]] = []
    positional = [*arguments.posonlyargs, *arguments.args]
    first_default = len(positional) - len(arguments.defaults)
    for index, arg in enumerate(positional):
        kind: SigKind = "positional_only" if index < len(arguments.posonlyargs) else "positional_or_keyword"
        shape.append((arg, kind, index >= first_default))
    if arguments.vararg:
        shape.append((arguments.vararg, "var_positional", False))
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        shape.append((arg, "keyword_only", default is not None))
    if arguments.kwarg:
        shape.append((arguments.kwarg, "var_keyword", False))
    params: list[SigParam] = []
    for index, (arg, kind, has_default) in enumerate(shape):
        type_: Type = ANY
        if declared is not None and len(declared.arg_types) == len(shape):
            type_ = convert(declared.arg_types[index])
        if index == 0 and function.class_name is not None and arg.annotation is None:
            type_ = _receiver(module, function, type_)
        params.append(SigParam(arg.arg, type_, kind, has_default, arg.annotation is not None))
    returns = convert(declared.ret_type) if declared is not None else ANY
    if isinstance(node, ast.AsyncFunctionDef) and not twin.is_generator:
        match returns:
            case Instance("typing.Coroutine", (_, _, awaited)):
                returns = awaited
            case _:
                pass
    names = tuple(_decorator_name(decorator, facts) for decorator in function.decorators)
    return Signature(
        tuple(params),
        returns,
        twin.is_generator,
        isinstance(node, ast.AsyncFunctionDef),
        names,
        not _missing(function),
    )


def _receiver(module: str, function: FunctionPair, declared: Type) -> Type:
    """The type of `self` or `cls`, which nobody annotates."""
    names = {name.id for name in function.decorators if isinstance(name, ast.Name)}
    if "staticmethod" in names or function.class_name is None:
        return declared
    fullname = f"{module}.{function.class_name}"
    if "classmethod" in names or function.node.name in ("__new__", "__init_subclass__", "__class_getitem__"):
        return ClassObject(fullname)
    return Instance(fullname)


def _decorator_name(decorator: ast.expr, facts: Facts) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return facts.fullnames.get(target) or ast.unparse(target)


def _missing(function: FunctionPair) -> tuple[str, ...]:
    """The parameters without annotation, and `return` where the result has none."""
    arguments = function.node.args
    everything = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    everything += [arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    static = any(isinstance(name, ast.Name) and name.id == "staticmethod" for name in function.decorators)
    if function.class_name is not None and not static and (arguments.posonlyargs or arguments.args):
        everything.remove([*arguments.posonlyargs, *arguments.args][0])
    missing = [arg.arg for arg in everything if arg.annotation is None]
    if function.node.returns is None and function.node.name != "__init__":
        missing.append("return")
    return tuple(missing)
