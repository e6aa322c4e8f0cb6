//! Python's `collections`: `Counter` and `OrderedDict` are dicts, `deque` is the standard double-ended queue.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::hash::Hash;

use indexmap::Equivalent;

use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::repr::{Repr, repr};

/// `Counter(items)`.
pub fn counter<T: Hash + Eq>(items: impl IntoIterator<Item = T>) -> Dict<T, i64> {
    let mut counts = Dict::default();
    counter_update(&mut counts, items);
    counts
}

/// `counter[key]`: a missing key counts 0 and is not added.
pub fn count_of<T, Q: Hash + Equivalent<T> + ?Sized>(counter: &Dict<T, i64>, key: &Q) -> i64 {
    counter.get(key).copied().unwrap_or(0)
}

/// `counter.most_common(n)`: largest counts first, equal counts in order of insertion.
pub fn most_common<T: Clone>(counter: &Dict<T, i64>, n: Option<i64>) -> Vec<(T, i64)> {
    let mut items: Vec<(T, i64)> = counter
        .iter()
        .map(|(item, &count)| (item.clone(), count))
        .collect();
    items.sort_by_key(|&(_, count)| Reverse(count));
    if let Some(n) = n {
        items.truncate(usize::try_from(n).unwrap_or(0));
    }
    items
}

/// `counter.update(items)`.
pub fn counter_update<T: Hash + Eq>(counter: &mut Dict<T, i64>, items: impl IntoIterator<Item = T>) {
    for item in items {
        let count = counter.entry(item).or_insert(0);
        *count = count.strict_add(1);
    }
}

/// `counter.update(other)` with another counter.
pub fn counter_update_counts<T: Hash + Eq + Clone>(counter: &mut Dict<T, i64>, other: &Dict<T, i64>) {
    for (item, &more) in other {
        let count = counter.entry(item.clone()).or_insert(0);
        *count = count.strict_add(more);
    }
}

/// `counter.subtract(items)`.
pub fn counter_subtract<T: Hash + Eq>(counter: &mut Dict<T, i64>, items: impl IntoIterator<Item = T>) {
    for item in items {
        let count = counter.entry(item).or_insert(0);
        *count = count.strict_sub(1);
    }
}

/// `counter.subtract(other)` with another counter.
pub fn counter_subtract_counts<T: Hash + Eq + Clone>(counter: &mut Dict<T, i64>, other: &Dict<T, i64>) {
    for (item, &less) in other {
        let count = counter.entry(item.clone()).or_insert(0);
        *count = count.strict_sub(less);
    }
}

/// Combines two counters key by key, keys of `left` first; only positive counts stay.
fn combine<T: Hash + Eq + Clone>(
    left: &Dict<T, i64>,
    right: &Dict<T, i64>,
    count: impl Fn(i64, i64) -> i64,
) -> Dict<T, i64> {
    let new = right.keys().filter(|item| !left.contains_key(*item));
    left.keys()
        .chain(new)
        .map(|item| (item, count(count_of(left, item), count_of(right, item))))
        .filter(|&(_, total)| total > 0)
        .map(|(item, total)| (item.clone(), total))
        .collect()
}

/// `left + right`: only positive counts stay.
pub fn counter_add<T: Hash + Eq + Clone>(left: &Dict<T, i64>, right: &Dict<T, i64>) -> Dict<T, i64> {
    combine(left, right, i64::strict_add)
}

/// `left - right`: only positive counts stay.
pub fn counter_sub<T: Hash + Eq + Clone>(left: &Dict<T, i64>, right: &Dict<T, i64>) -> Dict<T, i64> {
    combine(left, right, i64::strict_sub)
}

/// `left & right`: the smaller of each pair of counts.
pub fn counter_and<T: Hash + Eq + Clone>(left: &Dict<T, i64>, right: &Dict<T, i64>) -> Dict<T, i64> {
    combine(left, right, i64::min)
}

/// `left | right`: the larger of each pair of counts.
pub fn counter_or<T: Hash + Eq + Clone>(left: &Dict<T, i64>, right: &Dict<T, i64>) -> Dict<T, i64> {
    combine(left, right, i64::max)
}

