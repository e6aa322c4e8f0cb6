"""The cache folder: made with a tag, so that backup tools skip it and clearing never deletes anything else.

The tag is the one of the Cache Directory Tagging specification (https://bford.info/cachedir/).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from portalis.config.errors import ConfigError

TAG_NAME = "CACHEDIR.TAG"
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_TAG = f"{_SIGNATURE}\n# This folder is a cache of Portalis. It can be deleted at any time.\n"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What the cache holds.

    Attributes:
        path: the folder.
        exists: whether there is one.
        files: how many files it holds.
        size: their size in bytes.
    """

    path: Path
    exists: bool
    files: int
    size: int


def prepare(path: Path) -> Path:
    """Makes the cache folder, with its tag, where there is none.

    Raises:
        ConfigError: the folder can't be made or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        tag = path / TAG_NAME
        if not tag.exists() and not any(path.iterdir()):
            tag.write_text(_TAG, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"can't write the cache folder {path}: {error.strerror}", "set cache-dir or PORTALIS_CACHE_DIR"
        ) from error
    return path


def info(path: Path) -> CacheInfo:
    """Counts what is in the cache; links are not followed."""
    if not path.is_dir():
        return CacheInfo(path, exists=False, files=0, size=0)
    sizes = [file.lstat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return CacheInfo(path, exists=True, files=len(sizes), size=sum(sizes))


def clear(path: Path) -> None:
    """Deletes the cache.

    Raises:
        ConfigError: the folder is not a cache of ours, or can't be deleted.
    """
    if not path.exists():
        return
    tag = path / TAG_NAME
    try:
        ours = tag.is_file() and tag.read_text(encoding="utf-8", errors="replace").startswith(_TAG)
        if not ours:
            raise ConfigError(
                f"{path} is not a cache that Portalis made, so it is left alone",
                "delete it yourself if it is one",
            )
        shutil.rmtree(path)
    except OSError as error:
        raise ConfigError(f"can't clear the cache {path}: {error}") from error
