//! `max` and `min`: of items, of two values, and by a key.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::seq;
use std::cmp::Ordering;

/// `max(items)`: the first of the greatest.
pub fn max<T: PartialOrd>(items: impl IntoIterator<Item = T>) -> Result<T, Error> {
    items
        .into_iter()
        .reduce(max2)
        .ok_or_else(|| seq::empty("max"))
}

/// `min(items)`: the first of the least.
pub fn min<T: PartialOrd>(items: impl IntoIterator<Item = T>) -> Result<T, Error> {
    items
        .into_iter()
        .reduce(min2)
        .ok_or_else(|| seq::empty("min"))
}

/// `max(items, default=default)`.
pub fn max_or<T: PartialOrd>(items: impl IntoIterator<Item = T>, default: T) -> T {
    items.into_iter().reduce(max2).unwrap_or(default)
}

/// `min(items, default=default)`.
pub fn min_or<T: PartialOrd>(items: impl IntoIterator<Item = T>, default: T) -> T {
    items.into_iter().reduce(min2).unwrap_or(default)
}

/// `max(a, b)`: the first where neither is greater.
pub fn max2<T: PartialOrd>(a: T, b: T) -> T {
    if b > a { b } else { a }
}

/// `min(a, b)`: the first where neither is less.
pub fn min2<T: PartialOrd>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// `max(items, key=key)`.
pub fn max_by_key<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> K,
) -> Result<T, Error> {
    max_by_key_try(items, |item| Ok(key(item)))
}

/// `min(items, key=key)`.
pub fn min_by_key<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> K,
) -> Result<T, Error> {
    min_by_key_try(items, |item| Ok(key(item)))
}

/// `max(items, key=key)` where the key can raise.
pub fn max_by_key_try<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> Result<K, Error>,
) -> Result<T, Error> {
    best_by_key(items, key, |new, best| new > best)?.ok_or_else(|| seq::empty("max"))
}

/// `min(items, key=key)` where the key can raise.
pub fn min_by_key_try<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> Result<K, Error>,
) -> Result<T, Error> {
    best_by_key(items, key, |new, best| new < best)?.ok_or_else(|| seq::empty("min"))
}

/// `max(items, key=key, default=default)`.
pub fn max_by_key_or<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> Result<K, Error>,
    default: T,
) -> Result<T, Error> {
    Ok(best_by_key(items, key, |new, best| new > best)?.unwrap_or(default))
}

/// `min(items, key=key, default=default)`.
pub fn min_by_key_or<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> Result<K, Error>,
    default: T,
) -> Result<T, Error> {
    Ok(best_by_key(items, key, |new, best| new < best)?.unwrap_or(default))
}

/// `max(items, key=key)` of a set: where its order decides between equal keys, the call declines.
pub fn max_by_key_untied<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Result<T, Error> {
    untied(items, key, Ordering::Greater).ok_or_else(|| seq::empty("max"))
}

/// `min(items, key=key)` of a set: where its order decides between equal keys, the call declines.
pub fn min_by_key_untied<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    key: impl FnMut(&T) -> K,
) -> Result<T, Error> {
    untied(items, key, Ordering::Less).ok_or_else(|| seq::empty("min"))
}

/// The item whose key is the greatest or least.
fn untied<T, K: PartialOrd>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> K,
    wanted: Ordering,
) -> Option<T> {
    let mut best: Option<(K, T)> = None;
    let mut tied = false;
    for item in items {
        let rank = key(&item);
        match best.as_ref().map(|(held, _)| rank.partial_cmp(held)) {
            None => best = Some((rank, item)),
            Some(Some(order)) if order == wanted => {
                best = Some((rank, item));
                tied = false;
            }
            Some(Some(order)) => tied |= order.is_eq(),
            Some(None) => decline("nan has no order"),
        }
    }
    if tied {
        decline("the order of a set decides between equal keys");
    }
    best.map(|(_, item)| item)
}

/// The first item whose key none of the following beats.
fn best_by_key<T, K>(
    items: impl IntoIterator<Item = T>,
    mut key: impl FnMut(&T) -> Result<K, Error>,
    better: impl Fn(&K, &K) -> bool,
) -> Result<Option<T>, Error> {
    let mut best: Option<(K, T)> = None;
    for item in items {
        let rank = key(&item)?;
        if best.as_ref().is_none_or(|(held, _)| better(&rank, held)) {
            best = Some((rank, item));
        }
    }
    Ok(best.map(|(_, item)| item))
}
