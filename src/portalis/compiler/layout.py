"""Where a Python module's Rust stands in the crate.

pkg/__init__.py → src/pkg.rs          pkg/at/uid.py → src/at/uid.rs
pkg/util.py     → src/util.rs         pkg/do/__init__.py → src/do_/mod.rs
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_TAKEN = frozenset(
    {
        "error",
        "runtime",
        "unions",
        "lib",
        "main",
        "mod",
        "tests",
        "std",
        "core",
        "self",
        "super",
        "crate",
        "upcalls",
    }
)
_KEYWORDS = frozenset(
    [
        "abstract",
        "as",
        "async",
        "await",
        "become",
        "box",
        "break",
        "const",
        "continue",
        "do",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "final",
        "fn",
        "for",
        "gen",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "macro",
        "match",
        "mod",
        "move",
        "mut",
        "override",
        "priv",
        "pub",
        "ref",
        "return",
        "static",
        "struct",
        "super",
        "trait",
        "true",
        "try",
        "type",
        "typeof",
        "unsafe",
        "unsized",
        "use",
        "virtual",
        "where",
        "while",
        "yield",
    ]
)


def segment(name: str) -> str:
    """One part of a module path."""
    if name == "__main__":
        return "program"
    return f"{name}_" if name in _KEYWORDS or name in _TAKEN else name


def module_paths(modules: Iterable[str], roots: Iterable[str]) -> dict[str, str]:
    """Python module name to Rust path (`at::uid`), for a project with these top-level names."""
    names = sorted(modules)
    single = len(set(roots)) == 1
    paths: dict[str, str] = {}
    for name in names:
        parts = name.split(".")
        if single and len(parts) > 1:
            parts = parts[1:]
        path = "::".join(map(segment, parts))
        while path in paths.values():
            path += "_"
        paths[name] = path
    return paths


def packages(paths: Mapping[str, str]) -> frozenset[str]:
    """The Rust paths below which other modules lie."""
    return frozenset(
        "::".join(parts[:count])
        for parts in (path.split("::") for path in paths.values())
        for count in range(1, len(parts))
    )


def file_of(path: str, paths: Iterable[str]) -> str:
    """The file of a module path: a folder's `mod.rs` when other modules lie below it."""
    stem = path.replace("::", "/")
    below = any(other.startswith(f"{path}::") for other in paths)
    return f"{stem}/mod.rs" if below else f"{stem}.rs"
