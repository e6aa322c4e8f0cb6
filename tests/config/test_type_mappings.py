"""The type table is checked when it is read."""

from __future__ import annotations

import pytest

from portalis.config import ConfigError
from portalis.config.type_mappings import default_type_table, parse_type_table


def test_the_table_that_ships_is_valid() -> None:
    table = default_type_table()
    assert table.primitives["int"].rust == "i64"
    assert table.primitives["int"].copy_


def test_every_alias_leads_to_a_row() -> None:
    table = default_type_table()
    rows = {
        *table.primitives,
        *table.containers,
        *table.named,
        *table.refused,
        "tuple",
        "numpy.typing.NDArray",
    }
    assert {alias: name for alias, name in table.aliases.items() if name not in rows} == {}


def table(primitives: str = "{}", library: str = "{}", version: int = 1) -> str:
    return (
        f"{{version: {version}, primitives: {primitives}, containers: {{}}, library: {library}, "
        "aliases: {}, crates: {}}"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: [", "not valid YAML"),
        (table(version=2), "version"),
        (table(primitives="{int: {rost: i64}}"), "int"),
        (table(library="{a.B: {rust: B, crates: [b]}}"), "'b', which has no version"),
    ],
)
def test_a_slip_is_found_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        parse_type_table(text, "mine.yaml")
