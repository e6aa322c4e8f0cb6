//! Functions under the caches of functools, inside functions and of the module.

use crate::error::Error;
use crate::runtime::big;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::memo;
use crate::runtime::repr;
use crate::runtime::text;
use num_bigint::BigInt;
use std::cell::RefCell;

pub fn edit_distance(a: &str, b: &str) -> Result<i64, Error> {
    let mut distance_cache: Dict<(i64, i64), i64> = dict::Dict::default();
    fn distance(
        i: i64,
        j: i64,
        a: &str,
        b: &str,
        distance_cache: &mut Dict<(i64, i64), i64>,
    ) -> Result<i64, Error> {
        let _depth = decline::enter();
        let key = (i, j);
        if distance_cache.contains_key(&key) {
            return Ok(*dict::get_item(distance_cache, &key)?);
        }
        if i == a.chars().count() as i64 {
            let result = (b.chars().count() as i64).strict_sub(j);
            distance_cache.insert(key, result);
            return Ok(result);
        }
        if j == b.chars().count() as i64 {
            let result = (a.chars().count() as i64).strict_sub(i);
            distance_cache.insert(key, result);
            return Ok(result);
        }
        if text::char_at(a, i)? == text::char_at(b, j)? {
            let result = distance(i.strict_add(1), j.strict_add(1), a, b, distance_cache)?;
            distance_cache.insert(key, result);
            return Ok(result);
        }
        let result = 1_i64.strict_add(
            distance(i.strict_add(1), j, a, b, distance_cache)?
                .min(distance(i, j.strict_add(1), a, b, distance_cache)?)
                .min(distance(
                    i.strict_add(1),
                    j.strict_add(1),
                    a,
                    b,
                    distance_cache,
                )?),
        );
        distance_cache.insert(key, result);
        Ok(result)
    }
    distance(0, 0, a, b, &mut distance_cache)
}

pub fn staircase(n: i64) -> Result<i64, Error> {
    let mut ways_cache: Dict<i64, i64> = dict::Dict::default();
    fn ways(k: i64, ways_cache: &mut Dict<i64, i64>) -> Result<i64, Error> {
        let _depth = decline::enter();
        let key = k;
        if ways_cache.contains_key(&key) {
            return Ok(*dict::get_item(ways_cache, &key)?);
        }
        let result = if k < 2 {
            1
        } else {
            ways(k.strict_sub(1), ways_cache)?.strict_add(ways(k.strict_sub(2), ways_cache)?)
        };
        ways_cache.insert(key, result);
        Ok(result)
    }
    ways(n, &mut ways_cache)
}

pub fn counted(n: i64) -> Result<Vec<i64>, Error> {
    let mut calls: i64 = 0;
    let mut half_cache: Dict<i64, i64> = dict::Dict::default();
    fn half(k: i64, calls: &mut i64, half_cache: &mut Dict<i64, i64>) -> Result<i64, Error> {
        let _depth = decline::enter();
        let key = k;
        if half_cache.contains_key(&key) {
            return Ok(*dict::get_item(half_cache, &key)?);
        }
        *calls = calls.strict_add(1);
        if k < 0 {
            return Err(Error::ValueError("negative".to_string()));
        }
        let result = if k == 0 {
            0
        } else {
            half(k.div_euclid(2), calls, half_cache)?.strict_add(1)
        };
        half_cache.insert(key, result);
        Ok(result)
    }
    let total = half(n, &mut calls, &mut half_cache)?
        .strict_add(half(n, &mut calls, &mut half_cache)?)
        .strict_add(half(n.strict_add(1), &mut calls, &mut half_cache)?);
    Ok(vec![total, calls])
}

pub fn bounded(word: &str) -> Result<bool, Error> {
    let mut palindrome_cache: Dict<(i64, i64), bool> = dict::Dict::default();
    fn palindrome(
        i: i64,
        j: i64,
        palindrome_cache: &mut Dict<(i64, i64), bool>,
        word: &str,
    ) -> Result<bool, Error> {
        let _depth = decline::enter();
        let key = (i, j);
        if palindrome_cache.contains_key(&key) {
            return Ok(*dict::get_item(palindrome_cache, &key)?);
        }
        let result = i >= j
            || text::char_at(word, i)? == text::char_at(word, j)?
                && palindrome(i.strict_add(1), j.strict_sub(1), palindrome_cache, word)?;
        palindrome_cache.insert(key, result);
        Ok(result)
    }
    palindrome(
        0,
        word.chars().count() as i64 - 1,
        &mut palindrome_cache,
        word,
    )
}

