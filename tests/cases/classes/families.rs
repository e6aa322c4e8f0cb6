//! Base classes and unions of classes as types: dispatch, narrowing, identity, what all instances share.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

/// Money that somebody has.
#[derive(Clone, Debug)]
pub enum Account {
    Giro(Giro),
    Locked(Locked),
    Savings(Savings),
}

impl Account {
    pub fn owner(&self) -> String {
        match self {
            Account::Giro(this) => this.owner(),
            Account::Locked(this) => this.owner(),
            Account::Savings(this) => this.owner(),
        }
    }

    pub fn set_owner(&self, value: String) {
        match self {
            Account::Giro(this) => this.set_owner(value),
            Account::Locked(this) => this.set_owner(value),
            Account::Savings(this) => this.set_owner(value),
        }
    }

    pub fn balance(&self) -> i64 {
        match self {
            Account::Giro(this) => this.balance(),
            Account::Locked(this) => this.balance(),
            Account::Savings(this) => this.balance(),
        }
    }

    pub fn set_balance(&self, value: i64) {
        match self {
            Account::Giro(this) => this.set_balance(value),
            Account::Locked(this) => this.set_balance(value),
            Account::Savings(this) => this.set_balance(value),
        }
    }

    pub fn log(&self) -> Ref<'_, Vec<String>> {
        match self {
            Account::Giro(this) => this.log(),
            Account::Locked(this) => this.log(),
            Account::Savings(this) => this.log(),
        }
    }

    pub fn log_mut(&self) -> RefMut<'_, Vec<String>> {
        match self {
            Account::Giro(this) => this.log_mut(),
            Account::Locked(this) => this.log_mut(),
            Account::Savings(this) => this.log_mut(),
        }
    }

    pub fn set_log(&self, value: Vec<String>) {
        match self {
            Account::Giro(this) => this.set_log(value),
            Account::Locked(this) => this.set_log(value),
            Account::Savings(this) => this.set_log(value),
        }
    }

    /// What taking money out costs.
    pub fn fee(&self, amount: i64) -> i64 {
        match self {
            Account::Giro(this) => this.fee(amount),
            Account::Locked(this) => this.fee(amount),
            Account::Savings(this) => this.fee(amount),
        }
    }

    pub fn label(&self) -> String {
        match self {
            Account::Giro(this) => this.label(),
            Account::Locked(this) => this.label(),
            Account::Savings(this) => this.label(),
        }
    }

    pub fn withdraw(&self, amount: i64, note: &str) -> Result<i64, Error> {
        match self {
            Account::Giro(this) => this.withdraw(amount, note),
            Account::Locked(this) => this.withdraw(amount, note),
            Account::Savings(this) => this.withdraw(amount, note),
        }
    }

    pub fn as_any_savings(&self) -> Option<AnySavings> {
        match self {
            Account::Locked(this) => Some(AnySavings::Locked(this.clone())),
            Account::Savings(this) => Some(AnySavings::Savings(this.clone())),
            _ => None,
        }
    }
}

impl Identity for Account {
    fn address(&self) -> usize {
        match self {
            Account::Giro(this) => this.address(),
            Account::Locked(this) => this.address(),
            Account::Savings(this) => this.address(),
        }
    }
}

impl From<AnySavings> for Account {
    fn from(value: AnySavings) -> Account {
        match value {
            AnySavings::Locked(this) => Account::Locked(this),
            AnySavings::Savings(this) => Account::Savings(this),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Account {
    fn eq(&self, other: &Account) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Giro(Rc<RefCell<GiroFields>>);

/// The attributes of a `Giro`.
pub struct GiroFields {
    pub owner: String,
    pub balance: i64,
    pub log: Vec<String>,
}

impl Giro {
    pub fn owner(&self) -> String {
        self.0.borrow().owner.clone()
    }

    pub fn set_owner(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().owner, value);
        drop(old);
    }

    pub fn balance(&self) -> i64 {
        self.0.borrow().balance
    }

    pub fn set_balance(&self, value: i64) {
        self.0.borrow_mut().balance = value;
    }

    pub fn log(&self) -> Ref<'_, Vec<String>> {
        Ref::map(self.0.borrow(), |fields| &fields.log)
    }

    pub fn log_mut(&self) -> RefMut<'_, Vec<String>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.log)
    }

    pub fn set_log(&self, value: Vec<String>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().log, value);
        drop(old);
    }

