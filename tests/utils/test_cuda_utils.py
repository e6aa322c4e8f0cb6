"""`cuda_utils` with and without a GPU; the GPUs are those that a script in place of `nvidia-smi` reports."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from portalis.utils.cuda_utils import check_cuda_available, get_gpu_memory_info, optimize_gpu_memory


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty PATH for the driver's command; NVML and PyTorch are not there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "pynvml", None)
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    return tmp_path


def install(folder: Path, script: str) -> None:
    command = folder / "nvidia-smi"
    command.write_text(f"#!/bin/sh\n{script}\n")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)


def test_without_a_gpu_every_figure_is_0(driver: Path) -> None:
    assert not check_cuda_available()
    info = get_gpu_memory_info()
    assert (info["available"], info["free_mb"], info["total_mb"]) == (False, 0.0, 0.0)
    assert optimize_gpu_memory() == {"before_mb": 0.0, "after_mb": 0.0, "freed_mb": 0.0}


def test_the_drivers_figures_are_mib(driver: Path) -> None:
    install(driver, 'echo "NVIDIA H200, 143771, 615, 143156, 7"; echo "NVIDIA A, B, 100, 40, 60, [N/A]"')
    assert check_cuda_available()
    first, second = get_gpu_memory_info(0), get_gpu_memory_info(1)
    assert (first["name"], first["free_mb"], first["utilization"]) == ("NVIDIA H200", 143156.0, 7.0)
    assert (second["name"], second["used_mb"], second["utilization"]) == ("NVIDIA A, B", 40.0, 0.0)
    with pytest.raises(IndexError, match="there is no GPU 2; there are 2"):
        get_gpu_memory_info(2)


def test_a_driver_that_fails_is_no_gpu(driver: Path) -> None:
    install(driver, "echo 'NVIDIA-SMI has failed'; exit 9")
    assert not check_cuda_available()
    assert get_gpu_memory_info()["available"] is False
