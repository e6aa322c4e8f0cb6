"""Entry of a sandboxed child: `python -s -P launch.py CONFIG`, CONFIG being JSON of what to allow and which
pipes to use.

Run as a script, so it loads its own folder as the package `_portalis_child`; nothing else of Portalis is
importable. All of the package that is needed is loaded before user code, with a private copy of the
builtins, and then hidden from `sys.modules`, so that a program that patches what it finds there patches only
its own world.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.machinery
import importlib.util
import json
import sys
import types
from collections.abc import Sequence
from pathlib import Path

PACKAGE = "_portalis_child"


_BUILTINS = dict(vars(builtins))


class _PrivateLoader(importlib.machinery.SourceFileLoader):
    """Loads a module whose builtins are a copy of its own."""

    def exec_module(self, module: types.ModuleType) -> None:
        vars(module)["__builtins__"] = _BUILTINS
        super().exec_module(module)


class _PrivateFinder:
    """Finds the modules of the package for `_PrivateLoader`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        first, *rest = fullname.split(".")
        if first != PACKAGE:
            return None
        folder = self._folder.joinpath(*rest)
        if folder.is_dir():
            file, inside = folder / "__init__.py", [str(folder)]
        else:
            file, inside = folder.with_suffix(".py"), None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_PrivateLoader(fullname, str(file)), submodule_search_locations=inside
        )


def main() -> None:
    """Confine this process, say what held, then serve requests until the parent closes the pipe."""
    config = json.loads(sys.argv[1])
    sys.argv[1:] = []
    sys.meta_path.insert(0, _PrivateFinder(Path(__file__).resolve().parent))
    confine = importlib.import_module(f"{PACKAGE}.confinement.confine")
    serve = importlib.import_module(f"{PACKAGE}.serve")
    line = importlib.import_module(f"{PACKAGE}.line")
    hidden = importlib.import_module(f"{PACKAGE}.hidden")
    connection = line.connect(config["read"], config["write"], config["beat"], config["token"])
    held = confine.confine(confine.Wanted(
        limits=config["limits"],
        home=config["home"],
        root=config["root"],
        home_bytes=config["home_bytes"],
        readable=tuple(config["readable"]),
        writable=tuple(config["writable"]),
        may_fork=config["may_fork"],
        wrapped=None if config["wrapped"] is None else tuple(config["wrapped"]),
        without=frozenset(config["without"]),
    ))  # fmt: skip
    # Only now: user code may write there, and what came from there must not run unconfined.
    sys.pycache_prefix = config["bytecode"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    hidden.hide(PACKAGE)
    serve.serve(connection, held)


if __name__ == "__main__":
    main()
