//! CPython's list sort by a function of two items, as `functools.cmp_to_key` asks for it: the same comparisons in
//! the same order, so that a function which is no order, raises or prints does what it does in Python.
//!
//! Runs are found and extended by binary insertion, and merged with galloping in the order that the powers of
//! their boundaries give (Munro and Wild, "Nearly-Optimal Mergesorts"; CPython's `Objects/listsort.txt`).

use crate::error::Error;

/// From so many items won in a row on, a merge gallops.
const MIN_GALLOP: usize = 7;

/// Shorter lists are one run.
const SHORTEST_MERGED: usize = 64;

/// Whether the item at one place is less than that at another.
type Less<'a> = dyn FnMut(usize, usize) -> Result<bool, Error> + 'a;

/// A run that waits to be merged: where it begins, its length, and the power of the boundary after it.
struct Run {
    base: usize,
    len: usize,
    power: u32,
}

/// `items.sort(key=cmp_to_key(compare))`; raises what `compare` raises, and leaves the items as they were then.
pub fn sort_by<T: Clone>(
    items: &mut [T],
    mut compare: impl FnMut(&T, &T) -> Result<i64, Error>,
) -> Result<(), Error> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort(&mut order, &mut |a, b| Ok(compare(&items[a], &items[b])? < 0))?;
    let sorted: Vec<T> = order.iter().map(|&place| items[place].clone()).collect();
    items.clone_from_slice(&sorted);
    Ok(())
}

/// The sign of what a comparing function gives as a float; a nan is neither less nor more.
pub fn sign(result: f64) -> i64 {
    i64::from(result > 0.0) - i64::from(result < 0.0)
}

/// `max(items, key=cmp_to_key(compare))`; raises `ValueError`, or what `compare` raises.
pub fn max_by<T>(
    items: impl IntoIterator<Item = T>,
    mut compare: impl FnMut(&T, &T) -> Result<i64, Error>,
) -> Result<T, Error> {
    extreme(items, "max", |item, best| Ok(compare(item, best)? > 0))
}

/// `min(items, key=cmp_to_key(compare))`; raises `ValueError`, or what `compare` raises.
pub fn min_by<T>(
    items: impl IntoIterator<Item = T>,
    mut compare: impl FnMut(&T, &T) -> Result<i64, Error>,
) -> Result<T, Error> {
    extreme(items, "min", |item, best| Ok(compare(item, best)? < 0))
}

fn extreme<T>(
    items: impl IntoIterator<Item = T>,
    name: &str,
    mut better: impl FnMut(&T, &T) -> Result<bool, Error>,
) -> Result<T, Error> {
    let mut items = items.into_iter();
    let Some(mut best) = items.next() else {
        return Err(Error::ValueError(format!("{name}() arg is an empty sequence")));
    };
    for item in items {
        if better(&item, &best)? {
            best = item;
        }
    }
    Ok(best)
}

/// The shortest run that a list of this length is cut into.
fn shortest_run(mut length: usize) -> usize {
    let mut rest = 0;
    while length >= SHORTEST_MERGED {
        rest |= length & 1;
        length >>= 1;
    }
    length + rest
}

