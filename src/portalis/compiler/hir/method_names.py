"""What the methods of a class are called in Rust."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SPECIAL_NAMES: Mapping[str, str] = {
    "__init__": "new", "__post_init__": "new", "__len__": "length", "__eq__": "equals",
    "__ne__": "differs", "__hash__": "hash_value",
    "__bool__": "is_true", "__str__": "text", "__getitem__": "get_item", "__setitem__": "set_item",
    "__delitem__": "del_item", "__next__": "next_item", "__truediv__": "div", "__floordiv__": "floor_div",
}  # fmt: skip
"""Names that a Rust reader would not take for methods of a std trait with another signature."""


def method_name(name: str) -> str:
    """A method's name in Rust: `__init__` is `new`, other special methods lose their underscores."""
    if "@" in name:
        own, _, base = name.partition("@")
        return f"{re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', base).lower().strip('_')}_{method_name(own)}"
    if name.endswith(".setter"):
        return f"set_{name.removesuffix('.setter')}"
    if name in _SPECIAL_NAMES:
        return _SPECIAL_NAMES[name]
    name = name.strip("_") if name.startswith("__") and name.endswith("__") else name
    return name.lower() if name.isupper() else name
