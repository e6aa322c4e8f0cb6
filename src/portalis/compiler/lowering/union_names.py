"""Classes in the enums that stand for unions: one file has all of these, so a name means one class there."""

from __future__ import annotations

from portalis.compiler.hir.type_parts import instances
from portalis.compiler.refusal import Refusal
from portalis.compiler.types import UnionOf
from portalis.diagnostics import Span


def claim(taken: dict[str, str], union: UnionOf, span: Span) -> None:
    """Note which classes a union names, in `taken` by the name that they have in Rust.

    Raises:
        Refusal: another class of that name stands in a union already.
    """
    for fullname in sorted(set(instances(union))):
        short = fullname.rpartition(".")[2]
        if taken.setdefault(short, fullname) != fullname:
            raise Refusal(
                "PT104", span, f"two classes named `{short}` stand in unions: `{taken[short]}` is the other",
                "give one of them another name",
            )  # fmt: skip
