//! Python's view of lists and tuples: negative indices, slices with steps, and the errors of both.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::python;
use crate::runtime::range;
use crate::runtime::repr::{Repr, repr};
use std::ops::{Bound, RangeBounds};

/// What a `__len__` gives, as `len()` passes it on.
pub fn length(given: i64) -> Result<i64, Error> {
    if given < 0 {
        return Err(Error::ValueError(
            "__len__() should return >= 0".to_string(),
        ));
    }
    Ok(given)
}

/// The item at an index of a list.
pub fn at<T>(items: &[T], index: i64) -> Result<&T, Error> {
    match position(items.len(), index) {
        Some(place) => Ok(&items[place]),
        None => Err(Error::IndexError("list index out of range".to_string())),
    }
}

/// The item at an index of a tuple.
pub fn at_tuple<T>(items: &[T], index: i64) -> Result<&T, Error> {
    match position(items.len(), index) {
        Some(place) => Ok(&items[place]),
        None => Err(Error::IndexError("tuple index out of range".to_string())),
    }
}

/// The item at an index of a list, to be changed in place.
pub fn at_mut<T>(items: &mut [T], index: i64) -> Result<&mut T, Error> {
    match position(items.len(), index) {
        Some(place) => Ok(&mut items[place]),
        None => Err(Error::IndexError("list index out of range".to_string())),
    }
}

/// `items[index] = value`.
pub fn store<T>(items: &mut [T], index: i64, value: T) -> Result<(), Error> {
    match position(items.len(), index) {
        Some(place) => {
            items[place] = value;
            Ok(())
        }
        None => Err(Error::IndexError(
            "list assignment index out of range".to_string(),
        )),
    }
}

/// `items[i], items[j] = items[j], items[i]`.
pub fn swap<T>(items: &mut [T], i: i64, j: i64) -> Result<(), Error> {
    match (position(items.len(), i), position(items.len(), j)) {
        (Some(first), Some(second)) => {
            items.swap(first, second);
            Ok(())
        }
        _ => Err(Error::IndexError("list index out of range".to_string())),
    }
}

/// The part of a list or tuple between two bounds, as Python clamps them.
pub fn slice<T>(items: &[T], range: impl RangeBounds<i64>) -> &[T] {
    let (start, stop) = bounds(items.len(), &range);
    &items[start..stop]
}

/// `items[start:stop]` where a bound may be None.
pub fn slice_between<T>(items: &[T], start: Option<i64>, stop: Option<i64>) -> &[T] {
    slice(items, (lower_bound(start), upper_bound(stop)))
}

