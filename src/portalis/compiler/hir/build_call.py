"""Builds calls: who is called, and the arguments in the callee's parameter order with defaults filled in."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portalis.compiler.hir import members, named_tuples, special
from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.arguments import Bound, bind, given
from portalis.compiler.hir.build_super import super_method
from portalis.compiler.hir.class_values import class_value
from portalis.compiler.hir.dotted import dotted_global
from portalis.compiler.hir.instance_tests import of_families, presence
from portalis.compiler.hir.iterated import CONSUMERS, iterated
from portalis.compiler.hir.optional_key import with_optional_key
from portalis.compiler.hir.own_class import own_class
from portalis.compiler.hir.symbols import builtin_exception_bases
from portalis.compiler.hir.tables import module_value
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import NONE, CallableOf, Instance, OptionalOf
from portalis.diagnostics import Span

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder
    from portalis.compiler.hir.class_body import StructField
    from portalis.compiler.hir.structs import StructInfo


def build_call(b: FunctionBuilder, node: ast.Call) -> h.Expr:
    """A call expression, by what the callee is bound to."""
    func = node.func
    if (made := own_class(b, func)) is not None:
        return _construct(b, node, made)
    if (inherited := super_method(b, node)) is not None:
        return inherited
    if (called := _call_instance(b, node)) is not None:
        return called
    if isinstance(func, ast.Attribute) and (named := own_class(b, func.value)) is not None:
        return _method_of_class(b, node, named, func.attr)
    if isinstance(func, ast.Name) and b.scope.find(func.id) is not None:
        return _call_local(b, node, func)
    if isinstance(func, ast.Attribute):
        fullname = dotted_global(b, func)
        value_is_global_value = class_value(b, func.value) is not None or (
            fullname is not None
            and fullname.rpartition(".")[0] in b.symbols.constants
            and fullname not in b.symbols.functions
        )
        if fullname is None or value_is_global_value or _is_method_of_value(b, fullname):
            own = named_tuples.method(b, node, func) or _own_method(b, node, func)
            if own is not None:
                return own
            receiver, (args, keywords) = b.expr(func.value), call_arguments(b, node)
            if func.attr in ("extend", "join", "update"):
                args = tuple(iterated(b, one) for one in args)
            if func.attr == "sort" and not args and "key" not in keywords:
                key = special.order_key(b, receiver.type, b.span(node))
                keywords = keywords if key is None else {"key": key, **keywords}
            return h.CallMethod(receiver, func.attr, args, keywords, **b.at(node))
        return _call_global(b, node, fullname)
    if isinstance(func, ast.Name):
        fullname = b.scope.imported(func.id) or b.answer.fullname(b.module, func)
        return _call_global(b, node, fullname or f"{b.module}.{func.id}")
    return h.CallValue(b.expr(func), _positional(b, node), **b.at(node))


def _call_instance(b: FunctionBuilder, node: ast.Call) -> h.Expr | None:
    """`scale(3)` of an instance whose class has a `__call__`; None for every other callee."""
    info = special.struct_of(b, b.type_of(node.func))
    if info is None or info.enum is not None or info.kinds.get("__call__") != "method":
        return None
    receiver = b.expr(node.func)
    found = bind_method(b, node, info.key("__call__"), info.methods["__call__"])
    order = (0, *(place + 1 for place in found.order)) if found.order else ()
    return h.CallFunction(info.key("__call__"), (receiver, *found.args), order, **b.at(node))


def _call_local(b: FunctionBuilder, node: ast.Call, func: ast.Name) -> h.Expr:
    """A call of a variable; keywords are known where it is a function defined before, inside this one."""
    owner = b.scope.find(func.id)
    definition = owner.functions.get(func.id) if owner is not None else None
    if definition is None or not node.keywords:
        return h.CallValue(b.expr(func), _positional(b, node), **b.at(node))
    bound = bind(b, node, definition, _constant_default)
    return h.CallValue(b.expr(func), bound.args, bound.order, **b.at(node))


def _constant_default(b: FunctionBuilder, node: ast.expr) -> h.Expr:
    """The default of a nested function, which is evaluated where the function is defined."""
    if not isinstance(node, ast.Constant):
        raise Refusal("PT211", b.span(node), f"the default `{ast.unparse(node)}` is computed")
    return b.expr(node)


def _is_method_of_value(b: FunctionBuilder, fullname: str) -> bool:
    """Whether `x.method` is a method of a global value rather than a function of a module."""
    if fullname in b.symbols.functions or fullname in b.symbols.classes:
        return False
    head = fullname.rpartition(".")[0]
    return head in b.symbols.constants


def _call_global(b: FunctionBuilder, node: ast.Call, fullname: str) -> h.Expr:
    symbols = b.symbols
    fullname = _unaliased(b, fullname)
    if fullname in symbols.functions:
        key, definition = symbols.functions[fullname]
        bound = bind(b, node, definition, lambda b, default: b.default_of(key, default))
        return h.CallFunction(key, bound.args, bound.order, **b.at(node))
    if fullname in symbols.exceptions or _is_builtin_exception(fullname):
        args = _positional(b, node)
        return h.NewException(fullname, args, span=b.span(node), type=Instance(fullname))
    if fullname in symbols.structs:
        return _construct(b, node, symbols.structs[fullname])
    owner, _, name = fullname.rpartition(".")
    if owner in symbols.structs:
        return _method_of_class(b, node, symbols.structs[owner], name)
    if fullname in symbols.classes:
        why = symbols.unstructured.get(fullname)
        detail = f": {why}" if why else ""
        raise Refusal("PT201", b.span(node), f"the class `{fullname}` stays in Python{detail}")
    if fullname in symbols.constants:
        module, name = symbols.constants[fullname]
        callee = module_value(b, module, name, b.span(node.func), b.type_of(node.func))
        return h.CallValue(callee, _positional(b, node), **b.at(node))
    args, keywords = call_arguments(b, node)
    if fullname in CONSUMERS:
        args = tuple(iterated(b, one) for one in args)
    if fullname == "builtins.isinstance":
        args = (*args[:1], *(of_families(b, one) for one in args[1:]))
    called = h.CallExternal(fullname, args, keywords, **b.at(node))
    if fullname == "builtins.isinstance":
        return presence(called)
    made = special.external(b, called)
    return with_optional_key(made) if isinstance(made, h.CallExternal) else made


def _method_of_class(b: FunctionBuilder, node: ast.Call, info: StructInfo, name: str) -> h.Expr:
    """`Point.origin()`, `cls.origin()`; `Point.shift(p, 1)` with the receiver as the first argument."""
    definition = info.methods.get(name)
    if definition is None or info.kinds[name] == "property" or name == "__init__":
        raise Refusal("PT201", b.span(node), f"`{info.qualname}.{name}` is not a method of the class itself")
    key = info.key(name)
    bound = 1 if info.kinds[name] == "class" else 0
    found = bind_method(b, node, key, definition, bound)
    return h.CallFunction(key, found.args, found.order, **b.at(node))


def _own_method(b: FunctionBuilder, node: ast.Call, func: ast.Attribute) -> h.Expr | None:
    """A call of a method that a struct of the project defines; None for all other receivers."""
    receiver = b.expr(func.value)
    kind = receiver.type.inner if isinstance(receiver.type, OptionalOf) else receiver.type
    info = special.struct_of(b, kind)
    if info is None:
        return None
    definition = info.methods.get(func.attr)
    if definition is None and (inner := _inner_class(b, info, func.attr)) is not None:
        if not special.plain(receiver) or kind is not receiver.type:
            raise Refusal("PT201", b.span(node), "name the class, not a computed instance")
        return _construct(b, node, inner)
    if definition is None and info.enum is not None and info.enum.mixed:
        value = members.as_mixed(b, receiver)
        return h.CallMethod(value, func.attr, *call_arguments(b, node), **b.at(node))
    if definition is None and (field := info.field(func.attr)) is not None:
        inside = field.type.inner if isinstance(field.type, OptionalOf) else field.type
        if isinstance(inside, CallableOf):
            return h.CallValue(
                h.Attribute(receiver, func.attr, **b.at(func)), _positional(b, node), **b.at(node)
            )
    if definition is None:
        raise Refusal(
            "PT201", b.span(node), f"`{info.qualname}.{func.attr}` is not a method of the class itself"
        )
    if info.kinds[func.attr] == "property":
        raise Refusal("PT215", b.span(node), "a call of what a property gives is not translated")
    key = info.key(func.attr)
    if info.kinds[func.attr] != "method":
        if not special.plain(receiver) or kind is not receiver.type:
            raise Refusal("PT201", b.span(node), "name the class, not a computed instance")
        return _method_of_class(b, node, info, func.attr)
    found = bind_method(b, node, key, definition)
    if found.order and not special.plain(receiver):
        raise Refusal("PT305", b.span(node), "keyword arguments are evaluated out of parameter order")
    order = (0, *(place + 1 for place in found.order)) if found.order else ()
    return h.CallFunction(key, (receiver, *found.args), order, **b.at(node))


def _inner_class(b: FunctionBuilder, info: StructInfo, name: str) -> StructInfo | None:
    """The class of that name in the body of a class or of its base classes."""
    owners = [f"{info.module}.{info.qualname}"]
    if info.line is not None:
        pairs = zip(info.line.modules, info.line.classes, strict=True)
        owners = [f"{module}.{owner.name}" for module, owner in pairs]
    found = (b.symbols.structs.get(f"{owner}.{name}") for owner in owners)
    return next((one for one in found if one is not None), None)


def _construct(b: FunctionBuilder, node: ast.Call, info: StructInfo) -> h.Expr:
    """`Point(1, y=2)`: what `__init__` makes, or the fields of a dataclass; `Color(3)`."""
    at = b.at(node)
    if info.enum is not None:
        args = _positional(b, node)
        if len(args) != 1:
            raise Refusal("PT305", at["span"], f"`{info.qualname}` is looked up by one value")
        return members.lookup(info, "__call__", args[0], at["span"])
    if "__init__" in info.methods:
        found = bind_method(b, node, info.constructor, info.methods["__init__"])
        return h.CallFunction(info.constructor, found.args, found.order, span=at["span"], type=info.type)
    if not info.is_dataclass and not all(one.classwide or one.late for one in info.fields):
        raise Refusal("PT201", at["span"], f"`{info.qualname}` has no `__init__`")
    args, keywords = call_arguments(b, node)
    if any(isinstance(arg, h.Starred) for arg in args):
        raise Refusal("PT206", at["span"], "`*` in a call is not translated")
    by_place = [one.name for one in info.fields if one.given and not one.keyword]
    names = by_place + [one.name for one in info.fields if one.given and one.keyword]
    given = dict(zip(by_place, args, strict=False)) | keywords
    if len(args) > len(by_place) or not keywords.keys() <= set(names[len(args) :]):
        raise Refusal("PT502", at["span"], f"the arguments do not fit `{info.qualname}`")
    for one in info.fields:
        if one.name not in given and (one.given or not info.constructor):
            given[one.name] = field_default(b, info, one, at["span"])
    if info.constructor:
        order = tuple(names.index(name) for name in given)
        ordered = order == tuple(sorted(order))
        values = tuple(given[name] for name in names)
        return h.CallFunction(
            info.constructor, values, () if ordered else order, span=at["span"], type=info.type
        )
    return h.NewInstance(info.fullname, tuple(given.items()), span=at["span"], type=info.type)


def field_default(b: FunctionBuilder, info: StructInfo, one: StructField, span: Span) -> h.Expr:
    """The value of a field that a call leaves out."""
    if one.late:
        return h.Literal(None, span=span, type=NONE)
    if one.default is not None:
        return b.default_of(f"{info.module}:{info.qualname}", one.default)
    match one.factory:
        case ast.Name(id="list"):
            return h.ListDisplay((), span=span, type=one.type)
        case ast.Name(id="dict"):
            return h.DictDisplay((), span=span, type=one.type)
        case ast.Name(id="set"):
            return h.CallExternal("builtins.set", (), span=span, type=one.type)
        case None:
            raise Refusal("PT502", span, f"`{info.qualname}` misses the argument `{one.name}`")
        case _:
            raise Refusal("PT201", span, f"the default factory of `{one.name}` is not translated")


def _unaliased(b: FunctionBuilder, fullname: str) -> str:
    """The function behind a module-level alias of it."""
    alias = b.symbols.aliases.get(fullname)
    if alias is None or fullname in b.symbols.rebound or fullname.rpartition(".")[2] in b.symbols.changed:
        return fullname
    module, value = alias
    assert isinstance(value, (ast.Name, ast.Attribute))
    target = b.answer.fullname(module, value)
    return target if target is not None and target in b.symbols.functions else fullname


def _is_builtin_exception(fullname: str) -> bool:
    module, _, name = fullname.rpartition(".")
    return module == "builtins" and builtin_exception_bases(name) is not None


def _positional(b: FunctionBuilder, node: ast.Call) -> tuple[h.Expr, ...]:
    args, keywords = call_arguments(b, node)
    if keywords:
        raise Refusal("PT305", b.span(node), "keyword arguments are not translated in this call")
    return args


def call_arguments(b: FunctionBuilder, node: ast.Call) -> tuple[tuple[h.Expr, ...], dict[str, h.Expr]]:
    """The arguments by position and by name, of a call of something that is not the project's."""
    found = given(b, node)
    keywords: dict[str, h.Expr] = {}
    for name, value in found.keywords:
        if name is None:
            raise Refusal("PT206", b.span(node), "`**` in a call is not translated")
        keywords[name] = value
    return found.args, keywords


def bind_method(
    b: FunctionBuilder, node: ast.Call, key: str, definition: ast.FunctionDef, bound: int = 1
) -> Bound:
    """The arguments after `self`, in parameter order."""
    return bind(b, node, definition, lambda b, default: b.default_of(key, default), bound)
