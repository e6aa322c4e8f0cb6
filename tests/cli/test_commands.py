"""Commands that need no source: help, version, explain, config, cache."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portalis import __version__, rules
from portalis.config.cache import prepare
from portalis.validation.evidence import Evidence
from portalis.validation.evidence_store import EvidenceStore
from tests.cli.conftest import Runner


def test_version(portalis: Runner) -> None:
    done = portalis("--version")
    assert (done.code, done.out.strip()) == (0, f"portalis {__version__}")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_commands(portalis: Runner, flag: str) -> None:
    done = portalis(flag)
    assert done.code == 0
    for command in ("check", "verify", "build", "translate", "explain", "config", "cache"):
        assert f"\n  {command} " in done.out


def test_usage_errors_exit_with_2_and_leave_stdout_empty(portalis: Runner) -> None:
    for arguments in (
        ["nope"],
        ["check"],
        ["build", "x"],
        ["check", "--format", "xml", "x"],
        ["explain", "PT999"],
    ):
        done = portalis(*arguments)
        assert done.code == 2, arguments
        assert done.out == ""
        assert "Usage:" in done.err


def test_explain_prints_the_rule(portalis: Runner) -> None:
    done = portalis("explain", "pt203")
    assert done.code == 0
    assert done.out.startswith("PT203 decorator: ")
    assert "Stays Python:" in done.out
    assert "Write instead:" in done.out
    assert "\x1b" not in done.out


def test_explain_without_a_code_lists_all(portalis: Runner) -> None:
    done = portalis("explain")
    assert all(code in done.out for code in rules.ALL)


def test_explain_suggests_a_code(portalis: Runner) -> None:
    assert "did you mean" in portalis("explain", "PT99").err


def test_config_show_names_its_origin(portalis: Runner, tmp_path: Path) -> None:
    assert "defaults" in portalis("config", "show").out
    (tmp_path / "pyproject.toml").write_text('[tool.portalis]\neffort = "quick"\n', encoding="utf-8")
    done = portalis("config", "show")
    assert str(tmp_path / "pyproject.toml") in done.out
    assert 'effort = "quick"' in done.out
    assert json.loads(portalis("config", "show", "--format", "json").out)["effort"] == "quick"


@pytest.mark.parametrize(
    ("text", "says", "helps"),
    [
        ("[tool.portalis]\nefort = 'quick'\n", "unknown key 'efort'", "did you mean 'effort'?"),
        ("[tool.portalis]\neffort = 'hard'\n", "tool.portalis.effort", ""),
        ("[tool.portalis\n", "not valid TOML", ""),
    ],
)
def test_a_broken_configuration_stops_every_command(
    portalis: Runner, tmp_path: Path, text: str, says: str, helps: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    (tmp_path / "m.py").write_text("def f(x: int) -> int:\n    return x\n", encoding="utf-8")
    for arguments in (["config", "show"], ["check", "m.py"], ["build", "m.py", "-o", "out"]):
        done = portalis(*arguments)
        assert done.code == 2, arguments
        assert says in done.err
        assert helps in done.err
        assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()


def test_a_named_configuration_must_exist(portalis: Runner) -> None:
    done = portalis("config", "show", "--config", "missing.toml")
    assert done.code == 2
    assert "missing.toml" in done.err


def test_cache_is_shown_and_cleared(portalis: Runner, tmp_path: Path, environment: dict[str, str]) -> None:
    environment["PORTALIS_CACHE_DIR"] = str(tmp_path / "cache")
    assert portalis("cache", "dir").out.strip() == str(tmp_path / "cache")
    assert "no cache yet" in portalis("cache", "info").out
    assert "nothing to prune" in portalis("cache", "prune").out
    with EvidenceStore(prepare(tmp_path / "cache")) as store:
        store.put("k", Evidence("pkg.mod:f", cases=64), 1)
    assert "evidence of 1 functions" in portalis("cache", "info").out
    assert "dropped 1 entries" in portalis("cache", "prune", "--max-size", "0").out
    assert portalis("cache", "clear").code == 0


def test_clearing_leaves_a_folder_alone_that_is_no_cache(
    portalis: Runner, tmp_path: Path, environment: dict[str, str]
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    environment["PORTALIS_CACHE_DIR"] = str(mine)
    done = portalis("cache", "clear")
    assert done.code == 2
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_colours_are_asked_for_and_refused(portalis: Runner, environment: dict[str, str]) -> None:
    environment["FORCE_COLOR"] = "1"
    assert "\x1b[" in portalis("explain", "PT203").out
    environment["NO_COLOR"] = "1"
    assert "\x1b[" not in portalis("explain", "PT203").out