/// `items[start:stop:step]`.
pub fn slice_step<T: Clone>(
    items: &[T],
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<Vec<T>, Error> {
    let places = indices(items.len(), start, stop, step)?;
    Ok(places.map(|place| items[place as usize].clone()).collect())
}

/// `items[start:stop:step]` with a step known not to be zero.
pub fn slice_by<T: Clone>(items: &[T], start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<T> {
    let places = indices_by(items.len(), start, stop, step);
    places.map(|place| items[place as usize].clone()).collect()
}

/// `items.pop()`.
pub fn pop<T>(items: &mut Vec<T>) -> Result<T, Error> {
    items
        .pop()
        .ok_or_else(|| Error::IndexError("pop from empty list".to_string()))
}

/// `items.pop(index)`.
pub fn pop_at<T>(items: &mut Vec<T>, index: i64) -> Result<T, Error> {
    match position(items.len(), index) {
        Some(place) => Ok(items.remove(place)),
        None if items.is_empty() => Err(Error::IndexError("pop from empty list".to_string())),
        None => Err(Error::IndexError("pop index out of range".to_string())),
    }
}

/// `items.insert(index, value)`.
pub fn insert<T>(items: &mut Vec<T>, index: i64, value: T) {
    items.insert(clamp(items.len(), index), value);
}

/// `items.remove(value)`.
pub fn remove<T: PartialEq<Q>, Q: PartialEq + ?Sized>(
    items: &mut Vec<T>,
    value: &Q,
) -> Result<(), Error> {
    match find(items, value) {
        Some(place) => {
            items.remove(place);
            Ok(())
        }
        None => Err(Error::ValueError(
            "list.remove(x): x not in list".to_string(),
        )),
    }
}

/// `value in items`; declines for nan, which Python finds by identity.
pub fn contains<T: PartialEq<Q>, Q: PartialEq + ?Sized>(items: &[T], value: &Q) -> bool {
    find(items, value).is_some()
}

/// `items.index(value)` of a list.
pub fn index_of<T, Q>(items: &[T], value: &Q) -> Result<i64, Error>
where
    T: PartialEq<Q>,
    Q: PartialEq + Repr + ?Sized,
{
    match find(items, value) {
        Some(place) => Ok(place as i64),
        None => Err(Error::ValueError(format!("{} is not in list", repr(value)))),
    }
}

/// `items.index(value, start, stop)` of a list.
pub fn index_of_in<T, Q>(
    items: &[T],
    value: &Q,
    start: Option<i64>,
    stop: Option<i64>,
) -> Result<i64, Error>
where
    T: PartialEq<Q>,
    Q: PartialEq + Repr + ?Sized,
{
    let first = clamp(items.len(), start.unwrap_or(0));
    match find(slice_between(items, start, stop), value) {
        Some(place) => Ok((first + place) as i64),
        None => Err(Error::ValueError(format!("{} is not in list", repr(value)))),
    }
}

/// `items.index(value)` of a tuple.
pub fn index_of_tuple<T: PartialEq<Q>, Q: PartialEq + ?Sized>(
    items: &[T],
    value: &Q,
) -> Result<i64, Error> {
    match find(items, value) {
        Some(place) => Ok(place as i64),
        None => Err(Error::ValueError(
            "tuple.index(x): x not in tuple".to_string(),
        )),
    }
}

/// `items.count(value)`.
pub fn count<T: PartialEq<Q>, Q: PartialEq + ?Sized>(items: &[T], value: &Q) -> i64 {
    reflexive(value);
    items.iter().filter(|item| **item == *value).count() as i64
}

/// `del items[index]`.
pub fn delete<T>(items: &mut Vec<T>, index: i64) -> Result<(), Error> {
    match position(items.len(), index) {
        Some(place) => {
            items.remove(place);
            Ok(())
        }
        None => Err(Error::IndexError(
            "list assignment index out of range".to_string(),
        )),
    }
}

/// `del items[start:stop]`.
pub fn delete_slice<T>(items: &mut Vec<T>, range: impl RangeBounds<i64>) {
    let (start, stop) = bounds(items.len(), &range);
    items.drain(start..stop);
}

/// `del items[start:stop:step]`.
pub fn delete_step<T>(
    items: &mut Vec<T>,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<(), Error> {
    let gone = indices(items.len(), start, stop, step)?;
    let mut place = -1;
    items.retain(|_| {
        place += 1;
        !gone.contains(place)
    });
    Ok(())
}

/// `items[start:stop] = values`.
pub fn set_slice<T>(
    items: &mut Vec<T>,
    range: impl RangeBounds<i64>,
    values: impl IntoIterator<Item = T>,
) {
    let (start, stop) = bounds(items.len(), &range);
    items.splice(start..stop, values);
}

/// `items[start:stop:step] = values`.
pub fn set_slice_step<T>(
    items: &mut Vec<T>,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
    values: Vec<T>,
) -> Result<(), Error> {
    let places = indices(items.len(), start, stop, step)?;
    if step == 1 {
        set_slice(items, (lower_bound(start), upper_bound(stop)), values);
    } else if places.len() == values.len() {
        for (place, value) in places.zip(values) {
            items[place as usize] = value;
        }
    } else {
        return Err(Error::ValueError(format!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            values.len(),
            places.len()
        )));
    }
    Ok(())
}

/// `items * times`.
pub fn repeat<T: Clone>(items: &[T], times: i64) -> Vec<T> {
    let times = repetitions(items.len(), times);
    let mut out = Vec::with_capacity(items.len() * times);
    for _ in 0..times {
        out.extend_from_slice(items);
    }
    out
}

/// `items *= times`.
pub fn repeat_in_place<T: Clone>(items: &mut Vec<T>, times: i64) {
    let once = items.len();
    match repetitions(once, times) {
        0 => items.clear(),
        times => {
            items.reserve(once * (times - 1));
            for _ in 1..times {
                items.extend_from_within(..once);
            }
        }
    }
}

/// `a + b` of two lists or tuples.
pub fn concat<T: Clone>(a: &[T], b: &[T]) -> Vec<T> {
    [a, b].concat()
}

/// How often to repeat something of this length; declines beyond 2^30 items: where memory ends, Python raises
/// and Rust would abort.
pub fn repetitions(length: usize, times: i64) -> usize {
    let times = times.max(0) as usize;
    match length.checked_mul(times) {
        Some(total) if total < 1 << 30 => times,
        _ => decline("a repetition too long for memory"),
    }
}

/// The first item of `reduce` without an initial value; raises `TypeError`.
pub fn reduce_first<T>(items: &mut impl Iterator<Item = T>) -> Result<T, Error> {
    items.next().ok_or_else(|| {
        Error::TypeError("reduce() of empty iterable with no initial value".to_owned())
    })
}

/// `items.sort(key=key)` where the key can raise: nothing is moved then.
pub fn sort_by_key_try<T, K: Ord>(
    items: &mut [T],
    key: impl FnMut(&T) -> Result<K, Error>,
) -> Result<(), Error> {
    let keys = items.iter().map(key).collect::<Result<Vec<K>, Error>>()?;
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&one, &other| keys[one].cmp(&keys[other]));
    for place in 0..items.len() {
        let mut from = order[place];
        while from < place {
            from = order[from];
        }
        order[place] = from;
        items.swap(place, from);
    }
    Ok(())
}

/// As `sort_by_key_try`, the greatest key first. Keys are made in the order of the items, as Python does.
pub fn sort_by_key_reversed_try<T, K: Ord>(
    items: &mut [T],
    mut key: impl FnMut(&T) -> Result<K, Error>,
) -> Result<(), Error> {
    sort_by_key_try(items, |item| key(item).map(std::cmp::Reverse))
}

/// The error of `max` and `min` on nothing.
pub fn empty(name: &str) -> Error {
    Error::ValueError(match python::MINOR {
        ..12 => format!("{name}() arg is an empty sequence"),
        _ => format!("{name}() iterable argument is empty"),
    })
}

/// The arguments of `max(*items)` and the like: a single one would be iterated itself.
pub fn several<T>(items: Vec<T>) -> Vec<T> {
    if items.len() < 2 {
        decline("less than two arguments");
    }
    items
}

/// `a, b = items`, taking the items.
pub fn unpack<T, const N: usize>(items: Vec<T>) -> Result<[T; N], Error> {
    items
        .try_into()
        .map_err(|items: Vec<T>| wrong_count(N, items.len()))
}

/// `a, b = items`, borrowing the items.
pub fn unpack_ref<T, const N: usize>(items: &[T]) -> Result<&[T; N], Error> {
    items.try_into().map_err(|_| wrong_count(N, items.len()))
}

/// `a, b = items` of something that can only be iterated; takes no more than one item too many.
pub fn unpack_iter<T, const N: usize>(items: impl IntoIterator<Item = T>) -> Result<[T; N], Error> {
    unpack(items.into_iter().take(N + 1).collect())
}

/// The items before the star, the starred ones, and those after it.
type Starred<'a, T, const B: usize, const A: usize> = (&'a [T; B], &'a [T], &'a [T; A]);

