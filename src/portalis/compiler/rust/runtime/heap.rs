//! Python's `heapq`: the same moves as CPython's, since the list between two calls can be seen.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::runtime::decline::decline;

/// Beyond this length CPython's `heapify` visits the nodes in another order.
const PLAIN_HEAPIFY: usize = 2500;

/// Moves the item at `place` towards the root, no further than `start`.
fn sift_down<T: PartialOrd>(heap: &mut [T], start: usize, mut place: usize) {
    while place > start {
        let parent = (place - 1) / 2;
        if !(heap[place] < heap[parent]) {
            break;
        }
        heap.swap(place, parent);
        place = parent;
    }
}

/// Moves the item at `start` down to a leaf along the smaller children, then up to its place.
fn sift_up<T: PartialOrd>(heap: &mut [T], start: usize) {
    let mut place = start;
    let mut child = 2 * place + 1;
    while child < heap.len() {
        let right = child + 1;
        if right < heap.len() && !(heap[child] < heap[right]) {
            child = right;
        }
        heap.swap(place, child);
        place = child;
        child = 2 * place + 1;
    }
    sift_down(heap, start, place);
}

/// `heapq.heappush(heap, item)`.
pub fn push<T: PartialOrd>(heap: &mut Vec<T>, item: T) {
    heap.push(item);
    let last = heap.len() - 1;
    sift_down(heap, 0, last);
}

/// `heapq.heappop(heap)`; raises `IndexError`.
pub fn pop<T: PartialOrd>(heap: &mut Vec<T>) -> Result<T, Error> {
    if heap.is_empty() {
        return Err(Error::IndexError("index out of range".to_owned()));
    }
    let smallest = heap.swap_remove(0);
    if !heap.is_empty() {
        sift_up(heap, 0);
    }
    Ok(smallest)
}

/// `heapq.heapify(items)`.
pub fn heapify<T: PartialOrd>(items: &mut [T]) {
    if items.len() > PLAIN_HEAPIFY {
        decline("heapify of a long list");
    }
    for start in (0..items.len() / 2).rev() {
        sift_up(items, start);
    }
}

/// `heapq.heapreplace(heap, item)`; raises `IndexError`.
pub fn replace<T: PartialOrd>(heap: &mut [T], item: T) -> Result<T, Error> {
    let Some(first) = heap.first_mut() else {
        return Err(Error::IndexError("index out of range".to_owned()));
    };
    let smallest = std::mem::replace(first, item);
    sift_up(heap, 0);
    Ok(smallest)
}

/// `heapq.heappushpop(heap, item)`.
pub fn push_pop<T: PartialOrd>(heap: &mut [T], item: T) -> T {
    match heap.first_mut() {
        Some(first) if *first < item => {
            let smallest = std::mem::replace(first, item);
            sift_up(heap, 0);
            smallest
        }
        _ => item,
    }
}

/// `heapq.merge(*lists, key=key, reverse=reverse)`: of equal items those of earlier lists come first.
pub fn merge<T, K: Ord>(lists: Vec<Vec<T>>, mut key: impl FnMut(&T) -> K, reverse: bool) -> Vec<T> {
    let mut sources: Vec<_> = lists.into_iter().map(|list| list.into_iter().peekable()).collect();
    let mut heads = BTreeMap::new();
    let place = |at: usize| if reverse { usize::MAX - at } else { at };
    for (at, source) in sources.iter_mut().enumerate() {
        if let Some(item) = source.peek() {
            heads.insert((key(item), place(at)), at);
        }
    }
    let mut merged = Vec::new();
    while let Some((_, at)) = if reverse { heads.pop_last() } else { heads.pop_first() } {
        merged.extend(sources[at].next());
        if let Some(item) = sources[at].peek() {
            heads.insert((key(item), place(at)), at);
        }
    }
    merged
}
