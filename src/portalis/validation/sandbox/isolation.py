"""The layers of the sandbox, which of them hold on this machine, and how many must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

LAYERS: dict[str, str] = {
    "user namespace": "no rights over anything outside, whoever runs Portalis",
    "mount namespace": "mounts of the machine can't be changed",
    "private file system": "home folder and other projects are not there; scratch is in memory, with a size",
    "process namespace": "other processes are not there; all of the child's end with it",
    "network namespace": "no network devices",
    "ipc namespace": "no shared memory or message queues of others",
    "host name namespace": "the machine's name is not seen",
    "no new privileges": "set-uid programs give no rights",
    "no capabilities": "none of root's powers",
    "landlock writes": "nothing is written outside the scratch folder",
    "landlock reads": "nothing is read but Python, system libraries and the project",
    "landlock tcp": "no TCP connections",
    "landlock signals": "no signals and no abstract sockets to other processes",
    "resource limits": "processor time, memory, file size, open files, core dumps",
    "system call filter": "no sockets, tracing, mounts or namespaces; no processes beyond the limit",
}
"""Each layer, and what it protects from."""

_NO_WRITES = ("private file system", "landlock writes")
_NO_READS = ("private file system", "landlock reads")
_NO_NETWORK = ("network namespace", "system call filter")
_NO_SIGNALS = ("process namespace", "landlock signals", "system call filter")


@dataclass(frozen=True, slots=True)
class Isolation:
    """What held in one child: each layer with "" where it holds, else with the reason why not."""

    layers: Mapping[str, str] = field(default_factory=dict)

    def holds(self, layer: str) -> bool:
        """Whether a layer (a key of LAYERS) holds."""
        return self.layers.get(layer) == ""

    def _any(self, layers: tuple[str, ...]) -> bool:
        return any(map(self.holds, layers))

    @property
    def network(self) -> bool:
        """Whether the network is cut off."""
        return self._any(_NO_NETWORK)

    @property
    def writes(self) -> bool:
        """Whether writing outside the scratch folder is."""
        return self._any(_NO_WRITES)

    @property
    def reads(self) -> bool:
        """Whether reading the home folder and other people's files is."""
        return self._any(_NO_READS)

    @property
    def signals(self) -> bool:
        """Whether signals to other processes are."""
        return self._any(_NO_SIGNALS)

    @property
    def limits(self) -> bool:
        """Whether the resource limits are set."""
        return self.holds("resource limits")

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing to the minimum, in words; empty where user code may run."""
        needs = (
            (self.writes, "writing outside the scratch folder is possible"),
            (self.network, "the network can be reached"),
            (self.limits, "limits can't be set"),
        )
        return tuple(what for held, what in needs if not held)

    @property
    def strength(self) -> int:
        """How many layers hold, to compare two ways of starting a child."""
        return sum(map(self.holds, LAYERS))

    def describe(self) -> str:
        """One line: what is cut off."""
        parts = (
            ("network", self.network), ("writes", self.writes), ("reads", self.reads),
            ("signals", self.signals),
        )  # fmt: skip
        return "own process with limits; " + ", ".join(
            f"{name} {'cut off' if held else 'open'}" for name, held in parts
        )


@dataclass(frozen=True, slots=True)
class SandboxPolicy:
    """How strictly user code is shut in.

    `unsafe` runs it also where less than the minimum holds; only a person may say so, on the command line.
    `without` names layers that are left out, to see what each is good for.
    """

    unsafe: bool = False
    without: frozenset[str] = frozenset()


_applied: list[SandboxPolicy] = [SandboxPolicy()]


@contextmanager
def applied(policy: SandboxPolicy) -> Iterator[None]:
    """A policy for every child that this process starts inside the block, in any thread.

    For the command line, whose flag holds for the whole run; nothing that a project says leads here.
    """
    _applied.append(policy)
    try:
        yield
    finally:
        _applied.pop()


def current_policy() -> SandboxPolicy:
    """The policy that holds where a child is given none: the strict one, unless another is applied."""
    return _applied[-1]


def _all(parts: tuple[str, ...]) -> str:
    return "; ".join(parts)


class SandboxTooWeakError(Exception):
    """Less than the minimum holds, and nobody allowed that."""

    def __init__(self, isolation: Isolation) -> None:
        super().__init__(
            f"PT710: your code is not run, the sandbox is too weak: {'; '.join(isolation.missing)}"
        )
        self.hint = (
            "`portalis doctor` shows what this machine allows; --unsafe-no-sandbox runs the code as it is,"
            " which is all right for code that you would run by hand"
        )
        self.isolation = isolation
