"""Giving up privileges for good (`capabilities(7)`)."""

from __future__ import annotations

import ctypes
import struct

from .kernel import PR_CAP_AMBIENT, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, checked, libc, prctl

_CAPABILITY_VERSION_3 = 0x20080522
_AMBIENT_CLEAR_ALL = 4
_MORE_THAN_THERE_ARE = 64


def no_new_privileges() -> None:
    """No program started from here gains rights by its file. Raises OSError."""
    prctl(PR_SET_NO_NEW_PRIVS, 1, "no_new_privs")


def drop_capabilities() -> None:
    """Leave none, and none to be had again, root or not. Raises OSError."""
    for capability in range(_MORE_THAN_THERE_ARE):
        if libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) != 0:
            break  # the last one, or there is no right to drop any, and so none to lose
    libc.prctl(PR_CAP_AMBIENT, ctypes.c_ulong(_AMBIENT_CLEAR_ALL), 0, 0, 0)
    header = ctypes.create_string_buffer(struct.pack("<Ii", _CAPABILITY_VERSION_3, 0))
    checked(libc.capset(header, struct.pack("<6I", *[0] * 6)), "capset")
