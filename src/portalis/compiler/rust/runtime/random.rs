//! Python's `random.Random` with a seed: the numbers of CPython's Mersenne Twister, in its order.
//!
//! Makoto Matsumoto and Takuji Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), MT19937 of 2002/1/26.

use crate::error::Error;
use crate::runtime::bisect;
use crate::runtime::decline::decline;
use crate::runtime::float;
use crate::runtime::math;

const SIZE: usize = 624;
const MIDDLE: usize = 397;

/// Where the bits come from.
pub trait Source {
    /// The next 32 bits.
    fn word(&mut self) -> u32;

    /// The next number from 0 up to 1, made of two words.
    fn real(&mut self) -> f64 {
        let high = f64::from(self.word() >> 5);
        let low = f64::from(self.word() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// Keeps the second of two normal numbers for the next draw of one, and gives what was kept before.
    fn exchange_normal(&mut self, kept: Option<f64>) -> Option<f64>;
}

/// A Mersenne Twister, whose state is no one else's.
#[derive(Debug)]
pub struct Twister {
    state: [u32; SIZE],
    place: usize,
    normal: Option<f64>,
}

impl Twister {
    /// The state that a key of words gives.
    pub fn by_array(keys: &[u32]) -> Twister {
        let mut state = [0_u32; SIZE];
        state[0] = 19_650_218;
        for i in 1..SIZE {
            let before = state[i - 1];
            state[i] = 1_812_433_253_u32
                .wrapping_mul(before ^ before >> 30)
                .wrapping_add(i as u32);
        }
        let mut i = 1;
        for round in 0..SIZE.max(keys.len()) {
            let key = round % keys.len();
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ before >> 30).wrapping_mul(1_664_525))
                .wrapping_add(keys[key])
                .wrapping_add(key as u32);
            i += 1;
            if i == SIZE {
                state[0] = state[SIZE - 1];
                i = 1;
            }
        }
        for _ in 1..SIZE {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ before >> 30).wrapping_mul(1_566_083_941))
                .wrapping_sub(i as u32);
            i += 1;
            if i == SIZE {
                state[0] = state[SIZE - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        Twister { state, place: SIZE, normal: None }
    }
}

impl Source for Twister {

    fn word(&mut self) -> u32 {
        if self.place == SIZE {
            for i in 0..SIZE {
                let mixed = self.state[i] & 0x8000_0000 | self.state[(i + 1) % SIZE] & 0x7fff_ffff;
                let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + MIDDLE) % SIZE] ^ mixed >> 1 ^ odd;
            }
            self.place = 0;
        }
        let mut y = self.state[self.place];
        self.place += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }

    fn exchange_normal(&mut self, kept: Option<f64>) -> Option<f64> {
        std::mem::replace(&mut self.normal, kept)
    }
}

/// A generator over a source of bits.
#[derive(Debug)]
pub struct Random<S = Twister>(S);

impl Random {
    /// `random.Random(seed)` of an int.
    pub fn new(seed: i64) -> Random {
        let size = seed.unsigned_abs();
        let (low, high) = (size as u32, (size >> 32) as u32);
        let keys = [low, high];
        Random(Twister::by_array(if high == 0 { &keys[..1] } else { &keys }))
    }
}

impl<S: Source> Random<S> {
    /// The generator over a source.
    pub fn over(source: S) -> Random<S> {
        Random(source)
    }

    /// `rng.random()`.
    pub fn random(&mut self) -> f64 {
        self.0.real()
    }

    /// `rng.getrandbits(k)`; raises `ValueError`, and declines above 63 bits.
    pub fn getrandbits(&mut self, k: i64) -> Result<i64, Error> {
        match k {
            -0x8000_0000..0 => Err(Error::ValueError("number of bits must be non-negative".to_owned())),
            0..64 => Ok(self.bits(k as u32) as i64),
            _ => decline("random bits beyond i64"),
        }
    }

    fn bits(&mut self, k: u32) -> u64 {
        match k {
            0 => 0,
            1..=32 => u64::from(self.0.word() >> (32 - k)),
            _ => {
                let low = u64::from(self.0.word());
                low | u64::from(self.0.word() >> (64 - k)) << 32
            }
        }
    }

    /// A number below `n`, which is greater than 0.
    fn below(&mut self, n: u64) -> u64 {
        let k = u64::BITS - n.leading_zeros();
        loop {
            let drawn = self.bits(k);
            if drawn < n {
                return drawn;
            }
        }
    }

