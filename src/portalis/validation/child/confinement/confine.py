"""All layers, in the order in which they can be had."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from . import landlock, mounts, namespaces, privileges, processes, seccomp
from .kernel import Layers
from .limits import limit_resources
from .paths import PROGRAM_PATHS, SYSTEM_PATHS, interpreter_paths_of

_DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the parent asks for.

    `limits` by their names in the `resource` module; `home` is the scratch folder and `root` an empty folder
    to mount on; `readable` and `writable` are the machine's paths besides the interpreter's; `wrapped` names
    the layers that the program which started this one has put in place already (None: it did nothing).
    """

    limits: dict[str, int]
    home: str
    root: str
    home_bytes: int
    readable: tuple[str, ...]
    writable: tuple[str, ...]
    may_fork: bool
    wrapped: tuple[str, ...] | None
    without: frozenset[str]


def confine(wanted: Wanted) -> dict[str, str]:
    """Put every layer in place; returns, in the worker, each layer's name with "" where it holds and else
    the reason why not. Other processes that this makes never return.
    """
    layers = Layers(wanted.without)
    # 1 and not 0: a kernel that pipes core dumps to a program ignores 0.
    limit_resources({"RLIMIT_CORE": 1})
    programs = PROGRAM_PATHS if wanted.may_fork else ()
    readable = (*interpreter_paths_of(sys.path), *SYSTEM_PATHS, *programs, *wanted.readable)
    report: int | None = None
    if wanted.wrapped is None:
        namespaces.unshare(layers)
        processes.die_with_parent()
        if layers.holds("process namespace"):
            report = processes.enter_namespace()
        else:
            processes.adopt_orphans()
        if layers.holds("mount namespace"):
            layers.attempt("private file system", lambda: _private_files(wanted, readable, layers))
        else:
            layers.tried["private file system"] = "it needs a mount namespace"
    else:
        layers.tried |= dict.fromkeys(wanted.wrapped, "")
    layers.attempt("no new privileges", privileges.no_new_privileges)
    layers.attempt("no capabilities", privileges.drop_capabilities)
    if wanted.wrapped is None:
        processes.fork_worker(report)
    landlock.restrict(layers, (*readable, *_DEVICES, _proc(layers)), (wanted.home, *wanted.writable))
    limits = dict(wanted.limits)
    processes_limit = {"RLIMIT_NPROC": limits.pop("RLIMIT_NPROC")}
    layers.attempt("resource limits", lambda: limit_resources(limits))
    # A user namespace counts processes afresh; elsewhere this would count all of the user's.
    if layers.holds("user namespace"):
        limit_resources(processes_limit)
    layers.attempt("system call filter", lambda: seccomp.filter_calls(wanted.may_fork))
    return layers.tried


def _private_files(wanted: Wanted, readable: Sequence[str], layers: Layers) -> None:
    own_proc = layers.holds("process namespace")
    mounts.enter(wanted.root, wanted.home, wanted.home_bytes, readable, wanted.writable, own_proc)


def _proc(layers: Layers) -> str:
    """What of `/proc` may be read: all of the child's own, or the part about itself."""
    own = layers.holds("private file system") and layers.holds("process namespace")
    return "/proc" if own else "/proc/self"
