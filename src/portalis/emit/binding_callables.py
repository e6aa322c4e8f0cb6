"""How Python functions cross: a marker for each signature, whose Rust form is a closure that calls one.

pub struct IntToBool;
impl PyType for IntToBool {
    type Rust = Rc<dyn Fn(i64) -> Result<bool, Error>>;
    …
}
"""

from __future__ import annotations

from collections.abc import Iterable

from portalis.compiler.types import OBJECT, CallableOf, OptionalOf, Prim, Type, is_copy
from portalis.emit.markers import callable_marker, marker, parts
from portalis.mapping import rust_type


def callables_module(types: Iterable[Type], lib: str, needs: Iterable[str]) -> str:
    """The file with the markers of the callables among the types; "" where there is none."""
    found = {callable_marker(one): one for one in types if isinstance(one, CallableOf)}
    if not found:
        return ""
    uses = [f"use crate::convert_{family}::*;" for family in sorted(needs)]
    if any(_takes_anything(one) for one in found.values()):
        uses.append(f"use {lib}::runtime::value::Value;")
    head = [
        "//! The callables of the Python signatures.",
        "",
        "use crate::convert::*;",
        *uses,
        "use std::rc::Rc;",
    ]
    markers = [_marker(name, one, lib) for name, one in sorted(found.items())]
    return "\n\n".join(["\n".join(head), *markers]) + "\n"


def _takes_anything(type_: CallableOf) -> bool:
    """Whether values of any type stand in the signature, also inside tuples and options."""
    return any(OBJECT in parts(part) for part in (*(type_.params or ()), type_.returns))


def _marker(name: str, type_: CallableOf, lib: str) -> str:
    params = type_.params or ()
    types = [str(rust_type(param, "param")) for param in params]
    result = f"Result<{rust_type(type_.returns, 'owned')}, {lib}::error::Error>"
    taken = ", ".join(f"x{at}: {spelled}" for at, spelled in enumerate(types))
    given = ", ".join(f"<{marker(param)}>::give({_held(param, f'x{at}')})" for at, param in enumerate(params))
    call = f"function.call::<{marker(type_.returns)}, {len(params)}>([{given}])"
    return "\n".join(
        [
            f"pub struct {name};",
            f"impl PyType for {name} {{",
            f"type Rust = Rc<dyn Fn({', '.join(types)}) -> {result}>;",
            "fn take(object: Object) -> Taken<Self::Rust> {",
            "let function = Function::take(object)?;",
            "let place = function.place();",
            f"let made: Self::Rust = Rc::new(move |{taken}| -> {result} {{ Ok({call}) }});",
            "place.set(address(&made), object);",
            "Ok(made)",
            "}",
            "fn give(value: &Self::Rust) -> Taken<Owned> {",
            "stands_for(address(value))",
            "}",
            "fn is(value: &Self::Rust, object: Object) -> bool {",
            "stands_for(address(value)).is_ok_and(|found| found.get() == object)",
            "}",
            "}",
        ]
    )


def _held(param: Type, name: str) -> str:
    """A parameter of the closure as a reference to its owned form."""
    match param:
        case Prim.STR | Prim.BYTES:
            return f"&{name}.to_owned()"
        case OptionalOf(Prim.STR | Prim.BYTES):
            return f"&{name}.map(ToOwned::to_owned)"
        case OptionalOf() if not is_copy(param):
            return f"&{name}.cloned()"
        case _:
            return f"&{name}" if is_copy(param) else name
