"""Methods and attributes, by the type of the receiver."""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import classes_of_values, coerce, dynamic_methods, enums, structs
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.number_classes import number_class
from portalis.compiler.lowering.union_methods import lower_union_method
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib import (
    argparse,
    buffers,
    bytearrays,
    bytes_values,
    collection_classes,
    collection_methods,
    complexes,
    csv,
    datetime,
    decimal,
    difflib,
    digests,
    encodings,
    files,
    fraction,
    functions,
    numbers,
    ordered_dict,
    queues,
    random,
    re,
    str_join,
    texts,
)
from portalis.compiler.stdlib.rows import DATE, DATETIME, ISO_CALENDAR, TIME, Row, apply, arguments
from portalis.compiler.stdlib.sources import given
from portalis.compiler.stdlib.str_methods import BYTES_ROWS, CHAR_METHODS, ROWS
from portalis.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    OBJECT,
    STR,
    DictOf,
    EnumOf,
    Instance,
    ListOf,
    SetOf,
    Type,
    UnionOf,
    VarTuple,
)  # fmt: skip

_CLASSES = {
    "random.Random": random.lower_method,
    **{
        f"collections.{name}": collection_classes.lower_method for name in ("Counter", "deque", "defaultdict")
    },
    "collections.OrderedDict": ordered_dict.lower_method,
    "builtins.bytearray": bytearrays.lower_method,
    "csv.Writer": csv.lower_method,
    "io.BytesIO": buffers.lower_method,
    "io.StringIO": buffers.lower_method,
    "decimal.Decimal": decimal.lower_method,
    "fractions.Fraction": fraction.lower_method,
    "builtins.complex": complexes.conjugate,
    "io.TextFile": files.lower_method,
    "argparse.ArgumentParser": argparse.lower_method,
    "argparse.Namespace": argparse.lower_value,
    **{f"queue.{name}": queues.lower_method for name in ("Queue", "LifoQueue", "PriorityQueue")},
}
"""Library classes whose methods are more than rows."""


def lower_method(ctx: FunctionContext, node: h.CallMethod, expect: Type | None) -> Value:
    """`receiver.method(args)`."""
    enumeration = enums.info_of(ctx, node.receiver.type)
    if enumeration is not None:
        return enums.lower_method(ctx, node, enumeration)
    at_once = digests.lower_digest(ctx, node) or difflib.lower_ratio(ctx, node)
    if at_once is not None:
        return at_once
    if node.receiver.type is STR and node.method == "format":
        from portalis.compiler.lowering.formatting import lower_format_method

        return lower_format_method(ctx, node)
    if node.receiver.type == re.PATTERN:
        return re.lower_pattern_call(ctx, node)
    receiver = coerce.present(ctx.expr(node.receiver))
    match receiver.type:
        case _ if receiver.type is OBJECT:
            return dynamic_methods.lower(ctx, node, receiver)
        case _ if receiver.type is STR:
            return string_method(ctx, node, receiver)
        case _ if receiver.type is BYTES:
            return _bytes_method(ctx, node, receiver)
        case ListOf() | VarTuple() | DictOf() | SetOf():
            return collection_methods.lower(ctx, node, receiver, expect)
        case Instance(name=name) if name in _CLASSES:
            return _CLASSES[name](ctx, node, receiver)
        case UnionOf():
            return lower_union_method(ctx, node, receiver, lower_method)
        case _ if receiver.type is INT and node.method == "to_bytes":
            return numbers.lower_to_bytes(ctx, node, receiver)
        case _ if receiver.type == re.MATCH:
            return re.lower_match_method(ctx, node, receiver)
        case _:
            return _instance_method(ctx, node, receiver)


def _instance_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    if receiver.type in (DATE, DATETIME) and node.method == "replace":
        return datetime.replace(ctx, node, receiver)
    if receiver.type in (DATETIME, TIME) and node.method == "isoformat" and (node.args or node.keywords):
        return datetime.iso_format(ctx, node, receiver)
    owner = receiver.type.name if isinstance(receiver.type, Instance) else str(receiver.type)
    rows = functions.METHODS.get((owner, node.method))
    if rows is None:
        if receiver.type in (ANY, OBJECT):
            message = f"the method `{node.method}` of a value of any type"
            raise Refusal("PT101", node.span, message, "annotate the value with the type it always has")
        raise Refusal("PT301", node.span, f"`{owner}.{node.method}` is not in the library table")
    return _by_rows(ctx, node, receiver, rows, owner)


def _by_rows(
    ctx: FunctionContext, node: h.CallMethod, receiver: Value, rows: tuple[Row, ...], owner: str
) -> Value:
    marker = node.receiver
    for row in rows:
        args = arguments(node, (marker, *node.args), node.keywords, row)
        if args is not None:
            values = [receiver, *(ctx.expr(arg) for arg in args[1:])]
            return apply(ctx, row, values, node)
    raise Refusal("PT305", node.span, f"this form of `{owner}.{node.method}` is not translated")


