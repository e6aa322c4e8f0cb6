"""`TypeMapper`: Python annotations as Rust types, for callers outside the compiler.

It asks the same function as the compiler (`rust_type`), with the standard library's maps and sets,
enums for unions, and the user's own types on top.

>>> mapper = TypeMapper()
>>> str(mapper.map_annotation("Dict[str, int]")), str(mapper.map_annotation("Optional[str]"))
('HashMap<String, i64>', 'Option<String>')
>>> str(mapper.map_function_signature(["int", "str", "Optional[bool]"], "List[int]"))
'fn(i64, &str, Option<bool>) -> Vec<i64>'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from portalis.compiler import types as py
from portalis.config.type_mappings import TypeRow, TypeTable, default_type_table
from portalis.mapping.annotation import parse_annotation
from portalis.mapping.python_to_rust import MappingOptions, Position, map_type
from portalis.mapping.rust_type import UNIT, MappedType

_GUIDE = MappingOptions(dicts="std", unions=True, annotations_only=True)


@dataclass(frozen=True, slots=True)
class RustSignature:
    """The Rust side of a function's parameters and result.

    Attributes:
        params: one type per parameter, borrowed where it is only read.
        returns: the owned result, inside `Result<_, Error>` where `fallible`.
        names: the parameters' names, or empty.
        fallible: whether the function can raise.
    """

    params: tuple[MappedType, ...]
    returns: MappedType
    names: tuple[str, ...] = ()
    fallible: bool = False

    @property
    def imports(self) -> frozenset[str]:
        """Paths to `use` for the whole signature."""
        return frozenset().union(*(one.imports for one in (*self.params, self.returns)))

    def __str__(self) -> str:
        if self.names:
            inside = ", ".join(f"{name}: {one}" for name, one in zip(self.names, self.params, strict=True))
        else:
            inside = ", ".join(map(str, self.params))
        result = f"Result<{self.returns}, Error>" if self.fallible else str(self.returns)
        arrow = "" if not self.fallible and self.returns.tree == UNIT else f" -> {result}"
        return f"fn({inside}){arrow}"


class TypeMapper:
    """Maps annotations, remembers its answers, and knows the custom types registered with it.

    Args:
        table: another type table than the one that ships with Portalis.
        options: how dicts, unions and rows for annotations only are treated.
    """

    def __init__(self, table: TypeTable | None = None, options: MappingOptions = _GUIDE) -> None:
        self._table = table if table is not None else default_type_table()
        self._options = options
        self._answers: dict[tuple[str, Position], MappedType] = {}

    def map_annotation(self, annotation: str, position: Position = "owned") -> MappedType:
        """The Rust type of an annotation.

        Args:
            annotation: as written in Python, such as `List[int]` or `str | None`.
            position: `owned`, `param`, `param_mut` or `return`.

        Raises:
            AnnotationError: the text is not an annotation.
            UnmappedType: the type has no Rust twin.
        """
        key = (annotation, position)
        answer = self._answers.get(key)
        if answer is None:
            answer = self.map_type(parse_annotation(annotation, self._table), position)
            self._answers[key] = answer
        return answer

    def map_type(self, type_: py.Type, position: Position = "owned") -> MappedType:
        """The Rust type of a type that is already parsed.

        Raises:
            UnmappedType: the type has no Rust twin.
        """
        return map_type(type_, position, self._options, self._table)

    def map_function_signature(
        self,
        param_types: Sequence[str],
        return_type: str | None = None,
        *,
        names: Sequence[str] = (),
        mutated: Iterable[int] = (),
        fallible: bool = False,
    ) -> RustSignature:
        """The Rust signature of a function.

        Args:
            param_types: the annotations of the parameters, in order.
            return_type: the annotation of the result; None for no result.
            names: the parameters' names, for printing.
            mutated: indices of parameters whose value the function changes.
            fallible: whether it can raise, so that the result is a `Result`.

        Raises:
            AnnotationError: a text is not an annotation.
            UnmappedType: a type has no Rust twin.
            ValueError: there are not as many names as parameters.
        """
        if names and len(names) != len(param_types):
            raise ValueError(f"{len(names)} names for {len(param_types)} parameters")
        changed = frozenset(mutated)
        params = tuple(
            self.map_annotation(annotation, "param_mut" if index in changed else "param")
            for index, annotation in enumerate(param_types)
        )
        returns = self.map_annotation(return_type if return_type is not None else "None", "return")
        return RustSignature(params, returns, tuple(names), fallible)

    def register_custom_type(
        self,
        python_name: str,
        rust_name: str,
        *,
        import_path: str = "",
        copy: bool = False,
        type_arguments: int = 0,
    ) -> None:
        """Makes a class of the user's known; it holds from now on and replaces what was there.

        Args:
            python_name: the class, as annotations write it.
            rust_name: the Rust type.
            import_path: the path to `use`.
            copy: whether the Rust type is `Copy`.
            type_arguments: how many type arguments it takes.
        """
        row = TypeRow.model_validate(
            {"rust": rust_name, "import": import_path, "copy": copy, "args": type_arguments}
        )
        self._table = self._table.model_copy(update={"library": {**self._table.library, python_name: row}})
        self._answers.clear()

    def imports_for(self, annotations: Iterable[str]) -> frozenset[str]:
        """The paths to `use` for several annotations together."""
        found = (self.map_annotation(one).imports for one in annotations)
        return reduce(frozenset.union, found, frozenset())
