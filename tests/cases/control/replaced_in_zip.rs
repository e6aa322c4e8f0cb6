//! Loops over a list and a slice of it whose elements are replaced meanwhile; generators without annotations.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::float;
use crate::runtime::generator::Generator;
use crate::runtime::seq;
use crate::runtime::value::Value;

pub fn beads(heights: &mut [i64]) -> Result<(), Error> {
    for _ in 0..heights.len() as i64 {
        for (i, lower) in seq::slice(heights, 1..).to_vec().into_iter().enumerate() {
            let i = i as i64;
            let upper = *seq::at(heights, i)?;
            if upper > lower {
                let value = (*seq::at(heights, i)?).strict_sub(upper.strict_sub(lower));
                seq::store(heights, i, value)?;
                let value_2 = (*seq::at(heights, i + 1)?).strict_add(upper.strict_sub(lower));
                seq::store(heights, i + 1, value_2)?;
            }
        }
    }
    Ok(())
}

pub fn push(values: &mut [i64]) -> Result<i64, Error> {
    let mut at: i64 = 0;
    for (index, later) in seq::slice(values, 2..).to_vec().into_iter().enumerate() {
        let index = index as i64;
        let value = *seq::at(values, index)?;
        if value > later {
            let value_2 = value.strict_add(later);
            seq::store(values, at.strict_add(1), value_2)?;
        }
        at = at.strict_add(1);
    }
    at = at.strict_add(100);
    Ok(at)
}

pub fn points(low: f64, high: f64, step: f64) -> Generator<'static, f64> {
    Generator::new(async move |yields| {
        let mut x = low + step;
        while x < high {
            yields.give(x).await;
            x += step;
        }
    })
}

pub fn total(low: f64, high: f64) -> f64 {
    let step = (high - low) / 4.0;
    let found = points(low, high, step * 0.5);
    let mut y = 0.0;
    for x in found {
        y += x;
    }
    y
}

pub fn products(xs: &[Value], ys: &[Value]) -> Result<Value, Error> {
    dynamic::try_sum(
        xs.iter().zip(ys).map(|(x, y)| dynamic::mul(x, y)),
        Value::Int(0),
    )
}

pub fn quotients(xs: &[f64], ys: &[f64]) -> Result<f64, Error> {
    Ok(float::sum({
        let mut items = Vec::new();
        for &x in xs {
            for &y in ys {
                items.push(float::div(x, y)?);
            }
        }
        items
    }))
}

pub fn pairs(xs: &[i64], ys: &[String]) -> Dict<(i64, String), i64> {
    dict::from_pairs(
        xs.iter()
            .zip(ys)
            .map(|(&x, y)| ((x, y.to_string()), y.chars().count() as i64)),
    )
}
