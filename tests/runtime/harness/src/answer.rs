//! Arguments from JSON and answers to JSON: floats by their bits, bytes as lists, errors by class and text.

use crate::error::Error;
use serde_json::{Value, json};

/// A float from `{"f": bits}`.
pub fn float(value: &Value) -> f64 {
    f64::from_bits(value["f"].as_u64().expect("bits of a float"))
}

/// A value that can be shown as JSON.
pub trait Answer {
    fn answer(self) -> Value;
}

macro_rules! plain {
    ($($kind:ty),*) => {
        $(impl Answer for $kind {
            fn answer(self) -> Value {
                json!(self)
            }
        })*
    };
}

plain!(i64, bool, String, &str, u8, usize);

impl Answer for () {
    fn answer(self) -> Value {
        Value::Null
    }
}

impl Answer for char {
    fn answer(self) -> Value {
        json!(self.to_string())
    }
}

impl Answer for f64 {
    fn answer(self) -> Value {
        json!({"f": self.to_bits()})
    }
}

impl<T: Answer> Answer for Option<T> {
    fn answer(self) -> Value {
        self.map_or(Value::Null, Answer::answer)
    }
}

impl Answer for std::cmp::Ordering {
    fn answer(self) -> Value {
        json!(self as i8)
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn answer(self) -> Value {
        Value::Array(self.into_iter().map(Answer::answer).collect())
    }
}

impl<T: Answer + Clone> Answer for &[T] {
    fn answer(self) -> Value {
        self.to_vec().answer()
    }
}

impl<T: Answer, const N: usize> Answer for [T; N] {
    fn answer(self) -> Value {
        Vec::from(self).answer()
    }
}

impl<T: Answer + Clone> Answer for &T {
    fn answer(self) -> Value {
        self.clone().answer()
    }
}

impl<A: Answer, B: Answer> Answer for (A, B) {
    fn answer(self) -> Value {
        json!([self.0.answer(), self.1.answer()])
    }
}

impl<A: Answer, B: Answer, C: Answer> Answer for (A, B, C) {
    fn answer(self) -> Value {
        json!([self.0.answer(), self.1.answer(), self.2.answer()])
    }
}

impl<T: Answer> Answer for Result<T, Error> {
    fn answer(self) -> Value {
        match self {
            Ok(value) => value.answer(),
            Err(error) => error.answer(),
        }
    }
}
