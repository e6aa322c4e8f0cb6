"""`--wheel`: the hybrid package as a stable-ABI wheel (PEP 427), with the project's own metadata.

The platform tag is that of this machine (`linux_x86_64`, not manylinux): a wheel for an index
still has to pass `auditwheel repair`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portalis.emit.binding_manifest import NATIVE_MODULE

_EPOCH = (1980, 1, 1, 0, 0, 0)


class WheelError(Exception):
    """The wheel can't be made; `hint` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a wheel says of itself, from the `[project]` table of pyproject.toml."""

    name: str
    version: str
    summary: str = ""
    requires_python: str = ">=3.11"
    dependencies: tuple[str, ...] = ()
    extras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    classifiers: tuple[str, ...] = ()
    entry_points: dict[str, dict[str, str]] = field(default_factory=dict)


def project_metadata(root: Path, import_name: str) -> Metadata:
    """The metadata of the project whose pyproject.toml stands in a folder or above a `src` folder.

    A project without one is named after its package and has version 0.

    Raises:
        WheelError: the file can't be read, or says that its version is computed by its build tool.
    """
    folders = (root, root.parent) if root.name == "src" else (root,)
    file = next(
        (folder / "pyproject.toml" for folder in folders if (folder / "pyproject.toml").is_file()), None
    )
    if file is None:
        return Metadata(import_name, "0")
    try:
        project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WheelError(f"cannot read {file}: {error}", "mend the file") from error
    if "name" not in project:
        return Metadata(import_name, "0")
    if "version" not in project:
        raise WheelError(
            f"{file} leaves the version to its build tool", "write `version` into its [project] table"
        )
    return _from_table(project)


def _from_table(project: dict[str, object]) -> Metadata:
    def text(key: str, default: str = "") -> str:
        found = project.get(key, default)
        return found if isinstance(found, str) else default

    def texts(key: str) -> tuple[str, ...]:
        found = project.get(key, ())
        return tuple(map(str, found)) if isinstance(found, list) else ()

    def table(key: str) -> dict[str, object]:
        found = project.get(key, {})
        return found if isinstance(found, dict) else {}

    points = {"console_scripts": table("scripts"), "gui_scripts": table("gui-scripts")}
    points |= {group: rows for group, rows in table("entry-points").items() if isinstance(rows, dict)}
    return Metadata(
        name=text("name"),
        version=text("version"),
        summary=" ".join(text("description").split()),
        requires_python=text("requires-python", ">=3.11"),
        dependencies=texts("dependencies"),
        extras={
            extra: tuple(map(str, wanted))
            for extra, wanted in table("optional-dependencies").items()
            if isinstance(wanted, list)
        },
        classifiers=texts("classifiers"),
        entry_points={
            group: {name: str(target) for name, target in rows.items()}
            for group, rows in points.items()
            if rows
        },
    )


def write_wheel(packages: Path, import_names: Sequence[str], metadata: Metadata, out_dir: Path) -> Path:
    """Write the wheel of hybrid packages.

    Args:
        packages: the folder that holds them (`portalis build -o`).
        import_names: the packages that go in.
        metadata: what the wheel says of itself.
        out_dir: where it goes; made if missing.

    Returns:
        The wheel's path.

    Raises:
        OSError: it can't be written.
    """
    files = [
        path
        for name in import_names
        for path in sorted((packages / name).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    native = any(path.name.startswith(NATIVE_MODULE) for path in files)
    tag = _tag() if native else "py3-none-any"
    stem = f"{_normalized(metadata.name)}-{_escaped(metadata.version)}"
    info = f"{stem}.dist-info"
    contents = {path.relative_to(packages).as_posix(): path.read_bytes() for path in files}
    contents[f"{info}/METADATA"] = _metadata(metadata).encode()
    contents[f"{info}/WHEEL"] = _wheel(tag, pure=not native).encode()
    if metadata.entry_points:
        contents[f"{info}/entry_points.txt"] = _entry_points(metadata).encode()
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join((*record, f"{info}/RECORD,,")).encode() + b"\n"
    out_dir.mkdir(parents=True, exist_ok=True)
    target = out_dir / f"{stem}-{tag}.whl"
    partial = target.with_suffix(".part")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in contents.items():
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                executable = name.endswith((".so", ".pyd"))
                entry.external_attr = (0o100755 if executable else 0o100644) << 16
                archive.writestr(entry, data)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def _tag() -> str:
    platform = re.sub(r"[-.]", "_", sysconfig.get_platform())
    return f"cp{sys.version_info.major}{sys.version_info.minor}-abi3-{platform}"


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _escaped(version: str) -> str:
    return re.sub(r"[^\w.!+]+", "_", version)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _metadata(metadata: Metadata) -> str:
    lines = ["Metadata-Version: 2.1", f"Name: {metadata.name}", f"Version: {metadata.version}"]
    lines += [f"Summary: {metadata.summary}"] if metadata.summary else []
    lines.append(f"Requires-Python: {metadata.requires_python}")
    lines += [f"Classifier: {classifier}" for classifier in metadata.classifiers]
    lines += [f"Requires-Dist: {wanted}" for wanted in metadata.dependencies]
    for extra, wanted in metadata.extras.items():
        lines.append(f"Provides-Extra: {extra}")
        lines += [f"Requires-Dist: {_under_extra(one, extra)}" for one in wanted]
    return "\n".join(lines) + "\n"


def _under_extra(requirement: str, extra: str) -> str:
    """The requirement, asked for only under an extra.

    >>> _under_extra('rich>=13; python_version < "3.12"', "color")
    'rich>=13; (python_version < "3.12") and extra == "color"'
    """
    wanted, semicolon, marker = requirement.partition(";")
    condition = f"({marker.strip()}) and " if semicolon else ""
    return f'{wanted.strip()}; {condition}extra == "{extra}"'


def _wheel(tag: str, *, pure: bool) -> str:
    purelib = "true" if pure else "false"
    return f"Wheel-Version: 1.0\nGenerator: portalis\nRoot-Is-Purelib: {purelib}\nTag: {tag}\n"


def _entry_points(metadata: Metadata) -> str:
    groups = []
    for group, rows in metadata.entry_points.items():
        listed = "\n".join(f"{name} = {target}" for name, target in rows.items())
        groups.append(f"[{group}]\n{listed}\n")
    return "\n".join(groups)
