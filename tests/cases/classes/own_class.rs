//! The class of `self`, which is known.

#[derive(Debug, Clone)]
pub struct Money {
    pub cents: i64,
}

impl Money {
    pub const UNIT: &'static str = "c";

    pub fn new(cents: i64) -> Money {
        Money { cents }
    }

    pub fn doubled(&self) -> Money {
        Money::new(2_i64.strict_mul(self.cents))
    }

    pub fn plus(&self, n: i64) -> Money {
        Money::new(self.cents.strict_add(n))
    }

    pub fn label(&self) -> String {
        format!("Money({}{})Money", self.cents, Money::UNIT)
    }

    pub fn of(n: i64) -> Money {
        Money::new(n)
    }

    pub fn other(&self, n: i64) -> Money {
        Money::of(n).plus(self.cents)
    }
}

/// A variable of the same name that is bound twice is no class.
#[derive(Debug, Clone)]
pub struct Twice {
    pub n: i64,
}

impl Twice {
    pub fn new(n: i64) -> Twice {
        Twice { n }
    }
}

#[derive(Debug, Clone)]
pub struct Euro {
    pub cents: i64,
}

impl Euro {
    pub const UNIT: &'static str = "e";

    pub fn new(cents: i64) -> Euro {
        Euro { cents }
    }

    pub fn label(&self) -> String {
        format!("Euro({}{})Euro", self.cents, Euro::UNIT)
    }
}

pub fn f(n: i64) -> String {
    Money::new(n).doubled().plus(1).other(3).label()
}

pub fn g(n: i64) -> String {
    Euro::new(n).label()
}
