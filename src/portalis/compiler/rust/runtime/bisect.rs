//! Python's `bisect`: the very probes of CPython, so that unsorted lists give the same answer too.

use std::borrow::Borrow;

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
