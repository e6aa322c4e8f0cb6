"""The cache folder is tagged when it is made, and only a tagged one is cleared."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.config import ConfigError
from portalis.config.cache import clear, info, prepare


def test_made_counted_and_cleared(tmp_path: Path) -> None:
    path = prepare(tmp_path / "a" / "cache")
    (path / "types").mkdir()
    (path / "types" / "x.bin").write_bytes(bytes(1000))
    found = info(prepare(path))
    assert found.exists
    assert found.files == 2
    assert found.size > 1000
    clear(path)
    assert not path.exists()
    assert not info(path).exists
    clear(path)


def test_a_folder_in_use_is_neither_tagged_nor_cleared(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    prepare(tmp_path)
    with pytest.raises(ConfigError):
        clear(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="can't write the cache folder"):
        prepare(tmp_path / "file" / "cache")
