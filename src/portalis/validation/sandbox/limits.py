"""What one sandboxed child may use."""

from __future__ import annotations

from dataclasses import dataclass

from portalis.validation.child.codec import Json

_THREADS = 256
_FOLDER_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use. `case_seconds` bounds one call of the original or of the translation: time by
    the clock, that left out in which other processes had the processors.

    `memory_mib` bounds the address space of each process and the memory of all together; `file_mib` one
    file, what is printed past our capture included; `scratch_mib` the scratch folder; `processes` how many
    processes user code may start, none by default.
    """

    cpu_seconds: int = 900
    memory_mib: int = 2048
    file_mib: int = 16
    scratch_mib: int = 64
    open_files: int = 128
    processes: int = 0
    case_seconds: float = 4.0

    @property
    def threads(self) -> int:
        """How many threads all processes may have together."""
        return _THREADS + 2 * self.processes

    @property
    def folder_bytes(self) -> int:
        """How much the writable folders of the machine may grow."""
        return max(_FOLDER_BYTES, 4 * self.file_mib << 20)

    def as_rlimits(self) -> dict[str, Json]:
        """The limits under the names of the `resource` module."""
        return {
            "RLIMIT_CPU": self.cpu_seconds,
            "RLIMIT_AS": self.memory_mib << 20,
            "RLIMIT_FSIZE": self.file_mib << 20,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_NPROC": self.processes + self.threads,
            "RLIMIT_MEMLOCK": 1 << 20,
            "RLIMIT_MSGQUEUE": 0,
            "RLIMIT_RTPRIO": 0,
        }
