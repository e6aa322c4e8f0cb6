//! Functions that load something once by its name and keep it: Python loads it, Rust asks for it once.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::loaded;
use std::rc::Rc;

thread_local! {
    static ALPHABET_LOADED: loaded::Loaded<String, Alphabet> = loaded::Loaded::default();
}

/// Where `alphabet` gets what it doesn't have yet: to be set before the first call.
pub static ALPHABET_SOURCE: loaded::Source<str, Alphabet> = loaded::Source::unset();

/// The alphabet of that name.
pub fn alphabet(name: &str) -> Rc<Alphabet> {
    loaded::load(&ALPHABET_LOADED, &ALPHABET_SOURCE, name)
}

/// Letters with their places.
#[derive(Debug, Clone)]
pub struct Alphabet {
    pub places: Dict<String, i64>,
}

impl Alphabet {
    pub fn new() -> Alphabet {
        Alphabet {
            places: dict::Dict::default(),
        }
    }

    pub fn place(&self, letter: &str) -> i64 {
        self.places.get(letter).copied().unwrap_or(-1)
    }

    pub fn spell(&self, text: &str) -> Result<Vec<i64>, Error> {
        text.chars()
            .filter(|&letter| self.places.contains_key(letter.encode_utf8(&mut [0; 4])))
            .map(|letter| -> Result<i64, Error> {
                Ok(*dict::get_item(
                    &self.places,
                    letter.encode_utf8(&mut [0; 4]),
                )?)
            })
            .collect::<Result<Vec<i64>, Error>>()
    }
}

impl Default for Alphabet {
    fn default() -> Alphabet {
        Alphabet::new()
    }
}

#[derive(Debug, Clone)]
pub struct Tally {
    pub count: i64,
}

impl Tally {
    pub fn new(count: i64) -> Tally {
        Tally { count }
    }

    pub fn settle(&mut self) -> i64 {
        self.count = self.count.strict_abs();
        self.count
    }
}

pub fn spelled(name: &str, text: &str) -> Result<Vec<i64>, Error> {
    alphabet(name).spell(text)
}

pub fn digits(text: &str) -> Result<i64, Error> {
    let mut found: i64 = 0;
    for digit in alphabet("digits").spell(text)? {
        found = found.strict_mul(10).strict_add(digit);
    }
    Ok(found)
}

pub fn placed(own: &Alphabet, letter: &str) -> i64 {
    own.place(letter)
}
