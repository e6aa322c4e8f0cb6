"""Rust types as a small tree that prints itself.

The mapping builds these and the compiler's printer shows them, so no Rust type is ever glued from strings.

>>> str(Ref(Slice(Path("i64"))))
'&[i64]'
>>> str(Path("Option", (Ref(Path("str")),)))
'Option<&str>'
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Path:
    """A named type with its arguments: `i64`, `Vec<String>`."""

    name: str
    args: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}<{', '.join(map(str, self.args))}>" if self.args else self.name


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference: `&T`, or `&mut T`."""

    inner: RustType
    mutable: bool = False

    def __str__(self) -> str:
        return f"&mut {self.inner}" if self.mutable else f"&{self.inner}"


@dataclass(frozen=True, slots=True)
class Slice:
    """The unsized `[T]`, always met behind a reference."""

    elem: RustType

    def __str__(self) -> str:
        return f"[{self.elem}]"


@dataclass(frozen=True, slots=True)
class Tuple:
    """A Rust tuple; `()` is the unit type."""

    items: tuple[RustType, ...] = ()

    def __str__(self) -> str:
        inside = ", ".join(map(str, self.items))
        return f"({inside},)" if len(self.items) == 1 else f"({inside})"


@dataclass(frozen=True, slots=True)
class Fn:
    """Something that can be called: `Fn(A) -> B`, behind `impl` or in a `Box<dyn …>`."""

    params: tuple[RustType, ...]
    returns: RustType
    boxed: bool = False

    def __str__(self) -> str:
        text = f"Fn({', '.join(map(str, self.params))})"
        if self.returns != UNIT:
            text += f" -> {self.returns}"
        return f"Box<dyn {text}>" if self.boxed else f"impl {text}"


@dataclass(frozen=True, slots=True)
class Iter:
    """Something that can be iterated: `impl Iterator<Item = T>`, or boxed."""

    item: RustType
    boxed: bool = False

    def __str__(self) -> str:
        text = f"Iterator<Item = {self.item}>"
        return f"Box<dyn {text}>" if self.boxed else f"impl {text}"


RustType = Path | Ref | Slice | Tuple | Fn | Iter
UNIT = Tuple()


@dataclass(frozen=True, slots=True)
class MappedType:
    """A Rust type with what it needs to compile.

    Attributes:
        tree: the type itself; `str()` of the whole prints it.
        imports: paths to `use`, such as `chrono::NaiveDate`.
        crates: Cargo dependencies, name to version requirement.
        definitions: Rust items the type stands on, such as the enum of a union.
        copy: whether the type is `Copy`.
    """

    tree: RustType
    imports: frozenset[str] = frozenset()
    crates: dict[str, str] = field(default_factory=dict, hash=False)
    definitions: tuple[str, ...] = ()
    copy: bool = False

    def __str__(self) -> str:
        return str(self.tree)
