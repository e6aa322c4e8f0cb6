"""The hybrid package, used as its users use it: in a Python of its own, beside the pure original."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.emit.conftest import Built, Python
from tests.emit.kit_project import ROOT

pytestmark = pytest.mark.slow

SHOW = """
def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__module__, type(error).__qualname__, repr(error.args), str(error))
"""

# Each of these is run by the hybrid and by the original, and must print the same.
PROGRAMS = {
    "values": """
import datetime as dt, kit, kit.lists as L, kit.luhn as U, kit.misc as M
show(lambda: (kit.root(4.0), kit.root(4), kit.root(True)))
show(lambda: (U.checksum("123"), U.checksum(alphabet="abc", number="cc"), U.is_valid("00"), U.is_valid("x")))
show(lambda: (L.words(" a b "), L.words("a,b", ","), L.words("a,b", sep=",")))
show(lambda: (L.total([0.5, -0.0]), L.total([])))
show(lambda: (L.count(["b", "a", "b"]), L.uniq({1, 2}, (3, "x")), L.tail(("a", "é", "😀")), L.tail(())))
show(lambda: (L.grid([[1], [2, 3], []]), M.raw(b"a\\0b"), M.opt(), M.opt([]), M.opt([7]), M.opt(xs=[8])))
show(lambda: (M.next_day(dt.date(2024, 2, 28)), M.lookup({1: "a"}, 1), M.add(2, 3)))
show(lambda: M.stamp(dt.datetime(2020, 1, 1, 3, 4, 5, 6), dt.timedelta(-3, 5, 7)))
""",
    "declined": """
import collections, datetime as dt, enum, kit, kit.lists as L, kit.luhn as U, kit.misc as M
class Text(str): pass
class Number(int): pass
Pair = collections.namedtuple("Pair", "a b")
show(lambda: (M.add(2**62, 2**62), M.add(2**70, 1), M.add(True, 1), M.add(Number(1), 2), M.add(1.5, 2)))
show(lambda: (M.fact(25), M.fact(20), L.total([1, 2.5]), L.total([True]), L.total((1.0,))))
show(lambda: L.count([Text("a"), "a"]))
show(lambda: L.uniq({1}, Pair(1, "x")))
show(lambda: U.checksum("\\ud800"))
show(lambda: U.checksum(Text("12")))
show(lambda: U.checksum(None))
show(lambda: M.next_day(dt.datetime(2024, 2, 28, 5)))
show(lambda: M.stamp(dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc), dt.timedelta(1)))
show(lambda: M.stamp(dt.datetime(9999, 12, 31), dt.timedelta(1)))
show(lambda: M.raw(bytearray(b"ab")))
show(lambda: L.words("a", 1))
show(lambda: M.lookup(collections.defaultdict(str), 1))
show(lambda: M.add("a", "b"))
""",
    "more types": """
import datetime as dt, kit.more as O
show(lambda: (O.first([1, 2]), O.first((3,)), O.first(()), O.first(range(4, 6))))
show(lambda: (O.glue(["a", "b"]), O.glue(("c",))))
show(lambda: (O.glue("def"), O.glue(x for x in "gh"), O.glue({"one": 1})))
show(lambda: (O.noon(dt.time(1, 2, 3, 4)), O.noon(dt.time(1, fold=1)).fold))
show(lambda: (O.noon(dt.time(1, tzinfo=dt.timezone.utc))))
show(lambda: (O.size(), O.size(b""), O.size(b"abc"), O.size(bytearray(b"ab")), O.nothing()))
show(lambda: (sorted(O.small(frozenset(["a", "bb", "é"]))), type(O.small(frozenset())), O.small({"a"})))
show(lambda: (O.table([(2, "a"), (1, "b"), (2, "c")]), O.second(None), O.second((1, "x"))))
show(lambda: (O.invert({"a": 1}), O.invert({"b": True})))
nan = float("nan")
xs = [1.5, nan, -0.0]; O.reverse(xs); print(xs, xs[1] is nan)
kept = (2**40, "x" * 3)
pairs = [kept]; O.push(pairs, 5); print(pairs, pairs[0] is kept)
a, b = [1], [2]; O.both(a, b); print(a, b); show(lambda: O.both(a, b)); print(a, b)
a = [1, 2]; O.both(a, a); print(a)
d = {"a": 1, "b": 2, "c": 3}; show(lambda: O.drop(d, "a")); show(lambda: O.drop(d, "z")); print(d)
""",
    "exceptions": """
import kit.exceptions as X, kit.luhn as U, kit.misc as M
for number in ("", "12", "x"):
    show(lambda: U.validate(number))
show(lambda: M.lookup({1: "a"}, 7))
try:
    U.validate("")
except X.ValidationError as error:
    print(type(error) is X.InvalidFormat, isinstance(error, ValueError), error.__cause__, error.__context__)
show(lambda: M.add(1))
show(lambda: M.add(a=1, b=2))
show(lambda: M.add(1, 2, 3))
show(lambda: U.checksum("1", number="2"))
""",
    "changed arguments": """
