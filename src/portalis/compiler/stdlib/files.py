"""Files, the standard streams and what is asked of the file system.

open(path)                →   files::open_read(path, Newlines::Universal)?
with open(path) as f: …   →   let f = …; let closing = f.closing(); …; closing.finish()?
print(x, file=sys.stderr) →   eprintln!("{x}")

What touches them is marked by the runtime module that does it: a Python caller has the Python (ADR 39).
"""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.hir.walk import children, walk
from portalis.compiler.lowering import coerce
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Form, Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.rust import tree as t
from portalis.compiler.stdlib.rows import Row, apply, arguments
from portalis.compiler.stdlib.sources import flag, given, slice_of
from portalis.compiler.types import BOOL, CLOSING, INT, NONE, STR, TEXT_FILE, ListOf, Prim, Type

_PATH = ("str",)
ROWS: dict[str, tuple[Row, ...]] = {
    "os.path.exists": (Row(_PATH, "file_system::exists", BOOL),),
    "os.path.isfile": (Row(_PATH, "file_system::is_file", BOOL),),
    "os.path.isdir": (Row(_PATH, "file_system::is_dir", BOOL),),
    "os.path.getsize": (Row(_PATH, "file_system::size", INT, True),),
    "os.path.abspath": (Row(_PATH, "file_system::absolute", STR, True),),
    "os.listdir": (
        Row((), "file_system::list", ListOf(STR), True, tail=('"."',)),
        Row(_PATH, "file_system::list", ListOf(STR), True),
    ),
    "os.remove": (Row(_PATH, "file_system::remove", NONE, True),),
    "os.unlink": (Row(_PATH, "file_system::remove", NONE, True),),
    "os.rmdir": (Row(_PATH, "file_system::remove_dir", NONE, True),),
    "os.mkdir": (Row(_PATH, "file_system::make_dir", NONE, True),),
    "os.rename": (Row(("str", "str"), "file_system::rename", NONE, True),),
    "os.replace": (Row(("str", "str"), "file_system::rename", NONE, True),),
    "os.getcwd": (Row((), "file_system::current", STR, True),),
}
"""Functions that look at the file system or change it."""

ALIASES = {
    **{f"{module}.{name}": f"os.path.{name}" for module in ("posixpath", "genericpath") for name in ("exists", "isfile", "isdir", "getsize", "abspath")},
    **{f"posix.{name}": f"os.{name}" for name in ("listdir", "remove", "unlink", "rmdir", "mkdir", "rename", "replace", "getcwd")},
}  # fmt: skip

METHODS: dict[tuple[str, str], tuple[Row, ...]] = {
    ("io.TextFile", "read"): (Row(("file",), ".read", STR, True), Row(("file", "int"), ".read_some", STR, True)),
    ("io.TextFile", "readline"): (Row(("file",), ".readline", STR, True),),
    ("io.TextFile", "readlines"): (Row(("file",), ".readlines", ListOf(STR), True),),
    ("io.TextFile", "write"): (Row(("file", "str"), ".write", NONE, True),),
    ("io.TextFile", "flush"): (Row(("file",), ".flush", NONE, True),),
    ("io.TextFile", "close"): (Row(("file",), ".close", NONE, True),),
    ("io.TextFile", "__enter__"): (Row(("file",), ".closing", CLOSING),),
    ("io.Closing", "__exit__"): (Row(("closing",), ".finish", NONE, True),),
}  # fmt: skip
ATTRIBUTES: dict[tuple[str, str], Row] = {
    ("io.TextFile", "closed"): Row(("file",), ".closed", BOOL),
    ("io.TextFile", "name"): Row(("file",), ".name", STR),
}

_OPENERS = {"r": "open_read", "w": "open_write", "a": "open_append", "x": "open_new"}
_NEWLINES = {None: "Universal", "": "Kept", "\n": "Unix"}
_UTF8 = frozenset({"utf-8", "utf8", "utf_8", "u8"})
_OPEN = ("file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener")


def note(ctx: FunctionContext, source: str) -> None:
    """The function touches what a call can't undo."""
    ctx.learned.sources |= {source}


