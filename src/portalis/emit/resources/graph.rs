//! Instances that are shared: which Python object stands for which Rust instance during one call.
//!
//! An object that is reached twice is one instance in Rust, and an instance that came from Python goes back as
//! the very object it was. What the call changed in them is bound when it returns or raises.

use crate::convert::{Declined, Object, Owned, Taken};
use crate::tables::IDENTITY as Identity;
use crate::write_back::{Change, Mutable};
use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;

/// How deep a chain of instances may be that crosses; a deeper one declines.
const DEEPEST: usize = 2000;

struct Entry {
    object: Owned,
    prepare: Box<dyn Fn(Object) -> Taken<Owned>>,
    commit: fn(Object, Object) -> bool,
}

#[derive(Default)]
struct Graph {
    /// Rust instances by the address of the Python object.
    handles: HashMap<usize, Box<dyn Any>>,
    /// Python objects by the address of the Rust instance.
    objects: HashMap<usize, Owned>,
    entries: Vec<Entry>,
    /// Keeps instances alive, so that no address is used twice.
    kept: Vec<Box<dyn Any>>,
    depth: usize,
}

thread_local! {
    static GRAPH: RefCell<Graph> = RefCell::default();
}

/// One call, until this is dropped: then the graph is again that of the call which led to it.
pub struct Session(Graph);

/// Begins a call.
pub fn begin() -> Session {
    Session(GRAPH.take())
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(GRAPH.replace(std::mem::take(&mut self.0)));
    }
}

/// One step deeper into the graph, until dropped.
pub struct Step;

pub fn deeper() -> Taken<Step> {
    GRAPH.with_borrow_mut(|graph| {
        graph.depth += 1;
        if graph.depth > DEEPEST { Err(Declined) } else { Ok(Step) }
    })
}

impl Drop for Step {
    fn drop(&mut self) {
        GRAPH.with_borrow_mut(|graph| graph.depth -= 1);
    }
}

/// The instance that an object was taken as before.
pub fn taken<T: Clone + 'static>(object: Object) -> Option<T> {
    GRAPH.with_borrow(|graph| {
        let found = graph.handles.get(&(object as usize))?;
        found.downcast_ref::<T>().cloned()
    })
}

/// Takes down that an object is this instance.
pub fn note_taken<T>(object: Object, instance: &T::Rust)
where
    T: Mutable + 'static,
    T::Rust: Identity + Clone + 'static,
{
    let own = instance.clone();
    GRAPH.with_borrow_mut(|graph| {
        graph.handles.insert(object as usize, Box::new(instance.clone()));
        graph.objects.insert(instance.address(), Owned::share(object));
        graph.entries.push(Entry {
            object: Owned::share(object),
            prepare: Box::new(move |object| T::prepare(&own, object)),
            commit: T::commit,
        });
    });
}

/// The object that stands for an instance already.
pub fn given<T: Identity>(instance: &T) -> Option<Owned> {
    GRAPH.with_borrow(|graph| {
        let found = graph.objects.get(&instance.address())?;
        Some(Owned::share(found.get()))
    })
}

/// Takes down that an object was made for this instance.
pub fn note_given<T: Identity + Clone + 'static>(object: &Owned, instance: &T) {
    GRAPH.with_borrow_mut(|graph| {
        graph.objects.insert(instance.address(), Owned::share(object.get()));
        graph.kept.push(Box::new(instance.clone()));
    });
}

/// Whether the object is the one that stands for an instance.
pub fn stands_for<T: Identity>(instance: &T, object: Object) -> bool {
    GRAPH.with_borrow(|graph| {
        let found = graph.objects.get(&instance.address());
        found.is_some_and(|found| ptr::eq(found.get(), object))
    })
}

/// What the call changed in the instances that came from Python, made ready.
pub fn changes() -> Taken<Vec<Change>> {
    let entries = GRAPH.with_borrow_mut(|graph| std::mem::take(&mut graph.entries));
    entries
        .into_iter()
        .map(|entry| {
            let fresh = (entry.prepare)(entry.object.get())?;
            Ok(Change::new(entry.object.get(), fresh, entry.commit))
        })
        .collect()
}
