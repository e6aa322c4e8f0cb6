"""Programs and their binaries side by side: the same arguments, input and files, the same results."""

from portalis.validation.programs.search import ProgramTarget, verify_programs

__all__ = ["ProgramTarget", "verify_programs"]
