"""docs/types.md and docs/errors.md: the tables of `TypeMapper` and `ErrorMapper`, as they answer."""

from __future__ import annotations

from collections.abc import Iterator

from portalis.config.type_mappings import TypeRow, default_type_table
from portalis.mapping.error_mapper import ErrorMapper
from portalis.mapping.exceptions import BUILTIN
from portalis.mapping.type_mapper import TypeMapper

_TYPES_HEAD = """\
# Types

Which Rust type stands for which Python type when annotations are mapped from Python:

```python
from portalis.mapping.type_mapper import TypeMapper

mapper = TypeMapper()
mapped = mapper.map_annotation("Dict[str, datetime.date]")
str(mapped)       # HashMap<String, NaiveDate>
mapped.imports    # chrono::NaiveDate, std::collections::HashMap
mapped.crates     # chrono, with its version and features
mapped.borrowed   # &HashMap<String, NaiveDate>: how a parameter is written that only reads it
str(mapper.map_function_signature(["int", "str", "Optional[bool]"], "List[int]"))
# fn(i64, &str, Option<bool>) -> Vec<i64>
```

Old and new spelling mean the same (`List[int]`, `list[int]`; `Optional[str]`, `str | None`), quoted names
are forward references, and `np.`, `npt.`, `dt.` and `t.` are known as what they usually import. A name that
no row and no registration knows is an error with a code, a place and a hint (`portalis explain PT108`),
never a guess; so is a type that is left open (`list`, `Any`).

The compiler asks the same function with one difference: what a program can see of a dict's order is kept,
so translated code holds an `IndexMap` where `TypeMapper` gives the standard library's `HashMap`.

## Shapes

| Python | Rust | as a parameter |
|---|---|---|"""
_SHAPES = (
    "Optional[str]", "Union[int, str]", "tuple[int, str]", "tuple[int, ...]", "Callable[[int, str], bool]",
    "Optional[Callable[[int], bool]]", "Iterator[int]", "Generator[int, None, None]", "Literal['r', 'w']",
    "Annotated[int, 'positive']", "Final[int]", "TypeGuard[str]", "np.ndarray", "npt.NDArray[np.float32]",
    "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
)  # fmt: skip
_OWN = """
A union becomes an enum named after its members; its definition comes with the answer (`mapped.definitions`).
`register_type_variable` makes a `TypeVar` a type parameter with the bounds its places need;
`register_struct`, `register_enum` and `register_alias` make named tuples, dataclasses, enumerations and
aliases known, `register_custom_type` a Rust type that exists already.

A signature owns what it returns. With `returns_borrowed` the result is a reference into the parameters, and
lifetimes are written where Rust can't infer them: `fn longest<'a>(a: &'a str, b: &'a str) -> &'a str`.

## Your own table

```toml
[tool.portalis]
type-mappings = "my_types.yaml"
```

```yaml
version: 1
custom:
  shop.Money:
    rust: Money
    import: shop_core::Money
    crates: [shop-core]
    traits: [Clone, Copy, Debug, Eq, Hash, PartialEq]
aliases:
  Money: shop.Money
crates:
  shop-core: "1"
```

`TypeMapper.from_config(load_config())` puts these rows on top of the shipped ones. The fields of a row are
explained at the head of `src/portalis/config/type_mappings.yaml`; a key that isn't one, and Rust that can't
be parsed, are errors when the file is read. Such rows serve annotations: what the compiler translates rests
on the shipped rows, whose Rust is verified against Python.
"""
_TITLES = {
    "primitives": "Primitives", "containers": "Collections", "generics": "Generics",
    "library": "Standard library", "numpy": "NumPy",
}  # fmt: skip
_ERRORS_HEAD = """\
# Errors

How `ErrorMapper` writes Python's exceptions in Rust:

```python
from portalis.mapping.error_mapper import ErrorMapper

mapper = ErrorMapper()
mapper.generate_error_enum(["ValueError", "TypeError", "KeyError"])  # the source of `pub enum Error`
mapper.translate_raise_statement("ValueError", "Invalid input")
# return Err(Error::ValueError("Invalid input".to_string()));
mapper.translate_raise('raise ValueError(f"bad {n}") from error', {"n": "int"})
# return Err(Error::ValueError(format!("bad {n}")).caused_by(error));
mapper.guard("error", ["ValueError", "OSError"])
# error.is_value_error() || error.is_os_error()
```

The enum is written by the code that writes `src/error.rs` of translated crates, so variants, messages and
the names of methods agree. A message is the text of `str(exc)`: a `KeyError` shows the repr of its
argument. What Rust would print differently in a message (a float, a bool, a repr) is refused with PT505, an
unknown class with PT504.

An error that was `caused_by` another one keeps it as its `source()`; `raised()` is the error without it,
and `is_…()` look through it. An exception group is made by `Error::exception_group(message, errors)`. The
standard library's errors in the table become their exception by `From`, or the nearest class above it that
the enum has; their text stays Rust's.

## Strategies

`RESULT` returns `Err`, `PANIC` panics with class and message, `OPTION` returns `None`. What the table says
holds unless the project says otherwise; the nearest class counts:

```toml
[tool.portalis]
error-strategy = "result"

[tool.portalis.error-strategies]
LookupError = "option"
```

`ErrorMapper.from_config(load_config())` reads this, and `wrap_signature` puts a function's result into
`Result`, `Option` or both. Translated crates always use `Result`.

## Exceptions

| exception | inherits from | strategy | Rust's own |
|---|---|---|---|"""


