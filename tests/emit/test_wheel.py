"""The wheel: what pip makes of it."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from portalis.emit.wheel import Metadata, WheelError, project_metadata, write_wheel
from tests.emit.conftest import Built, Python

PYPROJECT = """
[project]
name = "My.Kit"
version = "1.2.3"
description = "A kit"
requires-python = ">=3.11"
dependencies = ["click>=8"]
classifiers = ["Programming Language :: Python"]
[project.optional-dependencies]
color = ['rich>=13; python_version < "3.12"']
[project.scripts]
kit-run = "kit.luhn:validate"
"""


def test_metadata_comes_from_the_project(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    found = project_metadata(tmp_path / "src", "kit")
    assert (found.name, found.version, found.dependencies) == ("My.Kit", "1.2.3", ("click>=8",))
    assert found.entry_points == {"console_scripts": {"kit-run": "kit.luhn:validate"}}
    assert project_metadata(tmp_path / "elsewhere", "kit") == Metadata("kit", "0")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\ndynamic = ["version"]\n')
    with pytest.raises(WheelError) as caught:
        project_metadata(tmp_path, "kit")
    assert "version" in caught.value.hint


@pytest.mark.slow
def test_pip_installs_the_wheel(built: Built, tmp_path: Path, python: Python) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    metadata = project_metadata(tmp_path, "kit")
    wheel = write_wheel(built.package, ("kit",), metadata, tmp_path / "dist")
    assert wheel.name.startswith("my_kit-1.2.3-cp3")
    assert "-abi3-" in wheel.name
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [wheel.name]
    again = write_wheel(built.package, ("kit",), metadata, tmp_path / "again")
    assert again.read_bytes() == wheel.read_bytes()
    target = tmp_path / "site"
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        str(target),
    ]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    (found,) = importlib.metadata.distributions(path=[str(target)])
    assert (found.name, found.version) == ("My.Kit", "1.2.3")
    assert found.requires == ["click>=8", 'rich>=13; (python_version < "3.12") and extra == "color"']
    program = (
        "import kit.misc as M, kit.__portalis__ as p; print(M.add(1, 2), p.counts()['kit.misc.add']['rust'])"
    )
    assert python(program, path=target) == "3 1\n"
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if "__pycache__" in name]
