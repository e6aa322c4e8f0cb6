"""What the sandbox had to stop, as causes that a report can name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from portalis.validation.child.codec import Json

Cause = Literal["", "processes", "memory", "time", "output", "exit", "disk", "channel", "denied", "recursion"]
"""Which limit or wall user code ran into; "" where it was its own error."""

CODES: dict[Cause, str] = {
    "processes": "PT711",
    "memory": "PT712",
    "time": "PT713",
    "output": "PT714",
    "exit": "PT715",
    "disk": "PT716",
    "channel": "PT717",
    "denied": "PT718",
    "recursion": "PT719",
}
"""The diagnostic of each cause."""

WORDS: dict[Cause, str] = {
    "processes": "starts processes or threads beyond the limit",
    "memory": "takes more memory than the limit",
    "time": "does not end",
    "output": "prints without end",
    "exit": "ends the process",
    "disk": "fills its scratch folder or opens too many files",
    "channel": "disturbs the line to Portalis",
    "denied": "needs what the sandbox keeps from it",
    "recursion": "recurses beyond the limit",
}
"""What user code does, to be put after its subject."""


def spoiled(answer: Mapping[str, Json]) -> bool:
    """Whether the process that gave an answer should serve nobody else: what it holds on to (descriptors,
    threads, memory) or has changed would be felt by the next module.
    """
    harmless = ("", "exit", "recursion", "denied")
    return bool(answer.get("tainted")) or cause_named(answer.get("cause")) not in harmless


def cause_named(name: object) -> Cause:
    """The cause that a child named; "" for anything else."""
    for known in get_args(Cause):
        if name == known:
            return known  # type: ignore[no-any-return]
    return ""
