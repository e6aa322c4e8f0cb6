//! The generator that the functions of Python's `random` share: a host's, or one of this thread.

use std::cell::RefCell;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

use crate::runtime::decline::or_decline;
use crate::runtime::random::{Random, Source, Twister};

/// A host's generator; what gives nothing declines.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// The next 32 bits.
    pub word: fn() -> Option<u32>,
    /// The next number from 0 up to 1.
    pub real: fn() -> Option<f64>,
    /// Keeps the second of two normal numbers, and gives what was kept before.
    pub exchange_normal: fn(Option<f64>) -> Option<Option<f64>>,
}

/// The host's generator, where there is a host.
#[derive(Debug)]
pub struct Place(OnceLock<Host>);

impl Place {
    /// Draws from `host` from now on; the first host stays.
    pub fn set(&self, host: Host) {
        self.0.get_or_init(|| host);
    }
}

/// What the functions of `random` draw from.
pub static GENERATOR: Place = Place(OnceLock::new());

thread_local! {
    static OWN: RefCell<Twister> = RefCell::new(seeded_anew());
}

/// A generator that nobody can foretell: its key comes from the system, through the standard library.
fn seeded_anew() -> Twister {
    let key: Vec<u32> = (0..16)
        .map(|_| RandomState::new().build_hasher().finish() as u32)
        .collect();
    Twister::by_array(&key)
}

/// The source that all share.
#[derive(Debug)]
pub struct Shared;

impl Source for Shared {
    fn word(&mut self) -> u32 {
        match GENERATOR.0.get() {
            Some(host) => or_decline((host.word)(), "the generator cannot be drawn from"),
            None => OWN.with_borrow_mut(Twister::word),
        }
    }

    fn real(&mut self) -> f64 {
        match GENERATOR.0.get() {
            Some(host) => or_decline((host.real)(), "the generator cannot be drawn from"),
            None => OWN.with_borrow_mut(Twister::real),
        }
    }

    fn exchange_normal(&mut self, kept: Option<f64>) -> Option<f64> {
        match GENERATOR.0.get() {
            Some(host) => {
                or_decline((host.exchange_normal)(kept), "the generator cannot be drawn from")
            }
            None => OWN.with_borrow_mut(|own| own.exchange_normal(kept)),
        }
    }
}

/// What `random.random` and its kin draw from.
pub fn generator() -> Random<Shared> {
    Random::over(Shared)
}
