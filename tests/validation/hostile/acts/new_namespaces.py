"""Makes namespaces of its own, mounts and changes its root."""
# cause:

import ctypes
import os


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    os.makedirs("jail", exist_ok=True)
    assert libc.unshare(0x10000000) == -1
    assert libc.mount(b"none", b"jail", b"tmpfs", 0, b"") == -1
    assert libc.umount2(b"/", 2) == -1
    assert libc.chroot(b"jail") == -1
    assert libc.setns(0, 0) == -1
