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

from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError

from portalis.compiler import types as py
from portalis.config import Config
from portalis.config.rust_syntax import is_identifier
from portalis.config.type_mappings import Trait, TypeRow, TypeTable, default_type_table
from portalis.diagnostics import Span
from portalis.mapping.annotation import KnownNames, Part, read_annotation
from portalis.mapping.definitions import ENUMERATION_TRAITS, enumeration, structure
from portalis.mapping.errors import START, AnnotationError, MappingError, UnmappedType
from portalis.mapping.python_to_rust import Definition, MappingOptions, Names, Position, map_type
from portalis.mapping.rust_type import MappedType
from portalis.mapping.signature import RustSignature, all_imports
from portalis.mapping.traits import ALL

__all__ = ["RustSignature", "TypeMapper"]

_GUIDE = MappingOptions(dicts="std", unions=True, annotations_only=True)
_STRUCT_TRAITS = ALL - {"Copy", "Default", "Ord", "PartialOrd"}


class TypeMapper:
    """Maps annotations, remembers its answers, and knows the names registered with it.

    Safe to use from several threads once everything is registered.

    Args:
        table: another type table than the one that ships with Portalis.
        options: how dicts, unions and rows for annotations only are treated. A dict is the standard library's
            `HashMap`, as the guide has it; translated code itself keeps Python's order with an `IndexMap`.
    """

    def __init__(self, table: TypeTable | None = None, options: MappingOptions = _GUIDE) -> None:
        self._table = table if table is not None else default_type_table()
        self._options = options
        self._variables: dict[str, frozenset[str]] = {}
        self._aliases: dict[str, str] = {}
        self._definitions: dict[str, Definition] = {}
        self._answers: dict[tuple[str, Position], MappedType] = {}

    @classmethod
    def from_config(cls, config: Config) -> TypeMapper:
        """A mapper with the project's own types on top: `type-mappings` in `[tool.portalis]`.

        Raises:
            ConfigError: the file can't be read or is not a type table.
        """
        return cls(config.type_table)

    def map_annotation(self, annotation: str, position: Position = "owned") -> MappedType:
        """The Rust type of an annotation.

        Args:
            annotation: as written in Python, such as `List[int]` or `str | None`.
            position: `owned`, `param`, `param_mut` or `return`.

        Raises:
            AnnotationError: the text is not an annotation (PT107).
            UnmappedType: it names what nobody knows (PT108), leaves a type open (PT101), or has no Rust twin
                (PT103, PT104, PT106). The span says which part.

        >>> mapped = TypeMapper().map_annotation("dict[str, datetime.date]")
        >>> sorted(mapped.imports), sorted(mapped.crates), mapped.borrowed
        (['chrono::NaiveDate', 'std::collections::HashMap'], ['chrono'], '&HashMap<String, NaiveDate>')
        """
        key = (annotation, position)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._mapped(annotation, position)
            self._answers[key] = answer
        return answer

    def map_type(self, type_: py.Type, position: Position = "owned") -> MappedType:
        """The Rust type of a type that is already parsed.

        Args:
            type_: the type, as `portalis.compiler.types` describes it.
            position: `owned`, `param`, `param_mut` or `return`.

        Raises:
            UnmappedType: the type has no Rust twin.
        """
        names = Names(self._variables, self._definitions)
        return map_type(type_, position, self._options, self._table, names)

    def map_function_signature(
        self,
        param_types: Sequence[str],
        return_type: str | None = None,
        *,
        names: Sequence[str] = (),
        name: str = "",
        mutated: Iterable[int] = (),
        fallible: bool = False,
        returns_borrowed: bool | Sequence[int] = False,
    ) -> RustSignature:
        """The Rust signature of a function.

        Args:
            param_types: the annotations of the parameters, in order.
            return_type: the annotation of the result; None for no result.
            names: the parameters' names, for printing.
            name: the function's name, for printing.
            mutated: indices of parameters whose value the function changes.
            fallible: whether it can raise, so that the result is a `Result`.
            returns_borrowed: whether the result is a reference into the parameters, or the indices of the
                parameters that it may refer to. Lifetimes are written where Rust can't infer them.

        Raises:
            AnnotationError: a text is not an annotation.
            UnmappedType: a type has no Rust twin, or a result borrows and no parameter is lent.
            ValueError: there are not as many names as parameters, or an index is out of range.

        >>> mapper = TypeMapper()
        >>> str(mapper.map_function_signature(["str", "str"], "str", name="longest", returns_borrowed=True))
        "fn longest<'a>(&'a str, &'a str) -> &'a str"
        """
        if names and len(names) != len(param_types):
            raise ValueError(f"{len(names)} names for {len(param_types)} parameters")
        changed = frozenset(mutated)
        sources = None if isinstance(returns_borrowed, bool) else tuple(returns_borrowed)
        for index in (*changed, *(sources or ())):
            if not 0 <= index < len(param_types):
                raise ValueError(f"there is no parameter {index}")
        params = tuple(
            self.map_annotation(annotation, "param_mut" if index in changed else "param")
            for index, annotation in enumerate(param_types)
        )
        position: Position = "param" if returns_borrowed or sources else "return"
        returns = self.map_annotation(return_type if return_type is not None else "None", position)
        return RustSignature(params, returns, tuple(names), fallible, name).linked(sources)

    # Registering ----------------------------------------------------------------------------------

    def register_custom_type(
        self,
        python_name: str,
        rust_name: str = "",
        *,
        import_path: str = "",
        copy: bool = False,
        type_arguments: int = 0,
        traits: Iterable[Trait] = ("Clone", "Debug", "PartialEq"),
        mutable: bool = False,
        crates: Mapping[str, str] | None = None,
    ) -> None:
        """Makes a class of the user's known; it holds from now on and replaces what was there.

        Args:
            python_name: the class, as annotations write it.
            rust_name: the Rust type; the last part of the Python name where empty.
            import_path: the path to `use`.
            copy: whether the Rust type is `Copy`.
            type_arguments: how many type arguments it takes.
            traits: which derivable traits the Rust type has.
            mutable: whether Python code can change a value in place, so that it is no key.
            crates: the crates it comes from, by published name, with their version requirements.

        Raises:
            ValueError: what is given is not Rust.
        """
        chosen = {*traits, *({"Clone", "Copy"} if copy else ())}
        own = crates or {}
        row = {
            "rust": rust_name or python_name.rpartition(".")[2],
            "import": import_path,
            "args": type_arguments,
            "traits": chosen,
            "mutable": mutable,
            "crates": tuple(own),
            "scope": "annotation",
        }
        try:
            extension = TypeTable.model_validate(
                {"version": 1, "custom": {python_name: row}, "crates": dict(own)}
            )
        except ValidationError as error:
            raise ValueError(f"{python_name}: {error.errors()[0]['msg']}") from error
        self._extend(extension)

    def register_type_variable(self, name: str, bounds: Iterable[str] = ()) -> None:
        """Makes a `TypeVar` known: a type parameter in Rust.

        Args:
            name: its name.
            bounds: the Rust traits that it must have beside those its places need, such as `Clone`.

        Raises:
            ValueError: the name or a bound is not Rust.

        >>> mapper = TypeMapper()
        >>> mapper.register_type_variable("T")
        >>> str(mapper.map_function_signature(["Dict[T, int]"], "Optional[T]", name="mode", names=["counts"]))
        'fn mode<T: Eq + Hash>(counts: &HashMap<T, i64>) -> Option<T>'
        """
        chosen = frozenset(bounds)
        if not is_identifier(name) or not all(map(is_identifier, chosen)):
            raise ValueError(f"{name!r} with {sorted(chosen)} is not a type parameter in Rust")
        self._variables[name] = chosen
        self._answers.clear()

    def register_alias(self, name: str, annotation: str) -> None:
        """Makes a type alias or a `NewType` known by what it stands for.

        Args:
            name: as annotations write it.
            annotation: what it stands for.

        Raises:
            MappingError: the annotation can't be mapped.
        """
        self._mapped(annotation, "owned")
        self._aliases[name] = annotation
        self._answers.clear()

    def register_enum(self, python_name: str, members: Sequence[str], rust_name: str = "") -> MappedType:
        """Makes an `Enum` known by its members; its definition comes with every type that names it.

        Args:
            python_name: the class, as annotations write it.
            members: the members' names, in order.
            rust_name: the Rust enum; the last part of the Python name where empty.

        Raises:
            ValueError: the members don't give distinct Rust names.
        """
        name = rust_name or python_name.rpartition(".")[2]
        definition = enumeration(name, members)
        self._define(python_name, name, definition, ENUMERATION_TRAITS, mutable=False)
        return self.map_annotation(python_name)

    def register_struct(
        self, python_name: str, fields: Mapping[str, str], rust_name: str = "", *, frozen: bool = True
    ) -> MappedType:
        """Makes a class known by its fields: a named tuple, a dataclass or a `TypedDict`.

        Args:
            python_name: the class, as annotations write it.
            fields: the annotation of each field, in order.
            rust_name: the Rust struct; the last part of the Python name where empty.
            frozen: whether instances can't be changed (named tuples can't), so that they may be keys.

        Raises:
            MappingError: a field can't be mapped, or the struct would hold itself without end.
            ValueError: a name is not Rust.
        """
        name = rust_name or python_name.rpartition(".")[2]
        before, definitions = self._table, dict(self._definitions)
        try:
            # Known while its fields are read, since they may name it.
            self._define(python_name, name, Definition(()), _STRUCT_TRAITS, mutable=True)
            mapped = {field: self._field(python_name, field, text) for field, text in fields.items()}
            traits = frozenset.intersection(_STRUCT_TRAITS, *(one.traits for one in mapped.values()))
            self._define(python_name, name, structure(name, mapped, traits), traits, mutable=not frozen)
        except (MappingError, ValueError):
            self._table, self._definitions = before, definitions
            self._answers.clear()
            raise
        return self.map_annotation(python_name)

    # What several types need together ---------------------------------------------------------------

    def imports_for(self, annotations: Iterable[str]) -> frozenset[str]:
        """The paths to `use` for several annotations together."""
        return all_imports(map(self.map_annotation, annotations))

    def crates_for(self, annotations: Iterable[str]) -> dict[str, str]:
        """The Cargo dependencies of several annotations together, by published name."""
        found = (self.map_annotation(one).crates for one in annotations)
        return dict(sorted((name, spec) for one in found for name, spec in one.items()))

    def definitions_for(self, annotations: Iterable[str]) -> tuple[str, ...]:
        """The Rust items that several annotations stand on, each once."""
        found = (self.map_annotation(one).definitions for one in annotations)
        return tuple(dict.fromkeys(text for one in found for text in one))

    # Inside -----------------------------------------------------------------------------------------

    def _read(self, annotation: str) -> Part:
        return read_annotation(annotation, self._table, KnownNames(self._variables, self._aliases))

    def _mapped(self, annotation: str, position: Position) -> MappedType:
        part = self._read(annotation)
        try:
            return self.map_type(part.type, position)
        except UnmappedType as error:
            error.span = self._place(part, error)
            raise
        except RecursionError as error:
            raise AnnotationError("the annotation is nested too deeply", "PT107", span=START) from error

    def _place(self, whole: Part, error: UnmappedType) -> Span:
        """Where the part stands that can't be mapped: inside the smallest part that fails."""
        for part in whole.inner_first():
            try:
                self.map_type(part.type)
            except UnmappedType:
                inside = (one for one in part.inner_first() if one.type == error.type)
                return next(inside, part).span
        return whole.span

    def _field(self, owner: str, field: str, annotation: str) -> MappedType:
        """The type of a struct's field.

        Raises:
            MappingError: it can't be mapped, or not in a struct.
        """
        mapped, type_ = self._mapped(annotation, "owned"), self._read(annotation).type
        if _holds(type_, owner):
            reason = f"the field {field!r} of {owner} would hold a {owner} without end"
            raise UnmappedType(type_, "PT103", reason, "hold it in a list", START)
        if mapped.lifetimes or mapped.generics:
            raise UnmappedType(type_, "PT103", f"the field {field!r} can't stand in a struct", span=START)
        return mapped

    def _extend(self, extension: TypeTable) -> None:
        self._table = self._table.extended(extension)
        for name in extension.custom:
            self._definitions.pop(name, None)
        self._answers.clear()

    def _define(
        self,
        python_name: str,
        rust_name: str,
        definition: Definition,
        traits: frozenset[str],
        *,
        mutable: bool,
    ) -> None:
        row = TypeRow.model_validate(
            {"rust": rust_name, "traits": traits, "mutable": mutable, "scope": "annotation"}
        )
        self._extend(TypeTable.model_construct(version=1, custom={python_name: row}))
        self._definitions[python_name] = definition


def _holds(type_: py.Type, name: str) -> bool:
    """Whether a value of the type has an instance of the class in it, not behind a pointer."""
    match type_:
        case py.Instance(found):
            return found == name
        case py.OptionalOf(inner):
            return _holds(inner, name)
        case py.TupleOf(items) | py.UnionOf(items):
            return any(_holds(item, name) for item in items)
        case _:
            return False
