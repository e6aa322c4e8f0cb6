"""What a function leaves behind in its modules, put back after every call.

Neither side may see what an earlier call left in a module's tables, a mutable default, a cache or a counter:
then every call begins as the first one did, and the order of cases doesn't matter.
"""

from __future__ import annotations

import dis
import types
from collections import deque
from collections.abc import Callable, Iterator

from .compare import copy, mutable_parts
from .hints import nested_codes
from .outcome import Outcome

_MAX_DEPTH = 4
_CONTAINERS = (list, dict, set, bytearray, deque)
_STORES = frozenset({"STORE_SUBSCR", "DELETE_SUBSCR", "STORE_ATTR", "DELETE_ATTR", "BINARY_OP"})
_CHANGING = frozenset(
    "append extend insert remove pop clear sort reverse add discard update setdefault popitem appendleft "
    "popleft extendleft rotate heappush heappop heapify heapreplace heappushpop insort insort_left "
    "insort_right shuffle setattr difference_update intersection_update symmetric_difference_update "
    "__setitem__ move_to_end subtract".split()
)


class State:
    """The mutable parts of the modules that a function can reach, as they were when this was made."""

    def __init__(self, function: types.FunctionType, project: frozenset[str]) -> None:
        self._project = project
        self._codes: set[types.CodeType] = set()
        self._cells: dict[int, tuple[object, object]] = {}
        self._names: list[tuple[dict[str, object], str, object]] = []
        self._attributes: list[tuple[object, dict[str, object]]] = []
        self._caches: list[Callable[[], object]] = []
        self._function(function, 0)

    def finish(self, outcome: Outcome) -> None:
        """Put everything back after a call; what its outcome shares with the modules is copied first."""
        for cache in self._caches:
            cache()
        changed = [(cell, saved) for cell, saved in self._cells.values() if not _same(cell, saved)]
        if changed:
            ids = {id(cell) for cell, _ in changed}
            if mutable_parts(outcome.result, set()) & ids:
                outcome.result = copy(outcome.result)
            for cell, saved in changed:
                _refill(cell, copy(saved))
        for space, name, value in self._names:
            if space.get(name) is not value:
                space[name] = value
        for owner, saved in self._attributes:
            _set_attributes(owner, saved)

    def _function(self, function: types.FunctionType, depth: int) -> None:
        code = function.__code__
        if code in self._codes or depth > _MAX_DEPTH:
            return
        self._codes.add(code)
        for default in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            self._cell(default)
        changes = any(_may_change(inner) for inner in nested_codes(code))
        space = function.__globals__
        for name in dict.fromkeys(_stored_globals(code)):
            if name in space:
                self._names.append((space, name, space[name]))
                self._cell(space[name])
        for inner in nested_codes(code):
            for name in inner.co_names:
                if name in space:
                    self._global(space[name], inner, changes, depth)

    def _global(self, value: object, code: types.CodeType, changes: bool, depth: int) -> None:
        clear = getattr(value, "cache_clear", None)
        wrapped = getattr(value, "__wrapped__", value)
        if callable(clear) and isinstance(wrapped, types.FunctionType):
            self._caches.append(clear)
        if isinstance(wrapped, types.FunctionType):
            if wrapped.__module__ in self._project:
                self._function(wrapped, depth + 1)
                if changes and vars(wrapped):
                    self._attributes.append((wrapped, dict(vars(wrapped))))
        elif isinstance(value, types.ModuleType) and value.__name__ in self._project:
            for name in code.co_names:
                member = getattr(value, name, None)
                if not isinstance(member, types.ModuleType):
                    self._global(member, code, changes, depth + 1)
        elif isinstance(value, type) and value.__module__ in self._project:
            self._class(value, depth)
        elif changes:
            self._cell(value)

    def _class(self, kind: type, depth: int) -> None:
        plain = {name: item for name, item in vars(kind).items() if not name.startswith("__")}
        data = {
            name: item for name, item in plain.items() if not callable(item) and not hasattr(item, "__get__")
        }
        if data:
            self._attributes.append((kind, data))
            for item in data.values():
                self._cell(item)
        for item in plain.values():
            method = getattr(item, "__func__", item)
            if isinstance(method, types.FunctionType):
                self._function(method, depth + 1)

    def _cell(self, value: object) -> None:
        if isinstance(value, _CONTAINERS) and id(value) not in self._cells:
            self._cells[id(value)] = (value, copy(value))


def _may_change(code: types.CodeType) -> bool:
    """Whether the code changes an object in place, by the look of its instructions and names."""
    if not _CHANGING.isdisjoint(code.co_names):
        return True
    for instruction in dis.get_instructions(code):
        if instruction.opname in _STORES:
            if instruction.opname == "BINARY_OP" and not instruction.argrepr.endswith("="):
                continue
            return True
    return False


def _stored_globals(code: types.CodeType) -> Iterator[str]:
    for inner in nested_codes(code):
        for instruction in dis.get_instructions(inner):
            if instruction.opname in ("STORE_GLOBAL", "DELETE_GLOBAL"):
                yield str(instruction.argval)


def _same(one: object, other: object) -> bool:
    try:
        return type(one) is type(other) and bool(one == other)
    except Exception:  # noqa: BLE001 - a user's `__eq__` may raise anything; then it is put back
        return False


def _refill(cell: object, saved: object) -> None:
    """Give a container the contents of another, in place."""
    match cell, saved:
        case (list() | bytearray(), _):
            cell[:] = saved  # type: ignore[call-overload]
        case (deque() | set(), _):
            cell.clear()
            (cell.extend if isinstance(cell, deque) else cell.update)(saved)  # type: ignore[arg-type]
        case dict(), dict():
            cell.clear()
            cell.update(saved)


def _set_attributes(owner: object, saved: dict[str, object]) -> None:
    now = vars(owner)
    for name, value in saved.items():
        if now.get(name) is not value:
            setattr(owner, name, value)
