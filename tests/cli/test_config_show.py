"""What `portalis config show` prints is TOML that says the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.cli.conftest import Runner


def test_what_is_shown_can_be_read_back(portalis: Runner, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.portalis]\nerror-strategy = "panic"\nerror-strategies = {KeyError = "option"}\n',
        encoding="utf-8",
    )
    shown = tomllib.loads(portalis("config", "show").out)["tool"]["portalis"]
    assert (shown["error-strategy"], shown["error-strategies"]) == ("panic", {"KeyError": "option"})
