"""Entry of a sandboxed child: `python -s -P launch.py CONFIG`, CONFIG being JSON of what to allow and which
pipes to use.

Run as a script, so it loads its own folder as the package `_portalis_child`; nothing else of Portalis is
importable.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from pathlib import Path


def main() -> None:
    """Confine this process, say what held, then serve requests until the parent closes the pipe."""
    config = json.loads(sys.argv[1])
    sys.argv[1:] = []
    here = Path(__file__).resolve().parent
    spec = importlib.util.spec_from_file_location(
        "_portalis_child", here / "__init__.py", submodule_search_locations=[str(here)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["_portalis_child"] = package
    spec.loader.exec_module(package)
    confine = importlib.import_module("_portalis_child.confine")
    serve = importlib.import_module("_portalis_child.serve")
    confine.limit_resources({name: size for name, size in config["limits"].items() if name != "RLIMIT_NPROC"})
    held = confine.isolate(config["writable"])
    # A user namespace counts processes afresh, so this limit must come after it.
    if held["network"]:
        confine.limit_resources({"RLIMIT_NPROC": config["limits"]["RLIMIT_NPROC"]})
    serve.serve(config["read"], config["write"], config["beat"], held)


if __name__ == "__main__":
    main()
