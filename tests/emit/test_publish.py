"""Output appears whole or not at all, and nothing of the user's is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portalis.emit.hybrid import HybridError, Sources, with_footer, write_hybrid
from portalis.emit.publish import OutputError, check_output, staged
from portalis.emit.report import REPORT_NAME
from tests.emit.conftest import Python
from tests.emit.kit_project import ROOT, kit


def _names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_output_replaces_only_its_own_entries(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    for text in ("one", "two"):
        with staged(out) as stage:
            (stage / "kit").mkdir()
            (stage / "kit" / text).write_text(text)
            (stage / REPORT_NAME).write_text(text)
        if text == "one":
            (out / "notes.txt").write_text("the user's")
    assert _names(out) == {"kit", "kit/two", "notes.txt", REPORT_NAME}
    assert _names(tmp_path) == {"deep", "deep/out"} | {f"deep/out/{name}" for name in _names(out)}


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_when_the_work_fails(failure: type[BaseException], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / REPORT_NAME).write_text("old")
    with pytest.raises(failure), staged(out) as stage:
        (stage / REPORT_NAME).write_text("new")
        raise failure
    assert _names(tmp_path) == {"out", f"out/{REPORT_NAME}"}
    assert (out / REPORT_NAME).read_text() == "old"


def test_a_failed_move_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    with staged(out) as stage:
        (stage / "a").write_text("old a")
        (stage / "b").write_text("old b")
        (stage / REPORT_NAME).write_text("old")
    real = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "b" and self.parent.name == "new":
            raise KeyboardInterrupt
        return real(self, target)

    with pytest.raises(KeyboardInterrupt), staged(out) as stage:
        for name in ("a", "b", "c", REPORT_NAME):
            (stage / name).write_text("new")
        monkeypatch.setattr(Path, "rename", failing)
    monkeypatch.undo()
    assert {name: (out / name).read_text() for name in _names(out)} == {
        "a": "old a",
        "b": "old b",
        REPORT_NAME: "old",
    }


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="didn't make") as caught:
        check_output(tmp_path)
    assert "empty or new folder" in caught.value.hint
    with pytest.raises(OutputError, match="not a folder"):
        check_output(tmp_path / "thesis.txt")
    assert _names(tmp_path) == {"thesis.txt"}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot write"):
        check_output(tmp_path / "out")


def test_footer_keeps_the_source() -> None:
    assert with_footer(b"x = 1  # end", "kit", 1).startswith(b"x = 1  # end\nif __package__")
    assert with_footer(b"x = 1\r\n", "kit", 1).endswith(b"globals())\r\n")
    assert with_footer(b"", "kit", 1).startswith(b"if __package__")


SOURCES = {
    "plain.py": b"def f(x: int) -> int:\n    return x\n",
    "future.py": b'"""Doc."""\nfrom __future__ import annotations\ndef f(x: int) -> int:\n    return x',
    "latin.py": b"# -*- coding: latin-1 -*-\nNAME = 'caf\xe9'\ndef f(x: int) -> int:\n    return x  # \xe9",
    "bom.py": b"\xef\xbb\xbfdef f(x: int) -> int:\r\n    return x\r\n",
    "listed.py": b"__all__ = ['f']\ndef f(x: int) -> int:\n    return x\n",
}


def test_footers_on_every_kind_of_source(tmp_path: Path, python: Python) -> None:
    root, out = tmp_path / "src", tmp_path / "out"
    (root / "odd" / "sub").mkdir(parents=True)
    (root / "odd" / "__init__.py").write_bytes(b"")
    (root / "odd" / "sub" / "__init__.py").write_bytes(SOURCES["plain.py"])
    for name, source in SOURCES.items():
        (root / "odd" / name).write_bytes(source)
        (root / "odd" / "sub" / name).write_bytes(source)
    from dataclasses import replace

    shape = next(item for item in kit().items if item.qualname == "fact")
    modules = [f"odd.{part}{Path(name).stem}" for name in SOURCES for part in ("", "sub.")] + ["odd.sub"]
    items = []
    for module in modules:
        file = root.joinpath(*module.split("."))
        source = (file / "__init__.py" if file.is_dir() else file.with_suffix(".py")).read_bytes()
        line = source[: source.index(b"def f")].count(b"\n") + 1
        items.append(replace(shape, module=module, qualname="f", line=line, end_line=line + 1))
    compiled = replace(kit(), items=tuple(items))
    write_hybrid(Sources(root, ("odd",)), compiled, [item.key for item in items], None, out)
    bridge = (out / "odd" / "__portalis__.py").read_text()
    fake = f"""
