//! Parameters without annotations that are asked for their class, and what `isinstance` and `callable` decide.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::seq;
use crate::unions::PurseOrInt;
use crate::unions::StrandOrFloat;
use crate::unions::StrandOrFloatOrInt;

#[derive(Debug, Clone)]
pub struct Strand {
    pub parts: Vec<f64>,
}

impl Strand {
    pub fn new(parts: &[f64]) -> Strand {
        Strand {
            parts: parts.to_vec(),
        }
    }

    pub fn size(&self) -> i64 {
        self.parts.len() as i64
    }

    pub fn component(&self, i: i64) -> Result<f64, Error> {
        Ok(*seq::at(&self.parts, i)?)
    }

    pub fn mul(&self, other: &StrandOrFloatOrInt) -> Result<StrandOrFloat, Error> {
        if matches!(other, StrandOrFloatOrInt::Float(_))
            || matches!(other, StrandOrFloatOrInt::Int(_))
        {
            Ok(StrandOrFloat::Strand(Strand::new(
                &self
                    .parts
                    .iter()
                    .map(|&part| {
                        part * match other {
                            StrandOrFloatOrInt::Float(inner) => *inner,
                            StrandOrFloatOrInt::Int(inner) => *inner as f64,
                            _ => decline::decline("not a number"),
                        }
                    })
                    .collect::<Vec<f64>>(),
            )))
        } else if let StrandOrFloatOrInt::Strand(other) = other
            && self.size() == other.size()
        {
            let mut total = 0.0;
            for i in 0..self.size() {
                total += *seq::at(&self.parts, i)? * other.component(i)?;
            }
            Ok(StrandOrFloat::Float(total))
        } else {
            Err(Error::TypeError("strands of different sizes".to_string()))
        }
    }
}

#[derive(Debug, Clone)]
pub struct Purse {
    pub cents: i64,
}

impl Purse {
    pub fn new(cents: i64) -> Purse {
        Purse { cents }
    }

    pub fn add(&self, other: &PurseOrInt) -> Purse {
        if let PurseOrInt::Int(other) = *other {
            return Purse::new(self.cents.strict_add(other));
        }
        let PurseOrInt::Purse(other) = other else {
            decline::decline("not a `Purse`")
        };
        Purse::new(self.cents.strict_add(other.cents))
    }

    pub fn lt(&self, other: &Purse) -> bool {
        self.cents < other.cents
    }

    pub fn equals(&self, other: &Purse) -> bool {
        self.cents == other.cents
    }
}

#[derive(Debug, Clone)]
pub struct Factor {
    pub by: i64,
}

impl Factor {
    pub fn new(by: i64) -> Factor {
        Factor { by }
    }

    pub fn call(&self, n: i64) -> i64 {
        self.by.strict_mul(n)
    }
}

pub fn sum_of(scalar: i64, x: &Purse, y: &Purse) -> Purse {
    x.add(&PurseOrInt::Int(scalar))
        .add(&PurseOrInt::Purse(y.clone()))
}

pub fn cents(a: i64, b: i64) -> i64 {
    sum_of(3, &Purse::new(a), &Purse::new(b)).cents
}

pub fn order(a: i64, b: i64) -> (bool, bool) {
    (
        Purse::new(a).lt(&Purse::new(b)),
        Purse::new(a).equals(&Purse::new(b)),
    )
}

pub fn dot(a: &[f64], b: &[f64]) -> Result<f64, Error> {
    let found = Strand::new(a).mul(&StrandOrFloatOrInt::Strand(Strand::new(b)))?;
    Ok(if matches!(found, StrandOrFloat::Float(_)) {
        match &found {
            StrandOrFloat::Float(inner) => *inner,
            _ => decline::decline("not a float"),
        }
    } else {
        0.0
    })
}

pub fn longer(a: &[f64], by: f64) -> Result<Vec<f64>, Error> {
    let found = Strand::new(a).mul(&StrandOrFloatOrInt::Float(by))?;
    Ok(if matches!(found, StrandOrFloat::Strand(_)) {
        (match &found {
            StrandOrFloat::Strand(inner) => inner,
            _ => decline::decline("not a cases.classes.asked.Strand"),
        })
        .parts
        .clone()
    } else {
        Vec::new()
    })
}

pub fn applied(f: &dyn Fn(i64) -> Result<i64, Error>, n: i64) -> Result<i64, Error> {
    f(n)
}

pub fn through(n: i64) -> Result<(i64, bool, bool), Error> {
    let scale = Factor::new(n);
    if false {
        return Err(Error::AssertionError(String::new()));
    }
    Ok((
        applied(&|x| Ok(x.strict_add(1)), scale.call(n))?,
        {
            let _ = Purse::new(n);
            false
        },
        {
            let _ = n.to_string();
            false
        },
    ))
}
