"""Sources to projects: what is found, under which names, and what a bad file costs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portalis.compiler.frontend import project
from portalis.compiler.frontend.project import Project, ProjectError


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def codes(loaded: Project) -> list[tuple[str, str, int]]:
    return [(d.relative, d.diagnostic.code, d.diagnostic.span.line) for d in loaded.diagnostics]


def test_a_file_is_a_module_named_after_itself(tmp_path: Path) -> None:
    write(tmp_path, {"luhn.py": "x = 1\n"})
    loaded = project.load([tmp_path / "luhn.py"])
    assert list(loaded.modules) == ["luhn"]
    assert loaded.root == tmp_path
    assert loaded.modules["luhn"].relative == "luhn.py"


def test_a_file_inside_a_package_gets_its_dotted_name(tmp_path: Path) -> None:
    write(tmp_path, {"pkg/__init__.py": "", "pkg/sub/__init__.py": "", "pkg/sub/mod.py": "x = 1\n"})
    loaded = project.load([str(tmp_path / "pkg" / "sub" / "mod.py")])
    assert list(loaded.modules) == ["pkg.sub.mod"]
    assert loaded.modules["pkg.sub.mod"].relative == "pkg/sub/mod.py"
    assert loaded.import_names == ("pkg",)


def test_a_package_folder_with_data_caches_and_tests(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pkg/__init__.py": "from pkg import a\n",
            "pkg/a.py": "from .sub import b\n",
            "pkg/sub/__init__.py": "",
            "pkg/sub/b.py": "import pkg.a\n",
            "pkg/numbers.dat": "1\n",
            "pkg/py.typed": "",
            "pkg/__pycache__/a.cpython-311.pyc": b"\0",
            "pkg/tests/test_a.py": "assert 1\n",
            "pkg/.hidden/h.py": "x\n",
        },
    )
    loaded = project.load([tmp_path / "pkg"])
    assert list(loaded.modules) == ["pkg", "pkg.a", "pkg.sub", "pkg.sub.b"]
    assert [entry.relative for entry in loaded.data_files] == ["pkg/numbers.dat", "pkg/py.typed"]
    assert loaded.edges["pkg"] == {"pkg.a"}
    assert loaded.edges["pkg.a"] == {"pkg", "pkg.sub", "pkg.sub.b"}
    assert loaded.edges["pkg.sub.b"] == {"pkg", "pkg.a"}
    assert loaded.dependants()["pkg.sub"] == {"pkg.a"}
    assert loaded.modules["pkg"].is_package


@pytest.mark.parametrize("layout", ["src/", ""])
def test_a_project_root_in_both_layouts(tmp_path: Path, layout: str) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": '[project]\nname = "my-pkg"\n',
            "setup.py": "",
            f"{layout}my_pkg/__init__.py": "",
            f"{layout}my_pkg/core.py": "",
            "tests/__init__.py": "",
            "docs/conf.py": "",
            ".venv/pyvenv.cfg": "",
            ".venv/lib/x.py": "",
        },
    )
    loaded = project.load([tmp_path])
    assert list(loaded.modules) == ["my_pkg", "my_pkg.core"]
    assert loaded.root == tmp_path / layout


def test_packages_that_pyproject_names(tmp_path: Path) -> None:
    toml = '[project]\nname = "other"\n[tool.hatch.build.targets.wheel]\npackages = ["lib/thing"]\n'
    write(tmp_path, {"pyproject.toml": toml, "lib/thing/__init__.py": "", "noise/__init__.py": ""})
    assert list(project.load([tmp_path]).modules) == ["thing"]


def test_a_folder_of_plain_files(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "", "b.py": "import a\n", "my-script.py": "", "test_a.py": ""})
    loaded = project.load([tmp_path])
    assert list(loaded.modules) == ["a", "b"]
    assert codes(loaded) == [("my-script.py", "PT005", 1)]


def test_standard_input() -> None:
    loaded = project.load(["-"], stdin="def f(x: int) -> int:\n    return x\n")
    assert list(loaded.modules) == ["stdin"]
    with pytest.raises(ProjectError, match="no standard input"):
        project.load(["-"])


def test_include_and_exclude(tmp_path: Path) -> None:
    write(tmp_path, {"p/__init__.py": "", "p/a.py": "", "p/gen/b.py": "", "p/gen/c.py": ""})
    assert list(project.load([tmp_path / "p"], exclude=["p/gen"]).modules) == ["p", "p.a"]
    assert list(project.load([tmp_path / "p"], exclude=["b.py"]).modules) == ["p", "p.a", "p.gen.c"]
    assert list(project.load([tmp_path / "p"], include=["**/gen/*.py"]).modules) == ["p.gen.b", "p.gen.c"]


def test_one_bad_file_costs_only_itself(tmp_path: Path) -> None:
    deep = "x = " + "-" * 5000 + "1\n"
    write(
        tmp_path,
        {
            "p/__init__.py": "",
            "p/good.py": "x = 1\n",
            "p/syntax.py": "x = 1\ndef f(:\n    pass\n",
            "p/outside.py": "x = 1\nreturn x\n",
            "p/latin.py": b"x = 1\ny = 'caf\xe9'\n",
            "p/null.py": b"x = 1\n\x00\n",
            "p/odd.py": b"# -*- coding: klingon -*-\n",
            "p/big.py": b"#" * (5 * 1024 * 1024 + 1),
            "p/parens.py": "x = " + "(" * 300 + ")" * 300 + "\n",
            "p/minus.py": deep,
            "p/chain.py": "x = " + "+".join("1" for _ in range(3000)) + "\n",
        },
    )
    loaded = project.load([tmp_path / "p"])
    assert list(loaded.modules) == ["p", "p.good"]
    found = {(relative.removeprefix("p/"), code, line) for relative, code, line in codes(loaded)}
    assert found >= {
        ("syntax.py", "PT001", 2),
        ("outside.py", "PT001", 2),
        ("latin.py", "PT002", 2),
        ("null.py", "PT002", 2),
        ("odd.py", "PT002", 1),
        ("big.py", "PT003", 1),
        ("parens.py", "PT003", 1),
        ("minus.py", "PT003", 1),
        ("chain.py", "PT003", 1),
    }
    for item in loaded.diagnostics:
        assert item.diagnostic.hint
        assert item.diagnostic.message[0].islower()


def test_encodings_and_line_endings(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "latin.py": b"# -*- coding: latin-1 -*-\nx = '\xe9'\n",
            "bom.py": b"\xef\xbb\xbfx = '\xc3\xa9'\r\ny = 1\r\n",
        },
    )
    loaded = project.load([tmp_path])
    assert loaded.modules["latin"].text.splitlines()[1] == "x = 'é'"
    assert loaded.modules["bom"].text == "x = 'é'\ny = 1\n"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda _root: "nowhere", "no such file"),
        (lambda root: write(root, {"readme.md": "x"}) / "readme.md", "not a Python file"),
        (lambda root: write(root, {"sub/readme.md": "x"}) / "sub", "no Python files"),
    ],
)
def test_sources_that_stop_everything(tmp_path: Path, make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(ProjectError, match=message) as caught:
        project.load([make(tmp_path)])
    assert caught.value.hint


def test_links(tmp_path: Path) -> None:
    write(tmp_path, {"p/__init__.py": "", "p/a.py": "x = 1\n"})
    (tmp_path / "p" / "loop").symlink_to(tmp_path / "p")
    (tmp_path / "p" / "gone.py").symlink_to(tmp_path / "nowhere.py")
    loaded = project.load([tmp_path / "p"])
    assert list(loaded.modules) == ["p", "p.a"]
    assert codes(loaded) == [("p/gone.py", "PT002", 1)]
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ProjectError, match="leads nowhere"):
        project.load([tmp_path / "dangling"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files(tmp_path: Path) -> None:
    write(tmp_path, {"p/__init__.py": "", "p/secret.py": "x = 1\n", "p/shut/a.py": ""})
    (tmp_path / "p" / "secret.py").chmod(0)
    (tmp_path / "p" / "shut").chmod(0)
    loaded = project.load([tmp_path / "p"])
    (tmp_path / "p" / "shut").chmod(0o755)
    assert list(loaded.modules) == ["p"]
    assert codes(loaded) == [("p/shut", "PT002", 1), ("p/secret.py", "PT002", 1)]


def test_two_files_with_one_name(tmp_path: Path) -> None:
    write(tmp_path, {"one/a.py": "", "two/a.py": ""})
    with pytest.raises(ProjectError, match="two files claim the import name a"):
        project.load([tmp_path / "one", tmp_path / "two"])
    assert list(project.load([tmp_path / "one", tmp_path / "one" / "a.py"]).modules) == ["a"]


def test_typing_only_and_relative_imports(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nfrom . import b\nfrom .. import top\n"
    text += "if TYPE_CHECKING:\n    from .c import C\n"
    write(
        tmp_path,
        {"p/__init__.py": "", "p/top.py": "", "p/q/__init__.py": "", "p/q/a.py": text, "p/q/b.py": ""},
    )
    edges = {
        (e.module, e.names): e.typing_only for e in project.load([tmp_path / "p"]).modules["p.q.a"].imports
    }
    assert edges == {
        ("typing", ("TYPE_CHECKING",)): False,
        ("p.q", ("b",)): False,
        ("p", ("top",)): False,
        ("p.q.c", ("C",)): True,
    }
