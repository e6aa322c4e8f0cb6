//! A changed argument that is returned is the same object; what a call changes is not read while it is lent.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;

pub fn bubble(xs: &mut [i64]) -> Result<(), Error> {
    for i in 0..xs.len() as i64 - 1 {
        for j in 0..xs.len() as i64 - 1 - i {
            if xs[j as usize] > xs[(j + 1) as usize] {
                seq::swap(xs, j, j + 1)?;
            }
        }
    }
    Ok(())
}

pub fn quick(data: &mut [i64], low: i64, high: i64) -> Result<(), Error> {
    let _depth = decline::enter();
    if low < 0 || high >= data.len() as i64 {
        return Err(Error::ValueError("bounds".to_string()));
    }
    if low < high {
        let mut place = low;
        for i in low..high {
            if *seq::at(data, i)? < *seq::at(data, high)? {
                seq::swap(data, place, i)?;
                place = place.strict_add(1);
            }
        }
        seq::swap(data, place, high)?;
        if place.strict_sub(1) > low {
            quick(data, low, place.strict_sub(1))?;
        }
        if place.strict_add(1) < high {
            quick(data, place.strict_add(1), high)?;
            return Ok(());
        }
    }
    Ok(())
}

pub fn smallest(xs: &[i64]) -> Result<i64, Error> {
    let mut ys = xs.to_vec();
    bubble(&mut ys)?;
    Ok(if !ys.is_empty() { *seq::at(&ys, 0)? } else { 0 })
}

pub fn ordered(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let mut made = xs.to_vec();
    bubble(&mut made)?;
    Ok(made)
}

pub fn bumped(d: &mut Dict<String, i64>, k: &str) {
    if k.is_empty() {
        return;
    }
    let value = d.get(k).copied().unwrap_or(0).strict_add(1);
    d.insert(k.to_string(), value);
}

pub fn rotated(xs: &mut Vec<i64>) -> Result<i64, Error> {
    let y = {
        let index = xs.len() as i64 - 1;
        seq::pop_at(xs, index)?
    };
    let index_2 = xs.len() as i64 / 2;
    let index_3 = *seq::at(xs, 0)?;
    seq::insert(xs, index_2, index_3);
    let value = *seq::at(xs, int::floor_mod(y, xs.len() as i64)?)?;
    let index_4 = xs.len() as i64 - 2;
    seq::store(xs, index_4, value)?;
    Ok(int::sum(xs.iter().copied()))
}

pub fn squares(n: i64) -> Vec<i64> {
    if n < 0 {
        return Vec::new();
    }
    (0..n).map(|i| i.strict_mul(i)).collect::<Vec<i64>>()
}

pub fn pair(n: i64) -> (i64, String) {
    (n, n.to_string())
}

pub fn checked(n: i64, xs: &[i64]) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    Ok(n.strict_add(xs.len() as i64))
}
