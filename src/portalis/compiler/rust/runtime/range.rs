//! `range`: its items, forwards and backwards.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::seq;

/// The integers of `range(start, stop, step)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    next: i64,
    step: i64,
    left: usize,
}

/// `range(start, stop, step)`.
pub fn range(start: i64, stop: i64, step: i64) -> Result<Range, Error> {
    if step == 0 {
        return Err(Error::ValueError(
            "range() arg 3 must not be zero".to_string(),
        ));
    }
    Ok(range_by(start, stop, step))
}

/// `range(start, stop, step)` with a step known not to be zero.
pub fn range_by(start: i64, stop: i64, step: i64) -> Range {
    let (low, high) = if step > 0 {
        (start, stop)
    } else {
        (stop, start)
    };
    let left = if low < high {
        (high.abs_diff(low) - 1) / step.unsigned_abs() + 1
    } else {
        0
    };
    if i64::try_from(left).is_err() {
        decline("a range longer than i64");
    }
    Range {
        next: start,
        step,
        left: left as usize,
    }
}

impl Range {
    /// The integer at an index.
    pub fn at(&self, index: i64) -> Result<i64, Error> {
        match seq::position(self.left, index) {
            Some(place) => Ok(self.next.wrapping_add(self.step.wrapping_mul(place as i64))),
            None => Err(Error::IndexError(
                "range object index out of range".to_string(),
            )),
        }
    }

    /// Whether the integer is one of the range's.
    pub fn contains(&self, value: i64) -> bool {
        let offset = i128::from(value) - i128::from(self.next);
        let step = i128::from(self.step);
        offset % step == 0 && (0..self.left as i128).contains(&(offset / step))
    }
}

impl Iterator for Range {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        let value = self.next;
        if self.left > 0 {
            self.next += self.step;
        }
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl DoubleEndedIterator for Range {
    fn next_back(&mut self) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        // The sum is in range even where the product is not.
        Some(
            self.next
                .wrapping_add(self.step.wrapping_mul(self.left as i64)),
        )
    }
}

impl ExactSizeIterator for Range {}