import sys, types
native = types.ModuleType("odd._portalis_native")
native.DECLINED = object()
native.functions = {{key: (lambda x: ("rust", x)) for key in {[item.key for item in items]!r}}}
sys.modules["odd._portalis_native"] = native
import importlib
for name in {modules!r}:
    module = importlib.import_module(name)
    assert module.f(1) == ("rust", 1), name
    assert [n for n in vars(module) if n == "bind"] == []
names = {{}}
exec("from odd.latin import *", names)
print(sorted(n for n in names if not n.startswith("__")), names["NAME"])
"""
    assert python(fake, path=out) == "['NAME', 'f'] caf\u00e9\n"
    assert bridge.count("'f'") == len(modules)
    shown = python("import runpy; print(runpy.run_path('x.py')['f'](2))", fails=True)
    assert "x.py" in shown
    script = str(out / "odd" / "plain.py")
    assert python(f"import runpy; print(runpy.run_path({script!r})['f'](2))") == "2\n"


def test_a_single_module_becomes_a_package(tmp_path: Path, python: Python) -> None:
    source = 'def f() -> int:\n    return 1\n\nif __name__ == "__main__":\n    print("ran", f())\n'
    (tmp_path / "one.py").write_text(source)
    (tmp_path / "other.py").write_text("x = 1\n")
    out = tmp_path / "out"
    write_hybrid(Sources(tmp_path, ("one",)), kit(), [], None, out)
    assert _names(out) == {
        "one",
        *(f"one/{n}" for n in ("__init__.py", "__init__.pyi", "__main__.py", "__portalis__.py")),
    }
    assert python("import one; print(one.f())", path=out) == "1\n"
    assert python("import runpy; runpy.run_module('one', run_name='__main__')", path=out) == "ran 1\n"


def test_caches_and_loops_are_left_out(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__pycache__" / "a.pyc").write_bytes(b"")
    (package / "a.py").write_text("x = 1\n")
    (package / "loop").symlink_to(package, target_is_directory=True)
    os.mkfifo(package / "pipe")
    (package / "dangling").symlink_to(package / "nowhere")
    write_hybrid(Sources(tmp_path, ("pkg",)), kit(), [], None, package / "out", stubs=False)
    assert _names(package / "out") == {"pkg", "pkg/a.py", "pkg/__portalis__.py"}
    with pytest.raises(HybridError, match="nothing"):
        write_hybrid(Sources(tmp_path, ("nothing",)), kit(), [], None, tmp_path / "else")
    assert not (tmp_path / "else").exists()


def test_a_read_only_package_can_be_built(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "a.py").write_text("x = 1\n")
    (package / "a.py").chmod(0o444)
    package.chmod(0o555)
    write_hybrid(Sources(tmp_path, ("pkg",)), kit(), [], None, tmp_path / "out", stubs=False)
    package.chmod(0o755)
    assert all(path.stat().st_mode & 0o200 for path in (tmp_path / "out").rglob("*"))


def test_the_source_stays_as_it_was(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in ROOT.rglob("*") if path.is_file()}
    write_hybrid(Sources(ROOT, ("kit",)), kit(), [item.key for item in kit().items], None, tmp_path / "out")
    assert {path: path.read_bytes() for path in ROOT.rglob("*") if path.is_file()} == before
