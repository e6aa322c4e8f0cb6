//! Comprehensions and generator expressions, nested, filtered, consumed early.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;

pub fn squares(n: i64) -> Vec<i64> {
    (0..n)
        .filter(|&i| i % 2 != 0)
        .map(|i| i.strict_mul(i))
        .collect::<Vec<i64>>()
}

pub fn nested(n: i64) -> Vec<(i64, i64)> {
    let mut items = Vec::new();
    for i in 0..n {
        for j in i..n {
            if i.strict_add(j).rem_euclid(2) != 0 && j != 0 {
                items.push((i, j));
            }
        }
    }
    items
}

pub fn flat(rows: &[Vec<i64>]) -> Vec<i64> {
    let mut items = Vec::new();
    for row in rows {
        for &x in row {
            items.push(x);
        }
    }
    items
}

pub fn matrix(n: i64) -> Vec<Vec<i64>> {
    (0..n)
        .map(|i| (0..n).map(|j| i ^ j).collect::<Vec<i64>>())
        .collect::<Vec<Vec<i64>>>()
}

pub fn lengths(words: &[String]) -> Dict<String, i64> {
    dict::from_pairs(
        words
            .iter()
            .filter(|&word| !word.is_empty())
            .map(|word| (word.to_string(), word.chars().count() as i64)),
    )
}

pub fn initials(words: &[String]) -> Result<Set<String>, Error> {
    Ok(set::from_items(
        words
            .iter()
            .map(|word| -> Result<String, Error> { Ok(text::char_at(word, 0)?.to_string()) })
            .collect::<Result<Vec<String>, Error>>()?,
    ))
}

pub fn first_error(words: &[String]) -> Result<Vec<i64>, Error> {
    words
        .iter()
        .map(|word| int::parse(word))
        .collect::<Result<Vec<i64>, Error>>()
}

/// What comes after the first hit is not looked at, errors included.
pub fn stops_early(words: &[String]) -> Result<bool, Error> {
    Ok('search: {
        for word in words {
            if int::parse(word)? > 5 {
                break 'search true;
            }
        }
        false
    })
}

pub fn all_even(words: &[String]) -> Result<bool, Error> {
    Ok('search: {
        for word in words {
            if int::parse_mod(word, 2)? != 0 {
                break 'search false;
            }
        }
        true
    })
}

pub fn totals(rows: &[Vec<f64>]) -> Vec<f64> {
    rows.iter()
        .map(|row| float::sum(row.iter().map(|&x| x * x)))
        .collect::<Vec<f64>>()
}

pub fn longest(words: &[String]) -> Result<String, Error> {
    extremes::max_by_key(
        words.iter().filter(|&word| text::is_lower(word)).cloned(),
        |x| x.chars().count() as i64,
    )
}

/// The variable of a comprehension is its own.
pub fn shadow(x: i64) -> (Vec<i64>, i64) {
    let ys = (0_i64..3).map(|x| x * 2).collect::<Vec<i64>>();
    (ys, x)
}

pub fn captured(n: i64, xs: &[i64]) -> Vec<i64> {
    let limit = n.strict_mul(2);
    xs.iter()
        .filter(|&&x| x < limit && !matches!(x, 1 | 3))
        .copied()
        .collect::<Vec<i64>>()
}

pub fn walrus(xs: &[i64]) -> Vec<i64> {
    let mut items = Vec::new();
    for &x in xs {
        let y = x.strict_mul(x);
        if y > 10 {
            items.push(y);
        }
    }
    items
}

pub fn zipped(a: &[i64], b: &[String]) -> Vec<String> {
    (1_i64..)
        .zip(a.iter().zip(b))
        .map(|(i, (&x, s))| format!("{i}{x}{s}"))
        .collect::<Vec<String>>()
}

pub fn conditional(xs: &[i64]) -> Vec<String> {
    xs.iter()
        .map(|&x| {
            (if x.rem_euclid(2) == 0 {
                "even"
            } else {
                if x > 0 { "odd" } else { "negative" }
            })
            .to_string()
        })
        .collect::<Vec<String>>()
}

pub fn joined(xs: &[i64]) -> String {
    text::join(
        "-",
        ({
            let mut sorted: Vec<i64> = xs.to_vec();
            sorted.sort_unstable();
            sorted.reverse();
            sorted
        })
        .into_iter()
        .map(|x| x.to_string()),
    )
}

pub fn tuples(xs: &[i64]) -> Vec<i64> {
    xs.iter().map(|&x| x.strict_add(1)).collect::<Vec<i64>>()
}