import kit.lists as L
xs = same = [1, 2, 3]
L.add_all(xs, by=4); print(xs, same is xs)
xs = [1, -2, 3]; show(lambda: L.add_all(xs)); print(xs)
xs = [2**63 - 1, 5]; L.add_all(xs); print(xs)
xs = [1, 2**63, 5]; L.add_all(xs); print(xs)
d = {"b": 1, "a": 2}; L.merge(d, {"c": 1, "b": 5}); print(d)
d = {"b": 1}; L.merge(d, d); print(d)
class Sub(dict): pass
d = Sub(b=1); L.merge(d, {"b": 2}); print(d, type(d))
s = {1, 2}; print(L.add_set(s, 3), L.add_set(s, 3), sorted(s))
rows = [[1], [2, 3]]; L.copy_into(rows[0], rows[1:]); print(rows)
xs = [1]; rows = [[5], xs]; show(lambda: L.copy_into(xs, rows[:1])); print(xs, rows)
xs = [1]; show(lambda: L.copy_into(xs, [xs[:], [9]])); print(xs)
d = {"a": 1, "b": 2}
for key in d: L.merge(d, {key: 1})
print(d)
""",
    "printing": """
import io, sys, kit.misc as M
M.shout("hi"); show(lambda: M.shout("bad")); M.shout("boom"); M.shout("é")
kept, sys.stdout = sys.stdout, io.StringIO()
M.shout("caught"); text = sys.stdout.getvalue(); sys.stdout = kept; print(repr(text))
sys.stdout = None; M.shout("nowhere"); sys.stdout = kept
class Full:
    def write(self, text): raise OSError("full")
sys.stdout = Full()
try: M.shout("x"); failed = None
except OSError as error: failed = error
sys.stdout = kept; print(failed)
""",
    "introspection": """
import doctest, inspect, pickle, types, kit, kit.lists as L, kit.luhn as U, kit.misc as M
for f in (L.add_all, U.checksum, M.add, M.opt, M.fact):
    print(f.__name__, f.__qualname__, f.__module__, f.__doc__)
    print(f.__defaults__, f.__kwdefaults__, f.__annotations__)
    print(inspect.signature(f), type(f) is types.FunctionType, inspect.isfunction(f))
    print(pickle.loads(pickle.dumps(f)) is f)
    print(inspect.getsource(f), f.__code__.co_firstlineno, f.__code__.co_varnames[: f.__code__.co_argcount])
print(doctest.testmod(U), doctest.testmod(U, raise_on_error=True))
print([name for name in dir(U) if not name.startswith("__")])
""",
    "recursion": """
import kit.misc as M, sys
print(M.fact(450) == M.fact(450), len(str(M.fact(900))))
show(lambda: M.fact(10**6))
print(M.fact(5))
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_hybrid_prints_what_the_original_prints(name: str, python: Python) -> None:
    program = SHOW + PROGRAMS[name]
    assert python(program) == python(program, path=ROOT)


def test_rust_answers_and_is_counted(python: Python) -> None:
    program = """
import kit.misc as M, kit.__portalis__ as p
for _ in range(3): M.add(1, 2)
M.add(True, 2); M.shout("boom")
print(sorted(p.counts().items()))
p.reset_counts(); print(p.counts())
"""
    counted = "[('kit.misc.add', {'rust': 3, 'fallback': 1}), ('kit.misc.shout', {'rust': 0, 'fallback': 1})]"
    assert python(program) == f"boom!\n{counted}\n{{}}\n"


def test_disabled_is_pure_python_and_native_functions_are_at_hand(python: Python) -> None:
    program = """
import kit.misc as M, kit.__portalis__ as p
print(M.add(1, 2), p.counts())
native = p.native_functions()
print(native["kit.misc:add"](1, 2), native["kit.misc:add"](1, 2.0) is p.DECLINED, len(native))
"""
    assert python(program, PORTALIS_DISABLE="1") == "3 {}\n3 True 36\n"


def test_fallback_off_raises_where_a_call_would_be_declined(python: Python) -> None:
    program = """
import kit.misc as M
from kit.__portalis__ import Declined
print(M.add(1, 2))
try: M.add(1, True)
except Declined as error: print(isinstance(error, RuntimeError), error)
"""
    message = "kit.misc.add: Rust declined this call, and PORTALIS_FALLBACK is off"
    assert python(program, PORTALIS_FALLBACK="off") == f"3\nTrue {message}\n"


def test_mutated_argument_seen_through_another_declines(python: Python) -> None:
    program = """
import kit.lists as L
from kit.__portalis__ import counts
d = {"a": 1}; L.merge(d, d)
xs = [1]; L.copy_into(xs, [[2]])
rows = [[1]]
try: L.copy_into(rows[0], [[2], (3,)])
except Exception as error: print(error)
print(counts(), xs, rows)
xs = [1]
native = __import__("kit.__portalis__").__portalis__.native_functions()["kit.lists:copy_into"]
print(native(xs, [[2], xs]) is __import__("kit.__portalis__").__portalis__.DECLINED, xs)
"""
    told = (
        "{'kit.lists.merge': {'rust': 0, 'fallback': 1}, 'kit.lists.copy_into': {'rust': 1, 'fallback': 1}}"
    )
    assert python(program) == f"{told} [1, 2] [[1, 2, 3]]\nTrue [1]\n"


