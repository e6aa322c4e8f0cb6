"""A file system of the child's own: the folders it may read, bound read-only into an empty root, and a
scratch folder in memory with a fixed size (`mount_namespaces(7)`, `pivot_root(2)`).

Paths keep their names, symbolic links among them included; everything else, the home folder first, is not
there.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence
from pathlib import Path

from .kernel import checked, libc, syscall

_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 2, 4, 8
_MS_BIND, _MS_REC, _MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18
_ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 1, 2, 4
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_SETATTR = 442
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MNT_DETACH = 2
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


class _Root:
    """The new root while it is put together under `at`."""

    def __init__(self, at: str) -> None:
        self.at = at
        self._bound: set[str] = set()

    def expose(self, path: str, links: int = 40) -> None:
        """Make a file or folder of the machine visible under its own name."""
        here = "/"
        parts = Path(os.path.normpath(path)).parts[1:]
        for index, part in enumerate(parts):
            here = os.path.join(here, part)
            if here in self._bound:
                return
            inside = self.at + here
            if os.path.islink(here):
                target = os.readlink(here)
                if not os.path.lexists(inside):
                    os.symlink(target, inside)
                if links:
                    rest = os.path.join(os.path.dirname(here), target, *parts[index + 1 :])
                    self.expose(rest, links - 1)
                return
            if index + 1 == len(parts):
                self._place(here)
                mount(here, inside, "", _MS_BIND | _MS_REC)
                self._bound.add(here)
            elif not os.path.isdir(inside):
                os.mkdir(inside)

    def prepare(self, path: str) -> None:
        """Make sure that something can be mounted at a path, though its folder may be visible already."""
        here = "/"
        for part in Path(path).parts[1:]:
            here = os.path.join(here, part)
            if not os.path.lexists(self.at + here):
                os.mkdir(self.at + here)

    def _place(self, path: str) -> None:
        inside = self.at + path
        if os.path.isdir(path):
            os.makedirs(inside, exist_ok=True)
        elif not os.path.lexists(inside):
            os.close(os.open(inside, os.O_CREAT | os.O_WRONLY, 0o600))


def enter(
    root: str, home: str, home_bytes: int, readable: Sequence[str], writable: Sequence[str], own_proc: bool
) -> None:
    """Make the new root at the empty folder `root` and move into it.

    `home` becomes an empty folder in memory of `home_bytes`; `readable` paths that don't exist are left out;
    `writable` folders are the machine's. With `own_proc`, `/proc` shows the processes of the namespace and
    nothing else of the kernel; where that can't be mounted there is none. Raises OSError, and then nothing
    that matters has changed.
    """
    pivot_root = _PIVOT_ROOT.get(os.uname().machine)
    if pivot_root is None:
        raise OSError(errno.ENOSYS, f"the system calls of {os.uname().machine} aren't known")
    mount("none", "/", "", _MS_REC | _MS_PRIVATE)
    mount("tmpfs", root, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=0755,size=1m")
    tree = _Root(root)
    for path in (*readable, *_DEVICES):
        if os.path.exists(path):
            tree.expose(path)
    for path in (home, *writable, "/proc"):
        tree.prepare(path)
    _set_attributes(root, _ATTR_RDONLY | _ATTR_NOSUID)
    mount(
        "tmpfs", root + home, "tmpfs", _MS_NOSUID | _MS_NODEV, f"mode=0700,size={home_bytes},nr_inodes=8192"
    )
    for path in writable:
        mount(path, root + path, "", _MS_BIND | _MS_REC)
        _set_attributes(root + path, _ATTR_NOSUID | _ATTR_NODEV)
    if own_proc:
        _mount_proc(root + "/proc")
    syscall(pivot_root, "pivot_root", root.encode(), root.encode())
    checked(libc.umount2(b"/", _MNT_DETACH), "umount")
    os.chdir(home)


def _mount_proc(at: str) -> None:
    """Mount `/proc` with processes only; a container that hides parts of its own allows none at all."""
    try:
        mount("proc", at, "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC | 1, "subset=pid")
    except OSError:
        return


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """`mount(2)`. Raises OSError."""
    checked(
        libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()),
        f"mount {target}",
    )


def _set_attributes(path: str, attributes: int) -> None:
    """Set attributes of a mount and of all beneath it; those it has stay."""
    block = struct.pack("<QQQQ", attributes, 0, 0, 0)
    syscall(
        _MOUNT_SETATTR,
        "mount_setattr",
        ctypes.c_int(_AT_FDCWD),
        path.encode(),
        ctypes.c_uint(_AT_RECURSIVE),
        block,
        ctypes.c_size_t(len(block)),
    )
