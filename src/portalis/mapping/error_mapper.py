"""`ErrorMapper`: Python exceptions as variants of a Rust error enum.

The enum is written by the same code as the one of translated crates, so that messages, variants and the
names of its methods agree.

>>> mapper = ErrorMapper()
>>> mapper.get_mapping("ValueError").rust_error_variant
'ValueError'
>>> mapper.translate_raise_statement("ValueError", "Invalid input")
'return Err(Error::ValueError("Invalid input".to_string()));'
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from portalis.config import Config
from portalis.config.rust_syntax import is_expression, is_identifier
from portalis.mapping import messages
from portalis.mapping.error_source import Conversion, ErrorEnum, Variant
from portalis.mapping.errors import RaiseError, UnknownException
from portalis.mapping.exceptions import BUILTIN, ErrorHandlingStrategy, ErrorMapping, bases_of, canonical
from portalis.mapping.naming import camel, predicate, snake
from portalis.mapping.rust_text import rust_string
from portalis.mapping.rust_type import MappedType
from portalis.mapping.signature import RustSignature, all_imports
from portalis.mapping.type_mapper import TypeMapper

__all__ = ["ErrorHandlingStrategy", "ErrorMapper", "ErrorMapping", "UnknownException", "rust_string"]

_GROUPS = frozenset({"BaseExceptionGroup", "ExceptionGroup"})
_GROUP_FIELDS = (("errors", ""),)
_DERIVED = frozenset({"Clone", "Debug", "Eq", "PartialEq"})
_CODE = "PT505"


class ErrorMapper:
    """Knows Python's exceptions and those registered with it.

    Args:
        default_strategy: how exceptions are handled that no rule below names; by their class where None.
        strategies: how a class, and every class below it, is handled; the nearest class counts.
        types: maps the annotations of fields and of values in messages.
    """

    def __init__(
        self,
        default_strategy: ErrorHandlingStrategy | None = None,
        strategies: Mapping[str, ErrorHandlingStrategy] | None = None,
        types: TypeMapper | None = None,
    ) -> None:
        self._custom: dict[str, ErrorMapping] = {}
        self._default = default_strategy
        self._strategies = {canonical(name): one for name, one in (strategies or {}).items()}
        self._types = types if types is not None else TypeMapper()
        self._defaults: dict[str, str] = {}

    @classmethod
    def from_config(cls, config: Config) -> ErrorMapper:
        """A mapper with the `error-strategy` and `error-strategies` of the project's `[tool.portalis]`.

        Raises:
            ConfigError: the project's type table can't be read.
        """
        default = config.error_strategy
        return cls(
            ErrorHandlingStrategy(default) if default is not None else None,
            {name: ErrorHandlingStrategy(one) for name, one in config.error_strategies.items()},
            TypeMapper.from_config(config),
        )

    # Knowledge ------------------------------------------------------------------------------------

    def get_mapping(self, exception: str) -> ErrorMapping:
        """The Rust side of an exception, with the strategy that holds in this mapper.

        Args:
            exception: the class name; `IOError` and `EnvironmentError` are `OSError`.

        Raises:
            UnknownException: it is not Python's and was not registered (PT504).
        """
        found = self._known(exception)
        return replace(found, strategy=self._strategy(found))

    def hierarchy(self, exception: str) -> tuple[str, ...]:
        """The class and all it inherits from, in Python's order: `KeyError`, `LookupError`, `Exception`, …

        Raises:
            UnknownException: it is unknown.
        """
        name = self._known(exception).python_name
        return (name, *bases_of(name, self._custom))

    def register_custom_exception(
        self,
        name: str,
        base: str | Sequence[str] = "Exception",
        *,
        variant: str = "",
        strategy: ErrorHandlingStrategy | None = None,
        fields: Mapping[str, str] | None = None,
        default_message: str = "",
    ) -> ErrorMapping:
        """Makes an exception class of the user's known.

        Args:
            name: the class name.
            base: the known class it inherits from, or several.
            variant: the Rust variant; the last part of the name where empty.
            strategy: how it is handled; as its base is where None.
            fields: what it carries beside its message: the annotation of each attribute.
            default_message: `str(exc)` of an instance made without arguments.

        Raises:
            UnknownException: a base is unknown.
            MappingError: a field's annotation can't be mapped.
            ValueError: the variant or a field is no Rust identifier, the bases have no consistent order, or
                the class is one of Python's own.
        """
        if canonical(name) in BUILTIN:
            raise ValueError(f"{name} is one of Python's own exceptions")
        bases = tuple(self._known(one).python_name for one in ((base,) if isinstance(base, str) else base))
        chosen = variant or camel(name.rpartition(".")[2])
        for one in (chosen, *(fields or {})):
            if not is_identifier(one) or one == "message":
                raise ValueError(f"{one!r} is not a name for a Rust variant or a field of one")
        for annotation in (fields or {}).values():
            self._types.map_annotation(annotation)
        row = tuple((fields or {}).items())
        inherited = self._known(bases[0]).strategy
        mapping = ErrorMapping(name, chosen, bases, strategy or inherited, fields=row, builtin=False)
        bases_of(name, {**self._custom, name: mapping})
        self._custom[name] = mapping
        self._defaults[name] = default_message
        if strategy is not None:
            self._strategies[name] = strategy
        return self.get_mapping(name)

    def is_subclass(self, exception: str, base: str) -> bool:
        """Whether `except base` catches the exception.

        Raises:
            UnknownException: one of them is unknown.
        """
        return self._known(base).python_name in self.hierarchy(exception)

    def guard(self, error: str, caught: Sequence[str]) -> str:
        """The Rust condition under which `except (A, B)` catches an error.

        Args:
            error: the Rust expression of the error.
            caught: the classes of the except clause.

        Raises:
            UnknownException: one of them is unknown.
            ValueError: there are no classes.

        >>> ErrorMapper().guard("error", ["ValueError", "OSError"])
        'error.is_value_error() || error.is_os_error()'
        """
        if not caught:
            raise ValueError("an except clause without classes catches nothing")
        known = [self._known(one) for one in caught]
        if any(one.python_name == "BaseException" for one in known):
            return "true"
        return " || ".join(f"{error}.{predicate(one.rust_error_variant)}()" for one in known)

    # Rust -----------------------------------------------------------------------------------------

    def generate_error_enum(
        self, exceptions: Iterable[str], name: str = "Error", *, chains: bool = True, conversions: bool = True
    ) -> str:
        """The Rust source of an error enum: a module's text, as rustfmt leaves it.

        It has `Display`, `std::error::Error`, `message()`, `class_name()`, and the like of
        `is_value_error()` for every class that an except clause could name.

        Args:
            exceptions: class names; duplicates count once, the order is kept.
            name: the enum's name.
            chains: whether an error can be `caused_by` another one, which is its `source()`.
            conversions: whether the standard library's errors become those that say the same, by `From`.

        Raises:
            UnknownException: one of them is unknown.
            ValueError: the name is not a Rust identifier, or two classes would be one variant.
        """
        mappings = list(dict.fromkeys(self._known(one) for one in exceptions))
        if not is_identifier(name):
            raise ValueError(f"{name!r} is not a name for a Rust enum")
        if not mappings:
            return _EMPTY.replace("Nothing", name)
        variants = [one.rust_error_variant for one in mappings]
        if len(set(variants)) < len(variants) or (chains and "Chained" in variants):
            raise ValueError(f"two variants of {name} would have one name: {', '.join(variants)}")
        fields = [self._types.map_annotation(text) for one in mappings for _, text in one.fields]
        traits = frozenset.intersection(_DERIVED, *(one.traits for one in fields))
        found = ErrorEnum(
            name,
            [self._variant(one) for one in mappings],
            traits,
            chains,
            self._conversions(mappings) if conversions else (),
            fmt="std::fmt",
        )
        return _uses(fields) + _definitions(fields) + found.source()

    def translate_raise_statement(
        self,
        exception: str,
        message: str | None = None,
        strategy: ErrorHandlingStrategy | None = None,
        *,
        arguments: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        cause: str = "",
        in_result: bool = False,
    ) -> str:
        """The Rust statement for `raise exception(message)`.

        Args:
            exception: the class name.
            message: the exception's argument; None for none. It is taken as it stands, unless `arguments`
                is given: then it is an f-string.
            strategy: another than the exception's own.
            arguments: the annotation of each name in the message's braces. Rust and Python must print them
                alike: ints and strs.
            fields: the Rust expression of each of a custom exception's fields; for a group, of its `errors`.
            cause: the Rust expression of the error in `raise … from error`.
            in_result: whether the function returns a `Result` too, which matters to OPTION.

        Raises:
            UnknownException: the exception is unknown (PT504).
            RaiseError: the message can't be written, or the fields are not those of the class (PT505).

        >>> known = {"n": "int"}
        >>> ErrorMapper().translate_raise_statement("ValueError", "bad {n}", arguments=known, cause="error")
        'return Err(Error::ValueError(format!("bad {n}")).caused_by(error));'
        """
        pieces: list[messages.Piece] | None = None
        if message is not None:
            pieces = [message] if arguments is None else messages.template(message, arguments)
        return self._statement(exception, pieces, strategy, fields or {}, cause, in_result=in_result)

    def translate_raise(
        self,
        statement: str,
        arguments: Mapping[str, str] | None = None,
        strategy: ErrorHandlingStrategy | None = None,
        *,
        in_result: bool = False,
    ) -> str:
        """The Rust statement for a Python `raise` statement.

        Args:
            statement: such as `raise ValueError(f"bad value {n}") from error`.
            arguments: the annotation of each name in the message.
            strategy: another than the exception's own.
            in_result: whether the function returns a `Result` too, which matters to OPTION.

        Raises:
            UnknownException: the exception is unknown (PT504).
            RaiseError: it is no raise, or not one that Rust can say (PT505).

        >>> ErrorMapper().translate_raise("raise KeyError('a')")
        'return Err(Error::KeyError("\\'a\\'".to_string()));'
        """
        try:
            body = ast.parse(statement.strip()).body
        except (SyntaxError, ValueError) as error:
            raise RaiseError(f"not a raise statement: {statement!r}", _CODE) from error
        match body:
            case [ast.Raise(exc=ast.Call(func=head, args=args, keywords=[]), cause=cause)] if len(args) <= 1:
                pieces = messages.of_expression(args[0], arguments or {}) if args else None
            case [ast.Raise(exc=(ast.Name() | ast.Attribute()) as head, cause=cause)]:
                pieces = None
            case _:
                raise RaiseError(
                    f"not a raise of a class with one message: {statement!r}",
                    _CODE,
                    "write raise ValueError(…)",
                )
        if isinstance(cause, ast.Constant) and cause.value is None:
            cause = None  # `from None` hides a context, which Rust errors don't have
        if cause is not None and not isinstance(cause, ast.Name):
            raise RaiseError(f"the cause {ast.unparse(cause)} is computed", _CODE, "bind it to a name before")
        source = cause.id if isinstance(cause, ast.Name) else ""
        return self._statement(ast.unparse(head), pieces, strategy, {}, source, in_result=in_result)

    def wrap_signature(self, signature: RustSignature, exceptions: Iterable[str]) -> RustSignature:
        """The signature of a function that can raise: its result in a `Result`, an `Option`, or both.

        Args:
            signature: as `TypeMapper.map_function_signature` gives it.
            exceptions: the classes that leave the function.

        Raises:
            UnknownException: one of them is unknown.

        >>> signature = TypeMapper().map_function_signature(["str"], "int", name="parse")
        >>> str(ErrorMapper().wrap_signature(signature, ["ValueError"]))
        'fn parse(&str) -> Result<i64, Error>'
        """
        found = {self.get_mapping(one).strategy for one in exceptions}
        return replace(
            signature,
            fallible=signature.fallible or ErrorHandlingStrategy.RESULT in found,
            optional=signature.optional or ErrorHandlingStrategy.OPTION in found,
        )

    # Inside -----------------------------------------------------------------------------------------

    def _known(self, exception: str) -> ErrorMapping:
        name = canonical(exception)
        found = self._custom.get(name) or BUILTIN.get(name)
        if found is None:
            raise UnknownException(
                f"{exception} is not one of Python's exceptions",
                "PT504",
                "register it with register_custom_exception",
            )
        return found

    def _strategy(self, mapping: ErrorMapping) -> ErrorHandlingStrategy:
        for name in (mapping.python_name, *bases_of(mapping.python_name, self._custom)):
            if name in self._strategies:
                return self._strategies[name]
        return self._default if self._default is not None else mapping.strategy

    def _variant(self, mapping: ErrorMapping) -> Variant:
        name = mapping.python_name
        fields = tuple((field, str(self._types.map_annotation(text))) for field, text in mapping.fields)
        bases = tuple(self._known(one).rust_error_variant for one in bases_of(name, self._custom))
        group = name in _GROUPS
        return Variant(
            mapping.rust_error_variant,
            name,
            name.rpartition(".")[2],
            bases,
            "fields" if fields or group else "text" if mapping.builtin else "optional",
            self._defaults.get(name, ""),
            (("errors", "Vec<Self>"),) if group else fields,
            group,
        )

    def _conversions(self, mappings: Sequence[ErrorMapping]) -> list[Conversion]:
        """The standard library's errors that have their exception, or one above it, among the variants."""
        present = {one.python_name: one.rust_error_variant for one in mappings if one.python_name in BUILTIN}
        kinds = tuple(
            (row.io_kind, present[name]) for name, row in BUILTIN.items() if row.io_kind and name in present
        )
        found: list[Conversion] = []
        for name, row in BUILTIN.items():
            for std in row.rust_std:
                above = (one for one in (name, *bases_of(name)) if one in present)
                nearest = next(above, "Exception")
                if nearest in ("Exception", "BaseException") or row.io_kind:
                    continue
                found.append(Conversion(std, present[nearest], kinds if std == "std::io::Error" else ()))
        return sorted(found, key=lambda one: one.std)

    def _statement(
        self,
        exception: str,
        pieces: list[messages.Piece] | None,
        strategy: ErrorHandlingStrategy | None,
        fields: Mapping[str, str],
        cause: str,
        *,
        in_result: bool,
    ) -> str:
        mapping = self.get_mapping(exception)
        if cause and not is_expression(cause):
            raise RaiseError(f"the cause {cause!r} is not a Rust expression", _CODE)
        self._check_fields(mapping, fields)
        shown = self._shown(mapping, pieces)
        match strategy or mapping.strategy:
            case ErrorHandlingStrategy.RESULT:
                error = self._value(mapping, pieces, shown, fields)
                return f"return Err({error}{f'.caused_by({cause})' if cause else ''});"
            case ErrorHandlingStrategy.PANIC:
                head = f"{mapping.python_name}: " if shown else mapping.python_name
                inside = messages.format_arguments(shown, self._types, head)
                return f"panic!({inside});"
            case ErrorHandlingStrategy.OPTION:
                return "return Ok(None);" if in_result else "return None;"

    def _shown(self, mapping: ErrorMapping, pieces: list[messages.Piece] | None) -> list[messages.Piece]:
        """What `str(exc)` gives: the message, but for a KeyError its repr.

        Raises:
            RaiseError: a KeyError's message has values in it.
        """
        if pieces is None:
            return []
        if not self.is_subclass(mapping.python_name, "KeyError"):
            return pieces
        text = messages.plain(pieces)
        if text is None:
            raise RaiseError(
                "a KeyError shows the repr of its message, which has values in it",
                _CODE,
                "raise a LookupError",
            )
        return [repr(text)]

    def _value(
        self,
        mapping: ErrorMapping,
        pieces: list[messages.Piece] | None,
        shown: list[messages.Piece],
        fields: Mapping[str, str],
    ) -> str:
        path = f"Error::{mapping.rust_error_variant}"
        text = messages.render(shown, self._types)
        if mapping.python_name in _GROUPS:
            plain = messages.plain(shown)
            title = rust_string(plain) if plain is not None else f"&{text}"
            return f"Error::{snake(mapping.rust_error_variant)}({title}, {fields['errors']})"
        if mapping.fields:
            given = [f"{name}: {value}" if name != value else name for name, value in fields.items()]
            return f"{path} {{ {', '.join((f'message: {text}', *given))} }}"
        if mapping.builtin:
            return f"{path}({text})"
        return f"{path}({'None' if pieces is None else f'Some({text})'})"

    def _check_fields(self, mapping: ErrorMapping, fields: Mapping[str, str]) -> None:
        wanted = [name for name, _ in (_GROUP_FIELDS if mapping.python_name in _GROUPS else mapping.fields)]
        if set(wanted) != set(fields):
            takes = ", ".join(wanted) or "no fields"
            raise RaiseError(
                f"{mapping.python_name} takes {takes}, not {', '.join(fields) or 'none'}",
                _CODE,
                "give its fields",
            )
        for name, value in fields.items():
            if not is_expression(value):
                raise RaiseError(f"the value of {name!r}, {value!r}, is not a Rust expression", _CODE)


def _uses(fields: Iterable[MappedType]) -> str:
    lines = [f"use {path};\n" for path in sorted(all_imports(fields))]
    return "".join((*lines, "\n")) if lines else ""


def _definitions(fields: Iterable[MappedType]) -> str:
    texts = dict.fromkeys(text for one in fields for text in one.definitions)
    return "".join(f"{text}\n\n" for text in texts)


_EMPTY = """\
/// No value: nothing here raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {}

impl std::fmt::Display for Nothing {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Nothing {}
"""
