//! Variables that may have no value where they are read: Python raises, the Rust declines.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value::Value;

/// Something that is changed in place.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    pub n: i64,
    pub seen: Vec<i64>,
}

impl Counted {
    pub fn bump(&mut self) {
        self.n = self.n.strict_add(1);
        self.seen.push(self.n);
    }
}

pub fn fill(xs: &mut Vec<i64>) -> Result<(), Error> {
    seq::store(xs, 0, 7)?;
    xs.push(1);
    Ok(())
}

pub fn implied(flag: bool, n: i64) -> Result<i64, Error> {
    let mut xs: Option<Vec<i64>> = None;
    if flag {
        xs = Some(vec![1_i64]);
        xs.as_mut().unwrap().push(2);
    }
    if flag {
        xs.as_mut().unwrap().push(3);
        fill(xs.as_mut().unwrap())?;
        let value = (*seq::at(xs.as_deref().unwrap(), 0)?).strict_add(n);
        seq::store(xs.as_mut().unwrap(), 0, value)?;
    }
    Ok((xs.as_deref().unwrap().len() as i64).strict_add(*seq::at(xs.as_deref().unwrap(), 0)?))
}

pub fn grouped(words: &[String]) -> Result<Vec<Vec<String>>, Error> {
    let mut groups: Option<Vec<Vec<String>>> = None;
    for word in words {
        if word == "(" {
            groups = Some(vec![Vec::new()]);
        } else if word == ")" {
            groups.as_mut().unwrap().push(Vec::new());
        } else {
            seq::at_mut(groups.as_mut().unwrap(), -1)?.push(word.to_string());
        }
    }
    Ok(groups.as_deref().unwrap().to_vec())
}

pub fn counted(words: &[String]) -> Dict<String, i64> {
    let mut counts: Option<Dict<String, i64>> = None;
    for word in words {
        if word == "start" {
            counts = Some(dict::Dict::default());
        } else {
            let value = counts
                .as_ref()
                .unwrap()
                .get(word)
                .copied()
                .unwrap_or(0)
                .strict_add(1);
            counts.as_mut().unwrap().insert(word.to_string(), value);
        }
    }
    counts.as_ref().unwrap().clone()
}

pub fn instances(ns: &[i64]) -> Vec<i64> {
    let mut one: Option<Counted> = None;
    for &n in ns {
        if n == 0 {
            one = Some(Counted {
                n: 1,
                seen: Vec::new(),
            });
        } else if n == 1 {
            one.as_mut().unwrap().bump();
        } else {
            one.as_mut().unwrap().seen.push(n);
            one.as_mut().unwrap().n = n;
        }
    }
    seq::concat(&one.as_ref().unwrap().seen, &[one.as_ref().unwrap().n])
}

pub fn anything(ns: &[i64], flag: bool) -> Result<Value, Error> {
    let mut a: Option<Value> = None;
    if flag {
        a = Some(Value::Float(1.5));
    }
    for &n in ns {
        if n > 3 {
            a = Some(dynamic::add(&Value::Int(1), a.as_ref().unwrap())?);
        } else {
            a = Some(Value::Int(1));
        }
    }
    Ok(a.as_ref().unwrap().clone())
}

pub fn tried(text: &str) -> Result<i64, Error> {
    let mut items: Option<Vec<i64>> = None;
    match (|| -> Result<(), Error> {
        items = Some(
            text::split_by(text, ",")
                .into_iter()
                .map(|part| int::parse(&part))
                .collect::<Result<Vec<i64>, Error>>()?,
        );
        items.as_mut().unwrap().push(1);
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => {}
        Err(error) => return Err(error),
    }
    Ok(int::sum(items.as_deref().unwrap().iter().copied()))
}

pub fn never_none(xs: &[i64]) -> i64 {
    let mut x: Option<i64> = None;
    for &x_next in xs {
        x = Some(x_next);
    }
    let holds = {
        let _ = x.unwrap();
        false
    };
    if holds {
        return 1;
    }
    2
}

pub fn always_true(ns: &[i64]) -> i64 {
    let mut one: Option<Counted> = None;
    for &n in ns {
        if n == 0 {
            one = Some(Counted {
                n: 1,
                seen: Vec::new(),
            });
        }
    }
    let holds = {
        let _ = one.as_ref().unwrap();
        true
    };
    if holds {
        return 1;
    }
    2
}

pub fn zero(ns: &[i64]) -> String {
    let mut last: Option<i64> = None;
    for &n in ns {
        last = Some(n);
    }
    (if last.unwrap() != 0 { "some" } else { "none" }).to_string()
}

pub fn optional(xs: Option<&[i64]>, n: i64) -> Result<i64, Error> {
    let mut held = if let Some(xs) = xs {
        Some(xs.to_vec())
    } else {
        None
    };
    if let Some(held) = &mut held {
        held.push(n);
        fill(held)?;
    }
    if held.is_none() {
        held = Some(vec![n]);
    }
    let value = held.as_deref().unwrap().len() as i64;
    held.as_mut().unwrap().push(value);
    Ok(int::sum(held.as_deref().unwrap().iter().copied()))
}
