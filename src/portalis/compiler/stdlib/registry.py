"""Finds the Rust of a library function: a row, or a function for the odd ones."""

from __future__ import annotations

from collections.abc import Callable

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib import (
    aggregates,
    argparse,
    buffers,
    builtins,
    bytearrays,
    bytes_values,
    clock,
    collection_classes,
    complexes,
    containers,
    copy,
    csv,
    cursor,
    datetime,
    decimal,
    difflib,
    digests,
    files,
    fraction,
    functions,
    functools,
    heapq,
    json,
    math,
    numbers,
    ordered_dict,
    queues,
    random,
    re,
    statistics,
    struct,
    texts,
    textwrap,
    urls,
)
from portalis.compiler.stdlib.effects import effect_of
from portalis.compiler.stdlib.rows import apply, arguments
from portalis.compiler.types import STR, Type

Special = Callable[[FunctionContext, h.CallExternal, Type | None], Value]

SPECIAL: dict[str, Special] = {
    **aggregates.SPECIAL,
    **argparse.SPECIAL,
    **builtins.SPECIAL,
    **buffers.SPECIAL,
    **bytearrays.SPECIAL,
    **bytes_values.SPECIAL,
    **clock.SPECIAL,
    **complexes.SPECIAL,
    **decimal.SPECIAL,
    **fraction.SPECIAL,
    **collection_classes.SPECIAL,
    **containers.SPECIAL,
    **functools.SPECIAL,
    **copy.SPECIAL,
    **csv.SPECIAL,
    **heapq.SPECIAL,
    **json.SPECIAL,
    **math.SPECIAL,
    **cursor.SPECIAL,
    **difflib.SPECIAL,
    **files.SPECIAL,
    **digests.SPECIAL,
    **numbers.SPECIAL,
    **ordered_dict.SPECIAL,
    **queues.SPECIAL,
    **random.SPECIAL,
    **re.SPECIAL,
    **statistics.SPECIAL,
    **struct.SPECIAL,
    **texts.SPECIAL,
    **textwrap.SPECIAL,
    **urls.SPECIAL,
    "calendar.timegm": datetime.lower_timegm,
    "datetime.timedelta": lambda ctx, node, _: datetime.timedelta(ctx, node),
}
"""Functions that are more than a row, by full name."""


def lower_function(ctx: FunctionContext, node: h.CallExternal, expect: Type | None) -> Value:
    """A call of a builtin or library function."""
    name = _ALIASES.get(node.fullname, node.fullname)
    effect = effect_of(name)
    if effect is not None and name not in _MARKED:
        raise Refusal("PT503", node.span, f"`{name}` touches {effect}")
    if name in SPECIAL:
        return SPECIAL[name](ctx, node, expect)
    rows = functions.ALL.get(name)
    if rows is None:
        code = "PT210" if name in _DYNAMIC else "PT301"
        raise Refusal(code, node.span, f"`{name}` is not in the library table")
    for row in rows:
        args = arguments(node, node.args, node.keywords, row)
        if args is not None:
            values = [ctx.expr(a) for a in args]
            if row.params[:1] == ("bytes",) and values[0].type is STR:
                continue  # the next row takes texts
            return apply(ctx, row, values, node)
    raise Refusal("PT305", node.span, f"this form of `{name}` is not translated")


_MARKED = frozenset((*clock.SPECIAL, *random.SPECIAL, *files.SPECIAL))
"""What touches the world, and says so of the functions that call it."""

_ALIASES = {
    "hashlib._hashlib.openssl_md5": "hashlib.md5",
    "_operator.add": "operator.add",
    **{f"os.path.{name.partition('.')[2]}": name for name in functions.PATHS if "path." in name},
    **{
        f"_heapq.{name}": f"heapq.{name}"
        for name in ("heappush", "heappop", "heapify", "heapreplace", "heappushpop")
    },
}
_DYNAMIC = frozenset(
    {
        "builtins.eval",
        "builtins.exec",
        "builtins.getattr",
        "builtins.setattr",
        "builtins.__import__",
        "builtins.globals",
        "builtins.locals",
    }
)


def known(name: str) -> bool:
    """Whether the table has the function."""
    return name in SPECIAL or name in functions.ALL
