//! Parameters of every kind, calls by keyword, functions inside functions, functions handed on.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::seq;
use num_bigint::BigInt;

pub fn defaults(a: i64, b: i64, c: i64, d: &str) -> String {
    format!("{a}{b}{c}{d}")
}

pub fn keywords(n: i64) -> Vec<String> {
    vec![
        defaults(n, 2, 3, "d"),
        defaults(n, 1, 3, "d"),
        defaults(n, 7, 3, "x"),
        defaults(n, 2, 0, "d"),
        defaults(n, 5, 9, "y"),
    ]
}

pub fn noisy(log: &mut Vec<String>, name: &str, value: i64) -> i64 {
    log.push(name.to_string());
    value
}

pub fn difference(a: i64, b: i64) -> i64 {
    a.strict_sub(b)
}

/// Arguments are evaluated as written, not as declared.
pub fn argument_order(log: &mut Vec<String>) -> i64 {
    let argument = noisy(log, "b", 1);
    let argument_2 = noisy(log, "a", 10);
    difference(argument_2, argument)
}

pub fn operand_order(log: &mut Vec<String>) -> i64 {
    noisy(log, "x", 2).strict_add(noisy(log, "y", 3).strict_mul(noisy(log, "z", 4)))
}

pub fn compare_order(log: &mut Vec<String>, n: i64) -> bool {
    let first = noisy(log, "low", 1);
    let middle = noisy(log, "middle", n);
    first < middle && middle < noisy(log, "high", 5)
}

pub fn lazy_order(log: &mut Vec<String>, n: i64) -> i64 {
    let value_2 = {
        let value = noisy(log, "a", n);
        if value != 0 {
            noisy(log, "b", 0)
        } else {
            value
        }
    };
    if value_2 != 0 {
        value_2
    } else {
        noisy(log, "c", 7)
    }
}

pub fn store_order(log: &mut Vec<String>, xs: &mut [i64]) -> Result<(), Error> {
    let value = noisy(log, "value", 5);
    seq::store(xs, noisy(log, "index", 0), value)?;
    Ok(())
}

pub fn augmented_order(log: &mut Vec<String>, xs: &mut [i64]) -> Result<(), Error> {
    let index = noisy(log, "index", 0);
    let value = (*seq::at(xs, index)?).strict_add(noisy(log, "value", 5));
    seq::store(xs, index, value)?;
    Ok(())
}

pub fn dict_order(log: &mut Vec<String>) -> Dict<i64, i64> {
    dict::from_pairs([
        (noisy(log, "k1", 1), noisy(log, "v1", 2)),
        (noisy(log, "k2", 3), noisy(log, "v2", 4)),
    ])
}

pub fn closure(n: i64, xs: &[i64]) -> Vec<i64> {
    let offset: i64 = 100;
    let scaled = |x: i64| -> i64 { x.strict_mul(n).strict_add(offset) };
    xs.iter().map(|&x| scaled(x)).collect::<Vec<i64>>()
}

pub fn inner(n: i64) -> i64 {
    let square = |x: i64| -> i64 { x.strict_mul(x) };
    let twice = |x: i64| -> i64 { 2_i64.strict_mul(x) };
    square(n).strict_add(twice(n))
}

pub fn recursive(n: i64) -> Result<BigInt, Error> {
    let _depth = decline::enter();
    Ok(if n <= 1 {
        BigInt::from(1)
    } else {
        n * recursive(n.strict_sub(1))?
    })
}

pub fn even(n: i64) -> Result<bool, Error> {
    let _depth = decline::enter();
    Ok(if n == 0 { true } else { odd(n.strict_sub(1))? })
}

pub fn odd(n: i64) -> Result<bool, Error> {
    let _depth = decline::enter();
    Ok(if n == 0 {
        false
    } else {
        even(n.strict_sub(1))?
    })
}

pub fn fibonacci(n: i64, memo: &mut Dict<i64, i64>) -> Result<i64, Error> {
    let _depth = decline::enter();
    if n < 2 {
        return Ok(n);
    }
    if !memo.contains_key(&n) {
        let value = fibonacci(n.strict_sub(1), memo)?.strict_add(fibonacci(n.strict_sub(2), memo)?);
        memo.insert(n, value);
    }
    Ok(*dict::get_item(memo, &n)?)
}

pub fn lambdas(xs: &[i64]) -> Vec<i64> {
    xs.iter()
        .filter(|&&x| x.rem_euclid(2) != 0)
        .map(|&x| x.strict_add(1))
        .collect::<Vec<i64>>()
}

pub fn sorted_pairs(pairs: &[(String, i64)]) -> Vec<(String, i64)> {
    let mut sorted: Vec<(String, i64)> = pairs.to_vec();
    sorted.reverse();
    sorted.sort_by_key(|pair| pair.1);
    sorted.reverse();
    sorted
}

pub fn append_to(xs: &mut Vec<i64>, x: i64) {
    xs.push(x);
}

pub fn passes_on(xs: &mut Vec<i64>) -> i64 {
    append_to(xs, 1);
    append_to(xs, 2);
    xs.len() as i64
}

pub fn positional(a: i64, b: i64) -> i64 {
    a.strict_mul(10).strict_add(b)
}

#[allow(clippy::too_many_arguments)]
pub fn many(a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i64, h: i64) -> i64 {
    a.strict_add(b)
        .strict_add(c)
        .strict_add(d)
        .strict_add(e)
        .strict_add(f)
        .strict_add(g)
        .strict_add(h)
}

pub fn nothing(xs: &mut Vec<i64>) -> Result<(), Error> {
    if xs.is_empty() {
        return Ok(());
    }
    seq::pop(xs)?;
    Ok(())
}

pub fn early(n: i64) -> i64 {
    if n < 0 {
        return -1;
    }
    for i in 0..n {
        if i.strict_mul(i) >= n {
            return i;
        }
    }
    n
}