/// `a, *b, c = items` with `B` names before the star and `A` after it.
pub fn unpack_star<T, const B: usize, const A: usize>(
    items: &[T],
) -> Result<Starred<'_, T, B, A>, Error> {
    let parts = items.split_first_chunk().and_then(|(before, rest)| {
        rest.split_last_chunk()
            .map(|(mid, after)| (before, mid, after))
    });
    parts.ok_or_else(|| {
        Error::ValueError(format!(
            "not enough values to unpack (expected at least {}, got {})",
            B + A,
            items.len()
        ))
    })
}

/// The error of unpacking the wrong number of values.
pub fn wrong_count(expected: usize, got: usize) -> Error {
    Error::ValueError(if got < expected {
        format!("not enough values to unpack (expected {expected}, got {got})")
    } else {
        format!("too many values to unpack (expected {expected})")
    })
}

/// The places that `start:stop:step` selects in something of this length.
pub fn indices(
    length: usize,
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
) -> Result<range::Range, Error> {
    if step == 0 {
        return Err(Error::ValueError("slice step cannot be zero".to_string()));
    }
    Ok(indices_by(length, start, stop, step))
}

/// The places that `start:stop:step` selects, with a step known not to be zero.
pub fn indices_by(length: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> range::Range {
    let last = length as i64 - 1;
    let forward = |bound: Option<i64>, none: i64| bound.map_or(none, |b| clamp(length, b) as i64);
    // Backwards the bounds lie between -1 (before the first) and the last place.
    let backward = |bound: Option<i64>, none: i64| match bound {
        None => none,
        Some(bound) if bound < 0 => (bound + last + 1).max(-1),
        Some(bound) => bound.min(last),
    };
    if step > 0 {
        range::range_by(forward(start, 0), forward(stop, last + 1), step)
    } else {
        range::range_by(backward(start, last), backward(stop, -1), step)
    }
}

/// The first place and the place after the last that a range of signed indices selects.
pub fn bounds(length: usize, range: &impl RangeBounds<i64>) -> (usize, usize) {
    let start = match range.start_bound() {
        Bound::Unbounded => 0,
        Bound::Included(&start) => clamp(length, start),
        Bound::Excluded(&start) => clamp(length, start.strict_add(1)),
    };
    let stop = match range.end_bound() {
        Bound::Unbounded => length,
        Bound::Excluded(&stop) => clamp(length, stop),
        Bound::Included(&stop) => clamp(length, stop.strict_add(1)),
    };
    (start, stop.max(start))
}

/// The lower bound of a slice: None is the beginning.
pub fn lower_bound(start: Option<i64>) -> Bound<i64> {
    start.map_or(Bound::Unbounded, Bound::Included)
}

/// The upper bound of a slice: None is the end.
pub fn upper_bound(stop: Option<i64>) -> Bound<i64> {
    stop.map_or(Bound::Unbounded, Bound::Excluded)
}

/// The place that a signed index means in something of this length.
pub fn position(length: usize, index: i64) -> Option<usize> {
    let place = if index < 0 {
        index + length as i64
    } else {
        index
    };
    usize::try_from(place).ok().filter(|&place| place < length)
}

/// The place that a bound of a slice means: negative counts from the end, too far is the end.
pub fn clamp(length: usize, bound: i64) -> usize {
    match usize::try_from(bound) {
        Ok(bound) => bound.min(length),
        Err(_) => length.saturating_sub(bound.unsigned_abs() as usize),
    }
}

/// The first place of an item equal to the value.
fn find<T: PartialEq<Q>, Q: PartialEq + ?Sized>(items: &[T], value: &Q) -> Option<usize> {
    reflexive(value);
    items.iter().position(|item| *item == *value)
}

/// Declines for nan, which Python finds in a list by its identity.
fn reflexive<Q: PartialEq + ?Sized>(value: &Q) {
    let again = value;
    if *value != *again {
        decline("a search for nan");
    }
}
