//! Parameters without types that are called: what they take and give is known from their calls.

use crate::error::Error;
use crate::runtime::extremes;
use crate::runtime::seq;
use std::rc::Rc;

pub fn twice(f: &dyn Fn(i64) -> Result<i64, Error>, x: i64) -> Result<i64, Error> {
    f(f(x)?)
}

pub fn kept_ones(
    items: &[String],
    predicate: &dyn Fn(&str) -> Result<bool, Error>,
) -> Result<Vec<String>, Error> {
    Ok({
        let mut items_2 = Vec::new();
        for item in items {
            if predicate(item)? {
                items_2.push(item.to_string());
            }
        }
        items_2
    })
}

pub fn folded(
    items: &[f64],
    fn_: &dyn Fn(f64, f64) -> Result<f64, Error>,
    start: f64,
) -> Result<f64, Error> {
    let mut total = start;
    for &item in items {
        total = fn_(total, item)?;
    }
    Ok(total)
}

pub fn root_of(
    function: &dyn Fn(f64) -> Result<f64, Error>,
    mut low: f64,
    mut high: f64,
) -> Result<f64, Error> {
    while high - low > 1e-06 {
        let middle = (low + high) / 2.0;
        if function(low)? * function(middle)? <= 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(low)
}

pub fn bare(function: &dyn Fn(i64, i64) -> Result<i64, Error>, n: i64) -> Result<i64, Error> {
    Ok(function(n, n)?.strict_add(function(n, 1)?))
}

pub fn anything(function: &dyn Fn(&str) -> Result<bool, Error>, text: &str) -> Result<bool, Error> {
    Ok(!function(text)?)
}

pub fn shown_as(
    n: i64,
    show: Option<&dyn Fn(i64) -> Result<String, Error>>,
) -> Result<String, Error> {
    if let Some(show) = show {
        return show(n);
    }
    Ok(n.to_string())
}

#[derive(Clone)]
pub struct Best {
    pub items: Vec<i64>,
    pub key: Rc<dyn Fn(i64) -> Result<i64, Error>>,
}

impl std::fmt::Debug for Best {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Best")
    }
}

impl Best {
    pub fn new(key: Option<Rc<dyn Fn(i64) -> Result<i64, Error>>>) -> Best {
        Best {
            items: Vec::new(),
            key: key.unwrap_or_else(|| {
                Rc::new(|x: i64| Ok(x)) as Rc<dyn Fn(i64) -> Result<i64, Error>>
            }),
        }
    }

    pub fn add(&mut self, item: i64) -> Result<(), Error> {
        self.items.push((self.key)(item)?);
        Ok(())
    }

    pub fn best(&self) -> Result<i64, Error> {
        extremes::max(self.items.iter().cloned())
    }
}

#[derive(Clone)]
pub struct Fold {
    pub items: Vec<i64>,
    pub fn_: Rc<dyn Fn(i64, i64) -> Result<i64, Error>>,
}

impl std::fmt::Debug for Fold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fold")
    }
}

impl Fold {
    pub fn new(items: &[i64], function: Rc<dyn Fn(i64, i64) -> Result<i64, Error>>) -> Fold {
        Fold {
            items: items.to_vec(),
            fn_: function,
        }
    }

    pub fn total(&self) -> Result<i64, Error> {
        let mut total = *seq::at(&self.items, 0)?;
        for &item in seq::slice(&self.items, 1..) {
            total = (self.fn_)(total, item)?;
        }
        Ok(total)
    }
}

pub fn best_of(items: &[i64], down: bool) -> Result<i64, Error> {
    let mut best = if down {
        Best::new(Some(Rc::new(|n| Ok(n.strict_neg()))))
    } else {
        Best::new(None)
    };
    for &item in items {
        best.add(item)?;
    }
    best.best()
}

pub fn totals(items: &[i64]) -> Result<(i64, i64), Error> {
    Ok((
        Fold::new(items, Rc::new(|x, y| Ok(x.max(y)))).total()?,
        Fold::new(items, Rc::new(|a, b| Ok(a.strict_sub(b)))).total()?,
    ))
}
