//! Amounts of money as decimals.

use crate::error::Error;
use crate::runtime::decimal;
use crate::runtime::decimal::Decimal;
use crate::runtime::decimal_functions;
use crate::runtime::decimal_text;
use crate::runtime::dict;
use crate::runtime::seq;
use std::sync::LazyLock;

pub static CENT: LazyLock<decimal::Decimal> = LazyLock::new(|| decimal::literal("0.01"));

pub static RATES: LazyLock<dict::Dict<&str, decimal::Decimal>> = LazyLock::new(|| {
    dict::from_pairs([
        ("food", decimal::literal("0.07")),
        ("books", decimal::literal("0.07")),
        ("other", decimal::literal("0.19")),
    ])
});

pub fn with_tax(net: &Decimal, kind: &str) -> Result<Decimal, Error> {
    decimal_functions::quantize(
        &decimal::mul(
            net,
            &decimal::add(&decimal::whole(1), dict::get_item(&RATES, kind)?),
        ),
        &CENT,
        decimal::Rounding::HalfUp,
    )
}

pub fn parsed(text: &str) -> Result<Option<Decimal>, Error> {
    match (|| -> Result<Option<Decimal>, Error> {
        Ok(Some(decimal::parse(&text.replace(",", "."))?))
    })() {
        Ok(value) => Ok(value),
        Err(error) if error.is_decimal_invalid_operation() => Ok(None),
        Err(error) => Err(error),
    }
}

pub fn total(prices: &[Decimal]) -> String {
    decimal_text::format(
        &decimal::sum(decimal::whole(0), prices.iter().cloned()),
        ",.2f",
    )
}

pub fn shares(amount: &Decimal, people: i64) -> Result<Vec<Decimal>, Error> {
    let share = decimal_functions::quantize(
        &decimal::div(amount, &decimal::whole(people))?,
        &CENT,
        decimal::Rounding::HalfEven,
    )?;
    let rest = decimal::sub(
        amount,
        &decimal::mul(&share, &decimal::whole(people.strict_sub(1))),
    );
    Ok(seq::concat(
        &vec![share; people.strict_sub(1).max(0) as usize],
        &[rest],
    ))
}

pub fn grows(start: &Decimal, rate: &Decimal, years: i64) -> Result<Decimal, Error> {
    if years < 0 || *rate < decimal::whole(0) {
        return Err(Error::ValueError(format!(
            "no growth over {years} years at {}",
            decimal_text::text(rate)
        )));
    }
    decimal_functions::round_to(
        &decimal::mul(
            start,
            &decimal_functions::pow(&decimal::add(&decimal::whole(1), rate), years)?,
        ),
        2,
    )
}

pub fn dearest(items: &[(String, Decimal)]) -> Vec<String> {
    let mut items_2 = Vec::new();
    for (name, price) in {
        let mut sorted_2: Vec<(String, Decimal)> = items.to_vec();
        sorted_2.reverse();
        sorted_2.sort_by_cached_key(|item| item.1.clone());
        sorted_2.reverse();
        sorted_2
    } {
        if price > decimal::whole(0) {
            items_2.push(name.clone());
        }
    }
    items_2
}

#[derive(Debug, Clone)]
pub struct Account {
    pub owner: String,
    pub balance: Decimal,
}

impl Account {
    pub fn new(owner: &str) -> Account {
        Account {
            owner: owner.to_string(),
            balance: decimal::literal("0.00"),
        }
    }

    pub fn deposit(&mut self, amount: &Decimal) -> Result<(), Error> {
        if *amount <= decimal::whole(0) {
            return Err(Error::ValueError("an amount must be positive".to_string()));
        }
        self.balance = decimal::add(&self.balance, amount);
        Ok(())
    }
}

pub fn saved(amounts: &[Decimal]) -> Result<Decimal, Error> {
    let mut account = Account::new("a");
    for amount in amounts {
        account.deposit(amount)?;
    }
    Ok(account.balance.clone())
}
