//! Functions under decorators of the module that wrap them, with and without arguments, one upon another.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::int;
use crate::runtime::memo;
use crate::runtime::out;
use crate::runtime::seq;
use crate::runtime::text;
use num_bigint::BigInt;
use std::cell::RefCell;

/// The sum.
pub fn add_undecorated(a: i64, b: i64) -> i64 {
    a.strict_add(b)
}

/// The sum.
pub fn add(a: i64, b: i64) -> i64 {
    out::write("calling add\n");
    let result = add_undecorated(a, b);
    out::write(&format!("add gave {result}\n"));
    result
}

pub fn half_undecorated(n: i64) -> i64 {
    n.div_euclid(2)
}

pub fn half(n: i64) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::ValueError("half of a negative number".to_string()));
    }
    Ok(half_undecorated(n))
}

pub fn shout_undecorated(text: &str) -> String {
    text::upper(text)
}

pub fn shout(text: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for _ in 0..2 {
        found.push(shout_undecorated(text));
    }
    found.join("-")
}

pub fn whisper_undecorated(text: &str, mark: &str) -> String {
    format!("{}{mark}", text::lower(text))
}

pub fn whisper(text: &str, mark: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for _ in 0..3 {
        found.push(whisper_undecorated(text, mark));
    }
    found.join(" ")
}

pub fn divide_undecorated(a: i64, b: i64, scale: i64) -> Result<i64, Error> {
    Ok(int::floor_div(a, b)?.strict_mul(scale))
}

pub fn divide(a: i64, b: i64, scale: i64) -> Result<i64, Error> {
    let outcome = (|| -> Result<i64, Error> {
        match divide_undecorated(a, b, scale) {
            Ok(value) => Ok(value),
            Err(error) if error.is_value_error() || error.is_zero_division_error() => Ok(-1),
            Err(error) => Err(error),
        }
    })();
    out::write("done\n");
    outcome
}

pub fn triple_undecorated(n: i64) -> i64 {
    3_i64.strict_mul(n)
}

pub fn triple_undecorated_2(n: i64) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::ValueError("triple of a negative number".to_string()));
    }
    Ok(triple_undecorated(n))
}

pub fn triple(n: i64) -> Result<i64, Error> {
    out::write("calling triple\n");
    let result = triple_undecorated_2(n)?;
    out::write(&format!("triple gave {result}\n"));
    Ok(result)
}

pub fn echo_undecorated(text: &str) -> String {
    text.to_string()
}

pub fn echo_undecorated_2(text: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for _ in 0..2 {
        found.push(echo_undecorated(text));
    }
    found.join("-")
}

pub fn echo(text: &str) -> String {
    out::write("calling again\n");
    let result = echo_undecorated_2(text);
    out::write(&format!("again gave {result}\n"));
    result
}

pub fn summed_undecorated(a: i64, b: i64, c: i64) -> i64 {
    a.strict_add(b).strict_add(c)
}

pub fn summed(a: i64, b: i64) -> i64 {
    summed_undecorated(a, b, 5).strict_add(1)
}

pub fn factorial_undecorated(n: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    Ok(if n == 0 {
        1
    } else {
        n.strict_mul(factorial(n.strict_sub(1))?)
    })
}

pub fn factorial(n: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    let outcome = (|| -> Result<i64, Error> {
        match factorial_undecorated(n) {
            Ok(value) => Ok(value),
            Err(error) if error.is_value_error() || error.is_zero_division_error() => Ok(0),
            Err(error) => Err(error),
        }
    })();
    out::write("done\n");
    outcome
}

thread_local! {
    static PATHS_RESULTS: RefCell<memo::Results<(i64, i64), BigInt>> = const { RefCell::new(memo::Results::new(usize::MAX)) };
}

pub fn paths(rows: i64, columns: i64) -> Result<BigInt, Error> {
    memo::remember_or_raise(&PATHS_RESULTS, (rows, columns), || {
        let _depth = decline::enter();
        Ok(if rows == 0 || columns == 0 {
            BigInt::from(1)
        } else {
            paths(rows.strict_sub(1), columns)? + paths(rows, columns.strict_sub(1))?
        })
    })
}

thread_local! {
    static STAIRCASE_RESULTS: RefCell<memo::Results<i64, BigInt>> = const { RefCell::new(memo::Results::new(usize::MAX)) };
}

pub fn staircase(n: i64) -> Result<BigInt, Error> {
    memo::remember_or_raise(&STAIRCASE_RESULTS, n, || {
        let _depth = decline::enter();
        Ok(if n < 2 {
            BigInt::from(1)
        } else {
            staircase(n.strict_sub(1))? + staircase(n.strict_sub(2))?
        })
    })
}

pub fn joined_undecorated(first: &str, more: &[String]) -> String {
    text::join(" ", {
        let mut items = vec![first.to_string()];
        items.extend(more.iter().map(|item| item.to_string()));
        items
    })
}

pub fn joined(first: &str, more: &[String]) -> String {
    out::write("calling joined\n");
    let result = joined_undecorated(first, more);
    out::write(&format!("joined gave {result}\n"));
    result
}

pub fn untyped_undecorated(result: i64, function: i64) -> i64 {
    result.strict_add(function)
}

pub fn untyped(result: i64, function: i64) -> i64 {
    out::write("calling untyped\n");
    let result_ = untyped_undecorated(result, function);
    out::write(&format!("untyped gave {result_}\n"));
    result_
}

#[derive(Debug, Clone)]
pub struct Shelf {
    pub items: Vec<i64>,
}

impl Shelf {
    pub fn new(items: &[i64]) -> Shelf {
        Shelf {
            items: items.to_vec(),
        }
    }

    pub fn take_undecorated_shelf(&mut self, at: i64) -> Result<i64, Error> {
        seq::pop_at(&mut self.items, at)
    }

    pub fn take(&mut self, at: i64) -> Result<i64, Error> {
        if self.items.is_empty() {
            return Err(Error::IndexError("take of nothing".to_string()));
        }
        self.take_undecorated_shelf(at)
    }

    pub fn size_undecorated_shelf(&self) -> i64 {
        self.items.len() as i64
    }

    pub fn size(&self) -> i64 {
        out::write("calling size\n");
        let result = self.size_undecorated_shelf();
        out::write(&format!("size gave {result}\n"));
        result
    }
}

pub fn taken(items: &[i64], at: i64) -> Result<(i64, i64, i64), Error> {
    let mut shelf = Shelf::new(items);
    Ok((shelf.take(-1)?, shelf.take(at)?, shelf.size()))
}

pub fn several(n: i64, m: i64) -> Result<i64, Error> {
    Ok(add(n, m)
        .strict_add(add(n, 3))
        .strict_add(half(n)?)
        .strict_add(divide(m, n, 1)?)
        .strict_add(divide(n, 2, 3)?)
        .strict_add(summed(n, 4))
        .strict_add(triple(m)?))
}

/// What has no `functools.wraps` has another name and signature in Python.
pub fn unnamed(text: &str) -> String {
    format!(
        "{}{}{}{}{}",
        shout(text),
        whisper(text, "."),
        whisper(text, "!"),
        echo(text),
        summed(1, 4).strict_add(summed(1, 2))
    )
}

pub fn remembered_paths(rows: i64, columns: i64) -> Result<BigInt, Error> {
    Ok(paths(rows, columns)? + staircase(rows.strict_add(columns))?)
}

pub fn untyped_too() -> i64 {
    untyped(1, 2)
}
