//! Functions that return one of several iterators.

use crate::error::Error;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::value::Value;

pub fn spread(xs: &[i64], gap: i64) -> Box<dyn Iterator<Item = Result<i64, Error>> + '_> {
    if gap == 0 {
        return Box::new(xs.iter().copied().map(Ok::<_, Error>));
    }
    if gap < 0 {
        return Box::new(itertools::until_error(
            xs.iter().map(move |&x| int::floor_div(x, gap)),
        ));
    }
    Box::new(
        xs.iter()
            .map(move |&x| x.strict_mul(gap))
            .map(Ok::<_, Error>),
    )
}

pub fn lengths(xs: &[String], strict: bool) -> Box<dyn Iterator<Item = Result<i64, Error>> + '_> {
    if !strict {
        return Box::new(
            xs.iter()
                .map(|x| x.chars().count())
                .map(|i| i as i64)
                .map(Ok::<_, Error>),
        );
    }
    Box::new(itertools::until_error(xs.iter().map(|x| int::parse(x))))
}

pub fn both<'a>(xs: &'a [i64], ys: &'a [i64], first: bool) -> Box<dyn Iterator<Item = i64> + 'a> {
    if first {
        Box::new(xs.iter().copied())
    } else if xs.is_empty() {
        Box::new(Vec::new().into_iter())
    } else {
        Box::new(xs.iter().copied().chain(ys.iter().copied()))
    }
}

pub fn some(xs: &[i64], n: i64) -> Result<Box<dyn Iterator<Item = i64> + '_>, Error> {
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    if n == 0 {
        return Ok(Box::new(Vec::new().into_iter()));
    }
    Ok(Box::new(itertools::islice(
        xs.iter().copied(),
        None,
        Some(n),
        None,
    )?))
}

pub fn counted(n: i64) -> Box<dyn Iterator<Item = i64>> {
    if n > 3 {
        return Box::new(0..n);
    }
    Box::new([1_i64, 2, 3].into_iter())
}

pub fn anything(xs: &[Value], n: Option<i64>) -> Result<Vec<Value>, Error> {
    Ok(taken(xs, n)?.collect::<Vec<Value>>())
}

pub fn taken(xs: &[Value], n: Option<i64>) -> Result<Box<dyn Iterator<Item = Value> + '_>, Error> {
    let Some(n) = n else {
        return Ok(Box::new(xs.iter().cloned()));
    };
    Ok(Box::new(itertools::islice(
        xs.iter().cloned(),
        None,
        Some(n),
        None,
    )?))
}

pub fn total(xs: &[i64], gap: i64) -> Result<i64, Error> {
    let mut out: i64 = 0;
    for x in spread(xs, gap) {
        let x = x?;
        out = out.strict_add(x);
    }
    Ok(out
        .strict_add(int::sum(both(xs, xs, gap > 2)))
        .strict_add(some(xs, gap)?.collect::<Vec<i64>>().len() as i64)
        .strict_add(extremes::max(counted(gap))?))
}

pub fn parsed(xs: &[String]) -> Result<Vec<i64>, Error> {
    Ok({
        let mut items = Vec::new();
        for x in lengths(xs, true) {
            let x = x?;
            if x > 1 {
                items.push(x);
            }
        }
        items
    })
}

pub fn shown(xs: &[String]) -> Result<Vec<i64>, Error> {
    Ok({
        let mut items = Vec::new();
        for x in lengths(xs, false) {
            let x = x?;
            if x > 1 {
                items.push(x);
            }
        }
        items
    })
}
