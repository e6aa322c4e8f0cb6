//! Class bodies that compute, and methods that only pickling and copying call.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::re;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use crate::unions::IntervalOrFloat;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

pub const WORDS_FEW: i64 = 3;

pub static WORDS_LEVELS: &[i64] = &[1, 2, 3];

pub const WORDS_MANY: i64 = 4;

pub static WORDS_SQUARES: LazyLock<dict::Dict<i64, i64>> =
    LazyLock::new(|| dict::from_pairs([(0, 0), (1, 1), (2, 4)]));

pub static WORDS_SPLITTER: re::Regex = re::Regex::new(r"[\s\x1c-\x1f]+");

/// A class with methods that stay in Python.
#[derive(Clone)]
pub struct Interval(Rc<RefCell<IntervalFields>>);

/// The attributes of a `Interval`.
pub struct IntervalFields {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    pub fn low(&self) -> f64 {
        self.0.borrow().low
    }

    pub fn set_low(&self, value: f64) {
        self.0.borrow_mut().low = value;
    }

    pub fn high(&self) -> f64 {
        self.0.borrow().high
    }

    pub fn set_high(&self, value: f64) {
        self.0.borrow_mut().high = value;
    }

    pub fn new(low: f64, high: f64) -> Interval {
        Interval::from(IntervalFields { low, high })
    }

    pub fn shifted(&self, by: &IntervalOrFloat) -> Interval {
        if let IntervalOrFloat::Interval(by) = by {
            return Interval::new(self.low() + by.low(), self.high() + by.high());
        }
        let IntervalOrFloat::Float(by) = *by else {
            decline::decline("not a `Float`")
        };
        Interval::new(self.low() + by, self.high() + by)
    }
}

impl From<IntervalFields> for Interval {
    fn from(fields: IntervalFields) -> Interval {
        Interval(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Interval {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interval")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Interval {
    fn eq(&self, other: &Interval) -> bool {
        self.is(other)
    }
}

/// What its body leaves is taken at import.
#[derive(Debug, Clone)]
pub struct Words {
    pub text: String,
}

impl Words {
    pub const SEPARATOR: &'static str = "\\s";

    pub fn new(text: &str) -> Words {
        Words {
            text: text.to_string(),
        }
    }

    pub fn words(&self) -> Vec<String> {
        re::split(&WORDS_SPLITTER, &self.text, 0)
    }

    pub fn level(&self, at: i64) -> Result<i64, Error> {
        Ok((*seq::at(WORDS_LEVELS, at)?)
            .strict_mul(WORDS_FEW)
            .strict_add(WORDS_MANY))
    }

    pub fn square(&self, at: i64) -> Result<i64, Error> {
        Ok(*dict::get_item(&WORDS_SQUARES, &at)?)
    }
}

/// A base class by its metaclass.
#[derive(Debug, Clone)]
pub struct Base;

impl Base {
    pub const WIDTH: i64 = 70;

    pub fn name(&self) -> String {
        decline::decline("the end is reached, which gives None for `str`")
    }

    pub fn title(&self) -> String {
        format!("{} ({})", text::title(&self.name()), Base::WIDTH)
    }
}

#[derive(Debug, Clone)]
pub struct Named {
    pub text: String,
}

impl Named {
    pub const WIDTH: i64 = 70;

    pub fn title(&self) -> String {
        format!("{} ({})", text::title(&self.name()), Named::WIDTH)
    }

    pub fn new(text: &str) -> Named {
        Named {
            text: text.to_string(),
        }
    }

    pub fn name(&self) -> String {
        self.text.clone()
    }
}

/// Its instances bind an attribute of the name that the other classes bind themselves.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    pub separator: String,
}

impl Elsewhere {
    pub fn new() -> Elsewhere {
        Elsewhere {
            separator: "-".to_string(),
        }
    }

    pub fn first(&self) -> i64 {
        self.separator.chars().count() as i64
    }
}

impl Default for Elsewhere {
    fn default() -> Elsewhere {
        Elsewhere::new()
    }
}

pub fn raised(what: &IntervalOrFloat, by: f64) -> f64 {
    if let IntervalOrFloat::Interval(what) = what {
        what.set_low(what.low() + by);
        return what.low();
    }
    let IntervalOrFloat::Float(what) = *what else {
        decline::decline("not a `Float`")
    };
    what + by
}

pub fn raised_twice(low: f64, by: f64) -> f64 {
    let one = Interval::new(low, low);
    let _ = raised(&IntervalOrFloat::Interval(one.clone()), by);
    raised(&IntervalOrFloat::Interval(one.clone()), by)
        + raised(&IntervalOrFloat::Float(one.low()), by)
}

pub fn shifted(low: f64, by: f64, twice: bool) -> f64 {
    let one = Interval::new(low, by);
    let other = if twice {
        one.shifted(&IntervalOrFloat::Interval(one.clone()))
    } else {
        one.shifted(&IntervalOrFloat::Float(by))
    };
    other.low() + 2.0 * other.high()
}

pub fn split(text: &str) -> Vec<String> {
    Words::new(text).words()
}

pub fn level(at: i64) -> Result<i64, Error> {
    Ok(Words::new("")
        .level(at)?
        .strict_add(Words::new("").square(at)?)
        .strict_add(Elsewhere::new().first()))
}

pub fn title(text: &str) -> String {
    Named::new(text).title()
}
