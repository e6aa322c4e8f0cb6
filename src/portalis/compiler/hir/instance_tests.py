"""`isinstance` of what may be None, and of what may be of several classes.

isinstance(self.rear, Node)   →   self.rear is not None        where it is a Node or None
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalis.compiler.analysis.decided import is_instance
from portalis.compiler.hir import nodes as h
from portalis.compiler.types import BOOL, NONE, OptionalOf

if TYPE_CHECKING:
    from portalis.compiler.hir.builder import FunctionBuilder

_OF_NONE = frozenset({"builtins.object", "types.NoneType"})


def presence(node: h.CallExternal) -> h.Expr:
    """The test for None that decides an `isinstance`; the call itself where more has to be known."""
    match node.args:
        case (value, wanted) if isinstance(value.type, OptionalOf):
            names = wanted.items if isinstance(wanted, h.TupleDisplay) else (wanted,)
            classes = frozenset(one.fullname for one in names if isinstance(one, h.External))
            if len(classes) < len(names) or classes & _OF_NONE or not is_instance(value.type.inner, classes):
                return node
            none = h.Literal(None, span=node.span, type=NONE)
            return h.Compare(value, ("is not",), (none,), span=node.span, type=BOOL)
        case _:
            return node


def of_families(b: FunctionBuilder, wanted: h.Expr) -> h.Expr:
    """The classes that an `isinstance` asks for, with those of which instances are of such a class too."""
    names = wanted.items if isinstance(wanted, h.TupleDisplay) else (wanted,)
    found: list[h.Expr] = []
    changed = False
    for one in names:
        module, _, name = one.fullname.rpartition(".") if isinstance(one, h.External) else ("", "", "")
        info = b.symbols.structs.get(f"{module}.Any{name}")
        if info is None or not info.members:
            found.append(one)
        else:
            changed = True
            found += [h.External(member, span=one.span, type=one.type) for member in info.members]
    if not changed:
        return wanted
    return found[0] if len(found) == 1 else h.TupleDisplay(tuple(found), span=wanted.span, type=wanted.type)
