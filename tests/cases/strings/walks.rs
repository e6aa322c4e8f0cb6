//! Strings character by character, and by index.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;

pub fn palindrome(s: &str) -> Result<bool, Error> {
    let s_chars: Vec<char> = s.chars().collect();
    let (mut i, mut j): (i64, i64) = (0, s_chars.len() as i64 - 1);
    while i < j {
        if chars::at(&s_chars, i)? != chars::at(&s_chars, j)? {
            return Ok(false);
        }
        i = i.strict_add(1);
        j = j.strict_sub(1);
    }
    Ok(true)
}

pub fn at(s: &str, i: i64) -> Result<String, Error> {
    Ok(text::char_at(s, i)?.to_string())
}

pub fn runs(s: &str) -> Result<Vec<(String, i64)>, Error> {
    let mut result: Vec<(String, i64)> = Vec::new();
    for c in s.chars() {
        if !result.is_empty() && seq::at(&result, -1)?.0.as_str() == c.encode_utf8(&mut [0; 4]) {
            let value = (c.to_string(), seq::at(&result, -1)?.1.strict_add(1));
            seq::store(&mut result, -1, value)?;
        } else {
            result.push((c.to_string(), 1));
        }
    }
    Ok(result)
}

pub fn vowels(s: &str) -> i64 {
    int::sum(
        text::lower(s)
            .chars()
            .filter(|&c| "aeiou".contains(c))
            .map(|_| 1),
    )
}

pub fn digits(s: &str) -> Result<Vec<i64>, Error> {
    s.chars()
        .filter(|&c| chars::is_digit(c))
        .map(int::from_char)
        .collect::<Result<Vec<i64>, Error>>()
}

pub fn luhn(number: &str) -> Result<i64, Error> {
    let mut total: i64 = 0;
    for (i, c) in number.chars().rev().enumerate() {
        let i = i as i64;
        let mut digit = int::from_char(c)?;
        if i % 2 != 0 {
            digit = digit.strict_mul(2);
            if digit > 9 {
                digit = digit.strict_sub(9);
            }
        }
        total = total.strict_add(digit);
    }
    Ok(total.rem_euclid(10))
}

pub fn pairs(s: &str) -> Vec<String> {
    s.chars()
        .zip(text::slice(s, 1..).chars())
        .map(|(a, b)| format!("{a}{b}"))
        .collect::<Vec<String>>()
}

pub fn ends(s: &str) -> Result<String, Error> {
    let items = s.chars().map(String::from).collect::<Vec<String>>();
    let ([first_2], middle, []) = seq::unpack_star::<_, 1, 0>(&items)?;
    let first = first_2.to_string();
    let rest = middle.to_vec();
    Ok(format!("{first}{}", rest.len()))
}

pub fn three(s: &str) -> Result<String, Error> {
    let [a, b, c] = text::unpack(s)?;
    Ok(format!("{c}{b}{a}"))
}

pub fn codes(s: &str) -> Vec<i64> {
    s.chars().map(chars::ord).collect::<Vec<i64>>()
}

/// Levenshtein's.
pub fn distance(a: &str, b: &str) -> Result<i64, Error> {
    let mut previous = (0..b.chars().count() as i64 + 1).collect::<Vec<i64>>();
    for (i, x) in (1_i64..).zip(a.chars()) {
        let mut current = vec![i];
        for (j, y) in (1_i64..).zip(b.chars()) {
            current.push(
                (*seq::at(&previous, j)?)
                    .strict_add(1)
                    .min((*seq::at(&current, j - 1)?).strict_add(1))
                    .min((*seq::at(&previous, j - 1)?).strict_add(i64::from(x != y))),
            );
        }
        previous = current;
    }
    Ok(*seq::at(&previous, -1)?)
}
