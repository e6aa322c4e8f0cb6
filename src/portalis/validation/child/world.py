"""The world as a call sees it, the same for every call: clock, randomness, environment, files.

Only items that may touch these are run so, and only while they run: the modules' functions are exchanged for
ones that start afresh before each call. The clock stands at one of a few moments, always the same for the
same arguments, and moves a millisecond each time it is read, so that loops which wait for it end. Names that
a module imported from `time` and the like are exchanged in that module too.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import random
import shutil
import sys
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

CLOCK, RANDOMNESS, ENVIRONMENT, FILES = "the clock", "randomness", "the environment", "reading files"
CONTROLLED = frozenset({CLOCK, RANDOMNESS, ENVIRONMENT, FILES})
"""Effects, by the compiler's names, that can be the same for both sides."""

MOMENTS = (1_700_000_000.0, 1_709_208_000.0, 946_684_800.0, 1_956_527_999.9985)
"""Where the clock stands before a call, in seconds since 1970: a Tuesday in November, a leap day, the first
moment of 2000, and the last of 2031, after which a second look is at another year."""
_TICK = 0.001
_LIBRARY = frozenset({"time", "datetime", "random", "os", "uuid", "secrets"})
_SEED = 20_231_114
FILES_THERE: dict[str, bytes] = {
    "text.txt": "first line\nsecond line: é\n\nlast line without an end".encode(),
    "empty.txt": b"",
    "numbers.csv": b"name,value\na,1\nb,-2.5\n",
    "data.json": b'{"a": [1, 2, {"b": null}], "c": "text"}\n',
    "bytes.bin": bytes(range(256)),
    "folder/inner.txt": b"inside\n",
}
"""The files in the working folder before each call."""


class World:
    """Controls of the given effects; `begin` before each call, `installed` around them all."""

    def __init__(self, effects: frozenset[str]) -> None:
        self._effects = effects & CONTROLLED
        self._now = MOMENTS[0]
        self._random = random.Random(_SEED)
        self._environment = dict(os.environ)
        self._folder = Path("work").absolute()

    @property
    def active(self) -> bool:
        """Whether there is anything to control."""
        return bool(self._effects)

    def begin(self, args: tuple[object, ...]) -> None:
        """Make the world as it is before every call with these arguments."""
        if CLOCK in self._effects:
            self._now = MOMENTS[sum(map(_weight, args)) % len(MOMENTS)]
        if RANDOMNESS in self._effects:
            self._random.seed(_SEED)
            random.seed(_SEED)
        if ENVIRONMENT in self._effects and dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
        if FILES in self._effects:
            self._lay_files()

    def traces(self) -> object:
        """What a call has left of the world that nobody else shows: where the shared generator stands."""
        return random.getrandbits(64) if self.traced else None

    @property
    def traced(self) -> bool:
        """Whether calls leave such traces."""
        return RANDOMNESS in self._effects

    @contextlib.contextmanager
    def installed(self, modules: frozenset[str]) -> Iterator[None]:
        """Exchange the functions that look at the world, in the library and in the project's `modules`."""
        if not self.active:
            yield
            return
        exchanged: dict[int, tuple[object, object]] = {}
        for module, name, new in self._replacements():
            old = getattr(module, name, None)
            if old is not None:
                exchanged[id(old)] = (old, new)
        places = [module for name, module in sys.modules.items() if name in modules | _LIBRARY]
        undo: list[tuple[types.ModuleType, str, object]] = []
        before = Path.cwd()
        for place in places:
            for name, value in list(vars(place).items()):
                found = exchanged.get(id(value))
                if found is not None and found[0] is value:
                    undo.append((place, name, value))
                    setattr(place, name, found[1])
        try:
            if FILES in self._effects:
                self._folder.mkdir(exist_ok=True)
                os.chdir(self._folder)
            yield
        finally:
            os.chdir(before)
            for place, name, value in undo:
                setattr(place, name, value)

    def _lay_files(self) -> None:
        os.chdir(self._folder)
        for entry in self._folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        for name, body in FILES_THERE.items():
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(body)

    def _tick(self) -> float:
        self._now += _TICK
        return self._now

    def _replacements(self) -> Iterator[tuple[types.ModuleType, str, object]]:
        if CLOCK in self._effects:
            yield from self._clock()
        if RANDOMNESS in self._effects:
            yield os, "urandom", lambda size: self._random.randbytes(size)

    def _clock(self) -> Iterator[tuple[types.ModuleType, str, object]]:
        for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
            yield time, name, self._tick
            yield time, f"{name}_ns", lambda: int(self._tick() * 1_000_000_000)
        yield time, "sleep", self._sleep
        for name in ("localtime", "gmtime", "ctime"):
            yield time, name, self._at_now(getattr(time, name))
        for name in ("strftime", "asctime"):
            yield time, name, self._with_now(getattr(time, name), name == "strftime")
        yield datetime, "datetime", _frozen(datetime.datetime, self._moments())
        yield datetime, "date", _frozen(datetime.date, {"today": lambda: self._moment().date()})

    def _sleep(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._now += seconds

    def _at_now(self, function: Callable[[float], T]) -> Callable[..., T]:
        def at(seconds: float | None = None) -> T:
            return function(self._tick() if seconds is None else seconds)

        return at

    def _with_now(self, function: Callable[..., str], has_format: bool) -> Callable[..., str]:
        gmtime = time.gmtime

        def with_now(*args: object) -> str:
            missing = len(args) < (2 if has_format else 1)
            return function(*args, gmtime(self._tick())) if missing else function(*args)

        return with_now

    def _moment(self, zone: datetime.tzinfo | None = None) -> datetime.datetime:
        return _DATETIME.fromtimestamp(self._tick(), zone or _UTC).replace(tzinfo=zone)

    def _moments(self) -> dict[str, Callable[..., object]]:
        return {
            "now": lambda tz=None: self._moment(tz),
            "today": lambda: self._moment(),
            "utcnow": lambda: self._moment(),
        }


_DATETIME = datetime.datetime
_UTC = datetime.UTC


def _weight(value: object) -> int:
    """A number that tells arguments apart, the same in every process."""
    if type(value) is int:
        return value
    return len(value) if type(value) in (str, bytes, list, tuple, dict, set) else 0  # type: ignore[arg-type]


def _frozen(kind: type, methods: dict[str, Callable[..., object]]) -> object:
    """What stands for a date class: it makes real instances and answers as the class, but for `methods`."""

    class Frozen(type):
        def __call__(cls, *args: object, **keywords: object) -> object:
            return kind(*args, **keywords)

        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, kind)

        def __subclasscheck__(cls, one: type) -> bool:
            return issubclass(one, kind)

        def __getattribute__(cls, name: str) -> object:
            return methods[name] if name in methods else getattr(kind, name)

        def __eq__(cls, other: object) -> bool:
            return other is kind or type.__eq__(cls, other) is True

        def __hash__(cls) -> int:
            return hash(kind)

    return Frozen(kind.__name__, (), {})