def lower_open(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`open(path, mode, encoding=…, newline=…)` of a text file in UTF-8."""
    path, mode, buffering, encoding, errors, newline, closefd, opener = given(node, _OPEN, 1, "open")
    assert path is not None
    letters = "".join(sorted(str(_literal(node, mode, "mode") or "r").replace("t", "")))
    if letters not in _OPENERS:
        raise Refusal("PT305", node.span, f"the mode `{letters}` of `open` is not translated")
    coding = _literal(node, encoding, "encoding")
    if coding is not None and str(coding).lower() not in _UTF8:
        raise Refusal("PT305", node.span, f"files in `{coding}` are not translated", "use UTF-8")
    if any(_literal(node, one, "open") is not None for one in (buffering, errors, closefd, opener)):
        raise Refusal("PT305", node.span, "this form of `open` is not translated")
    ends = _literal(node, newline, "newline")
    if ends not in _NEWLINES:
        raise Refusal("PT305", node.span, f"the newline {ends!r} of `open` is not translated")
    note(ctx, "files::TextFile")
    name = coerce.borrowed(ctx, ctx.expr(path), STR, node.span)
    if letters != "r":
        return Value(ctx.rt_try(f"files::{_OPENERS[letters]}", name), TEXT_FILE)
    ctx.note_import("crate::runtime::decoding::Newlines")
    return Value(ctx.rt_try("files::open_read", name, t.Path(f"Newlines::{_NEWLINES[ends]}")), TEXT_FILE)


def _literal(node: h.CallExternal, argument: h.Expr | None, name: str) -> object:
    """The value of an argument that has to be written out; None where it is left out."""
    if argument is None:
        return None
    if not isinstance(argument, h.Literal):
        raise Refusal("PT305", node.span, f"`{name}` of `open` must be written out")
    return argument.value


def lower_input(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`input(prompt)`."""
    (prompt,) = given(node, ("prompt",), 0, "input")
    note(ctx, "files::STDIN")
    if prompt is None:
        return Value(ctx.rt_try("files::input"), STR)
    from portalis.compiler.lowering.formatting import to_str

    shown = coerce.borrowed(ctx, to_str(ctx, ctx.expr(prompt), prompt.span), STR, prompt.span)
    return Value(ctx.rt_try("files::input_after", shown), STR)


def lower_system(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """A function that looks at the file system, by its row."""
    name = ALIASES.get(node.fullname, node.fullname)
    note(ctx, "files::TextFile")
    for row in ROWS[name]:
        args = arguments(node, node.args, node.keywords, row)
        if args is not None:
            return apply(ctx, row, [ctx.expr(one) for one in args], node)
    raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")


def lower_makedirs(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """`os.makedirs(path, exist_ok=…)`."""
    path, mode, fine = given(node, ("name", "mode", "exist_ok"), 1, "makedirs")
    if path is None or mode is not None:
        raise Refusal("PT305", node.span, "this form of `os.makedirs` is not translated")
    note(ctx, "files::TextFile")
    name = coerce.borrowed(ctx, ctx.expr(path), STR, node.span)
    there = t.Lit("true" if flag(fine, False, "exist_ok") else "false")
    return Value(ctx.rt_try("file_system::make_dirs", name, there), NONE)


def lower_method(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """A method of a text file."""
    if node.method == "writelines":
        return _writelines(ctx, node, receiver)
    for row in METHODS.get(("io.TextFile", node.method), ()):
        args = arguments(node, (node.receiver, *node.args), node.keywords, row)
        if args is not None:
            return apply(ctx, row, [receiver, *map(ctx.expr, args[1:])], node)
    raise Refusal("PT301", node.span, f"this form of the method `{node.method}` of files is not translated")


def _writelines(ctx: FunctionContext, node: h.CallMethod, receiver: Value) -> Value:
    """`file.writelines(lines)`."""
    (lines,) = given(node, ("lines",), 1, "writelines")
    assert lines is not None
    items, elem = slice_of(ctx, lines)
    if elem is not STR:
        raise Refusal("PT105", node.span, f"`writelines` of `{elem}` items")
    return Value(ctx.attempt(t.Method(receiver.expr, "writelines", (items,))), NONE)


def lower_stream(ctx: FunctionContext, node: h.External) -> Value | None:
    """`sys.stdin` and kin, and `sys.argv`; None for every other name."""
    match node.fullname:
        case "sys.stdin":
            note(ctx, "files::STDIN")
            return Value(ctx.rt("files::stdin"), TEXT_FILE)
        case "sys.stdout":
            ctx.learned.prints = True
            return Value(ctx.rt("files::stdout"), TEXT_FILE)
        case "sys.stderr":
            note(ctx, "files::TextFile")
            return Value(ctx.rt("files::stderr"), TEXT_FILE)
        case "sys.argv":
            if not reads_only(ctx, _is_argv):
                raise Refusal(
                    "PT402", node.span, "`sys.argv` gets another name", "take a copy: `sys.argv[1:]`"
                )
            note(ctx, "program::arguments")
            return Value(ctx.rt("program::arguments"), ListOf(STR), Form.BORROWED)
        case _:
            return None


def _is_argv(one: h.Node) -> bool:
    return isinstance(one, h.External) and one.fullname == "sys.argv"


def reads_only(ctx: FunctionContext, is_it: Callable[[h.Node], bool]) -> bool:
    """Whether the function only looks at a list of the world: it gets no other name, and is not changed."""

    def may_be(one: h.Node) -> bool:
        if isinstance(one, h.Logical) and not isinstance(one.type, Prim):  # `xs or []`
            return any(map(is_it, one.operands))
        return is_it(one)

    for node in walk(ctx.function.body):
        uses = sum(map(may_be, children(node)))
        match node:
            case (
                h.Subscript()
                | h.Slice()
                | h.For()
                | h.Clause()
                | h.Compare()
                | h.Unary()
                | h.If()
                | h.While()
            ):
                uses = 0
            case h.CallMethod(method="join" | "index" | "count") | h.Logical():
                uses = 0
            case h.CallExternal(fullname=fullname) if fullname in _READERS:
                uses = 0
            case h.Assign(targets=(h.Local(name=name),)) if not ctx.facts.mutations.any_depth(name):
                uses = 0
            case h.CallFunction(key=key, args=args):
                flags = (*ctx.project.mutated_params(key), *(True for _ in args))
                uses = sum(may_be(one) and flag for one, flag in zip(args, flags, strict=False))
        if uses > 0:
            return False
    return True


_READERS = frozenset(
    f"builtins.{name}"
    for name in ("len", "list", "tuple", "enumerate", "print", "sorted", "iter", "sum", "min", "max", "set")
)


def print_to(ctx: FunctionContext, node: h.CallExternal, text: t.Expr) -> list[t.Expr] | None:
    """What prints a text to the file that a `print` names; None where it names none, or standard output."""
    target = node.keywords.get("file")
    match target:
        case None | h.Literal(value=None) | h.External(fullname="sys.stdout"):
            return None
        case h.External(fullname="sys.stderr"):
            note(ctx, "files::TextFile")
            return [_to_stderr(text)]
    value = ctx.expr(target)
    if value.type != TEXT_FILE:
        raise Refusal("PT305", node.span, f"`print` to a `{value.type}` is not translated")
    return [ctx.attempt(t.Method(value.expr, "write", (text,)))]


def _to_stderr(text: t.Expr) -> t.Expr:
    """`eprintln!`, where the text is put together for it."""
    match text:
        case t.Ref(t.Macro("format", (t.Lit(template), *rest))):
            shown = tuple(rest)
        case t.Lit(literal) if literal.startswith('"'):
            template, shown = literal.replace("{", "{{").replace("}", "}}"), ()
        case _:
            return t.Macro("eprint", (t.Lit('"{}"'), text))
    if template.endswith('\\n"'):
        short = t.Lit(f'{template[:-3]}"')
        return t.Macro("eprintln", (short, *shown) if short.text != '""' else ())
    return t.Macro("eprint", (t.Lit(template), *shown))


SPECIAL = {
    "builtins.open": lower_open,
    "io.open": lower_open,
    "builtins.input": lower_input,
    "os.makedirs": lower_makedirs,
    **dict.fromkeys((*ROWS, *ALIASES), lower_system),
}