    pub fn new(owner: &str, balance: i64) -> Giro {
        Giro::from(GiroFields {
            owner: owner.to_string(),
            balance,
            log: Vec::new(),
        })
    }

    pub fn label(&self) -> String {
        format!("{}:{}", self.owner(), self.balance())
    }

    pub fn withdraw(&self, amount: i64, note: &str) -> Result<i64, Error> {
        let cost = amount.strict_add(self.fee(amount));
        if cost > self.balance() {
            return Err(Error::ValueError(format!(
                "{} lacks {}",
                self.owner(),
                cost.strict_sub(self.balance())
            )));
        }
        self.set_balance(self.balance().strict_sub(cost));
        self.log_mut().push({
            let value = note;
            if !value.is_empty() {
                value.to_string()
            } else {
                amount.to_string()
            }
        });
        Ok(self.balance())
    }

    pub fn fee(&self, _amount: i64) -> i64 {
        1
    }
}

impl From<GiroFields> for Giro {
    fn from(fields: GiroFields) -> Giro {
        Giro(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Giro {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Giro {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Giro")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Giro {
    fn eq(&self, other: &Giro) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Savings(Rc<RefCell<SavingsFields>>);

/// The attributes of a `Savings`.
pub struct SavingsFields {
    pub owner: String,
    pub balance: i64,
    pub log: Vec<String>,
    pub rate: i64,
}

impl Savings {
    pub fn owner(&self) -> String {
        self.0.borrow().owner.clone()
    }

    pub fn set_owner(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().owner, value);
        drop(old);
    }

    pub fn balance(&self) -> i64 {
        self.0.borrow().balance
    }

    pub fn set_balance(&self, value: i64) {
        self.0.borrow_mut().balance = value;
    }

    pub fn log(&self) -> Ref<'_, Vec<String>> {
        Ref::map(self.0.borrow(), |fields| &fields.log)
    }

    pub fn log_mut(&self) -> RefMut<'_, Vec<String>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.log)
    }

    pub fn set_log(&self, value: Vec<String>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().log, value);
        drop(old);
    }

    pub fn rate(&self) -> i64 {
        self.0.borrow().rate
    }

    pub fn set_rate(&self, value: i64) {
        self.0.borrow_mut().rate = value;
    }

    pub fn withdraw(&self, amount: i64, note: &str) -> Result<i64, Error> {
        let cost = amount.strict_add(self.fee(amount));
        if cost > self.balance() {
            return Err(Error::ValueError(format!(
                "{} lacks {}",
                self.owner(),
                cost.strict_sub(self.balance())
            )));
        }
        self.set_balance(self.balance().strict_sub(cost));
        self.log_mut().push({
            let value = note;
            if !value.is_empty() {
                value.to_string()
            } else {
                amount.to_string()
            }
        });
        Ok(self.balance())
    }

    pub fn new(owner: &str, rate: i64) -> Savings {
        let balance: i64 = 100;
        Savings::from(SavingsFields {
            owner: owner.to_string(),
            balance,
            log: Vec::new(),
            rate,
        })
    }

    pub fn fee(&self, amount: i64) -> i64 {
        amount.strict_mul(self.rate()).div_euclid(100)
    }

    pub fn label(&self) -> String {
        format!("*{}:{}", self.owner(), self.rate())
    }
}

impl From<SavingsFields> for Savings {
    fn from(fields: SavingsFields) -> Savings {
        Savings(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Savings {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Savings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Savings")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Savings {
    fn eq(&self, other: &Savings) -> bool {
        self.is(other)
    }
}

/// An instance of `Savings`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnySavings {
    Locked(Locked),
    Savings(Savings),
}

impl AnySavings {
    pub fn owner(&self) -> String {
        match self {
            AnySavings::Locked(this) => this.owner(),
            AnySavings::Savings(this) => this.owner(),
        }
    }

    pub fn set_owner(&self, value: String) {
        match self {
            AnySavings::Locked(this) => this.set_owner(value),
            AnySavings::Savings(this) => this.set_owner(value),
        }
    }

    pub fn balance(&self) -> i64 {
        match self {
            AnySavings::Locked(this) => this.balance(),
            AnySavings::Savings(this) => this.balance(),
        }
    }

    pub fn set_balance(&self, value: i64) {
        match self {
            AnySavings::Locked(this) => this.set_balance(value),
            AnySavings::Savings(this) => this.set_balance(value),
        }
    }

    pub fn log(&self) -> Ref<'_, Vec<String>> {
        match self {
            AnySavings::Locked(this) => this.log(),
            AnySavings::Savings(this) => this.log(),
        }
    }

    pub fn log_mut(&self) -> RefMut<'_, Vec<String>> {
        match self {
            AnySavings::Locked(this) => this.log_mut(),
            AnySavings::Savings(this) => this.log_mut(),
        }
    }

