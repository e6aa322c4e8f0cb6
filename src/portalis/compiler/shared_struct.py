"""The Rust of a class whose instances are shared: a handle, its fields, and a method for each field.

    class Node:                         pub struct Node(Rc<RefCell<NodeFields>>);
        data: int                →      pub struct NodeFields { pub data: i64, pub next: Option<Node> }
        next: Node | None               impl Node { pub fn data(&self) -> i64 { … } … }

A copy of the handle is a second reference to one object, as in Python. A field is read and stored by a call
that ends its borrow before it returns, so no two borrows ever meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from portalis.compiler.hir.structs import StructInfo
from portalis.compiler.types import DictOf, Instance, ListOf, OptionalOf, Shared, Type, is_copy, is_mutable

FieldText = tuple[str, str]
"""A field's name in Rust and its type."""

IMPORTS = frozenset({"crate::runtime::shared::Identity", "std::cell::RefCell", "std::rc::Rc"})
KEY_IMPORTS = frozenset(
    {"std::hash::Hash", "std::hash::Hasher", "crate::runtime::decline::decline", "crate::runtime::repr::Repr"}
)
"""What the traits of instances that are keys need."""


def shared_text(info: StructInfo, fields: Sequence[FieldText], doc: str, methods: Sequence[str]) -> str:
    """The items of a shared class, before rustfmt; `methods` are printed already."""
    name = info.rust
    inside = "".join(f"pub {field}: {type_},\n" for field, type_ in fields)
    accessors = [_accessors(info, at, field, type_) for at, (field, type_) in enumerate(fields)]
    items = [
        f"{doc}#[derive(Clone)]\npub struct {name}(Rc<RefCell<{name}Fields>>);",
        f"/// The attributes of a `{name}`.\npub struct {name}Fields"
        + (f" {{\n{inside}}}" if fields else ";"),
        f"impl {name} {{\n" + "\n\n".join([*accessors, *methods]) + "\n}",
        _FROM.replace("NAME", name),
        _IDENTITY.replace("NAME", name),
        DEBUG.replace("NAME", name),
    ]
    items += identity_traits(info)
    links = [
        taken
        for one, (field, _) in zip(info.fields, fields, strict=True)
        if (taken := _taken(one.type, f"FROM.{field}", Shared(info.fullname)))
    ]
    if links:
        items.append(_drop(name, links))
    return "\n\n".join(items)


def identity_traits(info: StructInfo) -> list[str]:
    """`PartialEq`, and what keys need besides, of instances that equal only themselves."""
    name, items = info.rust, list[str]()
    if info.by_identity:
        items.append(
            f"/// Without `__eq__`, an instance equals only itself.\nimpl PartialEq for {name} {{\n"
            f"fn eq(&self, other: &{name}) -> bool {{\nself.is(other)\n}}\n}}"
        )
    if info.keys:
        items.append(
            f"impl Eq for {name} {{}}\n\nimpl Hash for {name} {{\n"
            "fn hash<H: Hasher>(&self, state: &mut H) {\nself.address().hash(state);\n}\n}"
        )
        items.append(
            f"impl Repr for {name} {{\n/// A key that is missing would be shown with where it is in memory.\n"
            'fn repr(&self, _out: &mut String) {\ndecline("the text of an instance")\n}\n}'
        )
    return items


def _accessors(info: StructInfo, at: int, field: str, type_: str) -> str:
    kind = info.fields[at].type
    name = info.fields[at].name
    if is_mutable(kind):
        lent = f"Ref::map(self.0.borrow(), |fields| &fields.{field})"
        changed = f"RefMut::map(self.0.borrow_mut(), |fields| &mut fields.{field})"
        texts = [
            f"pub fn {field}(&self) -> Ref<'_, {type_}> {{\n{lent}\n}}",
            f"pub fn {name}_mut(&self) -> RefMut<'_, {type_}> {{\n{changed}\n}}",
        ]
        return "\n\n".join(texts if info.frozen else [*texts, _store(info.setter(name), field, kind, type_)])
    read = f"self.0.borrow().{field}" + ("" if is_copy(kind) else ".clone()")
    getter = f"pub fn {field}(&self) -> {type_} {{\n{read}\n}}"
    if info.frozen:
        return getter
    return f"{getter}\n\n{_store(info.setter(name), field, kind, type_)}"


def _store(name: str, field: str, kind: Type, type_: str) -> str:
    # What was there before is dropped when the borrow has ended.
    store = (
        f"self.0.borrow_mut().{field} = value;"
        if is_copy(kind)
        else f"let old = std::mem::replace(&mut self.0.borrow_mut().{field}, value);\ndrop(old);"
    )
    return f"pub fn {name}(&self, value: {type_}) {{\n{store}\n}}"


def _taken(type_: Type, place: str, own: Type) -> str:
    """What takes the instances of the class itself out of a field, to iterate over; "" for no link."""
    match type_:
        case OptionalOf(inner) if inner == own:
            return f"{place}.take()"
        case ListOf(elem) | Instance("collections.deque", (elem,)) if _within(elem, own):
            return f"{place}.drain(..)" + _flat(elem, own)
        case DictOf(_, value) | Instance("collections.defaultdict", (_, value)) if _within(value, own):
            return f"std::mem::take(&mut {place}).into_values()" + _flat(value, own)
        case _:
            return ""


def _within(type_: Type, own: Type) -> bool:
    """Whether iterating over the values, once or not at all, gives instances of the class."""
    return type_ == own or (isinstance(type_, (OptionalOf, ListOf)) and _inside(type_) == own)


def _inside(type_: OptionalOf | ListOf) -> Type:
    return type_.inner if isinstance(type_, OptionalOf) else type_.elem


def _flat(type_: Type, own: Type) -> str:
    return "" if type_ == own else ".flatten()"


def _drop(name: str, links: Sequence[str]) -> str:
    """Dropping a long chain by recursion would overflow the stack."""
    if all(link.endswith(".take()") for link in links):
        taken = ", ".join(link.replace("FROM", "self") for link in links)
        first = f"let mut pending: Vec<{name}> = [{taken}].into_iter().flatten().collect();"
    else:
        first = f"let mut pending: Vec<{name}> = Vec::new();\n" + "".join(
            f"pending.extend({link.replace('FROM', 'self')});\n" for link in links
        )
    further = "".join(f"pending.extend({link.replace('FROM', 'fields')});\n" for link in links)
    return _DROP.replace("NAME", name).replace("FIRST", first).replace("FURTHER", further)


_FROM = """\
impl From<NAMEFields> for NAME {
    fn from(fields: NAMEFields) -> NAME {
        NAME(Rc::new(RefCell::new(fields)))
    }
}"""
_IDENTITY = """\
impl Identity for NAME {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}"""
DEBUG = """\
impl std::fmt::Debug for NAME {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NAME")
    }
}"""
_DROP = """\
impl Drop for NAMEFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        FIRST
        while let Some(NAME(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                FURTHER
            }
        }
    }
}"""
