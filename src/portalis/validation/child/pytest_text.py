"""A counterexample as a pytest that can be pasted: it passes on the Python original and fails on a
translation that differs.

    import re

    import pytest

    from shop import prices


    def test_total_on_this_call() -> None:
        xs = [-1]
        with pytest.raises(ValueError, match=re.escape('negative')) as caught:
            prices.total(xs)
        assert type(caught.value) is ValueError
        assert xs == [-1]
"""

from __future__ import annotations

import builtins
import datetime
import math
import re
import types
from collections import deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from .compare import error_message, mutable_parts
from .dict_like import is_dict
from .outcome import Outcome
from .source import passed, source

Args = tuple[object, ...]
MAX_TEXT = 6000
_LIBRARY = {
    "collections": frozenset({"Counter", "OrderedDict", "defaultdict", "deque"}),
    "decimal": frozenset({"Decimal"}),
    "fractions": frozenset({"Fraction"}),
}
"""The classes that a test may name, by module."""
_TAKEN = frozenset({"pytest", "re", "datetime", "given", "expected", "caught", "capsys", "again"}).union(
    *_LIBRARY.values()
)


def pytest_text(
    key: str, names: Sequence[str], keywords: Sequence[str], args: Args, left: Outcome, kind: str
) -> str:
    """The test's source, or "" where a value can't be written down, or it would be too long to read.

    Args:
        key: `module:qualname` of the function.
        names: its parameters in order; the last ones, named in `keywords`, are passed by name.
        args: the arguments before the call.
        left: what Python did with them.
        kind: how the translation differs; what differs is always asserted.
    """
    if not all(map(has_source, (*args, *left.args))):
        return ""
    text = _Test(key, names, keywords, args, left, kind).text()
    return text if len(text) <= MAX_TEXT else ""


def has_source(value: object) -> bool:
    """Whether `source` gives Python that makes the value again, once the names of `_whole` are imported."""
    kind = type(value)
    if kind in (int, float, bool, str, bytes, bytearray, complex, types.NoneType, range):
        return True
    if kind in (datetime.date, datetime.timedelta, Decimal, Fraction):
        return True
    match value:
        case datetime.datetime() | datetime.time():
            return kind in (datetime.datetime, datetime.time) and value.tzinfo is None
        case list() | tuple() | set() | frozenset() if kind in (list, tuple, set, frozenset):
            return all(map(has_source, value))
        case deque():
            return value.maxlen is None and all(map(has_source, value))
        case dict() if is_dict(value):
            return all(has_source(key) and has_source(item) for key, item in value.items())
    return False


