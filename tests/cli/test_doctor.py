"""`portalis doctor`, and what commands do where the sandbox can't be had."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portalis.validation.sandbox import LAYERS

from .conftest import Runner

# Refuses unshare, Landlock and further filters, as old kernels and strict containers do, then runs a command.
WEAK = """
import ctypes, errno, os, struct, sys
from portalis.validation.child.confinement.kernel import libc
unshare, prctl = {"x86_64": (272, 157), "aarch64": (97, 167)}[os.uname().machine]
refuse = (6, 0, 0, 0x50000 | errno.EPERM)
code = [
    (0x20, 0, 0, 0),
    (0x15, 0, 1, unshare), refuse,
    (0x15, 0, 1, 444), refuse,
    (0x15, 0, 3, prctl), (0x20, 0, 0, 16), (0x15, 0, 1, 22), refuse,
    (6, 0, 0, 0x7FFF0000),
]
text = b"".join(struct.pack("<HBBI", *one) for one in code)
buffer = ctypes.create_string_buffer(text, len(text))
libc.prctl(38, ctypes.c_ulong(1), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0))
block = struct.pack("@HP", len(code), ctypes.addressof(buffer))
assert libc.prctl(22, ctypes.c_ulong(2), block, 0, 0) == 0
os.execv(sys.executable, [sys.executable, "-m", "portalis", *sys.argv[1:]])
"""
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="isolation is Linux's")


def weakly(folder: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on a machine that allows next to nothing."""
    return subprocess.run(
        [sys.executable, "-c", WEAK, *arguments],
        cwd=folder,
        env=environment | {"PATH": str(Path(shutil.which("cargo") or "").parent)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_doctor_lists_every_layer(portalis: Runner) -> None:
    shown = json.loads(portalis("doctor", "--format", "json").out)
    named = {one["name"]: one for one in shown["findings"]}
    expected = {"python", "rustc", "cargo", "mypy", "cache folder", "gpu", "openai backend", "model"}
    assert expected <= named.keys()
    assert [one["name"] for one in shown["findings"] if one["group"] == "sandbox"][:-1] == list(LAYERS)
    assert shown["ready"] == all(one["held"] for one in shown["findings"] if one["needed"])


def test_code_is_not_run_where_it_cannot_be_shut_in(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "subject.py").write_text("open('/dev/null')\ndef f(x: int) -> int:\n    return x + 1\n")
    (tmp_path / "pyproject.toml").write_text("")
    refused = weakly(tmp_path, environment, "check", "subject.py")
    assert refused.returncode == 2
    assert "PT710" in refused.stderr
    assert "--unsafe-no-sandbox" in refused.stderr
    allowed = weakly(tmp_path, environment, "check", "--unsafe-no-sandbox", "subject.py")
    assert (allowed.returncode, allowed.stderr) == (0, "")
    told = weakly(tmp_path, environment, "doctor")
    assert told.returncode == 1
    assert "not ready:" in told.stdout
    assert "strong enough" in told.stdout.splitlines()[-1]


def test_no_setting_of_a_project_switches_the_sandbox_off(portalis: Runner, tmp_path: Path) -> None:
    (tmp_path / "subject.py").write_text("def f(x: int) -> int:\n    return x\n")
    (tmp_path / "pyproject.toml").write_text("[tool.portalis]\nunsafe-no-sandbox = true\n")
    run = portalis("check", "subject.py")
    assert run.code == 2
    assert "unsafe-no-sandbox" in run.err
