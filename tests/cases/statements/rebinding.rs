//! Variables that are bound again: to values of other types, by loops, in branches and after errors.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::IntOrStr;

pub fn digit_sum(number: i64) -> Result<i64, Error> {
    let number = number.to_string();
    let mut total: i64 = 0;
    for digit in number.chars() {
        let digit = int::from_char(digit)?;
        total = total.strict_add(digit);
    }
    Ok(total)
}

pub fn words(text: &str) -> Vec<String> {
    let mut text = text::split(text);
    text.sort();
    text
}

pub fn commas(text: &str) -> i64 {
    let text = text::strip(text);
    let text = text::split_by(text, ",");
    text.len() as i64
}

pub fn in_branch(number: i64) -> i64 {
    if number < 0 {
        let number = number.to_string();
        return number.chars().count() as i64;
    }
    number
}

pub fn sizes(items: &[String]) -> String {
    let mut total: i64 = 0;
    for item in items {
        let item = text::strip(item);
        let item = item.chars().count() as i64;
        total = total.strict_add(item);
    }
    format!("{total} in all")
}

pub fn stripped(items: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for item in items {
        let mut item = item.to_string();
        if item.starts_with(" ") {
            item = text::strip(&item).to_string();
        }
        found.push(item);
    }
    found
}

pub fn firsts(rows: &[Vec<i64>]) -> i64 {
    let mut total: i64 = 0;
    for row in rows {
        let mut row = row.to_vec();
        if row.len() > 2 {
            row = seq::slice(&row, ..2).to_vec();
        }
        total = total.strict_add(int::sum(row.iter().copied()));
    }
    total
}

pub fn lowered(table: &Dict<String, String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (key, value) in table.iter() {
        let key = text::lower(key);
        let value = text::strip(value);
        found.push(format!("{key}{value}"));
    }
    found
}

pub fn settings(text: &str) -> Result<Vec<String>, Error> {
    let mut found: Vec<String> = Vec::new();
    for line in text::lines(text) {
        let line = text::strip(line);
        if line.is_empty() {
            continue;
        }
        let line = text::split_by(line, "=");
        found.push(seq::at(&line, 0)?.to_string());
    }
    Ok(found)
}

pub fn round_trip(mut number: i64, halved: bool) -> Result<String, Error> {
    if halved {
        let number = int::true_div(number, 2)?;
        return Ok(float::repr(number));
    }
    for step in 0_i64..3 {
        let number_text = number.to_string();
        number = int::parse(&number_text)?.strict_add(step);
    }
    Ok(number.to_string())
}

pub fn tried(text: &str) -> Result<i64, Error> {
    let text_number = match int::parse(text) {
        Ok(value) => value,
        Err(error) if error.is_value_error() => return Ok(text.chars().count() as i64),
        Err(error) => return Err(error),
    };
    Ok(text_number)
}

pub fn parts(text: &str) -> Result<i64, Error> {
    let [first, second] = seq::unpack(text::split_by(text, "-"))?;
    let (first_number, second_number) = (int::parse(&second)?, int::parse(&first)?);
    Ok(first_number.strict_sub(second_number))
}

pub fn either(number: i64, text: &str) -> String {
    let mut chosen = IntOrStr::Int(number);
    if number > 3 {
        chosen = IntOrStr::Str(text.to_string());
    }
    value::to_text(&Value::from(chosen))
}

pub fn told(text: &str) -> Result<String, Error> {
    let found: IntOrStr = if text::is_digit(text) {
        IntOrStr::Int(int::parse(text)?)
    } else {
        IntOrStr::Str(text.to_string())
    };
    if let IntOrStr::Int(found) = found {
        return Ok(format!("int {}", found.strict_add(1)));
    }
    let IntOrStr::Str(found) = &found else {
        decline::decline("not a `Str`")
    };
    Ok(format!("str {found}"))
}

pub fn named(text: Option<&str>) -> String {
    let text = {
        let value = text;
        if value.is_some_and(|value| !value.is_empty()) {
            value.unwrap().to_string()
        } else {
            "nobody".to_string()
        }
    };
    format!("{text}!")
}

pub fn ordered(text: &str) -> Vec<i64> {
    let mut found: Set<i64> = set::Set::default();
    for char in text.chars() {
        found.insert(chars::ord(char));
    }
    {
        let mut sorted: Vec<i64> = found.iter().copied().collect();
        sorted.sort_unstable();
        sorted
    }
}

pub fn kept_by_closure(number: i64) -> String {
    fn show(number: i64) -> String {
        number.to_string()
    }
    let number = number.strict_add(1);
    show(number)
}