def test_what_is_inside_a_changed_argument_stays_the_object_it_was(python: Python) -> None:
    program = """
import kit.lists as L
from kit.__portalis__ import counts
a, b, old = [5, 6], [7], []
rows, table = [a, b], {"rows": old}
print(L.stamp(rows, table), rows, table)
print(rows[0] is a, rows[1] is b, table["rows"] is old)
rows, table = [a, [], b], {}
try: L.stamp(rows, table)
except ValueError as error: print(error, rows, table, rows[0] is a, rows[2] is b)
print(counts()["kit.lists.stamp"])
row = [1]
for rows, table in ([row, row], {}), ([row], {"x": row}), ([row], {"rows": row, "x": row}):
    L.stamp(rows, table)
    print(rows, table)
print(counts()["kit.lists.stamp"])
"""
    assert python(program) == (
        "3 [[0, 6], [1], [0]] {'rows': [0, 1]}\n"
        "True True True\n"
        "empty [[0, 6], [], [1]] {'rows': [0]} True True\n"
        "{'rust': 2, 'fallback': 0}\n"
        "[[1], [1], [0]] {'rows': [0, 1]}\n"
        "[[0], [0]] {'x': [0], 'rows': [0]}\n"
        "[[0, 0], [0]] {'rows': [0, 0], 'x': [0, 0]}\n"
        "{'rust': 2, 'fallback': 3}\n"
    )


def test_tracebacks_name_the_function_in_its_own_file(python: Python, built: Built) -> None:
    shown = python("import kit.luhn as U\nU.validate('')", fails=True)
    file = built.package / "kit" / "luhn.py"
    line = next(
        n for n, text in enumerate(file.read_text().splitlines(), 1) if text.startswith("def validate")
    )
    assert f'File "{file}", line {line}, in validate' in shown
    assert shown.rstrip().endswith("kit.exceptions.InvalidFormat: The number has an invalid format.")
    shown = python("import kit.misc as M\nM.add('a', 1)", fails=True)
    assert "return a + b" in shown


def test_reload_threads_and_reexported_functions(python: Python) -> None:
    program = """
import importlib, threading, kit.misc as M
from kit.misc import add
from kit.__portalis__ import counts
importlib.reload(M)
answers = []
def work():
    for n in range(2000):
        answers.append((M.add(n, 1), M.fact(30) if n % 100 == 0 else None))
threads = [threading.Thread(target=work) for _ in range(4)]
[t.start() for t in threads]; [t.join() for t in threads]
print(len(answers), {a for a, _ in answers} == set(range(1, 2001)), len({f for _, f in answers}))
print(add(1, 2), counts()["kit.misc.add"])
"""
    assert python(program) == "8000 True 2\n3 {'rust': 8001, 'fallback': 0}\n"


def test_without_a_usable_extension_python_answers_with_a_warning(
    python: Python, built: Built, tmp_path: Path
) -> None:
    import shutil

    copy = tmp_path / "elsewhere"
    shutil.copytree(built.package, copy)
    (copy / "kit" / "_portalis_native.abi3.so").write_bytes(b"not a library")
    program = """
import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    import kit.misc as M, kit.luhn as U
print(M.add(1, 2), len(seen), seen[0].category.__name__, str(seen[0].message)[:55])
"""
    assert (
        python(program, path=copy)
        == "3 1 RuntimeWarning kit runs as pure Python, its Rust can't be used: "
        + (python(program, path=copy).partition("used: ")[2])
    )


def test_what_stands_in_the_folder(built: Built) -> None:
    names = {str(path.relative_to(built.package)) for path in built.package.rglob("*") if path.is_file()}
    names = {name for name in names if "__pycache__" not in name}
    assert {"kit/data/table.txt", "kit/py.typed", "kit/luhn.pyi", "kit/exceptions.pyi"} <= names
    assert {"portalis-report.json", "kit/__portalis__.py", "kit/_portalis_native.abi3.so"} <= names
    assert json.loads((built.package / "portalis-report.json").read_text())["schema"] == 1
    assert (built.package / "kit/exceptions.py").read_bytes() == (ROOT / "kit/exceptions.py").read_bytes()
    original = (ROOT / "kit/luhn.py").read_bytes()
    changed = (built.package / "kit/luhn.py").read_bytes()
    assert changed.startswith(original)
    assert changed.count(b"\n") == original.count(b"\n") + 1
    stub = (built.package / "kit/lists.pyi").read_text()
    assert "def add_all(xs: list[int], *, by: int = 1) -> None: ..." in stub
