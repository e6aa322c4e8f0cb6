"""Instances as inputs: how one is made, rather than one that is there.

A case is run several times, and each run needs an instance of its own that nothing else has touched. So an
argument is a recipe: the class, the arguments of its constructor, and methods called since. `compare.copy`
makes the instance; the recipe's text names the case.
"""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .caught import Part
from .members import member

Arguments = tuple[object, ...]
Calls = tuple[tuple[str, Arguments], ...]
_LONGEST_CHAIN = 100


@dataclass(frozen=True, slots=True)
class Recipe:
    """`key` is the class as `module:qualname`, `calls` the methods called on the new instance, in order.

    `refused`, where it is given, takes down which of the calls raise.
    """

    key: str
    args: Arguments
    calls: Calls = ()
    refused: set[int] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        name = self.key.replace(":", ".")
        made = f"{name}({', '.join(map(repr, self.args))})"
        if not self.calls:
            return made
        called = ", ".join(_shown(method, args) for method, args in self.calls)
        return f"<{made} after {called}>"

    def make(self, args: Arguments, calls: Calls) -> object:
        """The instance, from copies of the arguments. A method that raises has had its effect.

        Raises whatever the constructor raises.
        """
        instance = find_class(self.key)(*args)
        for at, (method, given) in enumerate(calls):
            try:
                _apply(instance, method, given)
            except Exception:  # noqa: BLE001 - what a method refuses is a part of how the instance is used
                if self.refused is not None:
                    self.refused.add(at)
        return instance

    def size(self) -> int:
        """How many instances are made."""
        return sum(part.size() for part in self._inside()) + 1

    def rings(self) -> bool:
        """Whether a chain of instances is closed anywhere."""
        own = any(name.startswith("@") for name, _ in self.calls)
        return own or any(part.rings() for part in self._inside())

    def _inside(self) -> Iterator[Recipe]:
        """The recipes among the arguments, at any depth of containers."""
        waiting: list[object] = [self.args, *(given for _, given in self.calls)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Recipe):
                yield value
            elif isinstance(value, dict):
                waiting += (*value, *value.values())
            elif isinstance(value, (list, tuple, set, frozenset, deque)):
                waiting += value

    def given(self) -> list[object]:
        """The plain values that the instance and those inside it were given."""
        found: list[object] = []
        waiting: list[object] = [self]
        while waiting:
            match waiting.pop():
                case Recipe(_, args, calls):
                    waiting += [*args, *(one for _, taken in calls for one in taken)]
                case dict() as pairs:
                    waiting += (*pairs, *pairs.values())
                case list() | tuple() | set() | frozenset() | deque() as items:
                    waiting += sorted(items, key=repr) if isinstance(items, (set, frozenset)) else items
                case value:
                    found.append(value)
        return found

    def simpler(self) -> Iterator[Recipe]:
        """Recipes with fewer calls."""
        for at in range(len(self.calls)):
            yield replace(self, calls=self.calls[:at] + self.calls[at + 1 :])


def _shown(method: str, args: Arguments) -> str:
    """A call as it is written: `insert(*(1, 2))`."""
    texts = [*map(repr, args)]
    if method[:1] == "*":
        method, texts[-1] = method[1:], f"*{texts[-1]}"
    return f"{method}({', '.join(texts)})"


def _apply(instance: object, method: str, given: Arguments) -> None:
    """Call a method (`*name` with what its last argument holds), call a function of its module (`&name`),
    bind an attribute (`=name`), or close a chain of one into a ring (`@name`).
    """
    match method[:1]:
        case "=":
            setattr(instance, method[1:], given[0])
        case "@":
            last = instance
            for _ in range(_LONGEST_CHAIN):
                following = getattr(last, method[1:], None)  # an attribute may come late
                if following is None or following is instance:
                    break
                last = following
            setattr(last, method[1:], instance)
        case "*":
            called = member(instance, method[1:])
            *first, rest = given
            assert callable(called)
            assert isinstance(rest, tuple)
            called(*first, *rest)
        case "&":
            prepare = getattr(importlib.import_module(type(instance).__module__), method[1:])
            prepare(instance, *given)
        case _:
            called = member(instance, method)
            assert callable(called)
            called(*given)


def holds_recipe(value: object) -> bool:
    """Whether an instance has to be made for the value."""
    if isinstance(value, (Recipe, Part)):
        return True
    if isinstance(value, dict):
        return any(map(holds_recipe, value)) or any(map(holds_recipe, value.values()))
    return isinstance(value, (list, tuple, set, frozenset, deque)) and any(map(holds_recipe, value))


def find_class(key: str) -> type:
    """The class behind `module:qualname`. Raises LookupError where there is none."""
    module, _, qualname = key.partition(":")
    found: object = importlib.import_module(module)
    for name in qualname.split("."):
        found = member(found, name)
    if not isinstance(found, type):
        raise LookupError(f"{key} is not a class")
    return found
