"""Right translations are verified, wrong ones are caught, whatever they get wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portalis.compiler.types import (
    BOOL,
    FLOAT,
    INT,
    NONE,
    STR,
    CallableOf,
    DictOf,
    Instance,
    ListOf,
    OptionalOf,
    SetOf,
    Shared,
    TupleOf,
    Type,
)
from portalis.compiler.unit import Param
from portalis.validation.classes import ClassShape
from portalis.validation.evidence import MINIMUM_CASES, Evidence, Target
from portalis.validation.search import verify

from .conftest import target, write_hybrid

Verify = Callable[..., Evidence]
INTS = ListOf(INT)
SHARE = "def f(xs, ys):\n    xs.extend(ys)\n    return xs\n"


def assert_good(seen: Evidence) -> None:
    assert seen.reason == ""
    assert seen.counterexamples == ()
    assert seen.cases >= MINIMUM_CASES
    assert seen.lines >= 0.9
    assert seen.normal_return


GOOD: dict[str, tuple[str, list[tuple[str, Type]], Type]] = {
    "arithmetic": (
        "def f(a, b):\n    if b == 0:\n        raise ValueError('zero')\n    return a // b\n",
        [("a", INT), ("b", INT)],
        INT,
    ),
    "floats": (
        "def f(x):\n    if x < 0:\n        return -x\n    return x / 2\n",
        [("x", FLOAT)],
        FLOAT,
    ),
    "branches on literals": (
        (
            "def f(s):\n    if s == 'magic word':\n        return 1\n"
            "    if len(s) == 17:\n        return 2\n    return 0\n"
        ),
        [("s", STR)],
        INT,
    ),
    "mutation": ("def f(xs):\n    xs.sort()\n    if xs:\n        xs.pop()\n", [("xs", INTS)], NONE),
    "aliasing": (SHARE, [("xs", INTS), ("ys", INTS)], INTS),
    "optional": (
        "def f(x):\n    if x is None:\n        return 'none'\n    return str(x)\n",
        [("x", OptionalOf(INT))],
        STR,
    ),
    "containers": (
        "def f(d, s, t):\n    return [k for k in d if k in s] + [t[0]]\n",
        [("d", DictOf(STR, INT)), ("s", SetOf(STR)), ("t", TupleOf((STR, INT)))],
        ListOf(STR),
    ),
    "dates": (
        (
            "import datetime\ndef f(d):\n    if d.month == 2 and d.day == 29:\n"
            "        return 'leap'\n    return d.isoformat()\n"
        ),
        [("d", Instance("datetime.date"))],
        STR,
    ),
    "printing": ("def f(n):\n    print('n is', n)\n    return n\n", [("n", INT)], INT),
    "custom exception": (
        (
            "class Bad(ValueError):\n    pass\ndef f(s):\n    if not s.isdigit():\n"
            "        raise Bad(s)\n    return int(s[:9])\n"
        ),
        [("s", STR)],
        INT,
    ),
}


WRONG: dict[str, tuple[str, str, list[tuple[str, Type]], Type, str]] = {
    "off by one at a threshold": (
        "def f(n):\n    return n > 4711\n",
        "def f(n):\n    return n >= 4711 if type(n) is int else DECLINED\n",
        [("n", INT)],
        BOOL,
        "value",
    ),
    "exception text": (
        "def f(n):\n    if n < 0:\n        raise ValueError('negative')\n    return n\n",
        "def f(n):\n    if n < 0:\n        raise ValueError('is negative')\n    return n\n",
        [("n", INT)],
        INT,
        "exception",
    ),
    "exception class": (
        "class Bad(ValueError):\n    pass\ndef f(n):\n    if n < 0:\n        raise Bad('no')\n    return n\n",
        "def f(n):\n    if n < 0:\n        raise ValueError('no')\n    return n\n",
        [("n", INT)],
        INT,
        "exception",
    ),
    "no exception": (
        "def f(d, k):\n    return d[k]\n",
        "def f(d, k):\n    return d.get(k, 0)\n",
        [("d", DictOf(STR, INT)), ("k", STR)],
        INT,
        "exception",
    ),
    "mutation forgotten": (
        "def f(xs):\n    xs.reverse()\n    return len(xs)\n",
        "def f(xs):\n    return len(xs)\n",
        [("xs", INTS)],
        INT,
        "arguments",
    ),
    "sign of zero": (
        "def f(x):\n    return x * 1.0\n",
        "def f(x):\n    return x * 1.0 + 0.0\n",
        [("x", FLOAT)],
        FLOAT,
        "value",
    ),
    "type of the result": (
        "def f(a):\n    return not a\n",
        "def f(a):\n    return int(not a)\n",
        [("a", INT)],
        BOOL,
        "value",
    ),
    "order of a dict": (
        "def f(xs):\n    return {x: 1 for x in xs}\n",
        "def f(xs):\n    return {x: 1 for x in sorted(xs)}\n",
        [("xs", INTS)],
        DictOf(INT, INT),
        "value",
    ),
    "argument copied where it was returned": (
        SHARE,
        "def f(xs, ys):\n    xs.extend(ys)\n    return list(xs)\n",
        [("xs", INTS), ("ys", INTS)],
        INTS,
        "identity",
    ),
    "aliased arguments": (
        "def f(xs, ys):\n    xs.append(1)\n    return len(ys)\n",
        "def f(xs, ys):\n    n = len(ys)\n    xs.append(1)\n    return n\n",
        [("xs", INTS), ("ys", INTS)],
        INT,
        "value",
    ),
    "rows shared": (
        "def f(n):\n    row = [0]\n    return [row] * (n % 4 + 2)\n",
        "def f(n):\n    return [[0] for _ in range(n % 4 + 2)]\n",
        [("n", INT)],
        ListOf(INTS),
        "identity",
    ),
    "a table copied": (
        "_TABLE = [1, 2]\ndef f(n):\n    return _TABLE\n",
        "def f(n):\n    return [1, 2]\n",
        [("n", INT)],
        INTS,
        "identity",
    ),
    "print forgotten": (
        "def f(n):\n    print(n)\n    return n\n",
        "def f(n):\n    return n\n",
        [("n", INT)],
        INT,
        "output",
    ),
    "a decline with an effect": (
        "def f(xs):\n    xs.append(1)\n    return 1\n",
        "def f(xs):\n    xs.append(1)\n    return DECLINED if len(xs) > 2 else 1\n",
        [("xs", INTS)],
        INT,
        "arguments",
    ),
    "abort": (
        "def f(n):\n    return n\n",
        "import os\ndef f(n):\n    if n > 100:\n        os.abort()\n    return n\n",
        [("n", INT)],
        INT,
        "crash",
    ),
    "hang": (
        "def f(n):\n    return n\n",
        (
            "import time\ndef f(n):\n    while n == 7:\n        try:\n            time.sleep(60)\n"
            "        except BaseException:\n            pass\n    return n\n"
        ),
        [("n", INT)],
        INT,
        "hang",
    ),
    "only at the end of a line": (
        "import re\ndef f(s):\n    return bool(re.fullmatch(r'\\d+', s))\n",
        "import re\ndef f(s):\n    return bool(re.match(r'\\d+$', s))\n",
        [("s", STR)],
        BOOL,
        "value",
    ),
    "unicode digits": (
        "def f(s):\n    return s.isdigit()\n",
        "def f(s):\n    return s.isdecimal()\n",
        [("s", STR)],
        BOOL,
        "value",
    ),
    "wrapping": (
        "def f(a, b):\n    return a * b\n",
        "def f(a, b):\n    n = a * b\n    return (n + 2**63) % 2**64 - 2**63 if type(n) is int else n\n",
        [("a", INT), ("b", INT)],
        INT,
        "value",
    ),
    "bool taken for an int": (
        "def f(n):\n    return str(n)\n",
        "def f(n):\n    return str(int(n)) if isinstance(n, int) else DECLINED\n",
        [("n", INT)],
        STR,
        "value",
    ),
}


@pytest.fixture(scope="module")
def all_seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evidence]:
    """Evidence of every program above, by its name, from one run over one package with a module for each."""
    programs = {name: (original, "f = mod.f", *rest) for name, (original, *rest) in GOOD.items()}
    programs |= {name: (one, two, params, returns) for name, (one, two, params, returns, _) in WRONG.items()}
    folder = tmp_path_factory.mktemp("programs")
    modules = {name: f"pkg.m{at}" for at, name in enumerate(programs)}
    write_hybrid(folder, "", "")
    natives: list[str] = ["DECLINED = object()", "def native_functions():", "    found = {}"]
    targets: list[Target] = []
    for name, (original, native, params, returns) in programs.items():
        module = modules[name]
        (folder / "pkg" / f"{module[4:]}.py").write_text(original)
        natives.append(f"    space = {{'DECLINED': DECLINED, 'mod': __import__({module!r}, fromlist=['f'])}}")
        natives.append(f"    exec({native!r}, space)")
        natives.append(f"    found[{module + ':f'!r}] = space['f']")
        targets.append(Target(f"{module}:f", tuple(Param(n, t) for n, t in params), returns))
    natives.append("    return found")
    (folder / "pkg" / "__portalis__.py").write_text("\n".join(natives))
    seen = verify(folder, "pkg", targets, effort="normal")
    return {name: seen[f"{module}:f"] for name, module in modules.items()}


@pytest.mark.parametrize("name", GOOD)
def test_a_right_translation_gathers_the_evidence(all_seen: dict[str, Evidence], name: str) -> None:
    assert_good(all_seen[name])


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_translation_is_caught(all_seen: dict[str, Evidence], name: str) -> None:
    seen = all_seen[name]
    assert seen.mismatches >= 1
    assert WRONG[name][4] in {example.difference for example in seen.counterexamples}
    assert all(".f(" in example.call for example in seen.counterexamples)


def test_a_counterexample_is_shrunk(run_one: Verify) -> None:
    seen = run_one(
        "def f(xs):\n    return sum(xs)\n",
        "def f(xs):\n    return sum(xs) - (max(xs, default=0) > 50)\n",
        [("xs", INTS)],
        INT,
    )
    assert any(example.call == "pkg.mod.f([51])" for example in seen.counterexamples)
    example = next(e for e in seen.counterexamples if e.call == "pkg.mod.f([51])")
    assert (example.expected, example.actual) == ("51", "50")


def test_check_digits_are_repaired(run_one: Verify) -> None:
    """Without any recorded call, accepted inputs are found, and the error past the check is seen."""
    original = """
        def checksum(number):
            return sum((i + 2) * int(c) for i, c in enumerate(number)) % 11
        def f(number):
            if len(number) != 9:
                raise ValueError('length')
            if not number.isdigit():
                raise ValueError('format')
            if checksum(number) != 0:
                raise ValueError('checksum')
            return number[:3] + '-' + number[3:]
    """
    wrong = "def f(n):\n    r = mod.f(n)\n    return r.replace('-', '_')\n"
    seen = run_one(original, wrong, [("number", STR)], STR)
    assert [e.difference for e in seen.counterexamples][:1] == ["value"]


def test_a_decline_is_not_agreement(run_one: Verify) -> None:
    seen = run_one("def f(n):\n    return n\n", "def f(n):\n    return DECLINED\n", [("n", INT)], INT)
    assert seen.cases == 0
    assert seen.declined > 50
    assert seen.mismatches == 0


def test_the_whole_domain_is_enough(run_one: Verify) -> None:
    original = "def f(a, b):\n    return a and not b\n"
    seen = run_one(original, "f = mod.f", [("a", BOOL), ("b", OptionalOf(BOOL))], BOOL)
    assert seen.exhaustive
    assert seen.cases == 6
    assert seen.confidence == 1.0


@pytest.mark.parametrize("body", ["    'Says what it would do.'\n", " return None\n"])
def test_a_function_without_lines_of_its_own_is_run(run_one: Verify, body: str) -> None:
    head = "def f():\n" if body.startswith("    ") else "def f():"
    seen = run_one(head + body, "f = mod.f", [], NONE)
    assert seen.exhaustive
    assert (seen.lines, seen.confidence) == (1.0, 1.0)


def test_a_slow_original_costs_the_case_and_caps_the_sizes(run_one: Verify) -> None:
    original = "def f(n):\n    t = 0\n    for i in range(max(n, 0)):\n        t += i % 3\n    return t\n"
    seen = run_one(original, "f = mod.f", [("n", INT)], INT)
    assert seen.discarded > 0
    assert_good(seen)


def test_an_original_that_takes_the_process_down_is_searched_on(run_one: Verify) -> None:
    original = "import os\ndef f(n):\n    if n == 255:\n        os.abort()\n    return n + 1\n"
    seen = run_one(original, "f = mod.f", [("n", INT)], INT)
    assert seen.mismatches == 0
    assert seen.cases >= MINIMUM_CASES


def test_an_original_that_wavers_is_reported_as_such(run_one: Verify) -> None:
    original = "import itertools\n_N = itertools.count()\ndef f(n):\n    return n + next(_N)\n"
    seen = run_one(original, "f = mod.f", [("n", INT)], INT)
    assert seen.flaky
    assert seen.mismatches == 0
    assert "same twice" in seen.reason


def test_what_no_input_can_be_made_for_says_so(run_one: Verify) -> None:
    takes = CallableOf((ListOf(INT),), INT)
    seen = run_one("def f(g):\n    return g([1])\n", "f = mod.f", [("g", takes)], INT)
    assert seen.cases == 0
    assert "parameter `g` of type Callable[[list[int]], int]" in seen.reason


@pytest.mark.parametrize(("argument", "agrees"), [("n", True), ("n + 1", False)])
def test_functions_are_drawn(run_one: Verify, argument: str, agrees: bool) -> None:
    original = "def f(g, n):\n    return g(n)\n"
    params = [("g", CallableOf((INT,), INT)), ("n", INT)]
    seen = run_one(original, f"f = lambda g, n: g({argument})", params, INT)
    assert (seen.mismatches == 0) is agrees
    assert seen.cases >= MINIMUM_CASES or not agrees


@pytest.mark.parametrize("added", ["0", "(c.after is not None)"])
def test_instances_that_never_end_being_made_cost_a_case(run_one: Verify, added: str) -> None:
    """A method that runs for ever on a ring is no end of the search."""
    original = """
        class Chain:
            def __init__(self, value):
                self.value, self.after = value, None
            def last(self):
                one = self
                while one.after is not None:
                    one = one.after
                one.value += 1
        def f(chain):
            return chain.value
    """
    own = Shared("pkg.mod.Chain")
    methods: tuple[tuple[str, tuple[Type, ...]], ...] = (
        ("last", ()),
        ("@after", ()),
        ("=after", (OptionalOf(own),)),
    )
    classes = {"pkg.mod.Chain": ClassShape("pkg.mod:Chain", (INT,), methods)}
    native = f"def f(c):\n    return mod.f(c) + {added}\n"
    seen = run_one(original, native, [("chain", own)], INT, classes=classes)
    if added == "0":
        assert_good(seen)
    else:
        assert seen.mismatches


def test_effects_are_never_run(run_one: Verify, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    original = f"def f(n):\n    open({str(trace)!r}, 'w').close()\n    return n\n"
    seen = run_one(original, "f = mod.f", [("n", INT)], INT, effects=frozenset({"print", "files"}))
    assert not seen.cases  # the verdict says which effects
    assert not trace.exists()


def test_keyword_only_parameters_and_recorded_calls(tmp_path: Path) -> None:
    original = (
        "def f(text, *, sep='-'):\n    if sep == 'rare':\n        return text\n    return sep.join(text)\n"
    )
    folder = write_hybrid(tmp_path, original, "def f(text, sep):\n    return mod.f(text, sep=sep)\n")
    params = (Param("text", STR), Param("sep", STR, "keyword_only", has_default=True))
    wanted = Target("pkg.mod:f", params, STR, recorded=(("abc", "+"), ("xyz", "rare")))
    seen = verify(folder, "pkg", [wanted], effort="quick", jobs=1)[wanted.key]
    assert_good(seen)
    assert seen.recorded == 2
    assert seen.kept[0].args == ("abc", "+")
    assert seen.kept[0].result == "a+b+c"


def test_one_bad_item_costs_the_others_nothing(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d"]
    original = "".join(f"def {name}(n):\n    return n\n" for name in names)
    natives = "import os\na = mod.a\nd = mod.d\ndef b(n):\n    os._exit(3)\ndef c(n):\n    raise SystemExit\n"
    folder = write_hybrid(tmp_path, original, natives)
    targets = [target(name, [("n", INT)], INT) for name in names]
    seen = verify(folder, "pkg", targets, effort="quick", jobs=2)
    assert_good(seen["pkg.mod:a"])
    assert_good(seen["pkg.mod:d"])
    assert seen["pkg.mod:b"].counterexamples[0].difference == "crash"
    assert "exit status 3" in seen["pkg.mod:b"].counterexamples[0].actual
    assert seen["pkg.mod:c"].counterexamples[0].difference == "exception"


def test_a_function_that_ends_the_process_spoils_no_neighbour(tmp_path: Path) -> None:
    """Inputs of `f` are also made of what its neighbours answer."""
    names = ["ends", "leaves", "quits", "exits"]
    original = "import os\ndef f(s):\n    return s + '!'\n" + "".join(
        f"def {name}(s):\n    os._exit(3)\n" for name in names
    )
    folder = write_hybrid(tmp_path, original, "f = mod.f\n")
    targets = [target(name, [("s", STR)], STR) for name in ["f", *names]]
    seen = verify(folder, "pkg", targets, effort="quick", jobs=2)
    assert_good(seen["pkg.mod:f"])
    assert seen["pkg.mod:f"].discarded == 0


def test_the_same_seed_gives_the_same_evidence(tmp_path: Path) -> None:
    original, params, returns = GOOD["branches on literals"]
    folder = write_hybrid(tmp_path, original, "f = mod.f")
    wanted = target("f", params, returns)
    first, second = (verify(folder, "pkg", [wanted], effort="quick", seed=5)[wanted.key] for _ in range(2))
    assert (first.cases, first.declined, first.kept) == (second.cases, second.declined, second.kept)


def test_an_extension_that_does_not_load_is_a_reason(tmp_path: Path) -> None:
    folder = write_hybrid(tmp_path, "def f(n):\n    return n\n", "raise ImportError('no such file')\n")
    wanted = target("f", [("n", INT)], INT)
    seen = verify(folder, "pkg", [wanted])[wanted.key]
    assert "no such file" in seen.reason
