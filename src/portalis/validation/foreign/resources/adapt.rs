//! From the values that Python hands over to those a candidate takes, and back.
//!
//! A value that a candidate's type can't hold (300 for a `u8`) makes the call decline: it has no answer.

use crate::error::Error;
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Display;
use std::hash::{BuildHasher, Hash};
use std::panic::{self, AssertUnwindSafe};

/// The call has no answer; unwinds to the door, which declines.
pub fn decline() -> ! {
    panic::resume_unwind(Box::new("declined"))
}

/// Runs the candidate. A panic is an error of its own kind; that of an overflow is a decline.
pub fn run<R>(body: impl FnOnce() -> R) -> Result<R, Error> {
    panic::catch_unwind(AssertUnwindSafe(body)).map_err(|payload| {
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        match text {
            Some(text) if text.starts_with("attempt to ") && text.ends_with("with overflow") => {
                decline()
            }
            text => failure("panic", None, text),
        }
    })
}

/// An error of a candidate: the exception class and the message, where it states them.
pub fn failure(kind: &str, class: Option<&str>, message: Option<String>) -> Error {
    let stated = if message.is_some() { "1" } else { "0" };
    let parts = [
        kind,
        class.unwrap_or(""),
        stated,
        message.as_deref().unwrap_or(""),
    ];
    Error::RustError(Some(parts.join("\u{1f}")))
}

/// The message of an error that can be displayed.
pub trait ByDisplay {
    fn message(&self) -> Option<String>;
}

/// No message, for any other error.
pub trait ByNothing {
    fn message(&self) -> Option<String>;
}

/// Finds `ByDisplay` where it applies, else `ByNothing`, by the order in which methods are looked up.
pub struct Probe<'a, T: ?Sized>(pub &'a T);

impl<T: Display + ?Sized> ByDisplay for Probe<'_, T> {
    fn message(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

impl<T: ?Sized> ByNothing for &Probe<'_, T> {
    fn message(&self) -> Option<String> {
        None
    }
}

/// A type of candidates, made from the type `C` in which values cross.
pub trait Take<C: ?Sized>: Sized {
    fn take(value: &C) -> Option<Self>;
}

/// A type of candidates that becomes the type `C` in which values cross.
pub trait Give<C> {
    fn give(self) -> Option<C>;
}

pub fn take<T: Take<C>, C: ?Sized>(value: &C) -> T {
    T::take(value).unwrap_or_else(|| decline())
}

pub fn take_optional<T: Take<C>, C: ?Sized>(value: Option<&C>) -> Option<T> {
    value.map(take)
}

pub fn give<C, T: Give<C>>(value: T) -> C {
    value.give().unwrap_or_else(|| decline())
}

macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl Take<i64> for $integer {
            fn take(value: &i64) -> Option<$integer> {
                <$integer>::try_from(*value).ok()
            }
        }

        impl Give<i64> for $integer {
            fn give(self) -> Option<i64> {
                i64::try_from(self).ok()
            }
        }
    )* };
}

integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

macro_rules! themselves {
    ($($plain:tt)*) => { $(
        impl Take<$plain> for $plain {
            fn take(value: &$plain) -> Option<$plain> {
                Some(*value)
            }
        }

        impl Give<$plain> for $plain {
            fn give(self) -> Option<$plain> {
                Some(self)
            }
        }
    )* };
}

themselves! { f64 bool u8 () }

impl Take<f64> for f32 {
    fn take(value: &f64) -> Option<f32> {
        Some(*value as f32)
    }
}

impl Give<f64> for f32 {
    fn give(self) -> Option<f64> {
        Some(f64::from(self))
    }
}

impl Take<str> for String {
    fn take(value: &str) -> Option<String> {
        Some(value.to_owned())
    }
}

impl Take<str> for char {
    fn take(value: &str) -> Option<char> {
        let mut rest = value.chars();
        rest.next().filter(|_| rest.next().is_none())
    }
}

impl Take<str> for Box<str> {
    fn take(value: &str) -> Option<Box<str>> {
        Some(value.into())
    }
}

impl Take<str> for Cow<'_, str> {
    fn take(value: &str) -> Option<Self> {
        Some(Cow::Owned(value.to_owned()))
    }
}

impl<T: Take<str>> Take<String> for T {
    fn take(value: &String) -> Option<T> {
        T::take(value.as_str())
    }
}

impl Give<String> for String {
    fn give(self) -> Option<String> {
        Some(self)
    }
}

