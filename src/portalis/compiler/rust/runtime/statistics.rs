//! Python's `statistics` over ints and floats: sums are exact, and rounded once.
//!
//! Every value is a whole number of the same power of two, so that exact sums are sums of big integers.
//! Where CPython raises its own error, or where the class of the result depends on the values, it declines.

use num_bigint::{BigInt, BigUint, Sign};

use crate::error::Error;
use crate::runtime::decline::{decline, or_decline};
use crate::runtime::math;

/// A number that is a whole number times a power of two.
pub trait Exact: Copy {
    /// The whole number and the exponent; None for nan and infinity.
    fn exact(self) -> Option<(i64, i64)>;
    /// Whether results that are whole stay ints in Python.
    const WHOLE: bool;
    /// The nearest float.
    fn nearest(self) -> f64;
}

impl Exact for i64 {
    const WHOLE: bool = true;

    fn exact(self) -> Option<(i64, i64)> {
        Some((self, 0))
    }

    fn nearest(self) -> f64 {
        self as f64
    }
}

impl Exact for f64 {
    const WHOLE: bool = false;

    fn exact(self) -> Option<(i64, i64)> {
        if !self.is_finite() {
            return None;
        }
        let (fraction, exponent) = math::frexp(self);
        Some(((fraction * 9_007_199_254_740_992.0) as i64, exponent - 53)) // 2 ** 53
    }

    fn nearest(self) -> f64 {
        self
    }
}

/// The values as whole numbers of `2 ** exponent`; nan and infinity decline.
fn units<T: Exact>(items: &[T]) -> (Vec<BigInt>, i64) {
    let parts: Vec<(i64, i64)> = items
        .iter()
        .map(|item| or_decline(item.exact(), "statistics of nan or infinity"))
        .collect();
    let least = parts.iter().map(|part| part.1).min().unwrap_or(0);
    let whole = parts
        .into_iter()
        .map(|(number, exponent)| BigInt::from(number) << (exponent - least) as usize)
        .collect();
    (whole, least)
}

/// `number / divisor * 2 ** exponent` as a float, rounded half to even; declines beyond floats.
fn rounded(number: &BigInt, divisor: &BigUint, exponent: i64) -> f64 {
    let size = number.magnitude();
    if size.bits() == 0 {
        return 0.0;
    }
    let shift = 66 + divisor.bits() as i64 - size.bits() as i64;
    let (above, below) = match usize::try_from(shift) {
        Ok(up) => (size << up, divisor.clone()),
        Err(_) => (size.clone(), divisor << shift.unsigned_abs() as usize),
    };
    let quotient = or_decline(u128::try_from(&above / &below).ok(), "a quotient beyond its width");
    let inexact = (above % below).bits() != 0;
    let size = assembled(quotient | u128::from(inexact), exponent - shift);
    if number.sign() == Sign::Minus { -size } else { size }
}

/// `bits * 2 ** exponent`, rounded half to even, where the last bit also stands for all that follow.
fn assembled(bits: u128, exponent: i64) -> f64 {
    let width = i64::from(u128::BITS - bits.leading_zeros());
    let top = width - 1 + exponent;
    let kept = if top >= -1022 { 53 } else { 53 - (-1022 - top) };
    let dropped = width - kept;
    if kept < 0 {
        return 0.0;
    }
    let half = 1_u128 << (dropped - 1);
    let rest = bits & ((half << 1) - 1);
    let mut whole = bits >> dropped;
    if rest > half || rest == half && whole & 1 == 1 {
        whole += 1;
    }
    match math::ldexp(whole as f64, exponent + dropped) {
        Ok(value) => value,
        Err(_) => decline("a statistic beyond floats"),
    }
}

/// The result; where it is whole and all data are ints, Python's is an int, and this declines.
fn float_result<T: Exact>(number: &BigInt, divisor: &BigUint, exponent: i64) -> f64 {
    if T::WHOLE && (number.magnitude() % divisor).bits() == 0 {
        decline("a statistic that is an int");
    }
    rounded(number, divisor, exponent)
}

fn count_of<T>(items: &[T], least: usize) -> BigUint {
    if items.len() < least {
        decline("StatisticsError");
    }
    BigUint::from(items.len())
}

