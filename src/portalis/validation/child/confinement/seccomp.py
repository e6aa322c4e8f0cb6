"""A filter of system calls (`seccomp(2)`), written as classic BPF.

It refuses what no program under test needs and what kernels have been broken with: looking into other
processes, mounting, new namespaces, loading kernel code, io_uring (whose requests pass by this very filter),
every socket but a pair of connected ones, memory that no limit counts. Where the child may start no
processes, it also refuses those, and signals and settings aimed at any process but itself.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator

from .kernel import PR_SET_SECCOMP, checked, libc

# Numbers on x86-64 and on AArch64; -1 where there is no such call.
_NEVER = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "syslog": (103, 116),
    "quotactl": (179, 60), "quotactl_fd": (443, 443), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429), "open_tree": (428, 428),
    "open_tree_attr": (467, 467), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264), "fanotify_init": (300, 262), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "add_key": (248, 217),
    "request_key": (249, 218), "keyctl": (250, 219), "unshare": (272, 97), "setns": (308, 268),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    "vhangup": (153, 58), "personality": (135, 92), "iopl": (172, -1), "ioperm": (173, -1),
    "modify_ldt": (154, -1), "lookup_dcookie": (212, 18), "uselib": (134, -1),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "semget": (64, 190),
    "msgget": (68, 186), "mq_open": (240, 180), "socket": (41, 198),
}  # fmt: skip
_OTHERS = {"setpriority": (141, 140), "ioprio_set": (251, 30), "pidfd_send_signal": (424, 424),
           "tkill": (200, 130)}  # fmt: skip
# The first argument is a process; 0 means oneself for some of them, one's group for `kill`.
_AT_ONESELF = {"kill": (62, 129), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
               "rt_tgsigqueueinfo": (297, 240)}  # fmt: skip
_AT_ONESELF_OR_0 = {"prlimit64": (302, 261), "sched_setaffinity": (203, 122), "sched_setattr": (314, 274),
                    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119)}  # fmt: skip
_FORKS = {"fork": (57, -1), "vfork": (58, -1)}
_CLONE, _CLONE3, _SOCKETPAIR = (56, 220), (435, 435), (53, 199)
_IOCTL, _FCNTL = (16, 29), (72, 25)
_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
_F_SETOWN, _F_SETOWN_EX = 8, 15
_AF_UNIX = 1
_CLONE_THREAD, _CLONE_NAMESPACES = 0x10000, 0x7E020000

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_X32_BIT = 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL_PROCESS, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_Instruction = tuple[int, int, int, int]


def filter_calls(may_fork: bool) -> None:
    """Install the filter for this process and all it starts. Raises OSError, also on other architectures."""
    code = b"".join(struct.pack("<HBBI", *one) for one in program(os.uname().machine, may_fork, os.getpid()))
    buffer = ctypes.create_string_buffer(code, len(code))
    block = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    checked(libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(2), block, 0, 0), "seccomp")


def program(machine: str, may_fork: bool, own_pid: int) -> list[_Instruction]:
    """The filter as instructions (code, jump if true, jump if false, operand) for an architecture.

    Raises OSError where its numbers aren't known.
    """
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no filter for {machine}")
    audit, column = _ARCHITECTURES[machine]
    code: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, audit),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for number in _numbers(_NEVER, column):
        code += _when(number, [_refuse(errno.EPERM)])
    # libc falls back to clone, whose flags can be read here.
    code += _when(_CLONE3[column], [_refuse(errno.ENOSYS)])
    code += _when(_SOCKETPAIR[column], _only(0, (_AF_UNIX,)))
    code += _when(_IOCTL[column], _none_of(1, (_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP)))
    if may_fork:
        code += _when(_CLONE[column], _flags(_CLONE_NAMESPACES, refused_when_set=True, error=errno.EPERM))
        return [*code, (_RETURN, 0, 0, _ALLOW)]
    code += _when(_CLONE[column], _flags(_CLONE_THREAD, refused_when_set=False, error=errno.EAGAIN))
    code += _when(_FCNTL[column], _none_of(1, (_F_SETOWN, _F_SETOWN_EX)))
    for number in _numbers(_FORKS, column):
        code += _when(number, [_refuse(errno.EAGAIN)])
    for number in _numbers(_OTHERS, column):
        code += _when(number, [_refuse(errno.EPERM)])
    for number in _numbers(_AT_ONESELF, column):
        code += _when(number, _only(0, (own_pid,)))
    for number in _numbers(_AT_ONESELF_OR_0, column):
        code += _when(number, _only(0, (0, own_pid)))
    return [*code, (_RETURN, 0, 0, _ALLOW)]


def _numbers(table: dict[str, tuple[int, int]], column: int) -> Iterator[int]:
    return (numbers[column] for numbers in table.values() if numbers[column] >= 0)


def _when(number: int, then: list[_Instruction]) -> list[_Instruction]:
    """Instructions for one system call; they end in a verdict."""
    return [(_EQUAL, 0, len(then), number), *then]


def _refuse(error: int) -> _Instruction:
    return (_RETURN, 0, 0, _ERRNO | error)


def _argument(index: int) -> _Instruction:
    """Load the lower half of an argument; all that are looked at are 32 bits wide in the kernel."""
    return (_LOAD, 0, 0, _ARGUMENTS + 8 * index)


def _only(index: int, allowed: tuple[int, ...]) -> list[_Instruction]:
    tests: list[_Instruction] = [(_EQUAL, len(allowed) - at, 0, value) for at, value in enumerate(allowed)]
    return [_argument(index), *tests, _refuse(errno.EPERM), (_RETURN, 0, 0, _ALLOW)]


def _none_of(index: int, refused: tuple[int, ...]) -> list[_Instruction]:
    tests: list[_Instruction] = [(_EQUAL, len(refused) - at, 0, value) for at, value in enumerate(refused)]
    return [_argument(index), *tests, (_RETURN, 0, 0, _ALLOW), _refuse(errno.EPERM)]


def _flags(bits: int, *, refused_when_set: bool, error: int) -> list[_Instruction]:
    verdicts: list[_Instruction] = [(_RETURN, 0, 0, _ALLOW), _refuse(error)]
    if not refused_when_set:
        verdicts.reverse()
    return [_argument(0), (_ANY_BIT, 1, 0, bits), *verdicts]
