//! Strings that are indexed in loops, by what binds them.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic_order;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::BytesOrInt;
use crate::unions::BytesOrIntOrStr;
use crate::unions::IntOrStr;

pub fn of_a_loop(words: &[String]) -> Result<i64, Error> {
    let mut count: i64 = 0;
    for word in words {
        let word_chars: Vec<char> = word.chars().collect();
        for i in 0..word_chars.len() as i64 {
            if word_chars[i as usize] == 'a' {
                count = count.strict_add(i + 1);
            }
        }
    }
    Ok(count)
}

pub fn of_pairs(words: &[(i64, String)]) -> Result<i64, Error> {
    let mut count: i64 = 0;
    for (weight, word) in words {
        let weight = *weight;
        let word_chars: Vec<char> = word.chars().collect();
        for i in 0..word_chars.len() as i64 {
            if word_chars[i as usize] == 'ä' {
                count = count.strict_add(weight);
            }
        }
    }
    Ok(count)
}

pub fn unpacked(words: &[String]) -> Result<i64, Error> {
    let (first, mut count, second): (String, i64, String) = (
        seq::at(words, 0)?.to_string(),
        0,
        text::lower(seq::at(words, 1)?),
    );
    let first_chars: Vec<char> = first.chars().collect();
    let second_chars: Vec<char> = second.chars().collect();
    for i in 0..first_chars.len() as i64 {
        for j in 0..second_chars.len() as i64 {
            count = count.strict_add(i64::from(
                first_chars[i as usize] == second_chars[j as usize],
            ));
        }
    }
    Ok(count)
}

pub fn absent(word: Option<&str>, other: &str) -> Result<i64, Error> {
    let other_chars: Vec<char> = other.chars().collect();
    let Some(word) = word else {
        return Ok(-1);
    };
    let word_chars: Vec<char> = word.chars().collect();
    let mut count: i64 = 0;
    for i in 0..word_chars.len() as i64 {
        for j in 0..other_chars.len() as i64 {
            if word_chars[i as usize] == other_chars[j as usize] {
                count = count.strict_add(1);
            }
        }
    }
    Ok(count)
}

pub fn present(word: Option<&str>, times: i64) -> Result<String, Error> {
    let mut found = String::new();
    if let Some(word) = word {
        let word_chars: Vec<char> = word.chars().collect();
        for i in 0..times {
            found.push(chars::at(&word_chars, i)?);
        }
    }
    Ok(found)
}

pub fn member(word: &IntOrStr, times: i64) -> Result<i64, Error> {
    let mut count: i64 = 0;
    if let IntOrStr::Str(word) = word {
        let word_chars: Vec<char> = word.chars().collect();
        for i in 0..times {
            if chars::at(&word_chars, -i)? == 'b' {
                count = count.strict_add(1);
            }
        }
    }
    Ok(count)
}

pub fn comprehended(words: &[String], at: &[i64]) -> Result<Vec<Vec<String>>, Error> {
    words
        .iter()
        .map(|word| -> Result<Vec<String>, Error> {
            at.iter()
                .map(|&i| -> Result<String, Error> { Ok(text::char_at(word, i)?.to_string()) })
                .collect::<Result<Vec<String>, Error>>()
        })
        .collect::<Result<Vec<Vec<String>>, Error>>()
}

pub fn size(what: &BytesOrInt) -> i64 {
    if let BytesOrInt::Bytes(what) = what {
        return what.len() as i64;
    }
    match what {
        BytesOrInt::Int(inner) => *inner,
        _ => decline::decline("not a int"),
    }
}

pub fn ruled_out(what: &BytesOrIntOrStr) -> i64 {
    if let BytesOrIntOrStr::Str(what) = what {
        return what.chars().count() as i64;
    }
    size(&match what {
        BytesOrIntOrStr::Bytes(inner) => BytesOrInt::Bytes(inner.to_vec()),
        BytesOrIntOrStr::Int(inner) => BytesOrInt::Int(*inner),
        _ => decline::decline("not a bytes | int"),
    })
}

pub fn larger(x: f64, n: i64) -> Result<String, Error> {
    Ok(format!(
        "{} {} {}",
        value::to_text(&dynamic_order::max([Value::Float(x / 2.0), Value::Int(n)])?),
        value::to_text(&dynamic_order::min([
            Value::Int(n),
            Value::Float(x),
            Value::Int(3)
        ])?),
        value::to_text(&dynamic_order::max([Value::Int(0), Value::Float(x)])?)
    ))
}

pub fn views(d: &Dict<String, i64>) -> i64 {
    if d.is_empty() {
        return -1;
    }
    d.len() as i64 + 10 * d.len() as i64 + 100 * d.len() as i64
}
