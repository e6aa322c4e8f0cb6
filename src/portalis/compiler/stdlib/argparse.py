"""`argparse`: a parser of the command line, built from what is written out, and its namespace read by type.

parser.add_argument("-n", "--count", type=int, default=1)   →   parser.add(Argument::new(&["-n", "--count"]).of_int().default(1));
args = parser.parse_args()                                   →   let args = parser.parse()?;
args.count                                                   →   args.int("count")

The types are those that `frontend.arguments` told the oracle. Messages are those of the target's Python.
"""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value, lit_float, lit_int, lit_str
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.files import reads_only
from portalis.compiler.stdlib.sources import given
from portalis.compiler.types import BOOL, FLOAT, INT, NAMESPACE, NONE, PARSER, STR, ListOf, OptionalOf, Type

_VERSION = (3, 11)
"""The Python whose messages the runtime has; others lay out the help in other ways."""
_TYPES = {"builtins.int": "of_int", "builtins.float": "of_float", "builtins.str": ""}
_COUNTS = {"?": "optional", "*": "any", "+": "some"}
_ACTIONS = {
    "store": "",
    "append": "appended",
    "count": "counted",
    "store_true": "flag",
    "store_false": "flag",
}
_PLAIN = ("help", "metavar", "dest")
_GETTERS: dict[Type, tuple[str, Form]] = {
    INT: ("int", Form.OWNED),
    FLOAT: ("float", Form.OWNED),
    BOOL: ("flag", Form.OWNED),
    STR: ("text", Form.BORROWED),
    OptionalOf(INT): ("int_or_none", Form.OWNED),
    OptionalOf(FLOAT): ("float_or_none", Form.OWNED),
    OptionalOf(STR): ("text_or_none", Form.BORROWED),
    ListOf(STR): ("texts", Form.BORROWED),
    ListOf(INT): ("ints", Form.BORROWED),
    ListOf(FLOAT): ("floats", Form.BORROWED),
    OptionalOf(ListOf(STR)): ("texts_or_none", Form.BORROWED),
    OptionalOf(ListOf(INT)): ("ints_or_none", Form.BORROWED),
    OptionalOf(ListOf(FLOAT)): ("floats_or_none", Form.BORROWED),
}