/// `+counter`: only positive counts stay.
pub fn counter_pos<T: Hash + Eq + Clone>(counter: &Dict<T, i64>) -> Dict<T, i64> {
    let kept = counter.iter().filter(|&(_, &count)| count > 0);
    kept.map(|(item, &count)| (item.clone(), count)).collect()
}

/// `-counter`: the negative counts, turned.
pub fn counter_neg<T: Hash + Eq + Clone>(counter: &Dict<T, i64>) -> Dict<T, i64> {
    let kept = counter.iter().filter(|&(_, &count)| count < 0);
    kept.map(|(item, &count)| (item.clone(), count.strict_neg())).collect()
}

/// `left == right`, where a missing key counts 0.
pub fn counter_eq<T: Hash + Eq>(left: &Dict<T, i64>, right: &Dict<T, i64>) -> bool {
    left.iter().all(|(item, &count)| count_of(right, item) == count)
        && right.iter().all(|(item, &count)| count_of(left, item) == count)
}

/// `counter.elements()`: each item as often as it counts.
pub fn counter_elements<T>(counter: &Dict<T, i64>) -> impl Iterator<Item = &T> {
    counter
        .iter()
        .flat_map(|(item, &count)| std::iter::repeat_n(item, usize::try_from(count).unwrap_or(0)))
}

/// `counter.total()`.
pub fn counter_total<T>(counter: &Dict<T, i64>) -> i64 {
    counter.values().fold(0, |total, &count| total.strict_add(count))
}

/// `dict[key]` of a `defaultdict` whose factory gives the default of `V`.
pub fn get_or_default<K: Hash + Eq, V: Default>(dict: &mut Dict<K, V>, key: K) -> &mut V {
    dict.entry(key).or_default()
}

/// `a == b` of two `OrderedDict`s: the same entries in the same order.
pub fn ordered_eq<K: PartialEq, V: PartialEq>(a: &Dict<K, V>, b: &Dict<K, V>) -> bool {
    a.iter().eq(b.iter())
}

/// `OrderedDict.move_to_end(key, last)`; raises `KeyError`.
pub fn move_to_end<K, V, Q>(dict: &mut Dict<K, V>, key: &Q, last: bool) -> Result<(), Error>
where
    Q: Hash + Equivalent<K> + Repr + ?Sized,
{
    let from = dict.get_index_of(key).ok_or_else(|| Error::KeyError(repr(key)))?;
    dict.move_index(from, if last { dict.len() - 1 } else { 0 });
    Ok(())
}

/// `OrderedDict.popitem(last=False)`; raises `KeyError`.
pub fn pop_first<K, V>(dict: &mut Dict<K, V>) -> Result<(K, V), Error> {
    dict.shift_remove_index(0)
        .ok_or_else(|| Error::KeyError("'dictionary is empty'".to_owned()))
}

/// `OrderedDict.popitem()`; raises `KeyError`.
pub fn pop_last<K, V>(dict: &mut Dict<K, V>) -> Result<(K, V), Error> {
    dict.pop()
        .ok_or_else(|| Error::KeyError("'dictionary is empty'".to_owned()))
}

/// `deque(items, maxlen)`: the last `maxlen` items; raises `ValueError`.
pub fn deque<T>(items: impl IntoIterator<Item = T>, maxlen: Option<i64>) -> Result<VecDeque<T>, Error> {
    let mut queue: VecDeque<T> = items.into_iter().collect();
    if let Some(maxlen) = maxlen {
        let maxlen = usize::try_from(maxlen)
            .map_err(|_| Error::ValueError("maxlen must be non-negative".to_owned()))?;
        queue.drain(..queue.len().saturating_sub(maxlen));
    }
    Ok(queue)
}

/// The place of a Python index, negative from the end; raises `IndexError`.
fn deque_place(len: usize, index: i64) -> Result<usize, Error> {
    let place = if index < 0 { index + len as i64 } else { index };
    match usize::try_from(place) {
        Ok(place) if place < len => Ok(place),
        _ => Err(Error::IndexError("deque index out of range".to_owned())),
    }
}