    pub fn set_log(&self, value: Vec<String>) {
        match self {
            AnySavings::Locked(this) => this.set_log(value),
            AnySavings::Savings(this) => this.set_log(value),
        }
    }

    pub fn rate(&self) -> i64 {
        match self {
            AnySavings::Locked(this) => this.rate(),
            AnySavings::Savings(this) => this.rate(),
        }
    }

    pub fn set_rate(&self, value: i64) {
        match self {
            AnySavings::Locked(this) => this.set_rate(value),
            AnySavings::Savings(this) => this.set_rate(value),
        }
    }

    pub fn withdraw(&self, amount: i64, note: &str) -> Result<i64, Error> {
        match self {
            AnySavings::Locked(this) => this.withdraw(amount, note),
            AnySavings::Savings(this) => this.withdraw(amount, note),
        }
    }

    pub fn fee(&self, amount: i64) -> i64 {
        match self {
            AnySavings::Locked(this) => this.fee(amount),
            AnySavings::Savings(this) => this.fee(amount),
        }
    }

    pub fn label(&self) -> String {
        match self {
            AnySavings::Locked(this) => this.label(),
            AnySavings::Savings(this) => this.label(),
        }
    }
}

impl Identity for AnySavings {
    fn address(&self) -> usize {
        match self {
            AnySavings::Locked(this) => this.address(),
            AnySavings::Savings(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnySavings {
    fn eq(&self, other: &AnySavings) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Locked(Rc<RefCell<LockedFields>>);

/// The attributes of a `Locked`.
pub struct LockedFields {
    pub owner: String,
    pub balance: i64,
    pub log: Vec<String>,
    pub rate: i64,
}

impl Locked {
    pub fn owner(&self) -> String {
        self.0.borrow().owner.clone()
    }

    pub fn set_owner(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().owner, value);
        drop(old);
    }

    pub fn balance(&self) -> i64 {
        self.0.borrow().balance
    }

    pub fn set_balance(&self, value: i64) {
        self.0.borrow_mut().balance = value;
    }

    pub fn log(&self) -> Ref<'_, Vec<String>> {
        Ref::map(self.0.borrow(), |fields| &fields.log)
    }

    pub fn log_mut(&self) -> RefMut<'_, Vec<String>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.log)
    }

    pub fn set_log(&self, value: Vec<String>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().log, value);
        drop(old);
    }

    pub fn rate(&self) -> i64 {
        self.0.borrow().rate
    }

    pub fn set_rate(&self, value: i64) {
        self.0.borrow_mut().rate = value;
    }

    pub fn new(owner: &str, rate: i64) -> Locked {
        let balance: i64 = 100;
        Locked::from(LockedFields {
            owner: owner.to_string(),
            balance,
            log: Vec::new(),
            rate,
        })
    }

    pub fn fee(&self, amount: i64) -> i64 {
        amount.strict_mul(self.rate()).div_euclid(100)
    }

    pub fn label(&self) -> String {
        format!("*{}:{}", self.owner(), self.rate())
    }

    pub fn withdraw(&self, _amount: i64, _note: &str) -> Result<i64, Error> {
        Err(Error::KeyError(repr::repr(&self.owner())))
    }
}

impl From<LockedFields> for Locked {
    fn from(fields: LockedFields) -> Locked {
        Locked(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Locked {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Locked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Locked")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Locked {
    fn eq(&self, other: &Locked) -> bool {
        self.is(other)
    }
}

#[derive(Debug, Clone)]
pub struct Bank {
    pub accounts: Dict<String, Account>,
    pub best: Option<Account>,
}

impl Bank {
    pub fn new() -> Bank {
        Bank {
            accounts: dict::Dict::default(),
            best: None,
        }
    }

    pub fn open(&mut self, account: &Account) -> Account {
        let value = account.clone();
        self.accounts.insert(account.owner(), value);
        if self.best.is_none() || account.balance() > self.best.as_ref().unwrap().balance() {
            self.best = Some(account.clone());
        }
        account.clone()
    }

    pub fn rates(&self) -> Vec<i64> {
        let mut found: Vec<i64> = Vec::new();
        for account in self.accounts.values() {
            if let Some(account) = account.as_any_savings()
                && account.rate() > 0
            {
                found.push(account.rate());
            } else if let Account::Giro(account) = account {
                found.push(-(account.log().len() as i64));
            }
        }
        found
    }
}

impl Default for Bank {
    fn default() -> Bank {
        Bank::new()
    }
}

pub fn opened(n: i64) -> Bank {
    let mut bank = Bank::new();
    for i in 0..n {
        if i % 3 == 0 {
            let _ = bank.open(&Account::Giro(Giro::new(
                &format!("g{i}"),
                10_i64.strict_mul(i),
            )));
        } else if i % 3 == 1 {
            let _ = bank.open(&Account::Savings(Savings::new(&format!("s{i}"), i)));
        } else {
            let _ = bank.open(&Account::Locked(Locked::new(&format!("l{i}"), 2)));
        }
    }
    bank
}

pub fn banking(n: i64, amount: i64) -> Result<(Vec<String>, Vec<i64>, String), Error> {
    let bank = opened(n);
    let mut said: Vec<String> = Vec::new();
    for account in bank.accounts.values() {
        match (|| -> Result<(), Error> {
            said.push(account.withdraw(amount, "")?.to_string());
            Ok(())
        })() {
            Ok(()) => (),
            Err(caught) if caught.is_value_error() || caught.is_key_error() => {
                said.push(caught.message().to_string());
            }
            Err(caught) => return Err(caught),
        }
    }
    let best = bank.best.clone();
    let Some(best) = best else {
        return Ok((said, bank.rates(), String::new()));
    };
    best.set_balance(7);
    let same = bank
        .accounts
        .values()
        .map(|account| account.is(&best))
        .collect::<Vec<bool>>();
    let kind = if matches!(best, Account::Locked(_) | Account::Savings(_)) {
        "saved"
    } else {
        "giro"
    };
    Ok((
        said,
        bank.rates(),
        format!("{} {} {kind}", best.label(), seq::index_of(&same, &true)?),
    ))
}

/// What all of them have.
pub fn total(accounts: &[Account]) -> i64 {
    int::sum(accounts.iter().map(|account| account.balance()))
}

pub fn richest(accounts: &[Account]) -> Result<Account, Error> {
    extremes::max_by_key(accounts.iter().cloned(), |account| account.balance())
}

pub fn savings_only(account: &Account) -> String {
    if !matches!(account, Account::Locked(_) | Account::Savings(_)) {
        return "other".to_string();
    }
    let value = decline::or_decline(account.as_any_savings(), "no `Savings`")
        .rate()
        .strict_add(1);
    decline::or_decline(account.as_any_savings(), "no `Savings`").set_rate(value);
    format!(
        "{} at {}",
        decline::or_decline(account.as_any_savings(), "no `Savings`").owner(),
        decline::or_decline(account.as_any_savings(), "no `Savings`").rate()
    )
}

pub fn summed(n: i64) -> Result<(i64, String, String), Error> {
    let accounts = vec![
        Account::Giro(Giro::new("a", n)),
        Account::Savings(Savings::new("b", n)),
        Account::Locked(Locked::new("c", 0)),
    ];
    let instance = seq::at(&accounts, 0)?.clone();
    instance.set_balance(instance.balance().strict_add(5));
    Ok((
        total(&accounts),
        richest(&accounts)?.owner(),
        text::join(",", accounts.iter().map(|x| savings_only(x))),
    ))
}

#[derive(Clone)]
pub struct Num(Rc<RefCell<NumFields>>);

/// The attributes of a `Num`.
pub struct NumFields {
    pub value: i64,
}

impl Num {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &Num) -> bool {
        self.is(other) || self.value() == other.value()
    }
}

impl From<NumFields> for Num {
    fn from(fields: NumFields) -> Num {
        Num(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Num {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Num {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Num")
    }
}

#[derive(Clone)]
pub struct Neg(Rc<RefCell<NegFields>>);

/// The attributes of a `Neg`.
pub struct NegFields {
    pub inner: AddOrNegOrNum,
}

impl Neg {
    pub fn inner(&self) -> AddOrNegOrNum {
        self.0.borrow().inner.clone()
    }

    pub fn set_inner(&self, value: AddOrNegOrNum) {
        let old = std::mem::replace(&mut self.0.borrow_mut().inner, value);
        drop(old);
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &Neg) -> Result<bool, Error> {
        let _depth = decline::enter();
        Ok(self.is(other) || self.inner().equals(&other.inner())?)
    }
}

impl From<NegFields> for Neg {
    fn from(fields: NegFields) -> Neg {
        Neg(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Neg {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Neg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Neg")
    }
}

#[derive(Clone)]
pub struct Add(Rc<RefCell<AddFields>>);

/// The attributes of a `Add`.
pub struct AddFields {
    pub left: AddOrNegOrNum,
    pub right: AddOrNegOrNum,
}

impl Add {
    pub fn left(&self) -> AddOrNegOrNum {
        self.0.borrow().left.clone()
    }

    pub fn set_left(&self, value: AddOrNegOrNum) {
        let old = std::mem::replace(&mut self.0.borrow_mut().left, value);
        drop(old);
    }

    pub fn right(&self) -> AddOrNegOrNum {
        self.0.borrow().right.clone()
    }

    pub fn set_right(&self, value: AddOrNegOrNum) {
        let old = std::mem::replace(&mut self.0.borrow_mut().right, value);
        drop(old);
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &Add) -> Result<bool, Error> {
        let _depth = decline::enter();
        Ok(self.is(other)
            || self.left().equals(&other.left())? && self.right().equals(&other.right())?)
    }
}

impl From<AddFields> for Add {
    fn from(fields: AddFields) -> Add {
        Add(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Add {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Add {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Add")
    }
}

/// An instance of `AddOrNegOrNum`, of whichever class.
#[derive(Clone, Debug)]
pub enum AddOrNegOrNum {
    Add(Add),
    Neg(Neg),
    Num(Num),
}

impl AddOrNegOrNum {
    /// Instances are equal when they are of one class, and equal there.
    pub fn equals(&self, other: &AddOrNegOrNum) -> Result<bool, Error> {
        let _depth = decline::enter();
        match self {
            AddOrNegOrNum::Add(this) => {
                if let AddOrNegOrNum::Add(other) = other {
                    return this.equals(other);
                }
                Ok(false)
            }
            AddOrNegOrNum::Neg(this) => {
                if let AddOrNegOrNum::Neg(other) = other {
                    return this.equals(other);
                }
                Ok(false)
            }
            AddOrNegOrNum::Num(this) => {
                if let AddOrNegOrNum::Num(other) = other {
                    return Ok(this.equals(other));
                }
                Ok(false)
            }
        }
    }
}

impl Identity for AddOrNegOrNum {
    fn address(&self) -> usize {
        match self {
            AddOrNegOrNum::Add(this) => this.address(),
            AddOrNegOrNum::Neg(this) => this.address(),
            AddOrNegOrNum::Num(this) => this.address(),
        }
    }
}

pub fn evaluate(expr: &AddOrNegOrNum) -> Result<i64, Error> {
    let _depth = decline::enter();
    if let AddOrNegOrNum::Num(expr) = expr {
        return Ok(expr.value());
    }
    if let AddOrNegOrNum::Neg(expr) = expr {
        return Ok(evaluate(&expr.inner())?.strict_neg());
    }
    let AddOrNegOrNum::Add(expr) = expr else {
        decline::decline("no `Add`")
    };
    Ok(evaluate(&expr.left())?.strict_add(evaluate(&expr.right())?))
}

pub fn depth(expr: &AddOrNegOrNum) -> Result<i64, Error> {
    let _depth = decline::enter();
    match expr {
        AddOrNegOrNum::Num(_) => Ok(0),
        AddOrNegOrNum::Neg(expr) => {
            let inner = expr.inner();
            Ok(1_i64.strict_add(depth(&inner)?))
        }
        AddOrNegOrNum::Add(expr) => {
            let left = expr.left();
            let right = expr.right();
            Ok(1_i64.strict_add(depth(&left)?.max(depth(&right)?)))
        }
    }
}

pub fn built(values: &[i64]) -> Result<(i64, i64, bool), Error> {
    let mut expr = AddOrNegOrNum::Num(Num::from(NumFields { value: 1 }));
    for (i, &value) in values.iter().enumerate() {
        let i = i as i64;
        expr = if value < 0 {
            AddOrNegOrNum::Neg(Neg::from(NegFields {
                inner: expr.clone(),
            }))
        } else {
            AddOrNegOrNum::Add(Add::from(AddFields {
                left: expr.clone(),
                right: AddOrNegOrNum::Num(Num::from(NumFields {
                    value: value.strict_mul(i),
                })),
            }))
        };
    }
    let other = AddOrNegOrNum::Neg(Neg::from(NegFields {
        inner: AddOrNegOrNum::Num(Num::from(NumFields { value: 1 })),
    }));
    Ok((evaluate(&expr)?, depth(&expr)?, expr.equals(&other)?))
}

#[derive(Clone)]
pub struct Shown(Rc<RefCell<ShownFields>>);

/// The attributes of a `Shown`.
pub struct ShownFields;

impl Shown {
    pub fn text(&self) -> String {
        "shown".to_string()
    }
}

impl From<ShownFields> for Shown {
    fn from(fields: ShownFields) -> Shown {
        Shown(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Shown {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Shown {
    fn eq(&self, other: &Shown) -> bool {
        self.is(other)
    }
}

/// An instance of `Shown`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnyShown {
    Counted(Counted),
    Shown(Shown),
}

impl AnyShown {
    pub fn text(&self) -> String {
        match self {
            AnyShown::Counted(this) => this.text(),
            AnyShown::Shown(this) => this.text(),
        }
    }
}

impl Identity for AnyShown {
    fn address(&self) -> usize {
        match self {
            AnyShown::Counted(this) => this.address(),
            AnyShown::Shown(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnyShown {
    fn eq(&self, other: &AnyShown) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Counted(Rc<RefCell<CountedFields>>);

/// The attributes of a `Counted`.
pub struct CountedFields {
    pub n: i64,
}

impl Counted {
    pub fn n(&self) -> i64 {
        self.0.borrow().n
    }

    pub fn set_n(&self, value: i64) {
        self.0.borrow_mut().n = value;
    }

    pub fn shown_text(&self) -> String {
        "shown".to_string()
    }

    pub fn new(n: i64) -> Counted {
        Counted::from(CountedFields { n })
    }

    pub fn text(&self) -> String {
        format!("{} {}", self.shown_text(), self.n())
    }

    pub fn length(&self) -> i64 {
        self.n()
    }
}

impl From<CountedFields> for Counted {
    fn from(fields: CountedFields) -> Counted {
        Counted(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Counted {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Counted")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Counted {
    fn eq(&self, other: &Counted) -> bool {
        self.is(other)
    }
}

pub fn texts(n: i64) -> Result<String, Error> {
    let items = vec![
        AnyShown::Shown(Shown::from(ShownFields)),
        AnyShown::Counted(Counted::new(n)),
    ];
    Ok(format!(
        "{} {}",
        text::join(" ", items.iter().map(|item| item.text())),
        seq::at(&items, 1)?.text()
    ))
}

/// What covers a floor.
#[derive(Clone, Debug)]
pub enum HasArea {
    Disc(Disc),
    Tile(Tile),
}

impl HasArea {
    pub fn measure(&self) -> String {
        match self {
            HasArea::Disc(this) => this.measure(),
            HasArea::Tile(this) => this.measure(),
        }
    }

    pub fn set_measure(&self, value: String) {
        match self {
            HasArea::Disc(this) => this.set_measure(value),
            HasArea::Tile(this) => this.set_measure(value),
        }
    }

    /// The name of the instance's class.
    pub fn class_name(&self) -> String {
        match self {
            HasArea::Disc(_) => "Disc".to_string(),
            HasArea::Tile(_) => "Tile".to_string(),
        }
    }

    pub fn area(&self) -> f64 {
        match self {
            HasArea::Disc(this) => this.area(),
            HasArea::Tile(this) => this.area(),
        }
    }

    pub fn grow(&self, by: f64) -> f64 {
        match self {
            HasArea::Disc(this) => this.grow(by),
            HasArea::Tile(this) => this.grow(by),
        }
    }
}

impl Identity for HasArea {
    fn address(&self) -> usize {
        match self {
            HasArea::Disc(this) => this.address(),
            HasArea::Tile(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for HasArea {
    fn eq(&self, other: &HasArea) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Tile(Rc<RefCell<TileFields>>);

/// The attributes of a `Tile`.
pub struct TileFields {
    pub side: f64,
    pub measure: String,
}

impl Tile {
    pub fn side(&self) -> f64 {
        self.0.borrow().side
    }

    pub fn set_side(&self, value: f64) {
        self.0.borrow_mut().side = value;
    }

    pub fn measure(&self) -> String {
        self.0.borrow().measure.clone()
    }

    pub fn set_measure(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().measure, value);
        drop(old);
    }

    pub const SIDES: i64 = 4;

    pub fn new(side: f64) -> Tile {
        Tile::from(TileFields {
            side,
            measure: "cm".to_string(),
        })
    }

    pub fn area(&self) -> f64 {
        self.side() * self.side()
    }

    pub fn grow(&self, by: f64) -> f64 {
        self.set_side(self.side() + by);
        self.side()
    }
}

impl From<TileFields> for Tile {
    fn from(fields: TileFields) -> Tile {
        Tile(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Tile {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Tile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tile")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Tile {
    fn eq(&self, other: &Tile) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Disc(Rc<RefCell<DiscFields>>);

/// The attributes of a `Disc`.
pub struct DiscFields {
    pub area: f64,
    pub measure: String,
}

impl Disc {
    pub fn area(&self) -> f64 {
        self.0.borrow().area
    }

    pub fn set_area(&self, value: f64) {
        self.0.borrow_mut().area = value;
    }

    pub fn measure(&self) -> String {
        self.0.borrow().measure.clone()
    }

    pub fn set_measure(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().measure, value);
        drop(old);
    }

    pub const SIDES: i64 = 0;

    pub fn new(area: f64) -> Disc {
        Disc::from(DiscFields {
            area,
            measure: "m".to_string(),
        })
    }

    pub fn grow(&self, by: f64) -> f64 {
        self.set_area(self.area() + by);
        self.area()
    }
}

impl From<DiscFields> for Disc {
    fn from(fields: DiscFields) -> Disc {
        Disc(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Disc {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Disc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disc")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Disc {
    fn eq(&self, other: &Disc) -> bool {
        self.is(other)
    }
}

pub fn cover(things: &[HasArea]) -> (f64, String) {
    for thing in things {
        thing.set_measure(format!("{}2", thing.measure()));
    }
    (
        float::sum(things.iter().map(|thing| thing.area())),
        things
            .iter()
            .map(|thing| thing.measure())
            .collect::<String>(),
    )
}

pub fn floor(side: f64) -> (f64, String, f64, Vec<String>) {
    let tile = Tile::new(side);
    let things = vec![
        HasArea::Tile(tile.clone()),
        HasArea::Disc(Disc::new(side)),
        HasArea::Tile(tile.clone()),
    ];
    let grown = Value::Float(float::sum(things.iter().map(|thing| thing.grow(0.5))));
    let (area, units) = cover(&things);
    (
        area,
        units,
        value::exact_float(&grown),
        things
            .iter()
            .map(|thing| thing.class_name())
            .collect::<Vec<String>>(),
    )
}

#[derive(Clone)]
pub struct Vehicle(Rc<RefCell<VehicleFields>>);

/// The attributes of a `Vehicle`.
pub struct VehicleFields {
    pub name: String,
}

impl Vehicle {
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    pub fn set_name(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().name, value);
        drop(old);
    }

    pub const WHEELS: i64 = 4;

    pub fn new(name: &str) -> Vehicle {
        Vehicle::from(VehicleFields {
            name: name.to_string(),
        })
    }

    pub fn repr(&self) -> String {
        format!("<Vehicle {}>", self.name())
    }
}

impl From<VehicleFields> for Vehicle {
    fn from(fields: VehicleFields) -> Vehicle {
        Vehicle(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Vehicle {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Vehicle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vehicle")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Vehicle {
    fn eq(&self, other: &Vehicle) -> bool {
        self.is(other)
    }
}

/// An instance of `Vehicle`, of whichever class.
#[derive(Clone, Debug)]
pub enum AnyVehicle {
    Bike(Bike),
    Vehicle(Vehicle),
}

impl AnyVehicle {
    pub fn name(&self) -> String {
        match self {
            AnyVehicle::Bike(this) => this.name(),
            AnyVehicle::Vehicle(this) => this.name(),
        }
    }

    pub fn set_name(&self, value: String) {
        match self {
            AnyVehicle::Bike(this) => this.set_name(value),
            AnyVehicle::Vehicle(this) => this.set_name(value),
        }
    }

    pub fn wheels(&self) -> i64 {
        match self {
            AnyVehicle::Bike(_) => Bike::WHEELS,
            AnyVehicle::Vehicle(_) => Vehicle::WHEELS,
        }
    }

    pub fn repr(&self) -> String {
        match self {
            AnyVehicle::Bike(this) => this.repr(),
            AnyVehicle::Vehicle(this) => this.repr(),
        }
    }
}

impl Identity for AnyVehicle {
    fn address(&self) -> usize {
        match self {
            AnyVehicle::Bike(this) => this.address(),
            AnyVehicle::Vehicle(this) => this.address(),
        }
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for AnyVehicle {
    fn eq(&self, other: &AnyVehicle) -> bool {
        self.is(other)
    }
}

#[derive(Clone)]
pub struct Bike(Rc<RefCell<BikeFields>>);

/// The attributes of a `Bike`.
pub struct BikeFields {
    pub name: String,
}

impl Bike {
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    pub fn set_name(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().name, value);
        drop(old);
    }

    pub const WHEELS: i64 = 2;

    pub fn new(name: &str) -> Bike {
        Bike::from(BikeFields {
            name: name.to_string(),
        })
    }

    pub fn repr(&self) -> String {
        format!("<Bike {}>", self.name())
    }
}

impl From<BikeFields> for Bike {
    fn from(fields: BikeFields) -> Bike {
        Bike(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Bike {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Bike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Bike")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Bike {
    fn eq(&self, other: &Bike) -> bool {
        self.is(other)
    }
}

pub fn parked(names: &[String]) -> (i64, String, i64) {
    let park = names
        .iter()
        .map(|name| {
            if name.chars().count() > 3 {
                AnyVehicle::Bike(Bike::new(name))
            } else {
                AnyVehicle::Vehicle(Vehicle::new(name))
            }
        })
        .collect::<Vec<AnyVehicle>>();
    let exact = int::sum(
        park.iter()
            .map(|one| i64::from(matches!(one, AnyVehicle::Vehicle(_)))),
    );
    (
        int::sum(park.iter().map(|one| one.wheels())),
        park.iter().map(|one| one.repr()).collect::<String>(),
        exact,
    )
}
