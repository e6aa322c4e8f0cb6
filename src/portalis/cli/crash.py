"""What is said when Portalis itself fails: where in the user's code it was, and a report to send."""

from __future__ import annotations

import platform
import tempfile
import traceback
from pathlib import Path

from portalis import __version__


def describe_crash(error: BaseException) -> str:
    """The text for the user; the whole traceback goes to a file.

    Notes added to the exception on its way up (`add_note`) name the user's file and line.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    lines = [f"error: a bug in Portalis: {type(error).__name__}: {error}{place}"]
    lines += [f"  while working on {note}" for note in getattr(error, "__notes__", ())]
    report = _write_report(error)
    lines.append(f"help: please report this, with {report}" if report else "".join(_report(error)))
    return "\n".join(lines)


def _report(error: BaseException) -> list[str]:
    head = f"portalis {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    return [head, *traceback.format_exception(error)]


def _write_report(error: BaseException) -> Path | None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="portalis-crash-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.writelines(_report(error))
        return Path(file.name)
    except OSError:
        return None
