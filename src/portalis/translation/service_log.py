"""Logs of the model engine, by loguru: counts, times, names and sizes; never code, answers or keys.

Records are Portalis' own, so an application turns them on with `loguru.logger.enable("portalis")`, as loguru
advises for libraries; a service with a `log_dir` does so itself and writes a file there.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from portalis.translation.backends.needs import needs
from portalis.translation.backends.protocol import BackendError

if TYPE_CHECKING:
    from loguru import Logger, Record

FILE_NAME = "portalis-model.log"
ROTATION = "100 MB"
RETENTION = "7 days"
_PACKAGE = "portalis"

_lock = threading.Lock()
_sinks: dict[Path, tuple[int, int]] = {}
"""Of each log file loguru's handler and how many services write to it: two handlers would rotate it twice."""


class ServiceLog:
    """The log of one service.

    Args:
        folder: where `portalis-model.log` is written, rotated at 100 MB and kept 7 days; None for no file.

    Raises:
        BackendError: loguru is missing, or the folder can't be written.
    """

    def __init__(self, folder: Path | None) -> None:
        with needs("remote", "the model engine's log"):
            from loguru import logger
        self.logger: Logger = logger
        self._file = (folder.absolute() / FILE_NAME) if folder is not None else None
        if self._file is not None:
            _open(self.logger, self._file)

    def close(self) -> None:
        """Give the file back; safe twice."""
        file, self._file = self._file, None
        if file is not None:
            _close(self.logger, file)


def quiet() -> None:
    """Records of Portalis are off until they are asked for; without loguru there are none."""
    try:
        from loguru import logger
    except ModuleNotFoundError:
        return
    logger.disable(_PACKAGE)


def _open(logger: Logger, file: Path) -> None:
    with _lock:
        handler, users = _sinks.get(file, (-1, 0))
        if not users:
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                # Tracebacks with values in them (`diagnose`) would hold keys and code.
                handler = logger.add(
                    file, level="INFO", rotation=ROTATION, retention=RETENTION, encoding="utf-8",
                    filter=_ours, backtrace=False, diagnose=False,
                )  # fmt: skip
            except OSError as error:
                raise BackendError(
                    f"can't write logs to {file.parent}: {error.strerror}", "set log_dir"
                ) from error
        _sinks[file] = (handler, users + 1)
    logger.enable(_PACKAGE)


def _close(logger: Logger, file: Path) -> None:
    with _lock:
        handler, users = _sinks.pop(file)
        if users > 1:
            _sinks[file] = (handler, users - 1)
        else:
            logger.remove(handler)


def _ours(record: Record) -> bool:
    return (record["name"] or "").partition(".")[0] == _PACKAGE