pub fn words(text: &str, known: &[String]) -> Result<bool, Error> {
    let mut splits_cache: Dict<String, bool> = dict::Dict::default();
    fn splits(
        rest: &str,
        known: &[String],
        splits_cache: &mut Dict<String, bool>,
    ) -> Result<bool, Error> {
        let _depth = decline::enter();
        let key = rest;
        if splits_cache.contains_key(key) {
            return Ok(*dict::get_item(splits_cache, key)?);
        }
        if rest.is_empty() {
            let result = true;
            splits_cache.insert(key.to_string(), result);
            return Ok(result);
        }
        for word in known {
            if !word.is_empty()
                && rest.starts_with(word)
                && splits(
                    text::slice(rest, word.chars().count() as i64..),
                    known,
                    splits_cache,
                )?
            {
                let result = true;
                splits_cache.insert(key.to_string(), result);
                return Ok(result);
            }
        }
        let result = false;
        splits_cache.insert(key.to_string(), result);
        Ok(result)
    }
    splits(text, known, &mut splits_cache)
}

pub fn shadowed(n: i64) -> i64 {
    let cache = |function: i64| -> i64 { function.strict_add(1) };
    cache(n)
}

thread_local! {
    static FIB_RESULTS: RefCell<memo::Results<i64, BigInt>> = const { RefCell::new(memo::Results::new(128)) };
}

pub fn fib(k: i64) -> Result<BigInt, Error> {
    memo::remember_or_raise(&FIB_RESULTS, k, || {
        let _depth = decline::enter();
        if k < 0 {
            return Err(Error::ValueError("negative".to_string()));
        }
        if k < 2 {
            return Ok(BigInt::from(k));
        }
        Ok(fib(k.strict_sub(1))? + fib(k.strict_sub(2))?)
    })
}

thread_local! {
    static LATTICE_RESULTS: RefCell<memo::Results<(i64, i64), BigInt>> = const { RefCell::new(memo::Results::new(usize::MAX)) };
}

pub fn lattice(rows: i64, columns: i64) -> Result<BigInt, Error> {
    memo::remember_or_raise(&LATTICE_RESULTS, (rows, columns), || {
        let _depth = decline::enter();
        if rows <= 1 || columns <= 1 {
            return Ok(BigInt::from(1));
        }
        Ok(lattice(rows.strict_sub(1), columns)? + lattice(rows, columns.strict_sub(1))?)
    })
}

thread_local! {
    static REPEATED_RESULTS: RefCell<memo::Results<(String, i64), String>> = const { RefCell::new(memo::Results::new(usize::MAX)) };
}

pub fn repeated(text: &str, times: i64) -> String {
    memo::remember(&REPEATED_RESULTS, (text.to_string(), times), || {
        text::repeat(text, times)
    })
}

thread_local! {
    static COLLATZ_RESULTS: RefCell<memo::Results<i64, i64>> = const { RefCell::new(memo::Results::new(2)) };
}

pub fn collatz(mut n: i64) -> i64 {
    memo::remember(&COLLATZ_RESULTS, n, || {
        let mut count: i64 = 0;
        while n > 1 {
            n = if n.rem_euclid(2) == 0 {
                n.div_euclid(2)
            } else {
                3_i64.strict_mul(n).strict_add(1)
            };
            count = count.strict_add(1);
        }
        count
    })
}

pub fn cached_by_all(n: i64, text: &str) -> Result<String, Error> {
    let total = int::try_sum((0..n).map(|i| -> Result<i64, Error> { Ok(big::small(&fib(i)?)) }))?
        .strict_add(big::small(&lattice(n.rem_euclid(9), 3)?));
    let lengths = (0..n).map(|i| collatz(i % 5 + 1)).collect::<Vec<i64>>();
    Ok(format!(
        "{} {} {total} {}",
        repeated(text, 2),
        repeated(text, 3),
        repr::repr(&lengths)
    ))
}
