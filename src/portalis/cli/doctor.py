"""`portalis doctor`: what this machine offers, and what is missing."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import click

from portalis.cli.text import colour

_TOOL_SECONDS = 20.0
_SYMBOLS = {True: ("yes", "green"), False: ("no", "red")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked for, whether it is there, what was found, whether it is needed."""

    name: str
    held: bool
    detail: str
    needed: bool = False
    group: str = "tools"


@click.command()
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the result.",
)
@click.pass_context
def doctor(ctx: click.Context, output_format: str) -> None:
    """Show what this machine offers: Python, Rust, the cache, the sandbox, GPUs, models.

    Exits with 0 when functions can be translated and verified here, 1 when something needed is missing.
    """
    findings = [*_tools(), _cache(), *_sandbox(), _gpu(), *_models()]
    ready = all(one.held for one in findings if one.needed)
    if output_format == "json":
        click.echo(json.dumps({"ready": ready, "findings": [asdict(one) for one in findings]}, indent=2))
    else:
        for line in _lines(findings, ready):
            click.echo(line, color=colour())
    ctx.exit(0 if ready else 1)


def _tools() -> list[Finding]:
    python = f"{platform.python_version()} at {sys.executable}"
    return [
        Finding("python", sys.version_info >= (3, 11), python, needed=True),
        _program("rustc", needed=True),
        _program("cargo", needed=True),
        Finding("mypy", True, version("mypy"), needed=True),
    ]


def _program(name: str, *arguments: str, needed: bool = False) -> Finding:
    """A program of the PATH, and what it says of its version."""
    path = shutil.which(name)
    if path is None:
        return Finding(name, False, "not found; https://rustup.rs installs it", needed)
    command = [path, *(arguments or ("--version",))]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_TOOL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(name, False, f"{path}: {error}", needed)
    said = (ran.stdout or ran.stderr).strip().partition("\n")[0]
    return Finding(name, ran.returncode == 0, said, needed)


def _cache() -> Finding:
    from portalis.config import load_config

    folder = load_config().cache
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    writable = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    free = shutil.disk_usage(existing).free >> 30
    return Finding("cache folder", writable, f"{folder}, {free} GiB free", needed=True)


def _sandbox() -> list[Finding]:
    """Every layer, and whether they are enough together."""
    from portalis.validation.sandbox import LAYERS, probe

    isolation = probe()
    found = []
    for layer, protects in LAYERS.items():
        why = isolation.layers.get(layer, "not tried")
        found.append(Finding(layer, not why, f"{protects}{f' ({why})' if why else ''}", group="sandbox"))
    enough = not isolation.missing
    told = isolation.describe() if enough else "; ".join(isolation.missing)
    return [*found, Finding("strong enough", enough, told, needed=True, group="sandbox")]


def _gpu() -> Finding:
    """NVIDIA GPUs as the driver's own tool lists them."""
    if shutil.which("nvidia-smi") is None:
        there = Path("/proc/driver/nvidia/version").exists()
        told = "there is a driver, but no nvidia-smi" if there else "no NVIDIA driver; translating needs none"
        return Finding("gpu", False, told, group="models")
    listed = _program("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
    return Finding("gpu", listed.held, listed.detail, group="models")


_BACKENDS = {
    "transformers": ("torch", "transformers"),
    "ctranslate2": ("ctranslate2", "tokenizers"),
    "openai": ("openai", "tenacity", "loguru"),
    "triton": ("tritonclient", "tenacity", "loguru"),
}


def _models() -> list[Finding]:
    """The backends of the model engine that can run here, and the model that this folder's project names."""
    from importlib.util import find_spec

    from portalis.config import load_config

    findings: list[Finding] = []
    for backend, packages in _BACKENDS.items():
        missing = [package for package in packages if find_spec(package) is None]
        extra = "remote" if backend in ("openai", "triton") else "model"
        detail = f"needs {', '.join(missing)}: pip install 'portalis[{extra}]'" if missing else "can be used"
        findings.append(Finding(f"{backend} backend", not missing, detail, group="models"))
    path = load_config().model_path
    told = path or "none is configured; the compiler needs none"
    return [*findings, Finding("model", path is not None, told, group="models")]


def _lines(findings: list[Finding], ready: bool) -> list[str]:
    lines: list[str] = []
    width = max(len(one.name) for one in findings)
    group = ""
    for one in findings:
        if one.group != group:
            lines += ["", click.style(one.group, bold=True)] if group else [click.style(one.group, bold=True)]
            group = one.group
        word, shade = _SYMBOLS[one.held]
        lines.append(f"  {one.name:<{width}}  {click.style(f'{word:<3}', fg=shade)}  {one.detail}")
    missing = [one.name for one in findings if one.needed and not one.held]
    lines += ["", "ready to translate" if ready else f"not ready: {', '.join(missing)}"]
    return lines