/// `statistics.mean(items)`.
pub fn mean<T: Exact>(items: &[T]) -> f64 {
    let count = count_of(items, 1);
    let (whole, exponent) = units(items);
    float_result::<T>(&whole.iter().sum(), &count, exponent)
}

/// `statistics.fmean(items)`; raises as `math.fsum` does.
pub fn fmean<T: Exact>(items: &[T]) -> Result<f64, Error> {
    count_of(items, 1);
    let sum = math::fsum(items.iter().map(|item| item.nearest()))?;
    Ok(sum / items.len() as f64)
}

/// The sum of the squared distances from the mean times the count, in units of `2 ** (2 * exponent)`.
fn squares<T: Exact>(items: &[T]) -> (BigInt, i64) {
    let (whole, exponent) = units(items);
    let sum: BigInt = whole.iter().sum();
    let of_squares: BigInt = whole.iter().map(|item| item * item).sum();
    (of_squares * items.len() - &sum * &sum, 2 * exponent)
}

/// `statistics.pvariance(items)`.
pub fn pvariance<T: Exact>(items: &[T]) -> f64 {
    let count = count_of(items, 1);
    let (number, exponent) = squares(items);
    float_result::<T>(&number, &(&count * &count), exponent)
}

/// `statistics.variance(items)`.
pub fn variance<T: Exact>(items: &[T]) -> f64 {
    let count = count_of(items, 2);
    let (number, exponent) = squares(items);
    float_result::<T>(&number, &(&count * (&count - 1_u32)), exponent)
}

/// The square root of `number / divisor * 2 ** exponent`, rounded once.
fn root(number: &BigInt, divisor: &BigUint, exponent: i64) -> f64 {
    if number.sign() != Sign::Plus {
        return 0.0;
    }
    let size = number.magnitude();
    let mut shift = 132 + divisor.bits() as i64 - size.bits() as i64;
    shift += (exponent - shift).rem_euclid(2);
    let (above, below) = match usize::try_from(shift) {
        Ok(up) => (size << up, divisor.clone()),
        Err(_) => (size.clone(), divisor << shift.unsigned_abs() as usize),
    };
    let quotient = &above / &below;
    let whole = quotient.sqrt();
    let inexact = &whole * &whole * below != above;
    let bits = or_decline(u128::try_from(whole).ok(), "a root beyond its width");
    assembled(bits | u128::from(inexact), (exponent - shift) / 2)
}

/// `statistics.pstdev(items)`.
pub fn pstdev<T: Exact>(items: &[T]) -> f64 {
    let count = count_of(items, 1);
    let (number, exponent) = squares(items);
    root(&number, &(&count * &count), exponent)
}

/// `statistics.stdev(items)`.
pub fn stdev<T: Exact>(items: &[T]) -> f64 {
    let count = count_of(items, 2);
    let (number, exponent) = squares(items);
    root(&number, &(&count * (&count - 1_u32)), exponent)
}

/// The items in order; nan, which has none, declines.
fn sorted<T: Clone + PartialOrd>(items: &[T]) -> Vec<T> {
    count_of(items, 1);
    let mut items = items.to_vec();
    items.sort_by(|a, b| or_decline(a.partial_cmp(b), "nan has no order"));
    items
}

/// `statistics.median(items)`.
pub fn median<T: Exact + PartialOrd>(items: &[T]) -> f64 {
    let items = sorted(items);
    let middle = items.len() / 2;
    if items.len() % 2 == 0 {
        let Some((low, high)) = items[middle - 1].exact().zip(items[middle].exact()) else {
            return (items[middle - 1].nearest() + items[middle].nearest()) / 2.0;
        };
        if T::WHOLE {
            let number = BigInt::from(low.0) + high.0;
            return rounded(&number, &BigUint::from(2_u32), 0);
        }
        return (items[middle - 1].nearest() + items[middle].nearest()) / 2.0;
    }
    if T::WHOLE {
        decline("a statistic that is an int");
    }
    items[middle].nearest()
}

/// `statistics.median_low(items)`.
pub fn median_low<T: Clone + PartialOrd>(items: &[T]) -> T {
    let items = sorted(items);
    items[(items.len() - 1) / 2].clone()
}

