//! Python's `bisect`: the very probes of CPython, so that unsorted lists give the same answer too.

use std::borrow::Borrow;

use crate::error::Error;
use crate::runtime::decline::decline;

/// `bisect.bisect_left(items, wanted)`.
pub fn left<T: Borrow<Q>, Q: PartialOrd + ?Sized>(items: &[T], wanted: &Q) -> usize {
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = (low + high) / 2;
        if items[middle].borrow() < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// `bisect.bisect_right(items, wanted)`.
pub fn right<T: Borrow<Q>, Q: PartialOrd + ?Sized>(items: &[T], wanted: &Q) -> usize {
    let (mut low, mut high) = (0, items.len());
    while low < high {
        let middle = (low + high) / 2;
        if wanted < items[middle].borrow() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The part of a list that `lo` and `hi` ask for; a part beyond its end declines.
fn part(length: usize, lo: i64, hi: Option<i64>) -> Result<(usize, usize), Error> {
    let Ok(low) = usize::try_from(lo) else {
        return Err(Error::ValueError("lo must be non-negative".to_owned()));
    };
    // CPython takes `hi = -1` for None, and finds nothing in an empty part.
    let high = match hi {
        None | Some(-1) => length,
        Some(high) => usize::try_from(high).unwrap_or(0),
    };
    if high > length && low < high {
        decline("bisect beyond the end of a list");
    }
    Ok((low, high))
}

/// `bisect.bisect_left(items, wanted, lo, hi)`; raises `ValueError`.
pub fn left_in<T: Borrow<Q>, Q: PartialOrd + ?Sized>(
    items: &[T],
    wanted: &Q,
    lo: i64,
    hi: Option<i64>,
) -> Result<i64, Error> {
    let (low, high) = part(items.len(), lo, hi)?;
    Ok(if low < high { low + left(&items[low..high], wanted) } else { low } as i64)
}

/// `bisect.bisect_right(items, wanted, lo, hi)`; raises `ValueError`.
pub fn right_in<T: Borrow<Q>, Q: PartialOrd + ?Sized>(
    items: &[T],
    wanted: &Q,
    lo: i64,
    hi: Option<i64>,
) -> Result<i64, Error> {
    let (low, high) = part(items.len(), lo, hi)?;
    Ok(if low < high { low + right(&items[low..high], wanted) } else { low } as i64)
}

/// `bisect.bisect_left(items, wanted, lo, hi, key=key)`; raises `ValueError`.
pub fn left_by<T, K: PartialOrd>(
    items: &[T],
    wanted: &K,
    mut key: impl FnMut(&T) -> K,
    lo: i64,
    hi: Option<i64>,
) -> Result<i64, Error> {
    let (mut low, mut high) = part(items.len(), lo, hi)?;
    while low < high {
        let middle = (low + high) / 2;
        if key(&items[middle]) < *wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low as i64)
}

/// `bisect.bisect_right(items, wanted, lo, hi, key=key)`; raises `ValueError`.
pub fn right_by<T, K: PartialOrd>(
    items: &[T],
    wanted: &K,
    mut key: impl FnMut(&T) -> K,
    lo: i64,
    hi: Option<i64>,
) -> Result<i64, Error> {
    let (mut low, mut high) = part(items.len(), lo, hi)?;
    while low < high {
        let middle = (low + high) / 2;
        if *wanted < key(&items[middle]) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low as i64)
}
