"""Recording the calls that doctests make."""

from __future__ import annotations

from pathlib import Path

from portalis.validation.record import record

HELPER = '''
def twice(xs, times=2, *, sep="-"):
    """
    >>> twice([1], sep="+")
    '1+1'
    >>> twice([3])
    'wrong on purpose'
    """
    text = sep.join(str(x) for x in xs * times)
    xs.clear()
    return text
'''
USER = '''
"""
>>> use(4)
'4-4'
>>> import missing_module
>>> use(object) and use(5)
'5-5'
"""
from helper import twice

class Box:
    @staticmethod
    def make(n):
        return twice([n])

def use(n):
    return Box.make(n)

def spread(*args):
    return args
'''


def test_calls_are_taken_down_before_they_change_their_arguments(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(HELPER)
    (tmp_path / "user.py").write_text(USER)
    seen = record(tmp_path, ["helper", "user"])
    assert seen.calls["helper:twice"] == [([1], 2, "+"), ([3], 2, "-"), ([4], 2, "-"), ([5], 2, "-")]
    assert seen.calls["user:Box.make"] == [(4,), (5,)]
    assert seen.calls["user:use"] == [(4,), (5,)]
    assert seen.attempted == {"helper": 2, "user": 3}
    assert seen.failed == {"helper": 1, "user": 1}
    assert seen.problems == {}


def test_doctests_that_end_the_process_cost_only_their_module(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text('"""\n>>> import os; os._exit(1)\n"""\n')
    (tmp_path / "leaves.py").write_text(
        'def f(n):\n    """\n    >>> f(1)\n    >>> raise SystemExit\n    """\n'
    )
    (tmp_path / "good.py").write_text('def f(n):\n    """\n    >>> f(1)\n    1\n    """\n    return n\n')
    seen = record(tmp_path, ["bad", "leaves", "good"])
    assert "ends the process" in seen.problems["bad"]
    assert seen.calls["good:f"] == [(1,)]
    assert seen.calls["leaves:f"] == [(1,)]


def test_calls_that_a_docstring_writes_down_are_inputs(tmp_path: Path) -> None:
    (tmp_path / "told.py").write_text(
        "def valid(date: str, strict: bool) -> bool:\n"
        '    """For example valid("03-11-2000", True) => True, but valid(date, False) says nothing."""\n'
        "    return strict\n",
        encoding="utf-8",
    )
    recording = record(tmp_path, ["told"])
    assert recording.calls == {"told:valid": [("03-11-2000", True)]}
    assert recording.attempted == {"told": 0}
