//! Tables of functions at module level: dicts, lists and tuples, filled where they are written or at import.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::math;
use crate::runtime::seq;
use crate::runtime::text;
use std::rc::Rc;
use std::sync::LazyLock;

/// A function in [`AREAS`].
pub type AreasFn = fn(f64) -> Result<f64, Error>;

pub static AREAS: LazyLock<dict::Dict<&str, AreasFn>> = LazyLock::new(|| {
    let pairs: [(&str, AreasFn); 2] = [("square", |x| Ok(square_area(x))), ("circle", circle_area)];
    dict::from_pairs(pairs)
});

/// A function in [`CLEANERS`].
pub type CleanersFn = fn(&str) -> Result<String, Error>;

pub static CLEANERS: &[CleanersFn] = &[
    |x| Ok(text::strip(x).to_string()),
    |x| Ok(text::lower(x)),
    |s| Ok(s.replace("-", "_")),
];

/// A function in [`COMPARISONS`].
pub type ComparisonsFn = fn(i64, i64) -> Result<bool, Error>;

pub static COMPARISONS: LazyLock<dict::Dict<&str, ComparisonsFn>> = LazyLock::new(|| {
    let pairs: [(&str, ComparisonsFn); 3] = [
        ("<", |x, y| Ok(x < y)),
        ("<=", |x, y| Ok(x <= y)),
        ("==", |x, y| Ok(x == y)),
    ];
    dict::from_pairs(pairs)
});

/// A function in [`OPERATORS`].
pub type OperatorsFn = fn(i64, i64) -> Result<i64, Error>;

pub static OPERATORS: LazyLock<dict::Dict<&str, (i64, OperatorsFn)>> = LazyLock::new(|| {
    let pairs: [(&str, (i64, OperatorsFn)); 4] = [
        ("+", (1, |x, y| Ok(x.strict_add(y)))),
        ("-", (1, |x, y| Ok(x.strict_sub(y)))),
        ("*", (2, |a, b| Ok(a.strict_mul(b)))),
        ("//", (2, int::floor_div)),
    ];
    dict::from_pairs(pairs)
});

/// A function in [`RULES`].
pub type RulesFn = fn(i64) -> Result<String, Error>;

pub static RULES: LazyLock<dict::Dict<i64, RulesFn>> = LazyLock::new(|| {
    let pairs: [(i64, RulesFn); 2] = [(3, |x| Ok(x.to_string())), (5, |x| Ok(x.to_string()))];
    dict::from_pairs(pairs)
});

/// A function in [`STEPS`].
pub type StepsFn = fn(f64) -> Result<f64, Error>;

pub static STEPS: &[StepsFn] = &[
    |x| Ok(square_area(x)),
    circle_area,
    |x| Ok(x.abs()),
    math::sqrt,
    |v| Ok(v + 1.0),
];

pub fn square_area(x: f64) -> f64 {
    x * x
}

pub fn circle_area(x: f64) -> Result<f64, Error> {
    Ok(std::f64::consts::PI * float::pow(x, 2.0)?)
}

pub fn area(kind: &str, x: f64) -> Result<f64, Error> {
    if !AREAS.contains_key(kind) {
        return Err(Error::ValueError(format!("unknown shape {kind}")));
    }
    let function = dict::get_item(&AREAS, kind)?;
    Ok(function(x)? + dict::get_item(&AREAS, kind)?(x)?)
}

pub fn maybe_area(kind: &str, x: f64) -> Result<Option<f64>, Error> {
    let function = AREAS.get(kind);
    let Some(function) = function else {
        return Ok(None);
    };
    Ok(Some(function(x)?))
}

pub fn default_area(kind: &str, x: f64) -> Result<f64, Error> {
    AREAS
        .get(kind)
        .unwrap_or(&(circle_area as fn(f64) -> Result<f64, Error>))(x)
}

pub fn all_areas(x: f64) -> Result<Dict<String, f64>, Error> {
    Ok({
        let mut items = dict::Dict::default();
        for (&name, function) in AREAS.iter() {
            items.insert(name.to_string(), function(x)?);
        }
        items
    })
}

pub fn largest(x: f64) -> Result<String, Error> {
    extremes::max_by_key_try(AREAS.keys().map(|item| item.to_string()), |name| {
        Ok(float::Key(dict::get_item(&AREAS, name.as_str())?(x)?))
    })
}

pub fn names() -> Vec<String> {
    let mut sorted: Vec<String> = AREAS.keys().map(|item| item.to_string()).collect();
    sorted.sort();
    sorted
}

pub fn through(mut x: f64) -> Result<f64, Error> {
    for step in STEPS {
        x = step(x)?;
    }
    Ok(x)
}

pub fn chosen(i: i64, x: f64) -> Result<f64, Error> {
    seq::at(STEPS, i)?(x)
}

pub fn evaluate(expression: &str) -> Result<i64, Error> {
    let mut stack: Vec<i64> = Vec::new();
    for token in text::words(expression) {
        if OPERATORS.contains_key(token) {
            let (right, left) = (seq::pop(&mut stack)?, seq::pop(&mut stack)?);
            let (_, function) = (
                dict::get_item(&OPERATORS, token)?.0,
                Rc::new(dict::get_item(&OPERATORS, token)?.1),
            );
            stack.push(function(left, right)?);
        } else {
            stack.push(int::parse(token)?);
        }
    }
    seq::pop(&mut stack)
}

pub fn precedence(op: &str) -> Result<i64, Error> {
    Ok(dict::get_item(&OPERATORS, op)?.0)
}

pub fn clean(text: &str) -> Result<String, Error> {
    let mut text = text.to_string();
    for cleaner in CLEANERS {
        text = cleaner(&text)?;
    }
    Ok(text)
}

pub fn holds(a: i64, op: &str, b: i64) -> Result<bool, Error> {
    dict::get_item(&COMPARISONS, op)?(a, b)
}

pub fn applied(function: &dyn Fn(f64) -> Result<f64, Error>, x: f64) -> Result<f64, Error> {
    function(x)
}

pub fn handed_on(kind: &str, x: f64) -> Result<f64, Error> {
    applied(dict::get_item(&AREAS, kind)?, x)
}

pub fn either(flag: bool, x: f64) -> Result<f64, Error> {
    let mut function: Rc<dyn Fn(f64) -> Result<f64, Error>> = Rc::new(|x| Ok(square_area(x)));
    if flag {
        function =
            Rc::new(*dict::get_item(&AREAS, "circle")?) as Rc<dyn Fn(f64) -> Result<f64, Error>>;
    }
    function(x)
}

pub fn ruled(n: i64) -> Result<Vec<String>, Error> {
    Ok({
        let mut items = Vec::new();
        for (&divisor, rule) in RULES.iter() {
            if int::floor_mod(n, divisor)? == 0 {
                items.push(rule(n)?);
            }
        }
        items
    })
}
