"""The Rust of a class whose instances are shared: a handle, its fields, and a method for each field.

    class Node:                         pub struct Node(Rc<RefCell<NodeFields>>);
        data: int                →      pub struct NodeFields { pub data: i64, pub next: Option<Node> }
        next: Node | None               impl Node { pub fn data(&self) -> i64 { … } pub fn set_data(&self, value: i64) { … } }

A copy of the handle is a second reference to one object, as in Python. A field is read and stored by a call
that ends its borrow before it returns, so no two borrows ever meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.types import OptionalOf, Shared, is_copy

FieldText = tuple[str, str]
"""A field's name in Rust and its type."""

IMPORTS = frozenset({"crate::runtime::shared::Identity", "std::cell::RefCell", "std::fmt", "std::rc::Rc"})


def shared_text(info: StructInfo, fields: Sequence[FieldText], doc: str, methods: Sequence[str]) -> str:
    """The items of a shared class, before rustfmt; `methods` are printed already."""
    name = info.qualname
    inside = "".join(f"pub {field}: {type_},\n" for field, type_ in fields)
    accessors = [_accessors(info, at, field, type_) for at, (field, type_) in enumerate(fields)]
    items = [
        f"{doc}#[derive(Clone)]\npub struct {name}(Rc<RefCell<{name}Fields>>);",
        f"/// The attributes of a `{name}`.\npub struct {name}Fields {{\n{inside}}}",
        f"impl {name} {{\n" + "\n\n".join([*accessors, *methods]) + "\n}",
        f"impl From<{name}Fields> for {name} {{\nfn from(fields: {name}Fields) -> {name} {{\n"
        f"{name}(Rc::new(RefCell::new(fields)))\n}}\n}}",
        f"impl Identity for {name} {{\nfn is(&self, other: &{name}) -> bool {{\n"
        "Rc::ptr_eq(&self.0, &other.0)\n}\n}",
        f"impl fmt::Debug for {name} {{\nfn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n"
        f'f.write_str("{name}")\n}}\n}}',
    ]
    if "__eq__" not in info.methods and not info.is_dataclass:
        items.append(
            f"/// Without `__eq__`, an instance equals only itself.\nimpl PartialEq for {name} {{\n"
            f"fn eq(&self, other: &{name}) -> bool {{\nself.is(other)\n}}\n}}"
        )
    links = [
        field
        for one, (field, _) in zip(info.fields, fields, strict=True)
        if isinstance(one.type, OptionalOf) and one.type.inner == Shared(info.fullname)
    ]
    if links:
        items.append(_drop(name, links))
    return "\n\n".join(items)


def _accessors(info: StructInfo, at: int, field: str, type_: str) -> str:
    kind = info.fields[at].type
    read = f"self.0.borrow().{field}" + ("" if is_copy(kind) else ".clone()")
    getter = f"pub fn {field}(&self) -> {type_} {{\n{read}\n}}"
    if info.frozen:
        return getter
    # What was there before is dropped when the borrow has ended.
    store = (
        f"self.0.borrow_mut().{field} = value;"
        if is_copy(kind)
        else f"let old = std::mem::replace(&mut self.0.borrow_mut().{field}, value);\ndrop(old);"
    )
    name = info.fields[at].name
    return f"{getter}\n\npub fn set_{name}(&self, value: {type_}) {{\n{store}\n}}"


def _drop(name: str, links: Sequence[str]) -> str:
    """A long chain is taken apart link by link: dropping it by recursion would overflow the stack."""
    taken = ", ".join(f"self.{link}.take()" for link in links)
    further = "".join(f"pending.extend(fields.{link}.take());\n" for link in links)
    return (
        f"impl Drop for {name}Fields {{\n/// A long chain is taken apart link by link, not by recursion.\n"
        f"fn drop(&mut self) {{\nlet mut pending: Vec<{name}> = [{taken}].into_iter().flatten().collect();\n"
        f"while let Some({name}(cell)) = pending.pop() {{\n"
        f"if let Some(cell) = Rc::into_inner(cell) {{\nlet mut fields = cell.into_inner();\n{further}}}\n}}\n}}\n}}"
    )
