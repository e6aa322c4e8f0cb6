"""Full names as a Python user knows them.

typeshed defines much of the standard library in private modules and re-exports it; the names
that the rest of Portalis sees are the public ones (`heapq.heappush`, not `_heapq.heappush`).
"""

from __future__ import annotations

import sys

_ALIASES = {
    "posixpath": "os.path",
    "ntpath": "os.path",
    "_collections_abc": "collections.abc",
    "_decimal": "decimal",
    "_io": "io",
    "_csv": "csv",
    "_typeshed": "_typeshed",
}


def public(fullname: str) -> str:
    """The public spelling of a full name."""
    module, dot, rest = fullname.partition(".")
    if module in _ALIASES:
        return _ALIASES[module] + dot + rest
    if (
        module.startswith("_")
        and module.lstrip("_") in sys.stdlib_module_names
        and not module.startswith("__")
    ):
        return module.lstrip("_") + dot + rest
    return fullname