/// `queue[index]`; raises `IndexError`.
pub fn deque_at<T>(queue: &VecDeque<T>, index: i64) -> Result<&T, Error> {
    deque_place(queue.len(), index).map(|place| &queue[place])
}

/// `queue[index]` to be changed in place; raises `IndexError`.
pub fn deque_at_mut<T>(queue: &mut VecDeque<T>, index: i64) -> Result<&mut T, Error> {
    deque_place(queue.len(), index).map(|place| &mut queue[place])
}

/// `queue.pop()`; raises `IndexError`.
pub fn deque_pop<T>(queue: &mut VecDeque<T>) -> Result<T, Error> {
    queue
        .pop_back()
        .ok_or_else(|| Error::IndexError("pop from an empty deque".to_owned()))
}

/// `queue.popleft()`; raises `IndexError`.
pub fn deque_pop_left<T>(queue: &mut VecDeque<T>) -> Result<T, Error> {
    queue
        .pop_front()
        .ok_or_else(|| Error::IndexError("pop from an empty deque".to_owned()))
}

/// `queue.append(item)` of a queue with a `maxlen`.
pub fn deque_append_max<T>(queue: &mut VecDeque<T>, item: T, maxlen: i64) {
    queue.push_back(item);
    if queue.len() as i64 > maxlen {
        queue.pop_front();
    }
}

/// `queue.appendleft(item)` of a queue with a `maxlen`.
pub fn deque_append_left_max<T>(queue: &mut VecDeque<T>, item: T, maxlen: i64) {
    queue.push_front(item);
    if queue.len() as i64 > maxlen {
        queue.pop_back();
    }
}

/// `queue.extend(items)` of a queue with a `maxlen`.
pub fn deque_extend_max<T>(queue: &mut VecDeque<T>, items: impl IntoIterator<Item = T>, maxlen: i64) {
    for item in items {
        deque_append_max(queue, item, maxlen);
    }
}

/// `queue.extendleft(items)` of a queue with a `maxlen`.
pub fn deque_extend_left_max<T>(queue: &mut VecDeque<T>, items: impl IntoIterator<Item = T>, maxlen: i64) {
    for item in items {
        deque_append_left_max(queue, item, maxlen);
    }
}

/// `queue.insert(index, item)`.
pub fn deque_insert<T>(queue: &mut VecDeque<T>, index: i64, item: T) {
    let length = queue.len() as i64;
    let place = if index < 0 { (index + length).max(0) } else { index.min(length) };
    queue.insert(place as usize, item);
}

/// `queue.reverse()`.
pub fn deque_reverse<T>(queue: &mut VecDeque<T>) {
    queue.make_contiguous().reverse();
}

/// `queue.rotate(n)`: to the right, or to the left where `n` is negative.
pub fn deque_rotate<T>(queue: &mut VecDeque<T>, n: i64) {
    if !queue.is_empty() {
        queue.rotate_right(n.rem_euclid(queue.len() as i64) as usize);
    }
}

/// `queue.extendleft(items)`.
pub fn deque_extend_left<T>(queue: &mut VecDeque<T>, items: impl IntoIterator<Item = T>) {
    for item in items {
        queue.push_front(item);
    }
}

/// `queue.remove(item)`; raises `ValueError`.
pub fn deque_remove<T: PartialEq + Repr>(queue: &mut VecDeque<T>, item: &T) -> Result<(), Error> {
    match queue.iter().position(|other| other == item) {
        Some(place) => {
            queue.remove(place);
            Ok(())
        }
        None => Err(Error::ValueError(format!("{} is not in deque", repr(item)))),
    }
}

/// `queue.index(item)`; raises `ValueError`.
pub fn deque_index<T: PartialEq + Repr>(queue: &VecDeque<T>, item: &T) -> Result<i64, Error> {
    match queue.iter().position(|other| other == item) {
        Some(place) => Ok(place as i64),
        None => Err(Error::ValueError(format!("{} is not in deque", repr(item)))),
    }
}

/// `queue.count(item)`.
pub fn deque_count<T: PartialEq>(queue: &VecDeque<T>, item: &T) -> i64 {
    queue.iter().filter(|other| *other == item).count() as i64
}
