"""The public names of the mappers are documented, and their examples hold."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest

import portalis.config
import portalis.mapping
from portalis.mapping.error_mapper import ErrorHandlingStrategy, ErrorMapper, ErrorMapping
from portalis.mapping.errors import AnnotationError, MappingError, RaiseError, UnknownException, UnmappedType
from portalis.mapping.rust_type import MappedType
from portalis.mapping.signature import RustSignature
from portalis.mapping.type_mapper import TypeMapper

PUBLIC = (
    *(TypeMapper, MappedType, RustSignature, ErrorMapper, ErrorMapping, ErrorHandlingStrategy),
    *(MappingError, AnnotationError, UnmappedType, UnknownException, RaiseError),
)
MODULES = [
    f"{package.__name__}.{found.name}"
    for package in (portalis.mapping, portalis.config)
    for found in pkgutil.iter_modules(package.__path__)
]


def _members() -> Iterator[tuple[str, object]]:
    for owner in PUBLIC:
        yield owner.__name__, owner
        for name, member in vars(owner).items():
            if not name.startswith("_") and (
                inspect.isfunction(member) or isinstance(member, property | classmethod)
            ):
                yield f"{owner.__name__}.{name}", getattr(owner, name)


@pytest.mark.parametrize(
    ("name", "member"), list(_members()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_public_name_says_what_it_does(name: str, member: object) -> None:
    text = inspect.getdoc(member)
    assert text
    function = inspect.unwrap(member) if callable(member) and not inspect.isclass(member) else None
    if function is not None and len(inspect.signature(function).parameters) > 2:
        missing = [
            argument
            for argument in inspect.signature(function).parameters
            if argument != "self" and f"{argument}: " not in text
        ]
        assert missing == [] or "Args:" not in text


@pytest.mark.parametrize("module", MODULES)
def test_examples_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0
