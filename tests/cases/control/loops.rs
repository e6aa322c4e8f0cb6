//! Loops with else, break and continue; names that change their meaning on the way.

use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::out;
use crate::runtime::range;
use crate::runtime::seq;
use crate::runtime::text;
use num_bigint::BigInt;

pub fn search(xs: &[i64], x: i64) -> String {
    let mut found: String;
    'search: {
        for (i, &y) in xs.iter().enumerate() {
            let i = i as i64;
            if y == x {
                found = format!("at {i}");
                break 'search;
            }
        }
        found = "nowhere".to_string();
    }
    found
}

pub fn primes(n: i64) -> Vec<i64> {
    let mut result: Vec<i64> = Vec::new();
    for candidate in 2..n {
        'search: {
            for p in 2..candidate {
                if candidate % p == 0 {
                    break 'search;
                }
            }
            result.push(candidate);
        }
    }
    result
}

pub fn while_else(mut n: i64) -> String {
    'search: {
        while n > 0 {
            if n == 13 {
                break 'search;
            }
            n = n.strict_sub(3);
        }
        return format!("down to {n}");
    }
    "unlucky".to_string()
}

pub fn skipped(xs: &[i64]) -> i64 {
    let mut total: i64 = 0;
    for &x in xs {
        if x < 0 {
            continue;
        }
        if x > 100 {
            break;
        }
        total = total.strict_add(x);
    }
    total
}

/// The loop variable lives on.
pub fn after(xs: &[i64]) -> i64 {
    let mut x: i64 = -1;
    for &x_next in xs {
        x = x_next;
    }
    x
}

pub fn nested(rows: &[Vec<i64>]) -> (i64, i64) {
    let mut place: (i64, i64) = (-1, -1);
    'outer: for (r, row) in rows.iter().enumerate() {
        let r = r as i64;
        'search: {
            for (c, &cell) in row.iter().enumerate() {
                let c = c as i64;
                if cell < 0 {
                    break 'search;
                }
                if cell > 9 {
                    place = (r, c);
                }
            }
            continue 'outer;
        }
        break;
    }
    place
}

pub fn reassigned(mut n: i64) -> i64 {
    for mut i in 0_i64..3 {
        i = i.strict_mul(10);
        n = n.strict_add(i);
    }
    n
}

/// One name, first a string, then its length as text, then a number list.
pub fn rebound(s: &str) -> Result<Vec<i64>, Error> {
    let s = text::strip(s);
    let mut s = s.chars().count().to_string();
    let total = int::parse(&s)?;
    let mut total = total.strict_add(1);
    if total > 3 {
        total = 0;
        s = "reset".to_string();
    }
    Ok(vec![total, s.chars().count() as i64])
}

pub fn branches(n: i64) -> String {
    let mut word: String;
    let size: i64;
    if n > 0 {
        word = "positive".to_string();
        size = n;
    } else if n < 0 {
        word = "negative".to_string();
        size = n.strict_neg();
    } else {
        return "zero".to_string();
    }
    if size > 10 {
        word = format!("very {word}");
    }
    format!("{word}{}", size)
}

/// Range facts must not outlive a loop.
pub fn grows(mut n: i64) -> BigInt {
    let mut x = BigInt::from(1);
    let mut y = BigInt::ZERO;
    while n > 0 {
        x = &x * 2_i64;
        y = &x + 1_i64;
        n = n.strict_sub(1);
    }
    &x + &y
}

pub fn counts_down(n: i64) -> Vec<i64> {
    let mut xs: Vec<i64> = Vec::new();
    for i in range::range_by(n, 0, -2) {
        xs.push(i);
    }
    for i in (0..n).rev() {
        xs.push(i);
    }
    xs
}

/// `range` looks at its end once.
pub fn changes_bound(mut n: i64) -> i64 {
    let mut count: i64 = 0;
    for _ in 0..n {
        n = n.strict_add(1);
        count = count.strict_add(1);
    }
    count.strict_add(n)
}

pub fn while_changes(xs: &mut Vec<i64>) -> Result<i64, Error> {
    let mut i: i64 = 0;
    while i < xs.len() as i64 {
        if (*seq::at(xs, i)?).rem_euclid(2) != 0 {
            seq::delete(xs, i)?;
        } else {
            i = i.strict_add(1);
        }
    }
    Ok(i)
}

pub fn conditional(a: i64, b: i64) -> i64 {
    let x = if a > b { a } else { b };
    let y = {
        let value_2 = {
            let value = a;
            if value != 0 { b } else { value }
        };
        if value_2 != 0 { value_2 } else { -1 }
    };
    let z = {
        let value_3 = a;
        if value_3 != 0 { value_3 } else { b }
    };
    x.strict_mul(100).strict_add(y.strict_mul(10)).strict_add(z)
}

pub fn truth(xs: &[i64], s: &str, n: i64, x: f64, d: &Dict<String, i64>) -> Vec<bool> {
    vec![
        !xs.is_empty(),
        s.is_empty(),
        n != 0,
        x == 0.0,
        !d.is_empty(),
        !xs.is_empty() && !s.is_empty(),
        !xs.is_empty() || n != 0,
    ]
}

pub fn values(a: &str, b: &str) -> Result<Vec<String>, Error> {
    Ok(vec![
        {
            let value = a;
            if !value.is_empty() {
                value.to_string()
            } else {
                b.to_string()
            }
        },
        {
            let value_2 = a;
            if !value_2.is_empty() {
                b.to_string()
            } else {
                value_2.to_string()
            }
        },
        {
            let value_4 = {
                let value_3 = a;
                if !value_3.is_empty() {
                    b.to_string()
                } else {
                    value_3.to_string()
                }
            };
            if !value_4.is_empty() {
                value_4
            } else {
                "c".to_string()
            }
        },
        text::char_at(
            &{
                let value_5 = a;
                if !value_5.is_empty() {
                    value_5.to_string()
                } else {
                    "d".to_string()
                }
            },
            0,
        )?
        .to_string(),
    ])
}

pub fn passes(n: i64) {
    if n != 0 {
    } else {
        out::write("nothing\n");
    }
    out::write(&format!("{n}-x!\n"));
}
