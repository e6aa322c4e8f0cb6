"""Which exceptions are the user's affair: they say what to do, and end with exit code 2."""

from __future__ import annotations

import errno

_SURROUNDINGS = {
    errno.EACCES: "choose another folder, or change its permissions",
    errno.EPERM: "choose another folder, or change its permissions",
    errno.EROFS: "the file system is read-only; choose another folder",
    errno.ENOSPC: "free some space, or set cache-dir to another disk",
    errno.EDQUOT: "free some space, or set cache-dir to another disk",
    errno.ENOTDIR: "a part of the path is a file; choose another folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}


def user_failure(error: BaseException) -> tuple[str, str] | None:
    """The message and the hint of an exception that is not a bug of ours; None for all others.

    Exceptions made for the user to read carry a `hint`; of the system's, those count that a user can mend.
    """
    hint = getattr(error, "hint", None)
    if isinstance(hint, str):
        return str(error), hint
    if isinstance(error, OSError) and error.errno in _SURROUNDINGS:
        return f"{error.filename or 'a file'}: {error.strerror}", _SURROUNDINGS[error.errno]
    return None
