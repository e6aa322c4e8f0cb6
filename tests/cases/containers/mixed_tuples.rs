//! Loops over tuples of several types, and texts of what may be one of several types or None.

use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::int;
use crate::runtime::re;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::FloatOrIntOrStr;
use crate::unions::IntOrStr;

pub static LAST: re::Regex = re::Regex::new(r"^(.*\.)?(\d+)$");

pub fn fields(t: &(i64, String, f64)) -> Vec<FloatOrIntOrStr> {
    let mut out: Vec<FloatOrIntOrStr> = Vec::new();
    for x in [
        FloatOrIntOrStr::Int(t.0),
        FloatOrIntOrStr::Str(t.1.clone()),
        FloatOrIntOrStr::Float(t.2),
    ] {
        out.push(x);
    }
    out
}

/// Its parts are made ints; a part may be missing.
#[derive(Debug, Clone)]
pub struct Version {
    pub major: i64,
    pub minor: i64,
    pub pre: Option<String>,
}

impl Version {
    pub fn new(major: i64, minor: i64, pre: Option<&str>) -> Version {
        Version {
            major,
            minor,
            pre: pre.map(str::to_string),
        }
    }

    pub fn to_tuple(&self) -> (i64, i64, Option<String>) {
        (self.major, self.minor, self.pre.clone())
    }

    pub fn texts(&self) -> Vec<String> {
        ({
            let parts = self.to_tuple();
            [
                Some(IntOrStr::Int(parts.0)),
                Some(IntOrStr::Int(parts.1)),
                parts.2.clone().map(IntOrStr::Str),
            ]
        })
        .into_iter()
        .map(|x| value::to_text(&Value::from(x.clone())))
        .collect::<Vec<String>>()
    }
}

pub fn version(a: i64, pre: Option<&str>) -> String {
    let mut out = String::new();
    for one in {
        let parts = Version::new(a, 2, pre).to_tuple();
        [
            Some(IntOrStr::Int(parts.0)),
            Some(IntOrStr::Int(parts.1)),
            parts.2.clone().map(IntOrStr::Str),
        ]
    } {
        if let Some(one) = &one {
            out.push_str(&format!("{}.", value::to_text(&Value::from(one.clone()))));
        }
    }
    format!("{out}{}", Version::new(a, 0, None).texts().join("/"))
}

pub fn numbers(n: i64) -> Result<f64, Error> {
    let mut total = 0.0;
    let pair = (n, 2.5);
    for y in [Value::Int(pair.0), Value::Float(pair.1)] {
        total = value::exact_float(&dynamic::add_assign(&Value::Float(total), &y)?);
    }
    Ok(total)
}

pub fn several(flag: bool) -> Box<dyn Iterator<Item = i64>> {
    if flag {
        return Box::new(std::iter::empty());
    }
    Box::new([1_i64, 2].into_iter())
}

pub fn counted(flag: bool) -> i64 {
    int::sum(several(flag)).strict_add(several(flag).collect::<Vec<i64>>().len() as i64)
}

pub fn shown(x: Option<&IntOrStr>) -> String {
    format!(
        "{} {} {}k={}",
        value::to_text(&Value::from(x.cloned())),
        repr::repr(&Value::from(x.cloned())),
        value::to_text(&Value::from(x.cloned())),
        repr::repr(&Value::from(x.cloned()))
    )
}

pub fn described(d: &Dict<String, Option<IntOrStr>>) -> String {
    text::join(
        ", ",
        d.iter()
            .map(|(key, val)| format!("{key}={}", repr::repr(&Value::from(val.clone())))),
    )
}

pub fn half(x: f64) -> f64 {
    x / 2.0
}

pub fn nth(xs: &[String], i: i64) -> Result<String, Error> {
    Ok(seq::at(xs, i)?.to_string())
}

pub fn bumped(text: &str) -> Result<String, Error> {
    let mut text = text.to_string();
    let match_ = re::search(&LAST, &text);
    if let Some(match_) = &match_ {
        let next_ = int::parse(match_.text(2))?.strict_add(1).to_string();
        text = if match_.group(1).is_some_and(|value| !value.is_empty()) {
            format!("{}{next_}", match_.group(1).unwrap())
        } else {
            next_.clone()
        };
    } else {
        text.push_str(".0");
    }
    Ok(text)
}

pub fn doubled(text: &str) -> String {
    let match_ = re::search(&LAST, text);
    if match_.is_some() {
        format!("{}!", match_.as_ref().unwrap().group(1).unwrap())
    } else {
        String::new()
    }
}
