//! Types that say less than Rust needs, or more: protocols of containers, unions of lists, bare tuples.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_order;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::IntOrStr;

pub fn poly(c: &mut Vec<f64>) -> i64 {
    c.push(1.5);
    c.len() as i64
}

pub fn mp(c: &Dict<String, i64>, k: &str) -> Result<i64, Error> {
    if c.contains_key(k) {
        return Ok(*dict::get_item(c, k)?);
    }
    Ok(c.get("b").copied().unwrap_or(0).strict_add(c.len() as i64))
}

pub fn mm(c: &mut Dict<String, i64>, k: &str) {
    let value = c.len() as i64;
    c.insert(k.to_string(), value);
}

pub fn calls_mp() -> Result<i64, Error> {
    Ok(mp(&dict::from_pairs([("a".to_string(), 1_i64)]), "a")?
        .strict_add(mp(&dict::Dict::default(), "z")?))
}

pub fn un(c: &[Value]) -> Result<Value, Error> {
    dynamic::add(seq::at(c, 0)?, seq::at(c, 1)?)
}

pub fn un2(c: &[IntOrStr]) -> String {
    let mut r = String::new();
    for x in c {
        r.push_str(&value::to_text(&Value::from(x.clone())));
    }
    format!("{r}{}", c.len())
}

pub fn is_zero(v: &[f64], k: i64) -> bool {
    Value::Tuple(
        v.iter()
            .map(|&x| float::round_to(x, k))
            .collect::<Vec<f64>>()
            .into_iter()
            .map(Value::Float)
            .collect(),
    ) == Value::Tuple(vec![Value::Int(0), Value::Int(0), Value::Int(0)])
}

pub fn parts(data: &[Value], pivot: i64) -> Result<(Vec<Value>, Vec<Value>), Error> {
    let (mut less, mut more) = (Vec::new(), Vec::new());
    for x in data {
        if dynamic_order::lt(x, &Value::Int(pivot))? {
            less.push(x.clone());
        } else {
            more.push(x.clone());
        }
    }
    Ok((less, more))
}

pub fn nested(s: &str, u: &str) -> Result<String, Error> {
    let cut = |a: &str, b: &str| -> Result<String, Error> {
        let mut b = b.to_string();
        let mut out: Vec<String> = Vec::new();
        for c in a.chars() {
            if b.contains(c) {
                out.push(c.to_string());
                b = format!(
                    "{} {}",
                    text::slice(&b, ..text::index(&b, c.encode_utf8(&mut [0; 4]))?),
                    text::slice(&b, text::index(&b, c.encode_utf8(&mut [0; 4]))? + 1..)
                );
            }
        }
        Ok(out.iter().map(String::as_str).collect::<String>())
    };
    Ok(format!("{}{}", cut(s, u)?, cut(u, s)?))
}

pub fn merge(xs: &[Value], low: i64, mid: i64, high: i64) -> Result<Vec<Value>, Error> {
    let (mut left, mut right) = (
        seq::slice(xs, low..mid).to_vec(),
        seq::slice(xs, mid..high.strict_add(1)).to_vec(),
    );
    let mut result: Vec<Value> = Vec::new();
    while !left.is_empty() && !right.is_empty() {
        if dynamic_order::le(seq::at(&left, 0)?, seq::at(&right, 0)?)? {
            result.push(seq::pop_at(&mut left, 0)?);
        } else {
            result.push(seq::pop_at(&mut right, 0)?);
        }
    }
    Ok(seq::concat(&seq::concat(&result, &left), &right))
}

pub fn paid(table: &[i64], target: i64) -> Result<i64, Error> {
    fn count(rest: i64, seen: &mut [i64], table: &[i64]) -> Result<i64, Error> {
        let _depth = decline::enter();
        if rest < 0 {
            return Ok(0);
        }
        if *seq::at(seen, rest)? != -1 {
            return Ok(*seq::at(seen, rest)?);
        }
        let value = if rest != 0 {
            int::try_sum(
                table
                    .iter()
                    .map(|&one| count(rest.strict_sub(one), seen, table)),
            )?
        } else {
            1
        };
        seq::store(seen, rest, value)?;
        Ok(*seq::at(seen, rest)?)
    }
    count(
        target,
        &mut vec![-1_i64; target.strict_add(1).max(0) as usize],
        table,
    )
}

pub fn head(items: &[Value]) -> Result<Value, Error> {
    Ok(seq::at_tuple(items, 0)?.clone())
}

pub fn of_display(number: i64, text: &str) -> Result<Value, Error> {
    head(&[Value::Int(number), Value::Str(text.to_string())])
}

pub fn of_name(number: i64, text: &str) -> Result<Value, Error> {
    let pair = (text.to_string(), number);
    head(&[Value::Str(pair.0.clone()), Value::Int(pair.1)])
}

pub fn tails(rows: &[Vec<Value>]) -> Vec<Vec<Value>> {
    let mut found: Vec<Vec<Value>> = Vec::new();
    for row in rows {
        found.push(seq::slice(row, 1..).to_vec());
    }
    found
}
