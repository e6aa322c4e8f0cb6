//! Python's `queue` where one thread uses it: an empty queue would wait for another thread, so that it declines.

use std::collections::VecDeque;

use crate::runtime::decline::{decline, or_decline};
use crate::runtime::heap;

/// `Queue.get()`.
pub fn queue_get<T>(queue: &mut VecDeque<T>) -> T {
    or_decline(queue.pop_front(), "an empty queue waits")
}

/// `LifoQueue.get()`.
pub fn lifo_get<T>(queue: &mut Vec<T>) -> T {
    or_decline(queue.pop(), "an empty queue waits")
}

/// `PriorityQueue.get()`.
pub fn priority_get<T: PartialOrd>(queue: &mut Vec<T>) -> T {
    match heap::pop(queue) {
        Ok(item) => item,
        Err(_) => decline("an empty queue waits"),
    }
}
