//! Results that a function keeps by its arguments, as `functools.lru_cache` does.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::thread::LocalKey;

use rustc_hash::FxBuildHasher;

/// Results by arguments: at least the `size` that were used last, at most twice as many.
#[derive(Debug)]
pub struct Results<K, V> {
    size: usize,
    recent: HashMap<K, V, FxBuildHasher>,
    older: HashMap<K, V, FxBuildHasher>,
}

impl<K: Eq + Hash, V: Clone> Results<K, V> {
    /// No results yet.
    pub const fn new(size: usize) -> Results<K, V> {
        Results {
            size,
            recent: HashMap::with_hasher(FxBuildHasher),
            older: HashMap::with_hasher(FxBuildHasher),
        }
    }

    fn find(&mut self, key: &K) -> Option<V> {
        if let Some(value) = self.recent.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.older.remove_entry(key)?;
        self.keep(key, value.clone());
        Some(value)
    }

    fn keep(&mut self, key: K, value: V) {
        if self.recent.len() >= self.size {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(key, value);
    }
}

/// The result that was kept for the key, or a new one.
pub fn remember<K: Eq + Hash, V: Clone>(
    results: &'static LocalKey<RefCell<Results<K, V>>>,
    key: K,
    compute: impl FnOnce() -> V,
) -> V {
    if let Some(value) = results.with_borrow_mut(|kept| kept.find(&key)) {
        return value;
    }
    let value = compute();
    results.with_borrow_mut(|kept| kept.keep(key, value.clone()));
    value
}

/// The result that was kept for the key, or a new one; an error is not kept.
pub fn remember_or_raise<K: Eq + Hash, V: Clone, E>(
    results: &'static LocalKey<RefCell<Results<K, V>>>,
    key: K,
    compute: impl FnOnce() -> Result<V, E>,
) -> Result<V, E> {
    if let Some(value) = results.with_borrow_mut(|kept| kept.find(&key)) {
        return Ok(value);
    }
    let value = compute()?;
    results.with_borrow_mut(|kept| kept.keep(key, value.clone()));
    Ok(value)
}
