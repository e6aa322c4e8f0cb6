//! Containers of ints that floats are put into, here or by a function that is handed them.

use crate::error::Error;
use crate::runtime::dynamic;
use crate::runtime::dynamic_numbers;
use crate::runtime::math;
use crate::runtime::seq;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn weights(n: i64, x: &Value) -> Result<Vec<Value>, Error> {
    let mut out = vec![Value::Int(0); n.max(0) as usize];
    for i in 0..n {
        let value = Value::Float(math::sin(dynamic_numbers::real(&dynamic::mul(
            x,
            &Value::Int(i),
        )?)?)?);
        seq::store(&mut out, i, value)?;
    }
    Ok(out)
}

pub fn matrix(n: i64, x: &Value) -> Result<Vec<Vec<Value>>, Error> {
    let mut rows = (0..n)
        .map(|_| {
            vec![0_i64; n.max(0) as usize]
                .into_iter()
                .map(Value::Int)
                .collect::<Vec<_>>()
        })
        .collect::<Vec<Vec<Value>>>();
    for i in 0..n {
        for j in 0..n {
            let value = dynamic::div(x, &Value::Int(i.strict_add(j).strict_add(1)))?;
            seq::store(seq::at_mut(&mut rows, i)?, j, value)?;
        }
    }
    Ok(rows)
}

pub fn alternating(n: i64, x: &Value) -> Result<Value, Error> {
    let mut sums = vec![Value::Int(0), Value::Int(0)];
    for i in 0..n {
        let value = dynamic::add_assign(seq::at(&sums, i % 2)?, x)?;
        seq::store(&mut sums, i % 2, value)?;
    }
    dynamic::sub(seq::at(&sums, 0)?, seq::at(&sums, 1)?)
}

pub fn lengths(words: &[String]) -> Result<Vec<i64>, Error> {
    let mut out = vec![0_i64; 3];
    for word in words {
        let value = (*seq::at(&out, word.chars().count() as i64 % 3)?).strict_add(1);
        seq::store(&mut out, word.chars().count() as i64 % 3, value)?;
    }
    Ok(out)
}

pub fn handed(n: i64, x: &Value) -> Result<Value, Error> {
    let mut held = vec![Value::Int(0); n.strict_add(2).max(0) as usize];
    fill(value::exact_float(x), &mut held)?;
    dynamic::add(
        seq::at(&held, 0)?,
        &dynamic::sum(held.iter().cloned(), Value::Int(0))?,
    )
}

pub fn fill(x: f64, held: &mut [Value]) -> Result<(), Error> {
    let value = Value::Float(x);
    seq::store(held, 0, value)?;
    let value_2 = dynamic::add_assign(seq::at(held, 1)?, &Value::Float(x * 0.5))?;
    seq::store(held, 1, value_2)?;
    Ok(())
}

pub fn halves(n: i64) -> Result<Vec<Value>, Error> {
    let mut out = vec![Value::Int(1)];
    for _ in 0..n {
        out.push(dynamic::div(seq::at(&out, -1)?, &Value::Int(2))?);
    }
    Ok(out)
}

/// Attributes that hold ints first.
#[derive(Debug, Clone)]
pub struct Coefficients {
    pub c: Vec<Value>,
    pub d: Vec<Value>,
}

impl Coefficients {
    pub fn new(n: i64) -> Result<Coefficients, Error> {
        let mut self_ = Coefficients {
            c: (0..n)
                .collect::<Vec<i64>>()
                .into_iter()
                .map(Value::Int)
                .collect::<Vec<_>>(),
            d: vec![Value::Int(0), Value::Int(0), Value::Int(0)],
        };
        self_.compute(0.5)?;
        Ok(self_)
    }

    pub fn compute(&mut self, x: f64) -> Result<(), Error> {
        for i in 0..self.c.len() as i64 {
            let value = Value::Float(math::cos(x)? * i as f64);
            seq::store(&mut self.c, i, value)?;
        }
        fill(x, &mut self.d)?;
        Ok(())
    }

    pub fn value(&self, x: f64) -> Result<Value, Error> {
        let mut total = Value::Int(0);
        for c in &self.c {
            total = dynamic::add(&dynamic::mul(&total, &Value::Float(x))?, c)?;
        }
        dynamic::add(
            &dynamic::add(&total, seq::at(&self.d, 1)?)?,
            seq::at(&self.d, 2)?,
        )
    }
}

pub fn evaluated(n: i64, x: f64) -> Result<Value, Error> {
    Coefficients::new(n)?.value(x)
}
