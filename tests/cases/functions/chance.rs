//! The functions of `random`: they share one generator, in Rust as in Python.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::shared_random;

pub fn roll(count: i64, sides: i64) -> Vec<i64> {
    (0..count)
        .map(|_| shared_random::generator().randint(1, sides))
        .collect::<Vec<i64>>()
}

/// The share of points in a square that lie in its circle.
pub fn share(n: i64) -> Result<f64, Error> {
    let mut inside: i64 = 0;
    for _ in 0..n {
        let (x, y) = (
            shared_random::generator().uniform(-1.0, 1.0),
            shared_random::generator().random() * 2.0 - 1.0,
        );
        if x * x + y * y <= 1.0 {
            inside = inside.strict_add(1);
        }
    }
    int::true_div(inside, n)
}

pub fn noisy(values: &[f64]) -> Result<Vec<f64>, Error> {
    values
        .iter()
        .map(|&value| -> Result<f64, Error> {
            Ok(value + shared_random::generator().gauss(0.0, 0.5)?)
        })
        .collect::<Result<Vec<f64>, Error>>()
}

pub fn shuffled(items: &[i64]) -> Vec<i64> {
    let mut copy = seq::slice(items, ..).to_vec();
    shared_random::generator().shuffle(&mut copy);
    copy
}

pub fn mixed(items: &mut [i64]) {
    shared_random::generator().shuffle(items);
}

pub fn word(length: i64) -> Result<String, Error> {
    (0..length)
        .map(|_| -> Result<String, Error> {
            Ok(
                (*shared_random::generator().choice(&"abcdef".chars().collect::<Vec<char>>())?)
                    .to_string(),
            )
        })
        .collect::<Result<String, Error>>()
}

pub fn picked(names: &[String], count: i64) -> Result<Vec<String>, Error> {
    Ok(seq::concat(
        &shared_random::generator().sample(names, count)?,
        &shared_random::generator().choices(names, count)?,
    ))
}

/// Quicksort with a pivot by chance.
pub fn ordered(items: &[i64]) -> Result<Vec<i64>, Error> {
    let _depth = decline::enter();
    if items.len() < 2 {
        return Ok(seq::slice(items, ..).to_vec());
    }
    let pivot = *seq::at(
        items,
        shared_random::generator().randrange(0, items.len() as i64, 1),
    )?;
    let less = items
        .iter()
        .filter(|&&item| item < pivot)
        .copied()
        .collect::<Vec<i64>>();
    let more = items
        .iter()
        .filter(|&&item| item > pivot)
        .copied()
        .collect::<Vec<i64>>();
    Ok(seq::concat(
        &seq::concat(
            &ordered(&less)?,
            &items
                .iter()
                .filter(|&&item| item == pivot)
                .copied()
                .collect::<Vec<i64>>(),
        ),
        &ordered(&more)?,
    ))
}

/// Draws more words than one block of the generator has, then may leave 64 bits.
pub fn beyond(n: i64) -> Result<i64, Error> {
    let total = int::try_sum((0_i64..700).map(|_| shared_random::generator().getrandbits(20)))?;
    Ok(total.strict_mul(n).strict_mul(
        if shared_random::generator().normalvariate(0.0, 1.0)?
            + shared_random::generator().gauss(0.0, 1.0)?
            > -100.0
        {
            1
        } else {
            0
        },
    ))
}

#[derive(Debug, Clone)]
pub struct Coin {
    pub bias: f64,
}

impl Coin {
    pub fn new(bias: f64) -> Coin {
        Coin { bias }
    }

    pub fn toss(&self) -> bool {
        shared_random::generator().random() < self.bias
    }
}

pub fn heads(bias: f64, n: i64) -> i64 {
    let coin = Coin::new(bias);
    int::sum((0..n).map(|_| i64::from(coin.toss())))
}
