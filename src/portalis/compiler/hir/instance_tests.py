"""`isinstance` of what may be None.

isinstance(self.rear, Node)   →   self.rear is not None        where it is a Node or None
"""

from __future__ import annotations

from portalis.compiler.analysis.decided import is_instance
from portalis.compiler.hir import nodes as h
from portalis.compiler.types import BOOL, NONE, OptionalOf

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
