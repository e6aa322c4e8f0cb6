"""What GPU there is, how full its memory is, and giving memory back; honest on a machine without one.

Figures come from NVML (the package `nvidia-ml-py`, extra `gpu`), which needs no CUDA context; without it,
from `nvidia-smi`. https://docs.nvidia.com/deploy/nvml-api/
"""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from types import ModuleType
from typing import TypedDict

_MIB = 1 << 20
_SMI_SECONDS = 10.0
_SMI_FIELDS = "name,memory.total,memory.used,memory.free,utilization.gpu"


class GpuMemory(TypedDict):
    """The memory of one GPU.

    Attributes:
        available: whether there is a GPU at all; without one every figure is 0 and `name` is empty.
        device: which GPU, counted from 0 as the driver does.
        name: the model.
        total_mb: its memory, MiB.
        used_mb: what is taken of it, MiB.
        free_mb: what is left of it, MiB.
        utilization: the share of the last moments in which the GPU computed, 0 to 100; 0 where the driver
            doesn't say (a GPU that is split into instances).
    """

    available: bool
    device: int
    name: str
    total_mb: float
    used_mb: float
    free_mb: float
    utilization: float


class FreedMemory(TypedDict):
    """What `optimize_gpu_memory` gave back.

    Attributes:
        before_mb: the memory that was free before, MiB.
        after_mb: the memory that is free now, MiB.
        freed_mb: what that gained, MiB, not below 0.
    """

    before_mb: float
    after_mb: float
    freed_mb: float


def check_cuda_available() -> bool:
    """Whether a CUDA GPU can be used: by PyTorch's word where it is imported already, else the driver's."""
    torch = sys.modules.get("torch")
    if torch is not None:
        return bool(torch.cuda.is_available())
    return bool(_gpus())


def get_gpu_memory_info(device: int = 0) -> GpuMemory:
    """The memory of a GPU, in MiB.

    Args:
        device: which one, counted from 0 as the driver does.

    Raises:
        IndexError: there are GPUs, but no such one.
    """
    found = _gpus()
    if not found:
        return GpuMemory(
            available=False, device=device, name="", total_mb=0.0, used_mb=0.0, free_mb=0.0, utilization=0.0
        )
    if not 0 <= device < len(found):
        raise IndexError(f"there is no GPU {device}; there are {len(found)}")
    return found[device]


def optimize_gpu_memory(device: int = 0) -> FreedMemory:
    """Collect garbage and give PyTorch's unused cached blocks back to the driver.

    Does not import PyTorch: what was never loaded holds no memory.

    Args:
        device: the GPU whose memory is measured.

    Returns:
        The MiB free before and after; all 0 without a GPU.

    Raises:
        IndexError: there are GPUs, but no such one.
    """
    before = get_gpu_memory_info(device)["free_mb"]
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()
    after = get_gpu_memory_info(device)["free_mb"]
    return FreedMemory(before_mb=before, after_mb=after, freed_mb=max(after - before, 0.0))


def _gpus() -> list[GpuMemory]:
    """All GPUs, in the driver's order; empty where there is no driver or none is attached."""
    try:
        import pynvml
    except ImportError:
        return _from_smi()
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return []
    try:
        return [_from_nvml(pynvml, device) for device in range(pynvml.nvmlDeviceGetCount())]
    except pynvml.NVMLError:
        return []
    finally:
        pynvml.nvmlShutdown()


def _from_nvml(nvml: ModuleType, device: int) -> GpuMemory:
    handle = nvml.nvmlDeviceGetHandleByIndex(device)
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    name = nvml.nvmlDeviceGetName(handle)
    return GpuMemory(
        available=True,
        device=device,
        name=name.decode() if isinstance(name, bytes) else str(name),
        total_mb=memory.total / _MIB,
        used_mb=memory.used / _MIB,
        free_mb=memory.free / _MIB,
        utilization=_utilization(nvml, handle),
    )


def _utilization(nvml: ModuleType, handle: object) -> float:
    """The share of time in use, 0 where the driver doesn't give it: it does not for split GPUs."""
    try:
        return float(nvml.nvmlDeviceGetUtilizationRates(handle).gpu)
    except nvml.NVMLError:
        return 0.0


def _from_smi() -> list[GpuMemory]:
    """The same by the driver's command; `nvidia-smi` writes MiB."""
    smi = shutil.which("nvidia-smi")
    if smi is None:
        return []
    command = [smi, f"--query-gpu={_SMI_FIELDS}", "--format=csv,noheader,nounits"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SMI_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return parse_smi(done.stdout) if done.returncode == 0 else []


def parse_smi(output: str) -> list[GpuMemory]:
    """The GPUs in the CSV of `nvidia-smi`; a figure that the driver doesn't give is 0.

    >>> parse_smi("NVIDIA H200, 143771, 4, 143156, [N/A]")[0]["free_mb"]
    143156.0
    """
    found: list[GpuMemory] = []
    for device, line in enumerate(output.strip().splitlines()):
        name, *figures = [part.strip() for part in line.rsplit(",", 4)]
        if len(figures) != 4:
            continue  # a notice of the driver's, no GPU
        total, used, free, busy = map(_figure, figures)
        found.append(
            GpuMemory(
                available=True,
                device=device,
                name=name,
                total_mb=total,
                used_mb=used,
                free_mb=free,
                utilization=busy,
            )
        )
    return found


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
