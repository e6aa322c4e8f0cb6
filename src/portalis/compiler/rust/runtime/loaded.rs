//! Values that are loaded once, by their name, and kept: by whoever has them, such as a host's Python.

use std::borrow::Borrow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;
use std::sync::OnceLock;
use std::thread::LocalKey;

use rustc_hash::FxBuildHasher;

use crate::runtime::decline::or_decline;

/// Where values come from. It is set once, to a function that gives the value of a name, or nothing.
#[derive(Debug)]
pub struct Source<A: ?Sized, V>(OnceLock<fn(&A) -> Option<V>>);

impl<A: ?Sized, V> Source<A, V> {
    /// A source that gives nothing until it is set.
    pub const fn unset() -> Source<A, V> {
        Source(OnceLock::new())
    }

    /// Takes values from `source` from now on; the first source stays.
    pub fn set(&self, source: fn(&A) -> Option<V>) {
        self.0.get_or_init(|| source);
    }
}

/// The values that a thread has loaded.
pub type Loaded<K, V> = RefCell<HashMap<K, Rc<V>, FxBuildHasher>>;

/// The value of a name: the one that was loaded before, or a new one; declines where the source gives nothing.
pub fn load<K, A, V>(
    loaded: &'static LocalKey<Loaded<K, V>>,
    source: &Source<A, V>,
    name: &A,
) -> Rc<V>
where
    K: Borrow<A> + Eq + Hash,
    A: Eq + Hash + ToOwned<Owned = K> + ?Sized,
{
    if let Some(known) = loaded.with_borrow(|loaded| loaded.get(name).cloned()) {
        return known;
    }
    let given = source.0.get().and_then(|source| source(name));
    let value = Rc::new(or_decline(given, "nothing to load"));
    loaded.with_borrow_mut(|loaded| loaded.insert(name.to_owned(), Rc::clone(&value)));
    value
}
