"""The sandbox: user code runs in a child CPython with limits, a scratch folder and no network.

A `Child` is one such process; the parent asks with JSON messages and watches its beat, its processes and
their memory. A crash, an abort, a hang or a memory blow-up ends the child, never the parent: `ask` raises
`ChildDiedError`, which names the case in flight and the cause, and the caller starts another child. What a
child sends is decoded with `child.codec`, which can't run code.

The child confines itself (`child/confinement/`) with what Linux gives. `probe` says what held on this
machine; where that is less than the minimum, a `Child` refuses to start, unless its `SandboxPolicy` says
otherwise.
"""

from __future__ import annotations

from portalis.validation.sandbox.child import Child, ChildDiedError, RequestFailedError, probe
from portalis.validation.sandbox.isolation import (
    LAYERS,
    Isolation,
    SandboxPolicy,
    SandboxTooWeakError,
    applied,
)
from portalis.validation.sandbox.limits import Limits

__all__ = [
    "LAYERS",
    "Child",
    "ChildDiedError",
    "Isolation",
    "Limits",
    "RequestFailedError",
    "SandboxPolicy",
    "SandboxTooWeakError",
    "applied",
    "probe",
]