    /// A place in a sequence of the length.
    fn place(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// `rng.randrange(start, stop, step)`; declines where it would raise.
    pub fn randrange(&mut self, start: i64, stop: i64, step: i64) -> i64 {
        let width = i128::from(stop) - i128::from(start);
        let step = i128::from(step);
        let count = match step {
            0 => 0,
            1.. => floor_div(width + step - 1, step),
            _ => floor_div(width + step + 1, step),
        };
        match u64::try_from(count) {
            Ok(count) if count > 0 => (i128::from(start) + step * i128::from(self.below(count))) as i64,
            _ => decline("an empty range, or one beyond i64"),
        }
    }

    /// `rng.randint(low, high)`; declines where it would raise.
    pub fn randint(&mut self, low: i64, high: i64) -> i64 {
        match high.checked_add(1) {
            Some(stop) => self.randrange(low, stop, 1),
            None => decline("randint up to the end of i64"),
        }
    }

    /// `rng.choice(items)`; raises `IndexError`.
    pub fn choice<'a, T>(&mut self, items: &'a [T]) -> Result<&'a T, Error> {
        if items.is_empty() {
            return Err(Error::IndexError("Cannot choose from an empty sequence".to_owned()));
        }
        Ok(&items[self.place(items.len())])
    }

    /// `rng.shuffle(items)`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.place(i + 1);
            items.swap(i, j);
        }
    }

    /// `rng.sample(items, k)`; raises `ValueError`.
    pub fn sample<T: Clone>(&mut self, items: &[T], k: i64) -> Result<Vec<T>, Error> {
        let places = self.sample_places(items.len() as u64, k)?;
        Ok(places.into_iter().map(|place| items[place as usize].clone()).collect())
    }

    /// `rng.sample(range(start, stop, step), k)`; raises `ValueError`.
    pub fn sample_of_range(&mut self, start: i64, stop: i64, step: i64, k: i64) -> Result<Vec<i64>, Error> {
        let places = self.sample_places(range_length(start, stop, step)?, k)?;
        Ok(places.into_iter().map(|place| range_item(start, step, place)).collect())
    }

    /// `rng.choice(range(start, stop, step))`; raises `IndexError` and `ValueError`.
    pub fn choice_of_range(&mut self, start: i64, stop: i64, step: i64) -> Result<i64, Error> {
        match range_length(start, stop, step)? {
            0 => Err(Error::IndexError("Cannot choose from an empty sequence".to_owned())),
            length => Ok(range_item(start, step, self.below(length))),
        }
    }

    /// `k` different places of so many.
    fn sample_places(&mut self, length: u64, k: i64) -> Result<Vec<u64>, Error> {
        let k = match u64::try_from(k) {
            Ok(k) if k <= length => k,
            _ => {
                let text = "Sample larger than population or is negative";
                return Err(Error::ValueError(text.to_owned()));
            }
        };
        let mut most = 21.0;
        if k > 5 {
            most += 4.0_f64.powf(math::log_base((k * 3) as f64, 4.0)?.ceil());
        }
        let mut chosen = Vec::with_capacity(k.min(1 << 16) as usize);
        if length as f64 <= most {
            let mut pool: Vec<u64> = (0..length).collect();
            for left in (length - k + 1..=length).rev() {
                let place = self.place(left as usize);
                chosen.push(pool[place]);
                pool[place] = pool[left as usize - 1];
            }
        } else {
            let mut taken = std::collections::HashSet::new();
            for _ in 0..k {
                let mut place = self.below(length);
                while !taken.insert(place) {
                    place = self.below(length);
                }
                chosen.push(place);
            }
        }
        Ok(chosen)
    }

    /// `rng.choices(items, k=k)`; raises `IndexError`.
    pub fn choices<T: Clone>(&mut self, items: &[T], k: i64) -> Result<Vec<T>, Error> {
        let count = items.len() as f64;
        let mut chosen = Vec::new();
        for _ in 0..k {
            let place = (self.random() * count).floor() as usize;
            match items.get(place) {
                Some(item) => chosen.push(item.clone()),
                None => return Err(Error::IndexError("list index out of range".to_owned())),
            }
        }
        Ok(chosen)
    }

    /// `rng.uniform(a, b)`.
    pub fn uniform(&mut self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// `rng.gauss(mu, sigma)`.
    pub fn gauss(&mut self, mu: f64, sigma: f64) -> Result<f64, Error> {
        let z = match self.0.exchange_normal(None) {
            Some(z) => z,
            None => {
                let angle = self.random() * std::f64::consts::TAU;
                let radius = math::sqrt(-2.0 * math::log(1.0 - self.random())?)?;
                self.0.exchange_normal(Some(math::sin(angle)? * radius));
                math::cos(angle)? * radius
            }
        };
        Ok(mu + z * sigma)
    }

    /// `rng.normalvariate(mu, sigma)`.
    pub fn normalvariate(&mut self, mu: f64, sigma: f64) -> Result<f64, Error> {
        let scale = 4.0 * math::exp(-0.5)? / math::sqrt(2.0)?;
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = scale * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -math::log(u2)? {
                return Ok(mu + z * sigma);
            }
        }
    }

    /// `rng.lognormvariate(mu, sigma)`.
    pub fn lognormvariate(&mut self, mu: f64, sigma: f64) -> Result<f64, Error> {
        math::exp(self.normalvariate(mu, sigma)?)
    }

    /// `rng.paretovariate(alpha)`; raises `ZeroDivisionError`.
    pub fn paretovariate(&mut self, alpha: f64) -> Result<f64, Error> {
        let u = 1.0 - self.random();
        float::pow(u, float::div(-1.0, alpha)?)
    }

    /// `rng.weibullvariate(alpha, beta)`; raises `ZeroDivisionError`.
    pub fn weibullvariate(&mut self, alpha: f64, beta: f64) -> Result<f64, Error> {
        let size = -math::log(1.0 - self.random())?;
        Ok(alpha * float::pow(size, float::div(1.0, beta)?)?)
    }

    /// `rng.triangular(low, high)`, the mode half-way.
    pub fn triangular(&mut self, low: f64, high: f64) -> Result<f64, Error> {
        let u = self.random();
        if u > 0.5 {
            Ok(high + (low - high) * math::sqrt((1.0 - u) * 0.5)?)
        } else {
            Ok(low + (high - low) * math::sqrt(u * 0.5)?)
        }
    }

    /// `rng.triangular(low, high, mode)`.
    pub fn triangular_at(&mut self, low: f64, high: f64, mode: f64) -> Result<f64, Error> {
        let u = self.random();
        if high - low == 0.0 {
            return Ok(low);
        }
        let c = (mode - low) / (high - low);
        if u > c {
            Ok(high + (low - high) * math::sqrt((1.0 - u) * (1.0 - c))?)
        } else {
            Ok(low + (high - low) * math::sqrt(u * c)?)
        }
    }

    /// `rng.gammavariate(alpha, beta)`; raises `ValueError`.
    ///
    /// For alpha above 1 by R. C. H. Cheng, Applied Statistics 26 (1977); below by algorithm GS of Kennedy and
    /// Gentle, "Statistical Computing".
    pub fn gammavariate(&mut self, alpha: f64, beta: f64) -> Result<f64, Error> {
        if alpha <= 0.0 || beta <= 0.0 {
            let text = "gammavariate: alpha and beta must be > 0.0";
            return Err(Error::ValueError(text.to_owned()));
        }
        if alpha > 1.0 {
            return Ok(self.gamma_above_one(alpha)? * beta);
        }
        if alpha == 1.0 {
            return Ok(-math::log(1.0 - self.random())? * beta);
        }
        let e = std::f64::consts::E;
        let b = (e + alpha) / e;
        loop {
            let p = b * self.random();
            let x = if p <= 1.0 {
                float::pow(p, 1.0 / alpha)?
            } else {
                -math::log((b - p) / alpha)?
            };
            let u = self.random();
            let bound = if p > 1.0 { float::pow(x, alpha - 1.0)? } else { math::exp(-x)? };
            if u <= bound {
                return Ok(x * beta);
            }
        }
    }

    fn gamma_above_one(&mut self, alpha: f64) -> Result<f64, Error> {
        let magic = 1.0 + math::log(4.5)?;
        let inverse = math::sqrt(2.0 * alpha - 1.0)?;
        let (b, c) = (alpha - math::log(4.0)?, alpha + inverse);
        loop {
            let u1 = self.random();
            if !(1e-7 < u1 && u1 < 0.999_999_9) {
                continue;
            }
            let u2 = 1.0 - self.random();
            let v = math::log(u1 / (1.0 - u1))? / inverse;
            let x = alpha * math::exp(v)?;
            let z = u1 * u1 * u2;
            let r = b + c * v - x;
            if r + magic - 4.5 * z >= 0.0 || r >= math::log(z)? {
                return Ok(x);
            }
        }
    }

    /// `rng.betavariate(alpha, beta)`; raises `ValueError`.
    pub fn betavariate(&mut self, alpha: f64, beta: f64) -> Result<f64, Error> {
        let y = self.gammavariate(alpha, 1.0)?;
        if y == 0.0 {
            return Ok(0.0);
        }
        float::div(y, y + self.gammavariate(beta, 1.0)?)
    }

    /// `rng.vonmisesvariate(mu, kappa)`, by N. I. Fisher, "Statistical Analysis of Circular Data" (1993).
    pub fn vonmisesvariate(&mut self, mu: f64, kappa: f64) -> Result<f64, Error> {
        use std::f64::consts::{PI, TAU};
        if kappa <= 1e-6 {
            return Ok(TAU * self.random());
        }
        let s = 0.5 / kappa;
        let r = s + math::sqrt(1.0 + s * s)?;
        let z = loop {
            let z = math::cos(PI * self.random())?;
            let d = z / (r + z);
            let u = self.random();
            if u < 1.0 - d * d || u <= (1.0 - d) * math::exp(d)? {
                break z;
            }
        };
        let q = 1.0 / r;
        let turn = math::acos((q + z) / (1.0 + q * z))?;
        let above = self.random() > 0.5;
        float::floor_mod(if above { mu + turn } else { mu - turn }, TAU)
    }

    /// `rng.choices(items, weights, k=k)`; raises `ValueError`.
    pub fn choices_weighted<T: Clone>(
        &mut self,
        items: &[T],
        weights: &[f64],
        k: i64,
    ) -> Result<Vec<T>, Error> {
        let mut total = 0.0;
        let mut bounds = Vec::with_capacity(weights.len());
        for (place, weight) in weights.iter().enumerate() {
            total = if place == 0 { *weight } else { total + weight };
            bounds.push(total);
        }
        if bounds.len() != items.len() {
            let text = "The number of weights does not match the population";
            return Err(Error::ValueError(text.to_owned()));
        }
        let Some(&last) = bounds.last() else {
            return Err(Error::IndexError("list index out of range".to_owned()));
        };
        let total = last + 0.0;
        if total <= 0.0 {
            return Err(Error::ValueError("Total of weights must be greater than zero".to_owned()));
        }
        if !total.is_finite() {
            return Err(Error::ValueError("Total of weights must be finite".to_owned()));
        }
        let before_last = &bounds[..bounds.len() - 1];
        let mut chosen = Vec::new();
        for _ in 0..k {
            let place = bisect::right(before_last, &(self.random() * total));
            chosen.push(items[place].clone());
        }
        Ok(chosen)
    }

    /// `rng.expovariate(rate)`; raises `ZeroDivisionError`.
    pub fn expovariate(&mut self, rate: f64) -> Result<f64, Error> {
        let size = -math::log(1.0 - self.random())?;
        float::div(size, rate)
    }
}