class _Test:
    """Writes one test; notes on the way what it must import."""

    def __init__(
        self, key: str, names: Sequence[str], keywords: Sequence[str], args: Args, left: Outcome, kind: str
    ) -> None:
        self._module, _, self._qualname = key.partition(":")
        self._names = names
        self._keywords = keywords
        self._args = args
        self._left = left
        self._kind = kind
        package, _, last = self._module.rpartition(".")
        plain = last not in _TAKEN and last not in names and not hasattr(builtins, last)
        self._subject = last if plain else "subject"
        if plain:
            self._import = f"from {package} import {last}" if package else f"import {last}"
        else:
            self._import = f"import {self._module} as subject"
        self._modules: set[str] = set()
        self._uses_pytest = self._uses_capsys = False

    def text(self) -> str:
        """The whole file."""
        locals_, passed = self._arguments()
        call = f"{self._subject}.{self._qualname}({', '.join(passed)})"
        body = [*(f"{name} = {self._source(value)}" for name, value in locals_.items())]
        if self._left.error is not None:
            body += self._raises(call, self._left.error)
        elif self._left.result is None and self._kind not in ("value", "exception"):
            body.append(call)
        else:
            body.append(f"given = {call}")
            body += self._same("given", self._left.result)
        for name, at in self._positions(locals_):
            body += self._same(name, self._left.args[at])
        body += self._identity(call, locals_)
        if self._left.output or self._kind == "output":
            self._uses_capsys = True
            body.append(f'assert "".join(capsys.readouterr()) == {self._left.output!r}')
        return self._whole(body)

    def _whole(self, body: Sequence[str]) -> str:
        fixture = "capsys: pytest.CaptureFixture[str]" if self._uses_capsys else ""
        standard = [f"import {name}" for name in ("datetime", "re") if name in self._modules]
        for module, classes in _LIBRARY.items():
            if used := sorted(self._modules & classes):
                standard.append(f"from {module} import {', '.join(used)}")
        others = ["import pytest"] if self._uses_pytest or self._uses_capsys else []
        own = [self._import, *sorted(name for name in self._modules if name.startswith(("from ", "import ")))]
        groups = ["\n".join(group) for group in (standard, others, own) if group]
        stem = re.sub(r"\W+", "_", self._qualname).strip("_").lower()
        lines = [f"def test_{stem}_on_this_call({fixture}) -> None:", *(f"    {line}" for line in body)]
        return "\n\n".join(groups) + "\n\n\n" + "\n".join(lines) + "\n"

    def _source(self, value: object) -> str:
        text = source(value)
        self._modules |= {
            name for name in {"datetime"}.union(*_LIBRARY.values()) if re.search(rf"\b{name}[.(]", text)
        }
        return text

    def _arguments(self) -> tuple[dict[str, object], list[str]]:
        """The local variables for arguments that can change, each object once, and the call's arguments."""
        locals_: dict[str, object] = {}
        held: dict[int, str] = {}
        given: list[str] = []
        first_keyword = len(self._args) - len(self._keywords)
        for at, value in enumerate(self._args):
            if mutable_parts(value, set()):
                name = held.get(id(value)) or self._local(at)
                held[id(value)] = name
                locals_.setdefault(name, value)
                text = name
            else:
                text = self._source(value)
            if at < first_keyword:
                given.append(text)
            else:
                given += passed(self._keywords[at - first_keyword], value, text)
        return locals_, given

    def _local(self, at: int) -> str:
        name = self._names[at]
        return f"{name}_" if name in _TAKEN or name == self._subject or hasattr(builtins, name) else name

    def _positions(self, locals_: dict[str, object]) -> Iterator[tuple[str, int]]:
        """Each local variable with the position of an argument that it is."""
        for name, value in locals_.items():
            yield name, next(at for at, arg in enumerate(self._args) if arg is value)

    def _raises(self, call: str, error: BaseException) -> list[str]:
        """The call inside `pytest.raises`, with class, arguments and text checked exactly."""
        self._uses_pytest = True
        message = error_message(error)
        name = self._exception(type(error))
        match = ""
        if message and name is not None:
            self._modules.add("re")
            match = f", match=re.escape({message!r})"
        lines = [f"with pytest.raises({name or 'BaseException'}{match}) as caught:", f"    {call}"]
        if name is None:
            lines.append(f"assert type(caught.value).__qualname__ == {type(error).__qualname__!r}")
        else:
            lines.append(f"assert type(caught.value) is {name}")
        if has_source(error.args):
            self._source(error.args)
            lines += self._same("caught.value.args", error.args)
        return [*lines, f"assert str(caught.value) == {message!r}"]

    def _exception(self, kind: type[BaseException]) -> str | None:
        """How the test names an exception's class, or None where it can't be reached by import."""
        if "<locals>" in kind.__qualname__:
            return None
        if kind.__module__ == "builtins":
            return kind.__qualname__
        if kind.__module__ == self._module:
            return f"{self._subject}.{kind.__qualname__}"
        self._modules.add(f"import {kind.__module__}")
        return f"{kind.__module__}.{kind.__qualname__}"

    def _same(self, expression: str, value: object) -> list[str]:
        """Assertions that an expression has a value, its type and bits included."""
        if value is None or isinstance(value, bool):
            return [f"assert {expression} is {value}"]
        if not has_source(value):
            text = repr(value)
            if " at 0x" in text:
                return [f"assert type({expression}).__qualname__ == {type(value).__qualname__!r}"]
            return [f"assert repr({expression}) == {text!r}"]
        if type(value) is int:
            return [f"assert {expression} == {value}", f"assert type({expression}) is int"]
        if isinstance(value, float):
            return [f"assert repr({expression}) == {repr(value)!r}"]
        text = self._source(value)
        lines = []
        if not _holds_nan(value):
            lines.append(f"assert {expression} == {text}")
        if not _exact(value):
            lines += self._exactly(expression, value)
        return lines

    def _exactly(self, expression: str, value: object) -> list[str]:
        """What `==` doesn't see: bool for int, int for float, -0.0, nan, the order of a dict."""
        match value:
            case set() | frozenset():
                shown = f"sorted(map(repr, {expression})) == {sorted(map(repr, value))!r}"
                return [f"assert type({expression}) is {type(value).__name__}", f"assert {shown}"]
            case _ if _holds_set(value):
                return [f"assert type({expression}) is {type(value).__name__}"]
        return [f"assert repr({expression}) == {repr(value)!r}"]

    def _identity(self, call: str, locals_: dict[str, object]) -> list[str]:
        """Which argument the result is, or that it is always, or never, the same object."""
        result = self._left.result
        if self._kind != "identity" or self._left.error is not None:
            return []
        if not locals_:
            return [f"again = {call}", "assert again is given"]
        found = []
        for name, at in self._positions(locals_):
            after = self._left.args[at]
            if after is result or type(after) is type(result):
                found.append(f"assert given is {'' if after is result else 'not '}{name}")
        return found


def _exact(value: object) -> bool:
    """Whether `==` tells the value from every other: None, text, dates, and lists and tuples of them."""
    match value:
        case list() | tuple():
            return all(map(_exact, value))
        case datetime.datetime() | datetime.time():
            return not value.fold
    return isinstance(value, (str, types.NoneType, datetime.date, datetime.timedelta))


def _holds_nan(value: object) -> bool:
    match value:
        case float():
            return math.isnan(value)
        case complex():
            return math.isnan(value.real) or math.isnan(value.imag)
        case list() | tuple() | set() | frozenset() | deque():
            return any(map(_holds_nan, value))
        case dict():
            return any(_holds_nan(key) or _holds_nan(item) for key, item in value.items())
    return False


def _holds_set(value: object) -> bool:
    match value:
        case set() | frozenset():
            return True
        case list() | tuple() | deque():
            return any(map(_holds_set, value))
        case dict():
            return any(_holds_set(item) for item in value.values())
    return False
