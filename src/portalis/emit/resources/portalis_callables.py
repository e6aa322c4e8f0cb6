"""Which Python functions only compute; made by Portalis, which isn't needed at run time.

Rust that is handed a function calls it only when a call has no effect but its result, and the result depends
on nothing but its arguments: then Rust may still leave everything to Python, which calls the function again.
"""

from __future__ import annotations

import builtins
import dis
import functools
import math
import operator
import types

_NAMES = (
    "abs ascii bin bool bytes chr complex divmod enumerate filter float format hex int isinstance len "
    "list map max min oct ord pow range repr reversed round set slice sorted str sum tuple zip all any "
    "dict frozenset"
)
_ATOMS = frozenset({int, float, str, bool, bytes, complex, type(None)})
_MODULES = (math, operator)
_PURE = frozenset(
    [getattr(builtins, name) for name in _NAMES.split()]
    + [
        one
        for module in _MODULES
        for one in vars(module).values()
        if isinstance(one, types.BuiltinFunctionType)
    ]
    + [one for one in vars(builtins).values() if isinstance(one, type) and issubclass(one, Exception)]
)
_VALUES = (int, float, str, bool, bytes, tuple)

# What code may be made of: everything that changes nothing but its own variables and what it made itself.
_HARMLESS = frozenset(
    "RESUME NOP CACHE EXTENDED_ARG POP_TOP COPY SWAP PUSH_NULL PRECALL CALL CALL_KW KW_NAMES "
    "CALL_FUNCTION_EX COPY_FREE_VARS LOAD_FAST LOAD_FAST_CHECK LOAD_FAST_AND_CLEAR LOAD_FAST_LOAD_FAST "
    "LOAD_FAST_BORROW LOAD_FAST_BORROW_LOAD_FAST_BORROW LOAD_CONST LOAD_SMALL_INT LOAD_DEREF LOAD_GLOBAL "
    "LOAD_ATTR LOAD_METHOD STORE_FAST STORE_FAST_LOAD_FAST STORE_FAST_STORE_FAST DELETE_FAST RETURN_VALUE "
    "RETURN_CONST BINARY_OP BINARY_SUBSCR BINARY_SLICE STORE_SLICE STORE_SUBSCR DELETE_SUBSCR COMPARE_OP "
    "CONTAINS_OP UNARY_POSITIVE UNARY_NEGATIVE UNARY_NOT UNARY_INVERT TO_BOOL NOT_TAKEN BUILD_TUPLE "
    "BUILD_LIST BUILD_SET BUILD_MAP BUILD_CONST_KEY_MAP BUILD_STRING BUILD_SLICE LIST_APPEND LIST_EXTEND "
    "LIST_TO_TUPLE SET_ADD SET_UPDATE MAP_ADD DICT_UPDATE DICT_MERGE UNPACK_SEQUENCE UNPACK_EX "
    "FORMAT_VALUE FORMAT_SIMPLE FORMAT_WITH_SPEC CONVERT_VALUE GET_ITER GET_LEN FOR_ITER END_FOR POP_ITER "
    "JUMP_FORWARD JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT JUMP_IF_TRUE_OR_POP JUMP_IF_FALSE_OR_POP "
    "POP_JUMP_IF_TRUE POP_JUMP_IF_FALSE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE POP_JUMP_FORWARD_IF_TRUE "
    "POP_JUMP_FORWARD_IF_FALSE POP_JUMP_FORWARD_IF_NONE POP_JUMP_FORWARD_IF_NOT_NONE "
    "POP_JUMP_BACKWARD_IF_TRUE POP_JUMP_BACKWARD_IF_FALSE POP_JUMP_BACKWARD_IF_NONE "
    "POP_JUMP_BACKWARD_IF_NOT_NONE RAISE_VARARGS LOAD_ASSERTION_ERROR LOAD_COMMON_CONSTANT".split()
)

# The code that a function had before Rust answered for it, by function.
originals: dict[types.FunctionType, types.CodeType] = {}


def only_computes(function: object) -> bool:
    """Whether calling the function with immutable values has no effect, and gives the same each time."""
    return _is_pure(function, [])


def _is_pure(function: object, asked: list[object]) -> bool:
    """`asked` are the functions being looked at: one that calls itself is as pure as the rest of it."""
    kind = type(function)
    if kind is types.FunctionType:
        assert isinstance(function, types.FunctionType)
        if any(function is one for one in asked):
            return True
        return _is_pure_python(function, [*asked, function])
    if kind is types.BuiltinFunctionType or isinstance(function, type):
        owner = getattr(function, "__self__", None)
        return function in _PURE or (owner is not None and type(owner) in _ATOMS)
    return kind is types.MethodDescriptorType and getattr(function, "__objclass__", None) in _VALUES


def _is_pure_python(function: types.FunctionType, asked: list[object]) -> bool:
    code = originals.get(function, function.__code__)
    names = _names_in(code)
    if names is None or function.__kwdefaults__:
        return False
    own = function.__globals__
    outside = vars(builtins) if not hasattr(function, "__builtins__") else function.__builtins__
    values = [own[name] if name in own else outside.get(name, _is_pure) for name in names.read]
    try:
        values += [cell.cell_contents for cell in function.__closure__ or ()]
    except ValueError:  # a cell that is empty still
        return False
    values += function.__defaults__ or ()
    for value in values:
        if any(value is module for module in _MODULES):
            parts = [getattr(value, name) for name in names.attributes if hasattr(value, name)]
        else:
            parts = [value]
        if not all(_is_value(part) or _is_pure(part, asked) for part in parts):
            return False
    return True


def _is_value(value: object) -> bool:
    """Whether the value never changes; nan is left out, which is found by identity."""
    if type(value) is tuple:
        return all(map(_is_value, value))
    return type(value) in _ATOMS and value == value


class _Names:
    """The global names that code reads, and the attributes."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.attributes: set[str] = set()


@functools.lru_cache(maxsize=1024)
def _names_in(code: types.CodeType) -> _Names | None:
    """The names in code that only computes, as far as its instructions tell; None for other code."""
    if code.co_flags & 0x2A0:  # a generator, or asynchronous
        return None
    found = _Names()
    before = None
    for step in dis.get_instructions(code):
        if step.opname == "IS_OP":
            if before is None or before.opname != "LOAD_CONST" or before.argval is not None:
                return None  # equal values may be other objects
        elif step.opname not in _HARMLESS:
            return None
        if step.opname == "LOAD_GLOBAL":
            found.read.add(str(step.argval))
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            if str(step.argval).startswith("_"):
                return None
            found.attributes.add(str(step.argval))
        elif step.opname == "LOAD_CONST" and type(step.argval) is types.CodeType:
            return None
        before = step
    return found
