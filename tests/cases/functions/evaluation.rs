//! What is asked about is evaluated, in Python's order, even where the types give the answer.

use crate::error::Error;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;

pub fn length(s: &str, i: i64) -> Result<i64, Error> {
    Ok({
        let _ = text::char_at(s, i)?;
        1
    })
}

pub fn true_(s: &str, i: i64) -> Result<bool, Error> {
    Ok({
        let _ = text::char_at(s, i)?;
        true
    })
}

pub fn always(s: &str) -> Result<bool, Error> {
    Ok({
        let _ = (int::parse(s)?, 1);
        true
    })
}

pub fn never(s: &str) -> Result<bool, Error> {
    Ok({
        let _ = int::parse(s)?;
        false
    })
}

pub fn returns_none(xs: &mut Vec<i64>) -> bool {
    let _ = xs.push(3);
    true
}

pub fn item_first(xs: &mut Vec<i64>) -> Result<bool, Error> {
    Ok({
        let item = seq::pop(xs)?;
        [xs.len() as i64].contains(&item)
    })
}

pub fn int_first(a: &str, b: &str) -> Result<bool, Error> {
    Ok({
        let number = int::parse(a)?;
        float::gt_int(float::parse(b)?, number)
    })
}

pub fn captured(item: &str, items: &[String]) -> bool {
    items.iter().any(|entry| entry == item)
}

pub fn nested(s: &str) -> Result<String, Error> {
    match (|| -> Result<(), Error> {
        int::parse(s)?;
        Ok(())
    })() {
        Ok(()) => (),
        Err(caught) if caught.is_value_error() => {
            match (|| -> Result<(), Error> {
                int::parse(&format!("q{s}"))?;
                Ok(())
            })() {
                Ok(()) => (),
                Err(failure) if failure.is_value_error() => {
                    return Ok(format!(
                        "{}{}{}",
                        caught.message(),
                        failure.message(),
                        caught.message()
                    ));
                }
                Err(failure_2) => return Err(failure_2),
            }
        }
        Err(caught) => return Err(caught),
    }
    Ok(String::new())
}

pub fn multiplied(n: i64) -> i64 {
    let mut total: i64 = 0;
    for i in 0_i64..3 {
        total = total.strict_add(i.strict_mul(n));
    }
    total
}

pub fn stopped(rows: &[Vec<i64>]) -> i64 {
    let mut count: i64 = 0;
    'outer: for row in rows {
        'search: {
            for &cell in row {
                if cell < 0 {
                    break 'search;
                }
            }
            count = count.strict_add(1);
            continue 'outer;
        }
        break;
    }
    count
}
