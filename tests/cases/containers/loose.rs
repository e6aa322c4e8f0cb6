//! Lists that must hold values of any type, though mypy found one type in them.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn gather(found: &mut Vec<i64>, n: i64) -> Result<(), Error> {
    let _depth = decline::enter();
    if n > 0 {
        gather(found, n.strict_sub(1))?;
        found.push(n);
    }
    Ok(())
}

pub fn nth(k: i64, n: i64) -> Result<i64, Error> {
    let mut found: Vec<i64> = Vec::new();
    gather(&mut found, n)?;
    Ok(*seq::at(&found, k.strict_sub(1))?)
}

pub fn reachable(values: &[i64], total: i64) -> Result<bool, Error> {
    let mut sums = (0..values.len() as i64 + 1)
        .map(|_| {
            (0..total.strict_add(1))
                .map(|_| 0)
                .collect::<Vec<i64>>()
                .into_iter()
                .map(Value::Int)
                .collect::<Vec<_>>()
        })
        .collect::<Vec<Vec<Value>>>();
    for i in 0..values.len() as i64 + 1 {
        let value = Value::Bool(true);
        seq::store(seq::at_mut(&mut sums, i)?, 0, value)?;
    }
    for i in 1..values.len() as i64 + 1 {
        for j in 1..total.strict_add(1) {
            if j < values[(i - 1) as usize] {
                let value = seq::at(seq::at(&sums, i - 1)?, j)?.clone();
                seq::store(seq::at_mut(&mut sums, i)?, j, value)?;
            } else {
                let value_2 = {
                    let value = seq::at(seq::at(&sums, i - 1)?, j)?;
                    if value::is_true(value) {
                        value.clone()
                    } else {
                        seq::at(
                            seq::at(&sums, i - 1)?,
                            j.strict_sub(values[(i - 1) as usize]),
                        )?
                        .clone()
                    }
                };
                seq::store(seq::at_mut(&mut sums, i)?, j, value_2)?;
            }
        }
    }
    Ok(*seq::at(seq::at(&sums, values.len() as i64)?, total)? != 0)
}

pub fn shown(flags: i64) -> Result<String, Error> {
    let mut row = vec![Value::Int(0); flags.max(0) as usize];
    let value = Value::Bool(true);
    seq::store(&mut row, 0, value)?;
    Ok(repr::repr(&row))
}

pub fn fill(row: &mut [f64], value: &Value) {
    for i in 0..row.len() as i64 {
        row[i as usize] = value::exact_float(value);
    }
}

pub fn filled(n: i64, value: i64) -> Vec<f64> {
    let mut row = vec![0.5; n.max(0) as usize];
    fill(&mut row, &Value::Int(value));
    row
}