impl Give<String> for &str {
    fn give(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Give<String> for char {
    fn give(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Give<String> for Box<str> {
    fn give(self) -> Option<String> {
        Some(self.into())
    }
}

impl Give<String> for Cow<'_, str> {
    fn give(self) -> Option<String> {
        Some(self.into_owned())
    }
}

impl<C, T: Give<C> + Clone> Give<C> for &T {
    fn give(self) -> Option<C> {
        self.clone().give()
    }
}

impl<C, T: Take<C>> Take<[C]> for Vec<T> {
    fn take(value: &[C]) -> Option<Vec<T>> {
        value.iter().map(T::take).collect()
    }
}

impl<C, T: Take<C>> Take<[C]> for VecDeque<T> {
    fn take(value: &[C]) -> Option<VecDeque<T>> {
        value.iter().map(T::take).collect()
    }
}

impl<C, T: Take<C>> Take<[C]> for Box<[T]> {
    fn take(value: &[C]) -> Option<Box<[T]>> {
        value.iter().map(T::take).collect()
    }
}

impl<C, T: Take<C>, const N: usize> Take<[C]> for [T; N] {
    fn take(value: &[C]) -> Option<[T; N]> {
        Vec::<T>::take(value)?.try_into().ok()
    }
}

impl<C, T: Take<[C]>> Take<Vec<C>> for T {
    fn take(value: &Vec<C>) -> Option<T> {
        T::take(value.as_slice())
    }
}

impl<C, T: Give<C>> Give<Vec<C>> for Vec<T> {
    fn give(self) -> Option<Vec<C>> {
        self.into_iter().map(T::give).collect()
    }
}

impl<C, T: Give<C>> Give<Vec<C>> for VecDeque<T> {
    fn give(self) -> Option<Vec<C>> {
        self.into_iter().map(T::give).collect()
    }
}

impl<C, T: Give<C>> Give<Vec<C>> for Box<[T]> {
    fn give(self) -> Option<Vec<C>> {
        self.into_iter().map(T::give).collect()
    }
}

impl<C, T: Give<C>, const N: usize> Give<Vec<C>> for [T; N] {
    fn give(self) -> Option<Vec<C>> {
        self.into_iter().map(T::give).collect()
    }
}

impl<C, T: Give<C> + Clone> Give<Vec<C>> for &[T] {
    fn give(self) -> Option<Vec<C>> {
        self.iter().cloned().map(T::give).collect()
    }
}

impl<C, T: Take<C>> Take<Option<C>> for Option<T> {
    fn take(value: &Option<C>) -> Option<Option<T>> {
        match value {
            None => Some(None),
            Some(inner) => T::take(inner).map(Some),
        }
    }
}

impl<C, T: Give<C>> Give<Option<C>> for Option<T> {
    fn give(self) -> Option<Option<C>> {
        match self {
            None => Some(None),
            Some(inner) => inner.give().map(Some),
        }
    }
}

macro_rules! sets {
    ($([$($param:ident)*] $set:ty: $($bound:ident)*;)*) => { $(
        impl<C, S, T: Take<C> $(+ $bound)*, $($param: BuildHasher + Default)*> Take<HashSet<C, S>> for $set {
            fn take(value: &HashSet<C, S>) -> Option<Self> {
                value.iter().map(T::take).collect()
            }
        }

        impl<C: Eq + Hash, S: BuildHasher + Default, T: Give<C>, $($param)*> Give<HashSet<C, S>> for $set {
            fn give(self) -> Option<HashSet<C, S>> {
                self.into_iter().map(T::give).collect()
            }
        }
    )* };
}

sets! {
    [H] HashSet<T, H>: Eq Hash;
    [H] IndexSet<T, H>: Eq Hash;
    [] BTreeSet<T>: Ord;
}

macro_rules! maps {
    ($([$($param:ident)*] $map:ty: $($bound:ident)*;)*) => { $(
        impl<C, D, S, K: Take<C> $(+ $bound)*, V: Take<D>, $($param: BuildHasher + Default)*>
            Take<IndexMap<C, D, S>> for $map
        {
            fn take(value: &IndexMap<C, D, S>) -> Option<Self> {
                value.iter().map(|(key, item)| Some((K::take(key)?, V::take(item)?))).collect()
            }
        }

        impl<C: Eq + Hash, D, S: BuildHasher + Default, K: Give<C>, V: Give<D>, $($param)*>
            Give<IndexMap<C, D, S>> for $map
        {
            fn give(self) -> Option<IndexMap<C, D, S>> {
                self.into_iter().map(|(key, item)| Some((key.give()?, item.give()?))).collect()
            }
        }
    )* };
}

maps! {
    [H] HashMap<K, V, H>: Eq Hash;
    [H] IndexMap<K, V, H>: Eq Hash;
    [] BTreeMap<K, V>: Ord;
}

macro_rules! tuples {
    ($(($($own:ident $crossing:ident $at:tt),*))*) => { $(
        impl<$($crossing, $own: Take<$crossing>),*> Take<($($crossing,)*)> for ($($own,)*) {
            fn take(value: &($($crossing,)*)) -> Option<Self> {
                Some(($($own::take(&value.$at)?,)*))
            }
        }

        impl<$($crossing, $own: Give<$crossing>),*> Give<($($crossing,)*)> for ($($own,)*) {
            fn give(self) -> Option<($($crossing,)*)> {
                Some(($(self.$at.give()?,)*))
            }
        }
    )* };
}

tuples! {
    (A B 0)
    (A B 0, C D 1)
    (A B 0, C D 1, E F 2)
    (A B 0, C D 1, E F 2, G H 3)
    (A B 0, C D 1, E F 2, G H 3, I J 4)
    (A B 0, C D 1, E F 2, G H 3, I J 4, K L 5)
    (A B 0, C D 1, E F 2, G H 3, I J 4, K L 5, M N 6)
    (A B 0, C D 1, E F 2, G H 3, I J 4, K L 5, M N 6, O P 7)
}