/// The power of the boundary between two runs that follow each other.
fn power(base: usize, first: usize, second: usize, length: usize) -> u32 {
    let mut a = 2 * base + first;
    let mut b = a + first + second;
    let mut power = 0;
    loop {
        power += 1;
        if a >= length {
            a -= length;
            b -= length;
        } else if b >= length {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
}

/// Sorts the places of items.
fn sort(order: &mut [usize], less: &mut Less) -> Result<(), Error> {
    let shortest = shortest_run(order.len());
    let mut runs: Vec<Run> = Vec::new();
    let mut min_gallop = MIN_GALLOP;
    let mut base = 0;
    while order.len() > 1 && base < order.len() {
        let rest = &mut order[base..];
        let (mut len, descending) = count_run(rest, less)?;
        if descending {
            rest[..len].reverse();
        }
        if len < shortest {
            let forced = shortest.min(rest.len());
            insert(&mut rest[..forced], len, less)?;
            len = forced;
        }
        if let Some(before) = runs.last() {
            let power = power(before.base, before.len, len, order.len());
            while runs.len() > 1 && runs[runs.len() - 2].power > power {
                let at = runs.len() - 2;
                merge_at(order, &mut runs, at, &mut min_gallop, less)?;
            }
            let last = runs.len() - 1;
            runs[last].power = power;
        }
        runs.push(Run { base, len, power: 0 });
        base += len;
    }
    while runs.len() > 1 {
        let mut at = runs.len() - 2;
        if at > 0 && runs[at - 1].len < runs[at + 1].len {
            at -= 1;
        }
        merge_at(order, &mut runs, at, &mut min_gallop, less)?;
    }
    Ok(())
}

/// The length of the run at the front, and whether it descends.
fn count_run(order: &[usize], less: &mut Less) -> Result<(usize, bool), Error> {
    if order.len() == 1 {
        return Ok((1, false));
    }
    let descending = less(order[1], order[0])?;
    let mut end = 2;
    while end < order.len() && less(order[end], order[end - 1])? == descending {
        end += 1;
    }
    Ok((end, descending))
}

/// Sorts by binary insertion what is sorted up to `start`.
fn insert(order: &mut [usize], start: usize, less: &mut Less) -> Result<(), Error> {
    for place in start..order.len() {
        let pivot = order[place];
        let (mut low, mut high) = (0, place);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(pivot, order[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        order[low..=place].rotate_right(1);
    }
    Ok(())
}

/// Merges the run at `at` with the one after it.
fn merge_at(
    order: &mut [usize],
    runs: &mut Vec<Run>,
    at: usize,
    min_gallop: &mut usize,
    less: &mut Less,
) -> Result<(), Error> {
    let second = runs.remove(at + 1);
    let (base, len) = (runs[at].base, runs[at].len);
    runs[at].len += second.len;
    let skipped = gallop_right(order[second.base], &order[base..base + len], 0, less)?;
    let (base, len) = (base + skipped, len - skipped);
    if len == 0 {
        return Ok(());
    }
    let behind = &order[second.base..second.base + second.len];
    let more = gallop_left(order[base + len - 1], behind, behind.len() - 1, less)?;
    if more == 0 {
        return Ok(());
    }
    let part = &mut order[base..second.base + more];
    if len <= more {
        Forwards::new(part, len).merge(min_gallop, less)
    } else {
        Backwards::new(part, len).merge(min_gallop, less)
    }
}

/// Where a key goes in a sorted part, before what equals it; the search begins at `hint`.
fn gallop_left(key: usize, part: &[usize], hint: usize, less: &mut Less) -> Result<usize, Error> {
    let (mut last, mut offset) = (0, 1);
    let (low, high);
    if less(part[hint], key)? {
        let most = part.len() - hint;
        while offset < most && less(part[hint + offset], key)? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    } else {
        let most = hint + 1;
        while offset < most && !less(part[hint - offset], key)? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    }
    between(low, high, |middle| less(part[middle], key))
}

/// Where a key goes in a sorted part, after what equals it; the search begins at `hint`.
fn gallop_right(key: usize, part: &[usize], hint: usize, less: &mut Less) -> Result<usize, Error> {
    let (mut last, mut offset) = (0, 1);
    let (low, high);
    if less(key, part[hint])? {
        let most = hint + 1;
        while offset < most && less(key, part[hint - offset])? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + 1 - offset.min(most), hint - last);
    } else {
        let most = part.len() - hint;
        while offset < most && !less(key, part[hint + offset])? {
            (last, offset) = (offset, 2 * offset + 1);
        }
        (low, high) = (hint + last + 1, hint + offset.min(most));
    }
    between(low, high, |middle| Ok(!less(key, part[middle])?))
}

/// The first place from `low` to `high` that a test, true of the places before it, is false of.
fn between(
    mut low: usize,
    mut high: usize,
    mut before: impl FnMut(usize) -> Result<bool, Error>,
) -> Result<usize, Error> {
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(high)
}

/// A merge from the front of two runs that follow each other; the first one is copied out, being no longer.
struct Forwards<'a> {
    part: &'a mut [usize],
    first: Vec<usize>,
    /// The next places to take from: in `first`, and in `part`.
    a: usize,
    b: usize,
}

impl<'a> Forwards<'a> {
    fn new(part: &'a mut [usize], len: usize) -> Self {
        let first = part[..len].to_vec();
        Forwards { part, first, a: 0, b: len }
    }

    fn take_first(&mut self, count: usize) -> usize {
        let to = self.a + self.b - self.first.len();
        self.part[to..to + count].copy_from_slice(&self.first[self.a..self.a + count]);
        self.a += count;
        self.first.len() - self.a
    }

    fn take_second(&mut self, count: usize) -> usize {
        let to = self.a + self.b - self.first.len();
        self.part.copy_within(self.b..self.b + count, to);
        self.b += count;
        self.part.len() - self.b
    }

    fn merge(mut self, min_gallop: &mut usize, less: &mut Less) -> Result<(), Error> {
        self.run(min_gallop, less)?;
        match self.first.len() - self.a {
            // One item is known to be the last of all.
            1 => {
                let rest = self.part.len() - self.b;
                self.take_second(rest);
                self.take_first(1);
            }
            rest => {
                self.take_first(rest);
            }
        }
        Ok(())
    }

    /// Compares until one run is used up, or one item of the first is left.
    fn run(&mut self, min_gallop: &mut usize, less: &mut Less) -> Result<(), Error> {
        if self.take_second(1) == 0 || self.first.len() == 1 {
            return Ok(());
        }
        loop {
            let (mut from_first, mut from_second) = (0, 0);
            while from_first < *min_gallop && from_second < *min_gallop {
                if less(self.part[self.b], self.first[self.a])? {
                    (from_first, from_second) = (0, from_second + 1);
                    if self.take_second(1) == 0 {
                        return Ok(());
                    }
                } else {
                    (from_first, from_second) = (from_first + 1, 0);
                    if self.take_first(1) == 1 {
                        return Ok(());
                    }
                }
            }
            *min_gallop += 1;
            loop {
                *min_gallop -= usize::from(*min_gallop > 1);
                from_first = gallop_right(self.part[self.b], &self.first[self.a..], 0, less)?;
                if from_first > 0 && self.take_first(from_first) <= 1 {
                    return Ok(());
                }
                if self.take_second(1) == 0 {
                    return Ok(());
                }
                from_second = gallop_left(self.first[self.a], &self.part[self.b..], 0, less)?;
                if from_second > 0 && self.take_second(from_second) == 0 {
                    return Ok(());
                }
                if self.take_first(1) == 1 {
                    return Ok(());
                }
                if from_first < MIN_GALLOP && from_second < MIN_GALLOP {
                    break;
                }
            }
            *min_gallop += 1;
        }
    }
}

/// A merge from the end of two runs that follow each other; the second one is copied out, being shorter.
struct Backwards<'a> {
    part: &'a mut [usize],
    second: Vec<usize>,
    /// How many items are left to take from `part`, and from `second`.
    a: usize,
    b: usize,
}

impl<'a> Backwards<'a> {
    fn new(part: &'a mut [usize], len: usize) -> Self {
        let second = part[len..].to_vec();
        let b = second.len();
        Backwards { part, second, a: len, b }
    }

    fn take_first(&mut self, count: usize) -> usize {
        let to = self.a + self.b - count;
        self.part.copy_within(self.a - count..self.a, to);
        self.a -= count;
        self.a
    }

    fn take_second(&mut self, count: usize) -> usize {
        let to = self.a + self.b - count;
        self.part[to..to + count].copy_from_slice(&self.second[self.b - count..self.b]);
        self.b -= count;
        self.b
    }

    fn merge(mut self, min_gallop: &mut usize, less: &mut Less) -> Result<(), Error> {
        self.run(min_gallop, less)?;
        if self.b == 1 {
            let rest = self.a;
            self.take_first(rest); // one item is known to be the first of all
        }
        let rest = self.b;
        self.take_second(rest);
        Ok(())
    }

    /// Compares until one run is used up, or one item of the second is left.
    fn run(&mut self, min_gallop: &mut usize, less: &mut Less) -> Result<(), Error> {
        if self.take_first(1) == 0 || self.second.len() == 1 {
            return Ok(());
        }
        loop {
            let (mut from_first, mut from_second) = (0, 0);
            while from_first < *min_gallop && from_second < *min_gallop {
                if less(self.second[self.b - 1], self.part[self.a - 1])? {
                    (from_first, from_second) = (from_first + 1, 0);
                    if self.take_first(1) == 0 {
                        return Ok(());
                    }
                } else {
                    (from_first, from_second) = (0, from_second + 1);
                    if self.take_second(1) == 1 {
                        return Ok(());
                    }
                }
            }
            *min_gallop += 1;
            loop {
                *min_gallop -= usize::from(*min_gallop > 1);
                let key = self.second[self.b - 1];
                from_first = self.a - gallop_right(key, &self.part[..self.a], self.a - 1, less)?;
                if from_first > 0 && self.take_first(from_first) == 0 {
                    return Ok(());
                }
                if self.take_second(1) == 1 {
                    return Ok(());
                }
                let key = self.part[self.a - 1];
                from_second = self.b - gallop_left(key, &self.second[..self.b], self.b - 1, less)?;
                if from_second > 0 && self.take_second(from_second) <= 1 {
                    return Ok(());
                }
                if self.take_first(1) == 0 {
                    return Ok(());
                }
                if from_first < MIN_GALLOP && from_second < MIN_GALLOP {
                    break;
                }
            }
            *min_gallop += 1;
        }
    }
}
