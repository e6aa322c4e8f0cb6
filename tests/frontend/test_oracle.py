"""The oracle: what it says about expressions, names, variables and signatures."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from portalis.compiler.frontend import oracle, project
from portalis.compiler.frontend.answer import OracleAnswer
from portalis.compiler.frontend.project import Project

CORE = '''
from __future__ import annotations
import collections, datetime, math, re
import os.path as osp
from bisect import bisect_left
from collections import Counter, defaultdict
from enum import Enum, IntEnum
from hashlib import sha256
from typing import Any, Callable, Iterable, Iterator, Literal, NamedTuple, NewType, Optional, Sequence
from typing import TypedDict, Union
from pkg.util import *
from pkg import util as u

class Color(Enum):
    RED = 1

class Level(IntEnum):
    LOW = 1

class Point(NamedTuple):
    x: int
    y: int

class Opts(TypedDict):
    a: int

UserId = NewType("UserId", int)
Row = list[tuple[str, int]]
TABLE = {"a": 1}
limit = None

def probe(n: int, s: str, b: bytes, opt: Optional[int], either: Union[str, int], row: Row, uid: UserId,
          seq: Sequence[int], it: Iterable[str], fn: Callable[[int], str], mode: Literal["r", "w"],
          var: tuple[int, ...], pair: tuple[str, int], d: datetime.date, opts: Opts, anything: Any) -> None:
    """PROBES"""

def narrowing(x: int | None) -> int:
    if x is None:
        return 0
    y = x
    return y + x

def last(x: int | None) -> None:
    value: int | None = None
    try:
        value = len("abc")
    finally:
        print(value)

def outer(k: int) -> int:
    items = []
    table = {}
    for i, ch in enumerate("é" * k):
        items.append(i)
        table[ch] = i
    def inner(z: int) -> int:
        w = z + k
        return w
    squares = [q * q for q in items]
    first, *rest = items
    return inner(first) + sum(squares) + len(rest)

def kinds(a: int, /, b: str = "x", *args: float, c: bool = True, **kw: bytes) -> Iterator[int]:
    yield a

async def later(x: str) -> int:
    return len(x)

def loose(a, b=1):
    return a

class Shape:
    side: float = 1.0
    def area(self, times: int = 2) -> float:
        return self.side * times
    @classmethod
    def make(cls) -> "Shape":
        return cls()
    @staticmethod
    def helper(x: int) -> int:
        return x
    @property
    def name(self) -> str:
        return "shape"
'''

UTIL = """
LIMIT = 10
def clean(s: str) -> str:
    return s.strip()
class Bad(ValueError):
    pass
"""


def load(tmp_path: Path, files: dict[str, str], mypy_cache: Path | None) -> tuple[Project, OracleAnswer]:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    loaded = project.load([tmp_path / "pkg" if (tmp_path / "pkg").is_dir() else tmp_path])
    return loaded, oracle.ask(loaded, cache_dir=mypy_cache)


PROBES = dict(
    line.split("  ->  ")
    for line in r"""