def string_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a text."""
    name = node.method
    if name == "join":
        return str_join.join(ctx, node, receiver)
    if receiver.form is Form.CHAR and name in CHAR_METHODS and not node.args:
        return Value(ctx.rt(CHAR_METHODS[name], receiver.expr), BOOL)
    if receiver.form is Form.CHAR and name in ("upper", "lower") and not node.args:
        return Value(ctx.rt(f"chars::{name}", receiver.expr), STR)
    if name in ("startswith", "endswith") and isinstance(node.args[0] if node.args else None, h.TupleDisplay):
        return _affixes(ctx, node, receiver)
    if name == "encode":
        return encodings.lower_coded(ctx, node, receiver)
    if name == "translate":
        return texts.lower_translate(ctx, node, receiver)
    if name == "splitlines" and (node.args or node.keywords):
        return texts.lower_split_lines(ctx, node, receiver)
    if name in ("split", "rsplit") and _by_whitespace(node):
        return _split_whitespace(ctx, node, receiver)
    if name not in ROWS:
        raise Refusal("PT301", node.span, f"`str.{name}` is not in the library table")
    if receiver.form is Form.CHAR:
        receiver = Value(coerce.char_as_str(receiver.expr), STR, Form.BORROWED, temporary=True)
    return _by_rows(ctx, node, receiver, ROWS[name], "str")


def _by_whitespace(node: h.CallMethod) -> bool:
    """Whether a separator of None is given, or none but a limit."""
    if not node.args:
        separator = node.keywords.get("sep")
        return bool(node.keywords) and (separator is None or _is_none(separator))
    return _is_none(node.args[0])


def _is_none(node: h.Expr) -> bool:
    return isinstance(node, h.Literal) and node.value is None


def _split_whitespace(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    text = coerce.borrowed(ctx, receiver, STR, node.span)
    _, limit = given(node, ("sep", "maxsplit"), 0, f"str.{node.method}")
    if limit is None:
        return Value(ctx.rt("text::split", text), ListOf(STR))
    name = "text::split_max" if node.method == "split" else "text::rsplit_max"
    return Value(ctx.rt(name, text, ctx.i64(limit)), ListOf(STR))


def _affixes(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`s.startswith(("a", "b"))`."""
    assert isinstance(node.args[0], h.TupleDisplay)
    if len(node.args) > 1 or node.keywords:
        raise Refusal("PT305", node.span, f"this form of `str.{node.method}` is not translated")
    std = "starts_with" if node.method == "startswith" else "ends_with"
    tests: list[t.Expr] = []
    for item in node.args[0].items:
        given = ctx.expr(item)
        char = given.form is Form.CHAR
        affix = given.expr if char else coerce.borrowed(ctx, given, STR, node.span)
        tests.append(t.Method(receiver.expr, std, (affix,)))
    if not isinstance(receiver.expr, t.Path) or not tests:
        raise Refusal("PT305", node.span, f"`str.{node.method}` of a tuple is translated on a variable")
    result = tests[0]
    for test in tests[1:]:
        result = t.Binary("||", result, test)
    return Value(result, BOOL)


def _bytes_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    if node.method == "decode":
        return encodings.lower_coded(ctx, node, receiver)
    if node.method == "join":
        return bytes_values.join_bytes(ctx, node, receiver)
    if node.method not in BYTES_ROWS:
        raise Refusal("PT301", node.span, f"`bytes.{node.method}` is not in the library table")
    return _by_rows(ctx, node, receiver, BYTES_ROWS[node.method], "bytes")


def lower_attribute(ctx: FunctionContext, node: h.Attribute) -> Value:
    """`value.name`: fields of dates, parts of numbers."""
    if (part := datetime.time_tuple_part(ctx, node)) is not None:
        return part
    if node.name == "__name__" and (named := classes_of_values.name_of(ctx, node.value)) is not None:
        return named
    value = coerce.present(ctx.expr(node.value))
    if value.type == ISO_CALENDAR:
        return datetime.iso_part(node, value)
    if isinstance(value.type, EnumOf):
        return enums.lower_attribute(ctx, node, value)
    if ctx.struct_of(value.type) is not None:
        return structs.lower_field(ctx, node, value)
    if isinstance(value.type, Instance):
        row = functions.ATTRIBUTES.get((value.type.name, node.name))
        if row is not None:
            return apply(ctx, row, [value], node)
    if value.type == re.MATCH:
        return re.lower_match_part(ctx, node, value)
    if (own := number_class(value)) is not None and node.name in own.PARTS:
        return own.part(ctx, value, node.name, node.span)
    if value.type in (INT, FLOAT) and node.name == "real":
        return value
    if value.type is INT and node.name in ("numerator", "imag", "denominator"):
        return numbers.lower_part(value, node.name)
    code = "PT101" if value.type in (ANY, OBJECT) else "PT214"
    raise Refusal(code, node.span, f"the attribute `{node.name}` of a `{value.type}` is not translated")


def subscript_instance(ctx: FunctionContext, node: h.Subscript, container: Value) -> Value:
    """`counter[x]`, `deque[i]`, `match[1]`, `defaultdict[k]`."""
    if container.type == ISO_CALENDAR:
        return datetime.iso_part(node, container)
    return collection_classes.subscript(ctx, node, container)