/// `statistics.median_high(items)`.
pub fn median_high<T: Clone + PartialOrd>(items: &[T]) -> T {
    let items = sorted(items);
    items[items.len() / 2].clone()
}

/// How often each item is there, in order of first appearance.
fn counted<T: Clone + std::hash::Hash + Eq>(items: &[T]) -> crate::runtime::dict::Dict<T, i64> {
    crate::runtime::collections::counter(items.iter().cloned())
}

/// `statistics.mode(items)`: the first of the most frequent.
pub fn mode<T: Clone + std::hash::Hash + Eq>(items: &[T]) -> T {
    count_of(items, 1);
    let mut best: Option<(T, i64)> = None;
    for (item, count) in counted(items) {
        if best.as_ref().is_none_or(|(_, most)| count > *most) {
            best = Some((item, count));
        }
    }
    or_decline(best, "StatisticsError").0
}

/// `statistics.multimode(items)`.
pub fn multimode<T: Clone + std::hash::Hash + Eq>(items: &[T]) -> Vec<T> {
    let counts = counted(items);
    let most = counts.values().copied().max();
    counts
        .into_iter()
        .filter(|(_, count)| Some(*count) == most)
        .map(|(item, _)| item)
        .collect()
}

/// `statistics.geometric_mean(items)`; declines where Python raises.
pub fn geometric_mean(items: &[f64]) -> f64 {
    count_of(items, 1);
    let mut logs = Vec::with_capacity(items.len());
    for &item in items {
        match math::log(item) {
            Ok(log) => logs.push(log),
            Err(_) => decline("StatisticsError"),
        }
    }
    match fmean(&logs).and_then(math::exp) {
        Ok(mean) => mean,
        Err(_) => decline("a geometric mean out of range"),
    }
}

/// The mean of one series of a pair, as long as the other and longer than one item.
fn mean_of_pair(items: &[f64], other: &[f64]) -> Result<f64, Error> {
    if items.len() != other.len() {
        decline("StatisticsError");
    }
    count_of(items, 2);
    Ok(math::fsum(items.iter().copied())? / items.len() as f64)
}

/// The sum of the products of the distances from the means.
fn products(x: &[f64], x_mean: f64, y: &[f64], y_mean: f64) -> Result<f64, Error> {
    math::fsum(x.iter().zip(y).map(|(a, b)| (a - x_mean) * (b - y_mean)))
}

/// `statistics.covariance(x, y)`; raises as `math.fsum` does.
pub fn covariance(x: &[f64], y: &[f64]) -> Result<f64, Error> {
    let (x_mean, y_mean) = (mean_of_pair(x, y)?, mean_of_pair(y, x)?);
    Ok(products(x, x_mean, y, y_mean)? / (x.len() - 1) as f64)
}

/// `statistics.correlation(x, y)`; raises as `math.fsum` does, and declines for a constant.
pub fn correlation(x: &[f64], y: &[f64]) -> Result<f64, Error> {
    let (x_mean, y_mean) = (mean_of_pair(x, y)?, mean_of_pair(y, x)?);
    let both = products(x, x_mean, y, y_mean)?;
    let spread = math::sqrt(products(x, x_mean, x, x_mean)? * products(y, y_mean, y, y_mean)?)?;
    if spread == 0.0 {
        decline("StatisticsError");
    }
    Ok(both / spread)
}

/// `statistics.quantiles(items, n=n)`; declines where Python raises.
pub fn quantiles(items: &[f64], n: i64) -> Vec<f64> {
    if n < 1 || items.len() < 2 {
        decline("StatisticsError");
    }
    let items = sorted(items);
    let last = items.len() as i64 - 1;
    let m = items.len() as i64 + 1;
    (1..n)
        .map(|i| {
            let j = i.strict_mul(m).div_euclid(n).clamp(1, last);
            let delta = i.strict_mul(m).strict_sub(j.strict_mul(n));
            let (low, high) = (items[(j - 1) as usize], items[j as usize]);
            (low * (n - delta) as f64 + high * delta as f64) / n as f64
        })
        .collect()
}
