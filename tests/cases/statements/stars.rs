//! `*args`, `**kwargs`, positional-only and keyword-only parameters, and calls with stars.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::out;
use crate::runtime::seq;

pub fn total(values: &[i64]) -> i64 {
    int::sum(values.iter().copied())
}

/// Sum.
///
/// ```text
/// >>> weighted(2, 1, 2, start=5)
/// 11
/// ```
pub fn weighted(scale: i64, start: i64, values: &[i64]) -> i64 {
    let mut result = start;
    for &v in values {
        result = result.strict_add(scale.strict_mul(v));
    }
    result
}

pub fn describe(name: &str, tags: &Dict<String, String>) -> String {
    format!(
        "{name}{}",
        tags.iter()
            .map(|(k, v)| format!(" {k}={v}"))
            .collect::<String>()
    )
}

pub fn both(names: &[String], counts: &Dict<String, i64>) -> i64 {
    let mut total_ = names.len() as i64;
    for name in names {
        total_ = total_.strict_add(counts.get(name).copied().unwrap_or(1));
    }
    total_
}

pub fn calls(xs: &[i64]) -> Result<i64, Error> {
    let pair = [1_i64, 2];
    Ok(total(&[])
        .strict_add(total(&[1, 2]))
        .strict_add(total(xs))
        .strict_add(total(&{
            let mut items = vec![0];
            items.extend(xs.iter().copied());
            items.push(5);
            items
        }))
        .strict_add(total(&[
            *seq::at_tuple(&pair, 0)?,
            *seq::at_tuple(&pair, 1)?,
        ]))
        .strict_add(weighted(2, 1, xs)))
}

pub fn kw_calls(n: i64, _d: &Dict<String, String>) -> String {
    let a = describe(
        "x",
        &dict::from_pairs([
            ("a".to_string(), "1".to_string()),
            ("b".to_string(), n.to_string()),
        ]),
    );
    let b = describe("y", &dict::from_pairs([("k".to_string(), "v".to_string())]));
    format!("{a}{b}{}", describe("z", &dict::Dict::default()))
}

pub fn forward(xs: &[i64]) -> i64 {
    total(xs).strict_add(total(seq::slice(xs, 1..)))
}

pub fn pos_only(a: i64, b: i64, c: i64) -> i64 {
    a.strict_mul(100).strict_add(b.strict_mul(10)).strict_add(c)
}

pub fn pos_calls(n: i64) -> i64 {
    pos_only(n, 2, 3)
        .strict_add(pos_only(n, 5, 3))
        .strict_add(pos_only(n, 2, 7))
        .strict_add(pos_only(n, 1, n))
}

pub fn noisy(x: i64) -> i64 {
    out::write(&format!("{x}\n"));
    x
}

pub fn order(n: i64) -> i64 {
    pos_only(noisy(n), 2, noisy(n.strict_add(1))).strict_add({
        let argument = noisy(1);
        let argument_2 = &[noisy(2), noisy(3)];
        let argument_3 = noisy(4);
        weighted(argument, argument_3, argument_2)
    })
}

pub fn popping(kw: &mut Dict<String, i64>) -> i64 {
    let n = dict::pop_default(kw, "n", 0);
    n.strict_mul(10).strict_add(kw.len() as i64)
}

pub fn use_popping(n: i64) -> i64 {
    popping(&mut dict::from_pairs([
        ("n".to_string(), n),
        ("a".to_string(), 1),
        ("b".to_string(), 2),
    ]))
}

#[derive(Debug, Clone)]
pub struct Crate2D {
    pub w: i64,
    pub h: i64,
}

impl Crate2D {
    pub fn new(w: i64, h: i64) -> Crate2D {
        Crate2D { w, h }
    }

    pub fn grow(&mut self, dx: i64, dy: i64, more: &[i64]) -> i64 {
        self.w = self.w.strict_add(dx);
        self.h = self.h.strict_add(dy);
        self.w
            .strict_mul(self.h)
            .strict_add(int::sum(more.iter().copied()))
    }

    pub fn area(&self) -> i64 {
        self.w.strict_mul(self.h)
    }
}

pub fn methods(n: i64) -> i64 {
    let mut b = {
        let argument = noisy(2);
        let argument_2 = noisy(n);
        Crate2D::new(argument_2, argument)
    };
    let first = {
        let argument_3 = noisy(3);
        let argument_4 = noisy(4);
        let argument_5 = &[];
        b.grow(argument_4, argument_3, argument_5)
    };
    first.strict_add(b.grow(1, 2, &[3, 4])).strict_add(b.area())
}

pub fn maxes(xs: &[i64]) -> Result<i64, Error> {
    Ok({
        let values = {
            let mut items = xs.to_vec();
            items.push(3);
            items.push(4);
            items
        };
        extremes::max(values.iter().cloned())?
    })
}

pub fn max_all(xs: &[i64]) -> Result<i64, Error> {
    Ok({
        let values = seq::several(xs.to_vec());
        extremes::max(values.iter().cloned())?
    })
}

pub fn max_words(ws: &[String]) -> Result<String, Error> {
    Ok({
        let values = seq::several({
            let mut items = ws.to_vec();
            items.push("m".to_string());
            items
        });
        extremes::max(values.iter().cloned())?
    })
}

pub fn joined(sep: &str, parts: &[String]) -> String {
    parts.join(sep)
}

pub fn first(args: &[i64]) -> Result<i64, Error> {
    if args.is_empty() {
        return Err(Error::ValueError("nothing".to_string()));
    }
    let items = args;
    let ([first], middle, []) = seq::unpack_star::<_, 1, 0>(items)?;
    let head = *first;
    let rest = middle.to_vec();
    Ok(head.strict_add(rest.len() as i64))
}

pub fn fmt(p: &(i64, String)) -> String {
    format!("{}:{}", p.0, p.1)
}

pub fn mixed_types(args: &[f64]) -> f64 {
    let mut acc = 0.0;
    for (i, &a) in args.iter().enumerate() {
        let i = i as i64;
        acc += a * i as f64;
    }
    acc
}

pub fn bounds(points: &[(i64, i64)]) -> Result<(i64, i64), Error> {
    Ok((
        extremes::min(points.iter().map(|&p| p.0))?,
        extremes::max(points.iter().map(|&p| p.1))?,
    ))
}

pub fn lists(rows: &[Vec<i64>]) -> i64 {
    int::sum(rows.iter().map(|r| r.len() as i64))
}

/// Evaluated as written: 1, 3, 2.
pub fn last_by_name(n: i64) -> i64 {
    weighted(noisy(1), noisy(n), &[]).strict_add(pos_only(noisy(3), 2, noisy(2)))
}

pub fn same_name(a: i64, kw: &Dict<String, i64>) -> i64 {
    a.strict_mul(10)
        .strict_add(kw.get("a").copied().unwrap_or(0))
}

pub fn uses_same_name(n: i64) -> i64 {
    same_name(n, &dict::from_pairs([("a".to_string(), 2_i64)]))
}
