"""Crates of mapped types: each type in a module of its own, at every place where a type can stand."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portalis.mapping.rust_type import MappedType
from portalis.mapping.traits import ALL
from portalis.mapping.type_mapper import TypeMapper

_TRAIT_PATHS = {"Hash": "std::hash::Hash", "Debug": "std::fmt::Debug"}
# `Has::<T>::Copy` is true by the inherent constant where the bound holds, else false by the trait's.
_PROBES = "".join(
    f"pub mod has_{name.lower()} {{\n"
    "    pub struct Has<T: ?Sized>(std::marker::PhantomData<T>);\n"
    f"    impl<T: ?Sized + {_TRAIT_PATHS.get(name, name)}> Has<T> {{\n"
    "        pub const HAS: bool = true;\n    }\n}\n"
    for name in sorted(ALL)
)
HEAD = (
    "#![deny(warnings)]\n#![allow(dead_code, clippy::all)]\n"
    "pub trait Lacks {\n    const HAS: bool = false;\n}\nimpl<T: ?Sized> Lacks for T {}\n" + _PROBES
)


@dataclass(frozen=True)
class Cargo:
    """Runs cargo on crates that it writes under `folder`; builds go to `target`."""

    folder: Path
    target: Path

    def run(self, command: str, name: str, source: str, crates: Mapping[str, str], *flags: str) -> str:
        """What cargo says of a library crate of one file; empty where it has nothing to say."""
        root = self.folder / name
        (root / "src").mkdir(parents=True, exist_ok=True)
        needed = "".join(f"{crate} = {spec}\n" for crate, spec in sorted(crates.items()))
        (root / "Cargo.toml").write_text(
            f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n'
            f"[dependencies]\n{needed}\n[workspace]\n",
            encoding="utf-8",
        )
        (root / "src" / "lib.rs").write_text(source, encoding="utf-8")
        done = subprocess.run(
            ["cargo", command, "--quiet", *flags],
            cwd=root,
            env={**os.environ, "CARGO_TARGET_DIR": str(self.target)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or done.stderr, done.stdout
        return done.stderr if command != "test" else done.stdout[-4000:] if done.returncode else ""


def module(index: int, annotation: str, mapper: TypeMapper, *, exact: bool = True) -> str:
    """A module in which the type of an annotation stands at every place; `exact` asks for its traits too."""
    owned = mapper.map_annotation(annotation)
    scope = "<'a>" if owned.lifetimes else ""
    parts = [
        _inside("owned", owned, _owned(owned, scope, exact)),
        _inside(
            "param", one := mapper.map_annotation(annotation, "param"), f"pub fn f{scope}(_: {one}) {{}}"
        ),
        _inside(
            "changed",
            one := mapper.map_annotation(annotation, "param_mut"),
            f"pub fn f{scope}(_: {one}) {{}}",
        ),
    ]
    comment = annotation.replace("\n", " ")
    return f"// {comment}\npub mod t{index} {{\n{''.join(parts)}}}\n"


def _inside(name: str, mapped: MappedType, body: str) -> str:
    uses = "".join(f"use {path};\n" for path in sorted(mapped.imports))
    return f"pub mod {name} {{\n{uses}{chr(10).join(mapped.definitions)}\n{body}\n}}\n"


def _owned(mapped: MappedType, scope: str, exact: bool) -> str:
    concrete = "Owned<'static>" if scope else "Owned"
    lines = [
        f"pub type Owned{scope} = {mapped};",
        f"pub struct Held{scope} {{ pub field: {mapped} }}",
        f"pub fn given{scope}() -> {mapped} {{ panic!() }}",
    ]
    if mapped.default:
        lines.append(f"pub fn default() -> {concrete} {{ {mapped.default} }}")
    if exact:
        lines.append("#[allow(unused_imports)]\nuse crate::Lacks as _;")
        lines += [
            f"const _: () = assert!({'' if name in mapped.traits else '!'}"
            f"crate::has_{name.lower()}::Has::<{concrete}>::HAS);"
            for name in sorted(ALL)
        ]
    return "\n".join(lines)
