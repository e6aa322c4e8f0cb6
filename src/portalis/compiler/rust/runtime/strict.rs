//! Integer arithmetic that panics where it leaves its type, under every profile.

use crate::runtime::decline::or_decline;

/// An integer type whose arithmetic can be checked.
pub trait Strict: Sized {
    /// The sum, where it fits.
    fn plus(self, other: Self) -> Option<Self>;
    /// The difference, where it fits.
    fn minus(self, other: Self) -> Option<Self>;
    /// The product, where it fits.
    fn times(self, other: Self) -> Option<Self>;
    /// The negative, where it fits.
    fn negative(self) -> Option<Self>;
}

impl Strict for i64 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for usize {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for u8 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for i32 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for u32 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for u64 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

impl Strict for i128 {
    fn plus(self, other: Self) -> Option<Self> {
        self.checked_add(other)
    }
    fn minus(self, other: Self) -> Option<Self> {
        self.checked_sub(other)
    }
    fn times(self, other: Self) -> Option<Self> {
        self.checked_mul(other)
    }
    fn negative(self) -> Option<Self> {
        self.checked_neg()
    }
}

/// `a + b`; declines where that leaves the type.
pub fn add<T: Strict>(a: T, b: T) -> T {
    or_decline(a.plus(b), "integer overflow")
}

/// `a - b`; declines where that leaves the type.
pub fn sub<T: Strict>(a: T, b: T) -> T {
    or_decline(a.minus(b), "integer overflow")
}

/// `a * b`; declines where that leaves the type.
pub fn mul<T: Strict>(a: T, b: T) -> T {
    or_decline(a.times(b), "integer overflow")
}

/// `-a`; declines where that leaves the type.
pub fn neg<T: Strict>(a: T) -> T {
    or_decline(a.negative(), "integer overflow")
}
