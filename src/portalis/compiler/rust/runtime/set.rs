//! Python's `set` and `frozenset`; nothing here lets the order of iteration be seen.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::Hash;

use rustc_hash::FxBuildHasher;

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::repr::{Repr, repr};

/// A Python `set` or `frozenset`, with a fast hasher.
pub type Set<T> = HashSet<T, FxBuildHasher>;

/// `set(items)`.
pub fn from_items<T: Hash + Eq>(items: impl IntoIterator<Item = T>) -> Set<T> {
    items.into_iter().collect()
}

/// `set.remove(item)`; raises `KeyError`.
pub fn remove<T, Q>(set: &mut Set<T>, item: &Q) -> Result<(), Error>
where
    T: Hash + Eq + Borrow<Q>,
    Q: Hash + Eq + Repr + ?Sized,
{
    if set.remove(item) {
        Ok(())
    } else {
        Err(Error::KeyError(repr(item)))
    }
}

/// `set.pop()`: raises `KeyError` on the empty set; with more than one element Python's choice is not known here.
pub fn pop<T: Hash + Eq>(set: &mut Set<T>) -> Result<T, Error> {
    if set.len() > 1 {
        decline("set.pop() of several elements");
    }
    set.drain()
        .next()
        .ok_or_else(|| Error::KeyError("'pop from an empty set'".to_owned()))
}

/// The only item of a set, which is its first; with more than one, Python's choice is not known here.
pub fn only<T: Clone>(set: &Set<T>) -> Option<T> {
    if set.len() > 1 {
        decline("the first of several elements of a set");
    }
    set.iter().next().cloned()
}

/// `left | right`; of two that are equal it is the left one's.
pub fn union<T: Hash + Eq + Clone>(left: &Set<T>, right: &Set<T>) -> Set<T> {
    left.iter().chain(right).cloned().collect()
}

/// `left & right`; of two that are equal it is that of the smaller set, of the right one where they are as large.
pub fn intersection<T: Hash + Eq + Clone>(left: &Set<T>, right: &Set<T>) -> Set<T> {
    let (few, many) = if right.len() > left.len() {
        (left, right)
    } else {
        (right, left)
    };
    few.iter()
        .filter(|item| many.contains(*item))
        .cloned()
        .collect()
}

/// `left - right`.
pub fn difference<T: Hash + Eq + Clone>(left: &Set<T>, right: &Set<T>) -> Set<T> {
    left - right
}

/// `left ^ right`.
pub fn symmetric_difference<T: Hash + Eq + Clone>(left: &Set<T>, right: &Set<T>) -> Set<T> {
    left ^ right
}

/// `left |= right`.
pub fn union_update<T: Hash + Eq + Clone>(left: &mut Set<T>, right: &Set<T>) {
    left.extend(right.iter().cloned());
}

/// `left &= right`.
pub fn intersection_update<T: Hash + Eq + Clone>(left: &mut Set<T>, right: &Set<T>) {
    *left = intersection(left, right);
}

/// `left -= right`.
pub fn difference_update<T: Hash + Eq>(left: &mut Set<T>, right: &Set<T>) {
    left.retain(|item| !right.contains(item));
}

/// `left ^= right`.
pub fn symmetric_difference_update<T: Hash + Eq + Clone>(left: &mut Set<T>, right: &Set<T>) {
    for item in right {
        if !left.remove(item) {
            left.insert(item.clone());
        }
    }
}

/// `left < right`.
pub fn is_proper_subset<T: Hash + Eq>(left: &Set<T>, right: &Set<T>) -> bool {
    left.len() < right.len() && left.is_subset(right)
}