/// How many numbers a range has; raises `ValueError`.
fn range_length(start: i64, stop: i64, step: i64) -> Result<u64, Error> {
    if step == 0 {
        return Err(Error::ValueError("range() arg 3 must not be zero".to_owned()));
    }
    let width = i128::from(stop) - i128::from(start);
    let step = i128::from(step);
    let length = floor_div(width + step - step.signum(), step);
    match u64::try_from(length.max(0)) {
        Ok(length) if length <= i64::MAX as u64 => Ok(length),
        _ => decline("a range longer than i64"),
    }
}

/// The number at a place of a range.
fn range_item(start: i64, step: i64, place: u64) -> i64 {
    (i128::from(start) + i128::from(step) * i128::from(place)) as i64
}

/// The quotient, rounded down.
fn floor_div(a: i128, b: i128) -> i128 {
    let quotient = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

/// Weights that are ints; where floats can't tell their sums, it declines.
pub fn whole_weights(weights: &[i64]) -> Vec<f64> {
    let sum = weights.iter().try_fold(0_i64, |sum, weight| sum.checked_add(weight.checked_abs()?));
    if sum.is_none_or(|sum| sum > 1 << 53) {
        decline("weights that floats can't add exactly");
    }
    weights.iter().map(|&weight| weight as f64).collect()
}
