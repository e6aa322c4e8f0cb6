//! Calls of functions that stay in Python: here because they ask what a class is, as a value.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::dict;
use crate::runtime::int;
use crate::upcalls;

pub fn checksum(text: &str) -> Result<i64, Error> {
    let mut total: i64 = 0;
    for (at, char) in upcalls::functions_in_python_code(text)?.chars().enumerate() {
        let at = at as i64;
        total = total.strict_add((at + 1).strict_mul(chars::ord(char)));
    }
    Ok(total.rem_euclid(97))
}

pub fn is_code(text: &str) -> Result<bool, Error> {
    match (|| -> Result<bool, Error> {
        Ok(
            upcalls::functions_in_python_code(text)?.chars().count() as i64
                == checksum(text)?.rem_euclid(7),
        )
    })() {
        Ok(value) => Ok(value),
        Err(error) if error.is_value_error() => Ok(false),
        Err(error) => Err(error),
    }
}

pub fn why(text: &str) -> Result<String, Error> {
    match upcalls::functions_in_python_code(text) {
        Ok(value) => Ok(value),
        Err(caught) if caught.is_no_code() => Ok(format!("no code: {}", caught.message())),
        Err(caught) => Err(caught),
    }
}

pub fn within(names: &[String]) -> Result<Vec<i64>, Error> {
    names
        .iter()
        .map(|name| -> Result<i64, Error> {
            Ok(
                upcalls::functions_in_python_limit(name, name.chars().count() as i64)?
                    .strict_add(upcalls::functions_in_python_limit("short", 5)?),
            )
        })
        .collect::<Result<Vec<i64>, Error>>()
}

pub fn widths(n: i64) -> Result<i64, Error> {
    Ok(int::sum(upcalls::functions_in_python_spread(n, &[1, 2])?)
        .strict_add(upcalls::functions_in_python_spread(n, &[])?.len() as i64))
}

pub fn mean(numbers: &[i64]) -> Result<f64, Error> {
    Ok(upcalls::functions_in_python_average(
        numbers,
        &dict::from_pairs([("one".to_string(), 1_i64)]),
    )? + upcalls::functions_in_python_average(&Vec::new(), &dict::Dict::default())?)
}

pub fn places(text: &str, char: &str) -> Result<Vec<i64>, Error> {
    let mut found = upcalls::functions_in_python_parts(text)?;
    found.entry(char.to_string()).or_default().push(-1);
    Ok(dict::get_item(&found, char)?.to_vec())
}

pub fn smalls(numbers: &[i64]) -> Result<Vec<i64>, Error> {
    Ok({
        let mut items = Vec::new();
        for &n in numbers {
            let one = upcalls::functions_in_python_small(n)?;
            if one.is_some() {
                items.push(one.unwrap());
            }
        }
        items
    })
}
