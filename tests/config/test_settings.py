"""`[tool.portalis]` is found from the source upward, checked strictly, and overridden by flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalis.config import Config, ConfigError, load_config, override


def write(folder: Path, body: str) -> Path:
    path = folder / "pyproject.toml"
    path.write_text(body, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()
    assert Config().effort == "normal"


def test_the_nearest_file_upward_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, '[tool.portalis]\neffort = "quick"\nfail-under = 60\nexclude = ["*_pb2.py"]\n')
    inner = tmp_path / "src" / "pkg"
    inner.mkdir(parents=True)
    config = load_config(inner)
    assert (config.effort, config.fail_under, config.exclude) == ("quick", 60.0, ["*_pb2.py"])
    assert config.file == path


def test_a_file_without_the_table_is_as_good_as_none(tmp_path: Path) -> None:
    write(tmp_path, '[project]\nname = "x"\n')
    assert load_config(tmp_path) == Config()


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    path = write(tmp_path, "[tool.portalis]\nfail_under = 3\n")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert "'fail_under'" in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint == "did you mean 'fail-under'?"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('effort = "hard"', "effort"),
        ("seed = -1", "seed"),
        ('seed = "1"', "seed"),
        ("fail-under = 101", "fail-under"),
        ("fail-under = true", "fail-under"),
        ("jobs = 0", "jobs"),
        ("verify-seconds = 0", "verify-seconds"),
        ('include = "src"', "include"),
        ("include = [1]", "include.0"),
    ],
)
def test_a_wrong_value_names_its_key(tmp_path: Path, line: str, key: str) -> None:
    write(tmp_path, f"[tool.portalis]\n{line}\n")
    with pytest.raises(ConfigError, match=rf"tool\.portalis\.{key}: "):
        load_config(tmp_path)


@pytest.mark.parametrize("body", ["[tool.portalis\n", "tool = {portalis = 3}\n"])
def test_broken_files_are_refused(tmp_path: Path, body: str) -> None:
    write(tmp_path, body)
    with pytest.raises(ConfigError):
        load_config(tmp_path)


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b'[tool.portalis]\nexclude = ["\xff"]\n')
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_config(tmp_path)


def test_flags_win_and_absent_flags_do_not(tmp_path: Path) -> None:
    write(tmp_path, '[tool.portalis]\neffort = "quick"\nseed = 7\n')
    config = override(load_config(tmp_path), {"effort": "thorough", "seed": None})
    assert (config.effort, config.seed) == ("thorough", 7)


def test_a_flag_out_of_range_is_refused() -> None:
    with pytest.raises(ConfigError, match="--fail-under: "):
        override(Config(), {"fail_under": 120.0})


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTALIS_CACHE_DIR", raising=False)
    write(tmp_path, '[tool.portalis]\ncache-dir = ".cache"\n')
    config = load_config(tmp_path)
    assert config.cache == tmp_path / ".cache"
    assert config.target == tmp_path / ".cache" / "target"


def test_the_environment_names_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTALIS_CACHE_DIR", str(tmp_path / "elsewhere"))
    assert Config().cache == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('type-mappings = "missing.yaml"', "can't read the type table"),
        ('error-strategy = "explode"', "should be 'result', 'panic' or 'option'"),
        ('error-strategies = {KeyError = "none"}', "error-strategies.KeyError"),
    ],
)
def test_settings_of_the_mappers_are_checked(tmp_path: Path, body: str, says: str) -> None:
    write(tmp_path, f"[tool.portalis]\n{body}\n")
    with pytest.raises(ConfigError, match=says):
        load_config(tmp_path)
