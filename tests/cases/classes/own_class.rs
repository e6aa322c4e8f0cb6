//! The class of `self`, which is known.

use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Money(Rc<RefCell<MoneyFields>>);

/// The attributes of a `Money`.
pub struct MoneyFields {
    pub cents: i64,
}

impl Money {
    pub fn cents(&self) -> i64 {
        self.0.borrow().cents
    }

    pub fn set_cents(&self, value: i64) {
        self.0.borrow_mut().cents = value;
    }

    pub const UNIT: &'static str = "c";

    pub fn new(cents: i64) -> Money {
        Money::from(MoneyFields { cents })
    }

    pub fn doubled(&self) -> AnyMoney {
        AnyMoney::Money(Money::new(2_i64.strict_mul(self.cents())))
    }

    pub fn plus(&self, n: i64) -> AnyMoney {
        AnyMoney::Money(Money::new(self.cents().strict_add(n)))
    }

    pub fn label(&self) -> String {
        format!("Money({}{})Money", self.cents(), Money::UNIT)
    }

    pub fn of(n: i64) -> AnyMoney {
        AnyMoney::Money(Money::new(n))
    }

    pub fn other(&self, n: i64) -> AnyMoney {
        Money::of(n).plus(self.cents())
    }
}

impl From<MoneyFields> for Money {
    fn from(fields: MoneyFields) -> Money {
        Money(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Money {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Money")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Money {
    fn eq(&self, other: &Money) -> bool {
        self.is(other)
    }
}

/// An instance of `Money`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnyMoney {
    Euro(Euro),
    Money(Money),
}

impl AnyMoney {
    pub fn cents(&self) -> i64 {
        match self {
            AnyMoney::Euro(this) => this.cents(),
            AnyMoney::Money(this) => this.cents(),
        }
    }

    pub fn set_cents(&self, value: i64) {
        match self {
            AnyMoney::Euro(this) => this.set_cents(value),
            AnyMoney::Money(this) => this.set_cents(value),
        }
    }

    pub fn doubled(&self) -> AnyMoney {
        match self {
            AnyMoney::Euro(this) => this.doubled(),
            AnyMoney::Money(this) => this.doubled(),
        }
    }

    pub fn plus(&self, n: i64) -> AnyMoney {
        match self {
            AnyMoney::Euro(this) => this.plus(n),
            AnyMoney::Money(this) => this.plus(n),
        }
    }

    pub fn label(&self) -> String {
        match self {
            AnyMoney::Euro(this) => this.label(),
            AnyMoney::Money(this) => this.label(),
        }
    }

    pub fn other(&self, n: i64) -> AnyMoney {
        match self {
            AnyMoney::Euro(this) => this.other(n),
            AnyMoney::Money(this) => this.other(n),
        }
    }
}

impl Identity for AnyMoney {
    fn address(&self) -> usize {
        match self {
            AnyMoney::Euro(this) => this.address(),
            AnyMoney::Money(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnyMoney {
    fn eq(&self, other: &AnyMoney) -> bool {
        self.is(other)
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

#[derive(Clone)]
pub struct Euro(Rc<RefCell<EuroFields>>);

/// The attributes of a `Euro`.
pub struct EuroFields {
    pub cents: i64,
}

impl Euro {
    pub fn cents(&self) -> i64 {
        self.0.borrow().cents
    }

    pub fn set_cents(&self, value: i64) {
        self.0.borrow_mut().cents = value;
    }

    pub const UNIT: &'static str = "e";

    pub fn new(cents: i64) -> Euro {
        Euro::from(EuroFields { cents })
    }

    pub fn doubled(&self) -> AnyMoney {
        AnyMoney::Euro(Euro::new(2_i64.strict_mul(self.cents())))
    }

    pub fn plus(&self, n: i64) -> AnyMoney {
        AnyMoney::Euro(Euro::new(self.cents().strict_add(n)))
    }

    pub fn label(&self) -> String {
        format!("Euro({}{})Euro", self.cents(), Euro::UNIT)
    }

    pub fn of(n: i64) -> AnyMoney {
        AnyMoney::Euro(Euro::new(n))
    }

    pub fn other(&self, n: i64) -> AnyMoney {
        Euro::of(n).plus(self.cents())
    }
}

impl From<EuroFields> for Euro {
    fn from(fields: EuroFields) -> Euro {
        Euro(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Euro {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Euro {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Euro")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Euro {
    fn eq(&self, other: &Euro) -> bool {
        self.is(other)
    }
}

pub fn f(n: i64) -> String {
    Money::new(n).doubled().plus(1).other(3).label()
}

pub fn g(n: i64) -> String {
    Euro::new(n).label()
}
