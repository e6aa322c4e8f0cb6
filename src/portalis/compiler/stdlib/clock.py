"""The clock: `date.today()`, `datetime.now()` and the counters of `time`.

date.today().year     →   clock::today().year()
time.perf_counter()   →   clock::perf_counter()

A crate reads the system's clock; in a hybrid package the binding has it read Python's, so that both sides of a
search, and of a program whose tests stop the clock, see one time.
"""

from __future__ import annotations

from portalis.compiler.hir import nodes as h
from portalis.compiler.lowering.context import FunctionContext
from portalis.compiler.lowering.value import Value
from portalis.compiler.refusal import Refusal
from portalis.compiler.stdlib.rows import DATE, DATETIME
from portalis.compiler.types import FLOAT, INT, Type

_READINGS: dict[str, tuple[str, Type]] = {
    "datetime.date.today": ("today", DATE),
    "datetime.datetime.now": ("now", DATETIME),
    "datetime.datetime.today": ("now", DATETIME),
    **{f"time.{name}": (name, FLOAT) for name in ("time", "monotonic", "perf_counter")},
    **{f"time.{name}_ns": (f"{name}_ns", INT) for name in ("time", "monotonic", "perf_counter")},
}
"""By full name: the function of the runtime, which reads the clock of that name in capitals, and its type."""


def lower_reading(ctx: FunctionContext, node: h.CallExternal, _: Type | None) -> Value:
    """One look at a clock."""
    name, type_ = _READINGS[node.fullname]
    plain = _without_zone(node) if node.fullname == "datetime.datetime.now" else not _given(node)
    if not plain:
        raise Refusal("PT305", node.span, f"this form of `{node.fullname}` is not translated")
    ctx.learned.sources |= {f"clock::{name.upper()}"}
    return Value(ctx.rt(f"clock::{name}"), type_)


def _without_zone(node: h.CallExternal) -> bool:
    """Whether all that is given is a time zone of None."""
    match _given(node):
        case () | (h.Literal(value=None),):
            return set(node.keywords) <= {"tz"}
        case _:
            return False


def _given(node: h.CallExternal) -> tuple[h.Expr, ...]:
    return (*node.args, *node.keywords.values())


SPECIAL = dict.fromkeys(_READINGS, lower_reading)
