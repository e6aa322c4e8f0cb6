"""bubblewrap, where it is installed and may do what this process may not.

Distributions that keep unprivileged programs from making namespaces often allow it to `bwrap`, by its file
mode or by a profile. It makes the same namespaces that the child makes for itself elsewhere; the layers that
need none (Landlock, limits, the filter) are put in place by the child all the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

GIVEN = (
    "bubblewrap", "mount namespace", "private file system", "process namespace", "network namespace",
    "ipc namespace", "host name namespace",
)  # fmt: skip
"""The layers it puts in place, or fails."""


def find() -> str | None:
    """Where it is, None where it is not installed."""
    return shutil.which("bwrap")


def command(
    program: str,
    inner: Sequence[str],
    home: Path,
    home_bytes: int,
    readable: Sequence[str],
    writable: Sequence[str],
) -> list[str]:
    """The command that runs `inner` with `readable` and nothing else to be seen, and `home` in memory."""
    words = [
        program, "--unshare-user-try", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
        "--unshare-cgroup-try", "--hostname", "portalis", "--die-with-parent", "--new-session",
        "--cap-drop", "ALL",
    ]  # fmt: skip
    for path in readable:
        words += _bound(path)
    words += ["--dev", "/dev", "--proc", "/proc", "--size", str(home_bytes), "--tmpfs", str(home)]
    for path in writable:
        words += ["--bind", path, path]
    return [*words, "--remount-ro", "/", "--chdir", str(home), "--", *inner]


def _bound(path: str, links: int = 40) -> list[str]:
    """A path under its own name, the symbolic links on its way remade."""
    here = Path("/")
    parts = Path(path).parts[1:]
    for index, part in enumerate(parts):
        here /= part
        if here.is_symlink() and links:
            rest = here.parent.joinpath(here.readlink(), *parts[index + 1 :])
            return ["--symlink", str(here.readlink()), str(here), *_bound(str(rest), links - 1)]
    return ["--ro-bind-try", path, path]
