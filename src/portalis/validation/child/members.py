"""Attributes of classes by the names that the source gives them."""

from __future__ import annotations


def member(owner: object, name: str) -> object:
    """The attribute `name` of a module, class or instance; a private name of a class is found mangled.

    Raises AttributeError where there is none.
    """
    if not name.startswith("__") or name.endswith("__"):
        return getattr(owner, name)
    kind = owner if isinstance(owner, type) else type(owner)
    for base in kind.__mro__:
        mangled = f"_{base.__name__.lstrip('_')}{name}"
        if mangled in vars(base):
            return getattr(owner, mangled)
    return getattr(owner, name)
