"""What a function depends on: a change anywhere in it changes its digest, a change elsewhere does not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from portalis.compiler.frontend import project
from portalis.compiler.frontend.closure import Closures

FILES = {
    "kit/__init__.py": "from kit.tools import scale as resize\n",
    "kit/tables.py": "BASE = 3\nTABLE = [BASE, 1]\nUNUSED = 5\n",
    "kit/errors.py": "class Wrong(Exception):\n    pass\n\nclass Other(Exception):\n    pass\n",
    "kit/tools.py": """
import math
import kit.tables as tables
from kit.errors import Wrong, Other
from . import far

def scale(x):
    return x * tables.TABLE[0]

def check(x):
    if x < 0:
        raise Wrong(x)
    return scale(x)

def lonely(x):
    return math.floor(x)

def local(x):
    from kit.far import deep
    return deep(x)

def through(x):
    return far.deep(x)

def passed(x):
    return apply(far, x)

def apply(module, x):
    return module.deep(x)

def dark(name):
    return globals()[name]

class Box:
    def size(self):
        return lonely(2)
""",
    "kit/far.py": """
from kit.tables import *

def deep(x):
    return x + UNUSED

def shallow(x):
    return x
""",
    "kit/user.py": """
import kit

def f(x):
    return kit.resize(x)

if __name__ == '__main__':
    f(1)
""",
}
FUNCTIONS = {
    "kit.tools": ("scale", "check", "lonely", "local", "through", "passed", "dark", "Box.size"),
    "kit.far": ("deep", "shallow"),
    "kit.user": ("f",),
}


def digests(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    """The digest of each function, by its name."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    closures = Closures(project.load([folder / "kit"]).modules)
    return {
        name: closures.digest(closures.of(module, [name]))
        for module, names in FUNCTIONS.items()
        for name in names
    }


def changed(folder: Path, file: str, old: str, new: str) -> set[str]:
    """The functions whose digest changes when a piece of a file does."""
    before = digests(folder, FILES)
    assert old in FILES[file]
    after = digests(folder, {**FILES, file: FILES[file].replace(old, new)})
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("kit/tools.py", "math.floor(x)", "math.ceil(x)", {"lonely", "Box.size"}),
        ("kit/tools.py", "x * tables", "x + tables", {"scale", "check", "f"}),
        ("kit/tables.py", "BASE = 3", "BASE = 4", {"scale", "check", "f"}),
        ("kit/tables.py", "UNUSED = 5", "UNUSED = 6", {"deep", "local", "through", "passed"}),
        ("kit/far.py", "x + UNUSED", "x - UNUSED", {"deep", "local", "through", "passed"}),
        ("kit/far.py", "return x\n", "return -x\n", {"shallow", "passed"}),
        (
            "kit/errors.py",
            "class Wrong(Exception):\n    pass",
            "class Wrong(ValueError):\n    pass",
            {"check"},
        ),
        ("kit/errors.py", "class Other(Exception):\n    pass", "class Other(ValueError):\n    pass", set()),
        ("kit/__init__.py", "scale as", "check as", {"f"}),
        ("kit/user.py", "    f(1)", "    f(2)", set()),
    ],
)
def test_a_change_reaches_what_depends_on_it(
    tmp_path: Path, file: str, old: str, new: str, expected: set[str]
) -> None:
    # `dark` reaches whatever there is, but for what never runs when the project is imported.
    assert changed(tmp_path, file, old, new) - {"dark"} == expected


def test_what_is_not_named_counts_as_reached(tmp_path: Path) -> None:
    assert "dark" in changed(tmp_path, "kit/errors.py", "class Other(Exception)", "class Other(OSError)")


def test_moving_a_function_changes_nothing(tmp_path: Path) -> None:
    assert changed(tmp_path, "kit/tools.py", "import math\n", "# a remark\n\nimport math\n") == set()


@pytest.mark.parametrize(
    "patch",
    [
        "import kit.far\nkit.far.shallow = abs\n",
        "from kit import tables\ntables.TABLE.append(1)\n",
        "from kit.far import shallow\nRESULT = shallow(1)\n",
        "import kit.far\nsetattr(kit.far, 'shallow', abs)\n",
    ],
)
def test_what_acts_at_import_counts_for_all(tmp_path: Path, patch: str) -> None:
    before = digests(tmp_path, FILES)
    after = digests(tmp_path, {**FILES, "kit/patch.py": patch})
    assert all(before[name] != after[name] for name in before)
    calmer = digests(tmp_path, {**FILES, "kit/patch.py": "LIMIT = 3\n\ndef g():\n    LIMIT.append(1)\n"})
    assert {name for name in before if before[name] != calmer[name]} <= {"dark"}