1  ->  int
n + 1  ->  int
n / 2  ->  float
2 ** n  ->  int
n ** 0.5  ->  float
pow(n, n)  ->  int
s  ->  str
b  ->  bytes
b[0]  ->  int
True  ->  bool
n > 1  ->  bool
None  ->  None
opt  ->  int | None
either  ->  int | str
row  ->  list[tuple[str, int]]
row[0][1]  ->  int
uid  ->  int
seq  ->  typing.Sequence[int]
it  ->  Iterable[str]
fn  ->  Callable[[int], str]
fn(1)  ->  str
mode  ->  str
var  ->  tuple[int, ...]
pair  ->  tuple[str, int]
d  ->  datetime.date
d.year  ->  int
opts  ->  Any
anything  ->  Any
anything.foo  ->  Any
[1, 2]  ->  list[int]
{1: 'a'}  ->  dict[int, str]
{1}  ->  set[int]
frozenset('ab')  ->  frozenset[str]
()  ->  tuple[()]
(1, 'a')  ->  tuple[int, str]
range(3)  ->  range[int]
enumerate(s)  ->  enumerate[tuple[int, str]]
zip(s, s)  ->  zip[tuple[str, str]]
{1: 'a'}.keys()  ->  dict_keys[int]
{1: 'a'}.values()  ->  dict_values[str]
{1: 'a'}.items()  ->  dict_items[tuple[int, str]]
(c for c in s)  ->  Generator[str]
[c for c in s if c]  ->  list[str]
{c: ord(c) for c in s}  ->  dict[str, int]
map(ord, s)  ->  map[int]
Counter(s)  ->  collections.Counter[str]
collections.deque([1])  ->  collections.deque[int]
re.compile('a')  ->  re.Pattern[str]
re.match('a', s)  ->  re.Match[str] | None
re.findall('(a)(b)', s)  ->  list[tuple[str, str]]
re.split('a', s)  ->  list[str]
Color.RED  ->  pkg.core.Color
Color  ->  type[pkg.core.Color]
Level.LOW  ->  pkg.core.Level
Point(1, 2)  ->  pkg.core.Point
Point(1, 2).x  ->  int
math  ->  module math
math.pi  ->  float
int  ->  type[int]
Bad  ->  type[pkg.util.Bad]
Bad('x')  ->  pkg.util.Bad
u  ->  module pkg.util
clean  ->  Callable[[str], str]
lambda x: x  ->  Callable[[Any], Any]
s and n and b  ->  str | int | bytes
n if s else None  ->  int | None
f'{n} is {s!r:>{n}} é'  ->  str
f'{n}'  ->  str
TABLE  ->  dict[str, int]
max(1, 2.5)  ->  float
s % (n, s)  ->  str
b'' + b  ->  bytes
not s  ->  bool
~n  ->  int
sorted(s, key=lambda c: c)  ->  list[str]
'é' + s + 'x' * n  ->  str
s[1:n]  ->  str
-n  ->  int
1 < n < 3  ->  bool
s in 'abc'  ->  bool
sum(x for x in var)  ->  int
divmod(n, 2)  ->  tuple[int, int]
defaultdict(list, {1: [s]})  ->  collections.defaultdict[int, list[str]]
LIMIT  ->  int
u.LIMIT  ->  int
""".strip().splitlines()
)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory, mypy_cache: Path) -> tuple[Project, OracleAnswer]:
    probes = "\n    ".join(PROBES)
    text = CORE.replace('"""PROBES"""', probes)
    files = {"pkg/__init__.py": "", "pkg/core.py": text, "pkg/util.py": UTIL}
    return load(tmp_path_factory.mktemp("core"), files, mypy_cache)


def function(loaded: Project, module: str, name: str) -> ast.FunctionDef:
    for node in ast.walk(loaded.modules[module].tree):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return node
    raise AssertionError(name)


def order_free(text: str) -> str:
    return " | ".join(sorted(text.split(" | ")))


def test_types_of_expressions(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    body = function(loaded, "pkg.core", "probe").body
    assert len(body) == len(PROBES)
    wrong = {}
    for (source, wanted), stmt in zip(PROBES.items(), body, strict=True):
        assert isinstance(stmt, ast.Expr)
        found = str(answer.type_of("pkg.core", stmt.value)).replace("builtins.", "")
        if order_free(found) != order_free(wanted):
            wrong[source] = (found, wanted)
    assert not wrong


def test_every_subexpression_has_its_own_type(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    stmt = next(s for s in function(loaded, "pkg.core", "probe").body if ast.unparse(s) == "s and n and b")
    assert isinstance(stmt, ast.Expr)
    assert isinstance(stmt.value, ast.BoolOp)
    assert [str(answer.type_of("pkg.core", value)) for value in stmt.value.values] == ["str", "int", "bytes"]
    fstring = next(
        n
        for n in ast.walk(function(loaded, "pkg.core", "probe"))
        if isinstance(n, ast.JoinedStr) and len(n.values) == 4
    )
    names = {n.id: str(answer.type_of("pkg.core", n)) for n in ast.walk(fstring) if isinstance(n, ast.Name)}
    assert names == {"n": "int", "s": "str"}


def test_narrowing(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    body = function(loaded, "pkg.core", "narrowing").body
    test, result = body[0], body[2]
    assert isinstance(test, ast.If)
    assert isinstance(test.test, ast.Compare)
    assert isinstance(result, ast.Return)
    assert isinstance(result.value, ast.BinOp)
    assert str(answer.type_of("pkg.core", test.test.left)) == "int | None"
    assert str(answer.type_of("pkg.core", result.value.right)) == "int"


def test_finally_sees_every_path(core: tuple[Project, OracleAnswer]) -> None:
    """mypy's last word on a finally block is about the path without an exception."""
    loaded, answer = core
    block = function(loaded, "pkg.core", "last").body[1]
    assert isinstance(block, ast.Try)
    call = block.finalbody[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert str(answer.type_of("pkg.core", call.value.args[0])) == "int | None"


def test_variables(core: tuple[Project, OracleAnswer]) -> None:
    _, answer = core

    def variable(scope: str | None, name: str) -> str:
        return str(answer.variable("pkg.core", scope, name)).replace("builtins.", "")

    assert variable(None, "TABLE") == "dict[str, int]"
    assert variable("outer", "items") == "list[int]"
    assert variable("outer", "table") == "dict[str, int]"
    assert variable("outer", "ch") == "str"
    assert variable("outer", "first") == "int"
    assert variable("outer", "rest") == "list[int]"
    assert variable("outer", "q") == "int"
    assert variable("outer.<locals>.inner", "w") == "int"
    assert variable("outer.<locals>.inner", "z") == "int"
    assert variable("Shape", "side") == "float"
    assert answer.variable("pkg.core", "outer", "nothing") is None


def test_empty_displays_have_the_type_of_their_variable(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    first, second = function(loaded, "pkg.core", "outer").body[:2]
    assert isinstance(first, ast.Assign)
    assert isinstance(second, ast.Assign)
    assert str(answer.type_of("pkg.core", first.value)) == "list[int]"
    assert str(answer.type_of("pkg.core", first.targets[0])) == "list[int]"
    assert str(answer.type_of("pkg.core", second.value)) == "dict[str, int]"


def test_assignment_targets(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    loop = function(loaded, "pkg.core", "outer").body[2]
    assert isinstance(loop, ast.For)
    assert str(answer.type_of("pkg.core", loop.target)) == "tuple[int, str]"
    store = loop.body[1]
    assert isinstance(store, ast.Assign)
    assert str(answer.type_of("pkg.core", store.targets[0])) == "int"


def test_full_names(core: tuple[Project, OracleAnswer]) -> None:
    loaded, answer = core
    found: dict[str, str | None] = {}
    for node in ast.walk(loaded.modules["pkg.core"].tree):
        if isinstance(node, ast.Name | ast.Attribute):
            name = answer.fullname("pkg.core", node)
            found[ast.unparse(node)] = found.get(ast.unparse(node)) or name
    assert found["len"] == "builtins.len"
    assert found["clean"] == "pkg.util.clean"
    assert found["LIMIT"] == found["u.LIMIT"] == "pkg.util.LIMIT"
    assert found["re.compile"] == "re.compile"
    assert found["math.pi"] == "math.pi"
    assert found["math"] == "math"
    assert found["Bad"] == "pkg.util.Bad"
    assert found["collections.deque"] == "collections.deque"
    assert found["Color.RED"] == "pkg.core.Color.RED"
    assert found["items"] is None
    assert found["items.append"] is None
    assert found["inner"] is None
    assert found["d.year"] is None or not str(found["d.year"]).startswith("pkg.")


def test_library_names_are_spelled_as_users_do(tmp_path: Path, mypy_cache: Path) -> None:
    text = (
        "import hashlib, os.path, heapq\nfrom bisect import bisect_left as find\nfrom hashlib import sha256\n"
        "def f(xs: list[int]) -> None:\n    import math as m\n    hashlib.sha256(b'')\n    sha256(b'')\n"
        "    os.path.join('a', 'b')\n    heapq.heappush(xs, 1)\n    find(xs, 1)\n    m.sqrt(2.0)\n"
        "    unknown.thing\n"
    )
    loaded, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    body = function(loaded, "a", "f").body[1:-1]
    names = [answer.fullname("a", s.value.func) for s in body]  # type: ignore[attr-defined]
    assert names == [
        "hashlib.sha256",
        "hashlib.sha256",
        "os.path.join",
        "heapq.heappush",
        "bisect.bisect_left",
        "math.sqrt",
    ]


def test_signatures(core: tuple[Project, OracleAnswer]) -> None:
    _, answer = core
    kinds = answer.signature("pkg.core", "kinds")
    assert kinds is not None
    assert [(p.name, str(p.type), p.kind, p.has_default) for p in kinds.params] == [
        ("a", "int", "positional_only", False),
        ("b", "str", "positional_or_keyword", True),
        ("args", "float", "var_positional", False),
        ("c", "bool", "keyword_only", True),
        ("kw", "bytes", "var_keyword", False),
    ]
    assert kinds.is_generator
    assert str(kinds.returns) == "Iterator[int]"
    later = answer.signature("pkg.core", "later")
    assert later is not None
    assert later.is_async
    assert str(later.returns) == "int"
    area = answer.signature("pkg.core", "Shape.area")
    assert area is not None
    assert [str(p.type) for p in area.params] == ["pkg.core.Shape", "int"]
    name = answer.signature("pkg.core", "Shape.name")
    assert name is not None
    assert name.decorators == ("builtins.property",)
    assert answer.signature("pkg.core", "outer.<locals>.inner") is not None
    assert answer.signature("pkg.core", "nothing") is None


def test_errors_and_unannotated(tmp_path: Path, mypy_cache: Path) -> None:
    text = (
        "# mypy: ignore-errors\nimport nowhere_to_be_found\n"
        "def f(x: int) -> str:\n    return x  # type: ignore[return-value]\n\n"
        "def g(a, *, b: int):\n    return a\n"
    )
    _, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    assert [(e.module, e.line, e.code) for e in answer.errors] == [("a", 4, "return-value")]
    assert [(u.qualname, u.missing) for u in answer.unannotated] == [("g", ("a", "return"))]


def test_the_users_own_mypy_settings_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\ncheck_untyped_defs = False\nplugins = nowhere\n")
    (tmp_path / "stubs").mkdir()
    (tmp_path / "stubs" / "math.pyi").write_text("pi: str\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MYPYPATH", str(tmp_path / "stubs"))
    loaded, answer = load(tmp_path / "code", {"a.py": "import math\nx = math.pi\n"}, None)
    assert str(answer.variable("a", None, "x")) == "float"
    assert list(loaded.modules) == ["a"]


def test_modules_that_do_not_parse_are_unknown_not_fatal(tmp_path: Path, mypy_cache: Path) -> None:
    files = {
        "pkg/__init__.py": "",
        "pkg/bad.py": "def f(:\n",
        "pkg/good.py": "from pkg.bad import f\nfrom pkg.bad import *\nx = f(1)\ny = 1\n",
    }
    _, answer = load(tmp_path, files, mypy_cache)
    assert str(answer.variable("pkg.good", None, "x")) == "Any"
    assert str(answer.variable("pkg.good", None, "y")) == "int"


def test_comments_that_only_look_like_types(tmp_path: Path, mypy_cache: Path) -> None:
    text = "x = 1  # type: the number of (things\ny = '# type: ignore'\nz = []  # type: list[str]\n"
    loaded, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    value = loaded.modules["a"].tree.body[1].value  # type: ignore[attr-defined]
    assert str(answer.type_of("a", value)) == "str"
    assert str(answer.variable("a", None, "x")) == "int"
    assert str(answer.variable("a", None, "z")) == "list[str]"


def test_a_module_mypy_refuses_is_unknown_not_fatal(tmp_path: Path, mypy_cache: Path) -> None:
    files = {
        "a.py": "from b import g\nx = g(1)\ny = 1\n",
        "b.py": "from typing import Any\ndef g(x: (yield_ := int)) -> int:\n    return x\nclass A(A): pass\n",
    }
    _, answer = load(tmp_path, files, mypy_cache)
    assert str(answer.variable("a", None, "y")) == "int"


def test_deep_but_legal_nesting(tmp_path: Path, mypy_cache: Path) -> None:
    chain = "def f(x: int) -> int:\n    if x == 0:\n        return 0\n"
    chain += "".join(f"    elif x == {i}:\n        return {i}\n" for i in range(1, 120))
    chain += "    return 1 + " + " + ".join("x" for _ in range(100)) + "\n"
    loaded, answer = load(tmp_path, {"a.py": chain}, mypy_cache)
    assert list(loaded.modules) == ["a"]
    assert {
        str(answer.type_of("a", n)) for n in ast.walk(loaded.modules["a"].tree) if isinstance(n, ast.BinOp)
    } == {"int"}


def test_warm_cache_gives_the_same_answer(tmp_path: Path) -> None:
    files = {"pkg/__init__.py": "", "pkg/core.py": CORE, "pkg/util.py": UTIL}
    loaded, cold = load(tmp_path, files, None)
    cache = tmp_path / "cache"
    for _ in range(2):
        warm = oracle.ask(loaded, cache_dir=cache)
        for node in ast.walk(loaded.modules["pkg.core"].tree):
            if isinstance(node, ast.expr):
                assert warm.type_of("pkg.core", node) == cold.type_of("pkg.core", node), ast.unparse(node)
    assert not any("pkg" in path.parts for path in cache.rglob("*"))


def test_one_file_of_a_package_is_typed_with_its_siblings(tmp_path: Path, mypy_cache: Path) -> None:
    load(
        tmp_path,
        {
            "pkg/__init__.py": "",
            "pkg/util.py": UTIL,
            "pkg/one.py": "from .util import clean\nx = clean('')\n",
        },
        mypy_cache,
    )
    loaded = project.load([tmp_path / "pkg" / "one.py"])
    assert list(loaded.modules) == ["pkg.one"]
    assert str(oracle.ask(loaded).variable("pkg.one", None, "x")) == "str"


def test_a_name_bound_twice_by_with(tmp_path: Path, mypy_cache: Path) -> None:
    text = "def f() -> None:\n    with open('a') as h:\n        h.read()\n"
    text += "    with open('a', 'rb') as h:\n        h.read()\n"
    loaded, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    reads = [n for n in ast.walk(loaded.modules["a"].tree) if isinstance(n, ast.Call) and not n.args]
    assert [str(answer.type_of("a", n)) for n in reads] == ["str", "bytes"]
    assert str(answer.variable("a", "f", "h")) == "io.BinaryFile | io.TextFile"


def test_the_standard_streams_are_text_files(tmp_path: Path, mypy_cache: Path) -> None:
    text = "import sys\nfor line in sys.stdin:\n    sys.stdout.write(line)\nrest = sys.stdin.read()\n"
    _, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    assert [str(answer.variable("a", None, name)) for name in ("line", "rest")] == ["str", "str"]


def test_unknown_values_do_not_take_the_type_of_their_variable(tmp_path: Path, mypy_cache: Path) -> None:
    lines = {
        "a: list[int] = []": "list[int]",
        "b: list[list[int]] = [[] for _ in range(3)]": "list[list[int]]",
        "c: dict[str, list[int]] = {'x': []}": "dict[str, list[int]]",
        "d: set[int] = set()": "set[int]",
        "e: defaultdict[str, list[int]] = defaultdict(list)": "collections.defaultdict[str, list[int]]",
        "f: int = json.loads('1')": "Any",
        "h: list[int] = json.loads('[]')": "Any",
    }
    text = "import json\nfrom collections import defaultdict\n" + "\n".join(lines)
    loaded, answer = load(tmp_path, {"a.py": text}, mypy_cache)
    found = [answer.type_of("a", s.value) for s in loaded.modules["a"].tree.body[2:]]  # type: ignore[attr-defined]
    assert {line: str(type_) for line, type_ in zip(lines, found, strict=True)} == lines