def lower_parser(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`argparse.ArgumentParser(description=…)`."""
    if ctx.project.python != _VERSION:
        raise Refusal("PT305", node.span, "the messages of this Python's `argparse` are not translated")
    parts = given(node, ("prog", "usage", "description", "epilog"), 0, "ArgumentParser")
    texts = [_text(node, part) for part in parts]
    for text in texts[1:]:
        _check_text(node, text, ("prog",), always=False)
    options = [t.Path("None") if text is None else t.Call(t.Path("Some"), (lit_str(text),)) for text in texts]
    ctx.learned.sources |= {"program::arguments"}
    return Value(ctx.rt("argparse::ArgumentParser::new", *options), PARSER)


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a parser."""
    ctx.learned.sources |= {"program::arguments"}
    match node.method:
        case "add_argument":
            return Value(t.Method(receiver.expr, "add", (_argument(ctx, node),)), NONE)
        case "parse_args" if not (node.args or node.keywords):
            ctx.exceptions.add("builtins.SystemExit")
            return Value(ctx.attempt(t.Method(receiver.expr, "parse")), NAMESPACE)
        case "parse_args" if len(node.args) == 1 and not node.keywords:
            ctx.exceptions.add("builtins.SystemExit")
            texts = coerce.borrowed(ctx, ctx.expr(node.args[0]), ListOf(STR), node.span)
            return Value(ctx.attempt(t.Method(receiver.expr, "parse_from", (texts,))), NAMESPACE)
        case "error" if len(node.args) == 1 and not node.keywords:
            ctx.exceptions.add("builtins.SystemExit")
            message = coerce.borrowed(ctx, ctx.expr(node.args[0]), STR, node.span)
            return Value(ctx.fail(t.Method(receiver.expr, "error", (message,))), NONE)
        case "print_help" | "print_usage" if not (node.args or node.keywords):
            ctx.learned.prints = True
            return Value(t.Method(receiver.expr, node.method), NONE)
    raise Refusal(
        "PT305", node.span, f"this form of the method `{node.method}` of a parser is not translated"
    )


def lower_value(ctx: FunctionContext, node: h.CallMethod, value: Value) -> Value:
    """An attribute of a namespace, by the type that its argument has."""
    match node.args:
        case (h.Literal(value=str(name)),) if node.method == "__getattr__":
            pass
        case _:
            raise Refusal("PT301", node.span, "namespaces have no methods here")
    if node.type not in _GETTERS:
        message = f"the argument `{name}` has the type `{node.type}`"
        raise Refusal("PT101", node.span, message, "give it one type, and one default of that type")
    getter, form = _GETTERS[node.type]
    inner = node.type.inner if isinstance(node.type, OptionalOf) else node.type
    if isinstance(inner, ListOf) and not reads_only(ctx, _is_argument(name)):
        raise Refusal("PT402", node.span, f"the list `{name}` of the arguments is changed, or given away")
    return Value(t.Method(value.expr, getter, (lit_str(name),)), node.type, form)


def ends_program(node: h.Node) -> bool:
    """Whether it is a method of a parser that may end the program."""
    return (
        isinstance(node, h.CallMethod)
        and node.receiver.type == PARSER
        and node.method in ("parse_args", "error")
    )


def _is_argument(name: str) -> Callable[[h.Node], bool]:
    def is_it(one: h.Node) -> bool:
        match one:
            case h.CallMethod(receiver=owner, args=(h.Literal(value=found),)) if owner.type == NAMESPACE:
                return found == name
            case _:
                return False

    return is_it


def _argument(ctx: FunctionContext, node: h.CallMethod) -> t.Expr:
    """`Argument::new(&["--count"]).of_int().default(1)`."""
    flags = [_text(node, one) for one in node.args]
    if not flags or any(flag is None or not flag or " " in flag for flag in flags):
        raise Refusal("PT305", node.span, "the names of an argument must be written out")
    options = dict(node.keywords)
    names = t.Ref(t.ArrayExpr(tuple(lit_str(str(flag)) for flag in flags)))
    made: t.Expr = ctx.rt("argparse::Argument::new", names)
    action = _text(node, options.pop("action", None)) or "store"
    if action == "version":
        version = _text(node, options.pop("version", None))
        _check_text(node, version, ("prog",), always=False)
        made = t.Method(made, "version", (lit_str(str(version)),))
    elif action in ("store_true", "store_false"):
        made = t.Method(made, "flag", (t.Lit("true" if action == "store_true" else "false"),))
    elif action not in _ACTIONS:
        raise Refusal("PT305", node.span, f"the action `{action}` of an argument is not translated")
    elif _ACTIONS[action]:
        made = t.Method(made, _ACTIONS[action])
    made = _taken(node, made, options)
    for name, value in options.items():
        made = _option(node, made, name, value)
    return made


def _taken(node: h.CallMethod, made: t.Expr, options: dict[str, h.Expr]) -> t.Expr:
    """`type` and `nargs` come first: the default depends on them."""
    kind = options.pop("type", None)
    if kind is not None:
        if not isinstance(kind, h.External) or kind.fullname not in _TYPES:
            raise Refusal(
                "PT305", node.span, "an argument of this `type` is not translated", "convert it after"
            )
        made = t.Method(made, _TYPES[kind.fullname]) if _TYPES[kind.fullname] else made
    match options.pop("nargs", None):
        case None:
            return made
        case h.Literal(value=str(count)) if count in _COUNTS:
            return t.Method(made, _COUNTS[count])
        case h.Literal(value=int(count)) if count > 0:
            return t.Method(made, "exactly", (t.Lit(str(count)),))
    raise Refusal("PT305", node.span, "this `nargs` is not translated")


def _option(node: h.CallMethod, made: t.Expr, name: str, value: h.Expr) -> t.Expr:
    match name, value:
        case ("default" | "const", h.Literal(value=None)):
            return made
        case ("default" | "const", h.Literal()):
            return t.Method(made, "default" if name == "default" else "constant", (_constant(node, value),))
        case ("required", h.Literal(value=bool(wanted))):
            return t.Method(made, "required") if wanted else made
        case ("choices", h.ListDisplay(items=items) | h.TupleDisplay(items=items)) if items:
            listed = t.Ref(t.ArrayExpr(tuple(_constant(node, item) for item in items)))
            return t.Method(made, "choices", (listed,))
        case (_, h.Literal(value=str(text))) if name in _PLAIN:
            if name == "help":
                _check_text(node, text, ("prog", "default"), always=True)
            elif set(text) & set(" []()%"):
                raise Refusal("PT305", node.span, f"the {name} `{text}` of an argument is not translated")
            return t.Method(made, name, (lit_str(text),))
    raise Refusal("PT305", node.span, f"this `{name}` of an argument is not translated")


def _constant(node: h.CallMethod, value: h.Expr) -> t.Expr:
    match value:
        case h.Literal(value=bool(flag)):
            return t.Lit("true" if flag else "false")
        case h.Literal(value=int(number)):
            return t.Lit(f"{lit_int(number).text}_i64")
        case h.Literal(value=float(number)):
            return lit_float(number)
        case h.Literal(value=str(text)):
            return lit_str(text)
    raise Refusal("PT305", node.span, "what an argument may be must be written out")


def _text(node: h.CallExternal | h.CallMethod, value: h.Expr | None) -> str | None:
    match value:
        case None | h.Literal(value=None):
            return None
        case h.Literal(value=str(text)):
            return text
    raise Refusal("PT305", node.span, "the texts of a parser must be written out")


def _check_text(
    node: h.CallExternal | h.CallMethod, text: str | None, known: tuple[str, ...], *, always: bool
) -> None:
    """Refuses a text with `%` that stands for something else."""
    rest = (text or "").replace("%%", "")
    if not always and "%(prog)" not in rest:
        return
    for name in known:
        rest = rest.replace(f"%({name})s", "")
    if "%" in rest:
        raise Refusal("PT305", node.span, f"the text {text!r} of a parser is not translated")


SPECIAL = {"argparse.ArgumentParser": lower_parser}