def types_page() -> str:
    """docs/types.md: every row of the type table, as `TypeMapper` answers."""
    mapper = TypeMapper()
    parts = [_TYPES_HEAD, *(_shape(mapper, annotation) for annotation in _SHAPES)]
    parts.append(_OWN)
    table = default_type_table()
    for section, title in _TITLES.items():
        parts += [
            f"## {title}\n",
            "| Python | Rust | as a parameter | key | crates | |",
            "|---|---|---|---|---|---|",
        ]
        parts += [line for name, row in getattr(table, section).items() for line in _row(mapper, name, row)]
        parts.append("")
    parts += ["## Refused, with what to write instead\n", "| Python | |", "|---|---|"]
    parts += [
        f"| `{name.removeprefix('builtins.')}` | {_cell(hint)} |" for name, hint in table.refused.items()
    ]
    return "\n".join(parts)


def _shape(mapper: TypeMapper, annotation: str) -> str:
    owned, param = mapper.map_annotation(annotation), mapper.map_annotation(annotation, "param")
    return f"| `{_cell(annotation)}` | `{_cell(str(owned))}` | `{_cell(str(param))}` |"


def _row(mapper: TypeMapper, name: str, row: TypeRow) -> Iterator[str]:
    arguments = ["str", "int"][: row.args] if row.args != 1 else ["int"]
    written = f"{name}[{', '.join(arguments)}]" if arguments else name
    written = "tuple[int, ...]" if name == "vartuple" else written.removeprefix("builtins.")
    if row.scope == "generated":
        yield f"| `{written}` | `{row.rust}` | `&{row.rust}` | yes | | {_cell(row.note)} |"
        return
    mapped = mapper.map_annotation(written)
    crates = ", ".join(f"`{crate}`" for crate in mapped.crates)
    yield (
        f"| `{written}` | `{mapped}` | `{mapped.borrowed}` | {'yes' if mapped.hashable else ''} | {crates} "
        f"| {_cell(row.note)} |"
    )


def errors_page() -> str:
    """docs/errors.md: every built-in exception with its place in the hierarchy and its strategy."""
    mapper = ErrorMapper()
    parts = [_ERRORS_HEAD]
    for name, row in BUILTIN.items():
        own = ", ".join(f"`{one}`" for one in row.rust_std)
        own += f" of kind `{row.io_kind}`" if row.io_kind else ""
        above = ", ".join(f"`{one}`" for one in mapper.hierarchy(name)[1:])
        parts.append(f"| `{name}` | {above} | {row.strategy.name} | {own} |")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
