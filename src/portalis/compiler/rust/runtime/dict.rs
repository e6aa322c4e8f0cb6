//! Python's `dict` as an insertion-ordered map: the operations that can raise or that keep Python's order.

use std::hash::Hash;

use indexmap::{Equivalent, IndexMap};
use rustc_hash::FxBuildHasher;

use crate::error::Error;
use crate::runtime::repr::{Repr, repr};

/// A Python `dict`: insertion-ordered, with a fast hasher.
pub type Dict<K, V> = IndexMap<K, V, FxBuildHasher>;

/// An empty dict with room for `capacity` items.
pub fn with_capacity<K, V>(capacity: usize) -> Dict<K, V> {
    Dict::with_capacity_and_hasher(capacity, FxBuildHasher)
}

/// `dict(pairs)`: the first position of a key is kept, its last value wins.
pub fn from_pairs<K: Hash + Eq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Dict<K, V> {
    pairs.into_iter().collect()
}

/// `dict.fromkeys(keys, value)`.
pub fn from_keys<K: Hash + Eq, V: Clone>(keys: impl IntoIterator<Item = K>, value: V) -> Dict<K, V> {
    keys.into_iter().map(|key| (key, value.clone())).collect()
}

/// The `KeyError` for a missing key.
pub fn key_error<Q: Repr + ?Sized>(key: &Q) -> Error {
    Error::KeyError(repr(key))
}

/// `dict[key]`; raises `KeyError`.
pub fn get_item<'d, K, V, Q>(dict: &'d Dict<K, V>, key: &Q) -> Result<&'d V, Error>
where
    Q: Hash + Equivalent<K> + Repr + ?Sized,
{
    dict.get(key).ok_or_else(|| key_error(key))
}

/// `dict[key]` to be changed in place; raises `KeyError`.
pub fn get_mut<'d, K, V, Q>(dict: &'d mut Dict<K, V>, key: &Q) -> Result<&'d mut V, Error>
where
    Q: Hash + Equivalent<K> + Repr + ?Sized,
{
    dict.get_mut(key).ok_or_else(|| key_error(key))
}

/// `dict.pop(key)`; raises `KeyError`.
pub fn pop<K, V, Q>(dict: &mut Dict<K, V>, key: &Q) -> Result<V, Error>
where
    Q: Hash + Equivalent<K> + Repr + ?Sized,
{
    dict.shift_remove(key).ok_or_else(|| key_error(key))
}

/// `dict.pop(key, default)`.
pub fn pop_default<K, V, Q>(dict: &mut Dict<K, V>, key: &Q, default: V) -> V
where
    Q: Hash + Equivalent<K> + ?Sized,
{
    dict.shift_remove(key).unwrap_or(default)
}

/// `dict.popitem()`: the last item; raises `KeyError`.
pub fn pop_item<K, V>(dict: &mut Dict<K, V>) -> Result<(K, V), Error> {
    dict.pop()
        .ok_or_else(|| Error::KeyError("'popitem(): dictionary is empty'".to_owned()))
}

/// `del dict[key]`; raises `KeyError`.
pub fn delete<K, V, Q>(dict: &mut Dict<K, V>, key: &Q) -> Result<(), Error>
where
    Q: Hash + Equivalent<K> + Repr + ?Sized,
{
    match dict.shift_remove(key) {
        Some(_) => Ok(()),
        None => Err(key_error(key)),
    }
}

/// `dict.setdefault(key, default)`.
pub fn set_default<K: Hash + Eq, V>(dict: &mut Dict<K, V>, key: K, default: V) -> &mut V {
    dict.entry(key).or_insert(default)
}

/// `dict.update(other)`.
pub fn update<K: Hash + Eq + Clone, V: Clone>(dict: &mut Dict<K, V>, other: &Dict<K, V>) {
    dict.extend(other.iter().map(|(key, value)| (key.clone(), value.clone())));
}

/// `dict.update(pairs)`.
pub fn update_pairs<K: Hash + Eq, V>(dict: &mut Dict<K, V>, pairs: impl IntoIterator<Item = (K, V)>) {
    dict.extend(pairs);
}

/// `left | right`.
pub fn union<K: Hash + Eq + Clone, V: Clone>(left: &Dict<K, V>, right: &Dict<K, V>) -> Dict<K, V> {
    let mut merged = left.clone();
    update(&mut merged, right);
    merged
}
