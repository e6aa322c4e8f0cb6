"""Hybrid packages made by hand: Python originals, and "native" functions that are right or wrong in one
way.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from portalis.compiler.types import Type
from portalis.compiler.unit import Param
from portalis.validation.evidence import Evidence, Target
from portalis.validation.search import verify

Verify = Callable[..., Evidence]


def target(name: str, params: Sequence[tuple[str, Type]], returns: Type, **more: object) -> Target:
    """A target in the module `pkg.mod`."""
    return Target(f"pkg.mod:{name}", tuple(Param(n, t) for n, t in params), returns, **more)  # type: ignore[arg-type]


def write_hybrid(folder: Path, original: str, natives: str) -> Path:
    """A package `pkg` with one module `mod`; `natives` defines functions of the same names as the
    originals.
    """
    package = folder / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "mod.py").write_text(textwrap.dedent(original))
    bridge = """
        import types
        from pkg import mod
        DECLINED = object()
        def native_functions():
            own = {k: v for k, v in globals().items() if isinstance(v, types.FunctionType)}
            return {f"pkg.mod:{name}": f for name, f in own.items() if name != "native_functions"}
    """
    (package / "__portalis__.py").write_text(textwrap.dedent(bridge) + textwrap.dedent(natives))
    return folder


@pytest.fixture
def run_one(tmp_path: Path) -> Verify:
    """`run_one(original, native, params, returns)` verifies the function `f` and returns its evidence."""

    def run(
        original: str, native: str, params: Sequence[tuple[str, Type]], returns: Type, **more: object
    ) -> Evidence:
        folder = write_hybrid(tmp_path / "hybrid", original, native)
        wanted = target("f", params, returns, **more)
        return verify(folder, "pkg", [wanted], effort="quick", jobs=1)[wanted.key]

    return run
