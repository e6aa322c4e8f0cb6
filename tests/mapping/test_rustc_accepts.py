"""rustc judges the type table: every row, alone and nested, and random annotations."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from portalis.config.type_mappings import TypeRow, default_type_table
from portalis.mapping import MappingError
from portalis.mapping.type_mapper import TypeMapper
from tests.mapping.annotations import Spelled, spelled_twice
from tests.mapping.rust_crate import HEAD, Cargo, module

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("cargo") is None, reason="cargo is not installed"),
]

_NESTED = (
    "list[{}]",
    "dict[str, {}]",
    "{} | None",
    "tuple[int, {}]",
    "Callable[[{}], {}]",
    "int | {}",
    "Iterator[{}]",
)
_EXAMPLES = 300
# A union's member may not borrow, and two members may not have one name.
_REFUSED = {"int | re.Match[str]", "int | numpy.int_"}
# Their traits don't depend on their argument's, which a row can't say; they are said to have fewer.
_UNCONDITIONAL = {"type", "weakref.ref"}


def _annotation(section: str, name: str, row: TypeRow) -> str:
    """An annotation that names the row."""
    arguments = ["str", "int"][: row.args] if row.args != 1 else ["int"]
    if row.drops and not row.args:
        arguments = ["str"]
    if section == "containers" and name == "vartuple":
        return "tuple[int, ...]"
    return f"{name}[{', '.join(arguments)}]" if arguments else name


def _rows() -> dict[str, str]:
    return {
        name: _annotation(section, name, row)
        for section, name, row in default_type_table().rows()
        if name != "Self" and row.scope != "generated"  # have a meaning in an impl and in crates only
    }


def test_every_row_alone_and_nested(cargo: Cargo) -> None:
    mapper = TypeMapper()
    texts = [HEAD, "pub trait Has {\n    fn f(&self, other: &Self) -> Self;\n}\n"]
    crates: dict[str, str] = {}
    for name, annotation in _rows().items():
        texts.append(module(len(texts), annotation, mapper, exact=name not in _UNCONDITIONAL))
        crates.update(mapper.map_annotation(annotation).crates)
        for form in _NESTED:
            nested = form.replace("{}", annotation)
            if nested in _REFUSED:
                with pytest.raises(MappingError):
                    mapper.map_annotation(nested)
                continue
            texts.append(module(len(texts), nested, mapper, exact=name not in _UNCONDITIONAL))
    assert str(mapper.map_annotation("Self", "param")) == "&Self"
    assert cargo.run("check", "rows", "".join(texts), crates) == ""


def test_random_annotations(cargo: Cargo) -> None:
    mapper = TypeMapper()
    mapped: dict[str, Spelled] = {}
    refused: Counter[str] = Counter()

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(spelled_twice)
    def draw(both: Spelled) -> None:
        old, new = both
        try:
            answer = mapper.map_annotation(old)
        except MappingError as error:
            refused[error.code] += 1
            with pytest.raises(type(error)) as again:
                mapper.map_annotation(new)
            assert again.value.code == error.code
            assert error.span is not None
        else:
            assert mapper.map_annotation(new) == answer
            mapped[old] = both

    draw()
    # What is refused is a key that can't be hashed, or a union whose members would share a name.
    assert set(refused) <= {"PT104", "PT106"}
    assert refused.total() < _EXAMPLES / 10
    texts, crates = [HEAD], {}
    for old, _ in mapped.values():
        texts.append(module(len(texts), old, mapper))
        crates.update(mapper.map_annotation(old).crates)
    assert len(mapped) > _EXAMPLES / 2
    assert cargo.run("check", "random", "".join(texts), crates) == ""


SIGNATURES = [
    (["str", "str"], "str", {"returns_borrowed": True}),
    (["str", "str"], "str", {"returns_borrowed": [1]}),
    (["List[str]", "int"], "List[str]", {"returns_borrowed": True, "fallible": True}),
    (["Dict[str, int]", "str"], "Optional[str]", {"returns_borrowed": True}),
    (["npt.NDArray[np.float64]", "str"], "npt.NDArray[np.float64]", {"returns_borrowed": True}),
    (["str"], "Optional[re.Match[str]]", {}),
    (["re.Match[str]", "str"], "str", {}),
    (["Callable[[int], str]", "Iterable[int]"], "Iterator[str]", {}),
    (["Optional[Callable[[str], bool]]", "Optional[Iterator[int]]"], None, {"fallible": True}),
    (["List[int]", "Dict[str, List[int]]"], None, {"mutated": [0, 1]}),
    (["Dict[T, int]", "Callable[[T], K]"], "Dict[K, List[T]]", {}),
    (["List[T]", "T"], "int", {"names": ["type", "self"]}),
    (["Optional[str]", "Optional[np.ndarray]"], "Union[int, str]", {"mutated": [1]}),
]


def test_signatures(cargo: Cargo) -> None:
    mapper = TypeMapper()
    mapper.register_type_variable("T", ["Clone"])
    mapper.register_type_variable("K")
    texts, crates = [HEAD], {}
    for index, (params, returns, more) in enumerate(SIGNATURES):
        signature = mapper.map_function_signature(params, returns, **more)  # type: ignore[arg-type]
        uses = "".join(f"use {path};\n" for path in sorted(signature.imports))
        error = "pub struct Error;\n" if signature.fallible else ""
        below = "\n".join(signature.definitions)
        head = signature.declaration(f"f{index}")
        texts.append(
            f"#[allow(unused_variables)]\npub mod s{index} {{\n{uses}{error}{below}\n"
            f"pub {head} {{ panic!() }}\n}}\n"
        )
        crates.update(signature.crates)
    assert cargo.run("check", "signatures", "".join(texts), crates) == ""


def test_registered_classes(cargo: Cargo) -> None:
    mapper = TypeMapper()
    mapper.register_enum("Color", ["RED", "DARK_BLUE"])
    mapper.register_struct("Point", {"x": "int", "y": "int", "type": "Color"})
    mapper.register_struct(
        "shapes.Path", {"points": "List[Point]", "label": "Optional[str]", "width": "float"}
    )
    mapper.register_struct("Node", {"value": "int", "children": "List[Node]"}, frozen=False)
    annotations = [
        "Color",
        "Point",
        "shapes.Path",
        "Node",
        "Dict[Point, Color]",
        "Union[Color, Node, str]",
        "Set[Color]",
    ]
    texts = [HEAD, *(module(index, one, mapper) for index, one in enumerate(annotations))]
    assert cargo.run("check", "classes", "".join(texts), {}) == ""
