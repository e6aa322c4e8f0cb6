"""Runs a script as Python does, and notes which lines of a folder's modules it came to.

program_trace.py OUT ROOT MODULE SCRIPT ARGUMENTS...   (MODULE is "" for a script of its own)

Run as a script, in a process of its own: what the program prints, raises and exits with is what counts.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import types
from typing import Any


def main() -> None:
    """Run the script; the lines are written however it ends."""
    out, root, module, script = sys.argv[1:5]
    sys.argv[:] = [script, *sys.argv[5:]]
    sys.path.insert(0, root)
    lines: dict[str, set[int]] = {}

    def enter(frame: types.FrameType, _event: str, _argument: Any) -> Any:
        name = frame.f_code.co_filename
        if not name.startswith(root):
            return None
        seen = lines.setdefault(name, set())

        def inside(frame: types.FrameType, event: str, _argument: Any) -> Any:
            if event == "line":
                seen.add(frame.f_lineno)
            return inside

        return inside

    page = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    sys.settrace(enter)
    try:
        if module:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(script, run_name="__main__")
    finally:
        sys.settrace(None)
        os.write(page, json.dumps({name: sorted(seen) for name, seen in lines.items()}).encode())


main()
