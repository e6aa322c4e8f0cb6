//! Immutable objects of the builtin types, each by its own, where the Python says `Any`, `object` or a type variable.

use crate::convert::{
    Bool, Bytes, Declined, Float, Int, Object, Owned, PyType, Str, Taken, Unit, VarTuple,
};
use crate::tables::VALUE;

pub struct Dynamic;

impl PyType for Dynamic {
    type Rust = VALUE;

    fn take(object: Object) -> Taken<VALUE> {
        Int::take(object)
            .map(VALUE::Int)
            .or_else(|Declined| Str::take(object).map(VALUE::Str))
            .or_else(|Declined| Float::take(object).map(VALUE::Float))
            .or_else(|Declined| Bool::take(object).map(VALUE::Bool))
            .or_else(|Declined| Unit::take(object).map(|()| VALUE::None))
            .or_else(|Declined| VarTuple::<Dynamic>::take(object).map(VALUE::Tuple))
            .or_else(|Declined| Bytes::take(object).map(VALUE::Bytes))
    }

    fn give(value: &VALUE) -> Taken<Owned> {
        match value {
            VALUE::None => Unit::give(&()),
            VALUE::Bool(flag) => Bool::give(flag),
            VALUE::Int(number) => Int::give(number),
            VALUE::Float(number) => Float::give(number),
            VALUE::Str(text) => Str::give(text),
            VALUE::Bytes(data) => Bytes::give(data),
            VALUE::Tuple(items) => VarTuple::<Dynamic>::give(items),
        }
    }

    fn is(value: &VALUE, object: Object) -> bool {
        match value {
            VALUE::None => Unit::take(object).is_ok(),
            VALUE::Bool(flag) => Bool::is(flag, object),
            VALUE::Int(number) => Int::is(number, object),
            VALUE::Float(number) => Float::is(number, object),
            VALUE::Str(text) => Str::is(text, object),
            VALUE::Bytes(data) => Bytes::is(data, object),
            VALUE::Tuple(items) => VarTuple::<Dynamic>::is(items, object),
        }
    }
}
