//! What stands in class bodies: setters, second names of methods, classes in classes, generated methods.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Debug, Clone)]
pub struct Temperature {
    pub _celsius: f64,
}

impl Temperature {
    pub fn new(celsius: f64) -> Temperature {
        Temperature { _celsius: celsius }
    }

    pub fn celsius(&self) -> f64 {
        self._celsius
    }

    pub fn set_celsius(&mut self, value: f64) -> Result<(), Error> {
        if value < -273.15 {
            return Err(Error::ValueError("too cold".to_string()));
        }
        self._celsius = value;
        Ok(())
    }

    pub fn fahrenheit(&self) -> f64 {
        self._celsius * 1.8 + 32.0
    }
}

pub fn warmed(start: f64, by: f64) -> Result<f64, Error> {
    let mut place = Temperature::new(start);
    place.set_celsius(by)?;
    place.set_celsius(place.celsius() + 1.5)?;
    Ok(place.fahrenheit())
}

/// A name that Rust has for something else.
#[derive(Debug, Clone)]
pub struct BodiesVec {
    pub x: i64,
    pub y: i64,
}

impl BodiesVec {
    pub fn new(x: i64, y: i64) -> BodiesVec {
        BodiesVec { x, y }
    }

    pub fn add(&self, other: &BodiesVec) -> BodiesVec {
        BodiesVec::new(self.x.strict_add(other.x), self.y.strict_add(other.y))
    }

    pub fn mul(&self, factor: i64) -> BodiesVec {
        BodiesVec::new(self.x.strict_mul(factor), self.y.strict_mul(factor))
    }

    pub fn iadd(&mut self, other: &BodiesVec) {
        self.x = self.x.strict_add(other.x);
        self.y = self.y.strict_add(other.y);
    }

    pub fn call(&self, factor: i64) -> i64 {
        self.x.strict_mul(factor).strict_add(self.y)
    }
}

pub fn scaled(k: i64) -> i64 {
    let v = BodiesVec::new(k, 2).mul(3);
    v.call(k)
}

pub fn added(a: i64, b: i64) -> i64 {
    let mut v = BodiesVec::new(a, b);
    v.iadd(&BodiesVec::new(b, a));
    v.x.strict_sub(v.y)
}

#[derive(Debug, Clone)]
pub struct Outer {
    pub inner: OuterInner,
}

impl Outer {
    pub fn new(n: i64) -> Outer {
        Outer {
            inner: OuterInner::new(n),
        }
    }

    pub fn another(&self, n: i64) -> i64 {
        let made = OuterInner::new(n);
        made.doubled().strict_add(self.inner.doubled())
    }
}

#[derive(Debug, Clone)]
pub struct OuterInner {
    pub value: i64,
}

impl OuterInner {
    pub fn new(value: i64) -> OuterInner {
        OuterInner { value }
    }

    pub fn doubled(&self) -> i64 {
        self.value.strict_mul(2)
    }
}

pub fn nested(n: i64) -> i64 {
    Outer::new(n).another(n.strict_add(1))
}

#[derive(Debug, Clone)]
pub struct Tools;

impl Tools {
    pub fn double(n: i64) -> i64 {
        n.strict_mul(2)
    }

    pub fn quad(n: i64) -> i64 {
        Tools::double(Tools::double(n))
    }

    pub fn triple(&self, n: i64) -> i64 {
        n.strict_mul(3)
    }
}

pub fn tooled(n: i64) -> i64 {
    Tools::quad(n).strict_add(Tools.triple(n))
}

#[derive(Debug, Clone)]
pub struct Rank {
    pub n: i64,
}

impl Rank {
    pub fn new(n: i64) -> Rank {
        Rank { n }
    }

    pub fn equals(&self, other: &Rank) -> bool {
        self.n == other.n
    }

    pub fn lt(&self, other: &Rank) -> bool {
        self.n < other.n
    }
}

pub fn ranks(a: i64, b: i64) -> Vec<bool> {
    let (x, y) = (Rank::new(a), Rank::new(b));
    vec![
        x.lt(&y),
        x.lt(&y) || x.equals(&y),
        !x.lt(&y) && !x.equals(&y),
        !x.lt(&y),
        x.equals(&y),
        !x.equals(&y),
    ]
}

pub fn maybe_same(a: i64, b: i64) -> Vec<bool> {
    let x = if a > 0 { Some(Rank::new(a)) } else { None };
    let y = if b > 0 { Some(Rank::new(b)) } else { None };
    let z = Rank::new(a);
    vec![
        match &x {
            Some(x_2) => y.as_ref().is_some_and(|y_2| x_2.equals(y_2)),
            None => y.is_none(),
        },
        match &x {
            Some(x_3) => match &y {
                Some(y_3) => !x_3.equals(y_3),
                None => true,
            },
            None => y.is_some(),
        },
        x.as_ref().is_some_and(|x_4| x_4.equals(&z)),
        y.as_ref().is_some_and(|y_4| z.equals(y_4)),
    ]
}

#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub price: i64,
    pub count: i64,
    pub notes: Vec<String>,
    pub total: i64,
}

impl Order {
    pub fn new(price: i64, count: i64) -> Result<Order, Error> {
        let notes: Vec<String> = Vec::new();
        if count < 0 {
            return Err(Error::ValueError(format!("{count} of them")));
        }
        Ok(Order {
            price,
            count,
            notes,
            total: price.strict_mul(count),
        })
    }

    pub fn iter(&self) -> Generator<'_, i64> {
        Generator::new(async move |yields| {
            yields.give(self.price).await;
            yields.give(self.count).await;
        })
    }
}

pub fn ordered(price: i64, count: i64) -> Result<i64, Error> {
    let mut order = Order::new(price, count)?;
    order.notes.push("new".to_string());
    Ok(order
        .total
        .strict_add(int::sum(order.iter()))
        .strict_add(order.notes.len() as i64)
        .strict_add(Order::new(price, 2)?.total))
}

#[derive(Clone)]
pub struct Link(Rc<RefCell<LinkFields>>);

/// The attributes of a `Link`.
pub struct LinkFields {
    pub value: i64,
    pub next: Option<Link>,
}

impl Link {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn next(&self) -> Option<Link> {
        self.0.borrow().next.clone()
    }

    pub fn set_next(&self, value: Option<Link>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    /// Instances are equal when their fields are.
    pub fn equals(&self, other: &Link) -> Result<bool, Error> {
        let _depth = decline::enter();
        Ok(self.is(other)
            || self.value() == other.value()
                && match self.next() {
                    Some(next) => match other.next() {
                        Some(next_2) => next.equals(&next_2)?,
                        None => false,
                    },
                    None => other.next().is_none(),
                })
    }
}

impl From<LinkFields> for Link {
    fn from(fields: LinkFields) -> Link {
        Link(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Link {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link")
    }
}

impl Drop for LinkFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Link> = [self.next.take()].into_iter().flatten().collect();
        while let Some(Link(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.next.take());
            }
        }
    }
}

pub fn same_links(a: &[i64], b: &[i64]) -> Result<bool, Error> {
    let mut first: Option<Link> = None;
    for &x in a {
        first = Some(Link::from(LinkFields {
            value: x,
            next: first.clone(),
        }));
    }
    let mut second: Option<Link> = None;
    for &x in b {
        second = Some(Link::from(LinkFields {
            value: x,
            next: second.clone(),
        }));
    }
    Ok(match &first {
        Some(first_2) => match &second {
            Some(second_2) => first_2.equals(second_2)?,
            None => false,
        },
        None => second.is_none(),
    })
}

#[derive(Debug, Clone)]
pub struct Grid {
    pub cells: Dict<i64, i64>,
}

impl Grid {
    pub fn new() -> Grid {
        Grid {
            cells: dict::Dict::default(),
        }
    }

    pub fn get_item(&self, i: i64) -> Result<i64, Error> {
        Ok(*dict::get_item(&self.cells, &i)?)
    }

    pub fn set_item(&mut self, i: i64, v: i64) {
        self.cells.insert(i, v);
    }

    pub fn del_item(&mut self, i: i64) -> Result<(), Error> {
        dict::delete(&mut self.cells, &i)?;
        Ok(())
    }

    pub fn contains(&self, i: i64) -> bool {
        self.cells.contains_key(&i)
    }
}

impl Default for Grid {
    fn default() -> Grid {
        Grid::new()
    }
}

pub fn gridded(n: i64, m: i64) -> Result<bool, Error> {
    let mut grid = Grid::new();
    grid.set_item(n, 1);
    grid.set_item(n, grid.get_item(n)?.strict_add(4));
    grid.del_item(m)?;
    Ok(grid.contains(n))
}

#[derive(Debug, Clone)]
pub struct Shown {
    pub n: i64,
}

impl Shown {
    pub fn new(n: i64) -> Shown {
        Shown { n }
    }

    pub fn format(&self, spec: &str) -> String {
        format!("{spec}/{}", self.n)
    }

    pub fn repr(&self) -> String {
        format!("Shown({})", repr::repr(&self.n))
    }
}

pub fn shown(n: i64) -> String {
    let one = if n > 2 { Some(Shown::new(n)) } else { None };
    format!(
        "{} {} {} {} [{}]",
        Shown::new(n).format(">5"),
        match &one {
            Some(one_2) => one_2.repr(),
            None => "None".to_string(),
        },
        match &one {
            Some(one_3) => one_3.repr(),
            None => "None".to_string(),
        },
        match &one {
            Some(one_4) => one_4.repr(),
            None => "None".to_string(),
        },
        text::join(
            ", ",
            [Shown::new(n), Shown::new(1)]
                .into_iter()
                .map(|one_5| one_5.repr())
        )
    )
}

#[derive(Clone)]
pub struct Chain(Rc<RefCell<ChainFields>>);

/// The attributes of a `Chain`.
pub struct ChainFields {
    pub n: i64,
    pub up: Option<Chain>,
}

impl Chain {
    pub fn n(&self) -> i64 {
        self.0.borrow().n
    }

    pub fn set_n(&self, value: i64) {
        self.0.borrow_mut().n = value;
    }

    pub fn up(&self) -> Option<Chain> {
        self.0.borrow().up.clone()
    }

    pub fn set_up(&self, value: Option<Chain>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().up, value);
        drop(old);
    }

    pub fn new(n: i64, up: Option<&Chain>) -> Chain {
        Chain::from(ChainFields { n, up: up.cloned() })
    }

    pub fn length(&self) -> i64 {
        self.n()
    }

    pub fn above(&self) -> Option<Chain> {
        self.up()
    }

    pub fn top(&self) -> Result<i64, Error> {
        if (match self.above() {
            Some(found) => seq::length(found.length())? != 0,
            None => false,
        }) && match self.above().unwrap().above() {
            Some(found_2) => seq::length(found_2.length())? != 0,
            None => false,
        } {
            return Ok(2);
        }
        Ok(
            if match self.above() {
                Some(found_3) => seq::length(found_3.length())? != 0,
                None => false,
            } {
                1
            } else {
                0
            },
        )
    }
}

impl From<ChainFields> for Chain {
    fn from(fields: ChainFields) -> Chain {
        Chain(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Chain {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Chain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chain")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Chain {
    fn eq(&self, other: &Chain) -> bool {
        self.is(other)
    }
}

impl Drop for ChainFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Chain> = [self.up.take()].into_iter().flatten().collect();
        while let Some(Chain(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.up.take());
            }
        }
    }
}

pub fn tops(a: i64, b: i64, c: i64) -> Result<i64, Error> {
    Chain::new(
        a,
        Some(&Chain::new(
            b,
            (if c >= 0 {
                Some(Chain::new(c, None))
            } else {
                None
            })
            .as_ref(),
        )),
    )
    .top()
}

#[derive(Debug, Clone)]
pub struct Slots {
    pub a: i64,
}

impl Slots {
    pub fn new(a: i64) -> Slots {
        Slots { a }
    }

    pub fn fixed(&self) -> i64 {
        self.a
    }
}

#[derive(Debug, Clone)]
pub struct Asks {
    pub n: i64,
}

impl Asks {
    pub fn new(n: i64) -> Asks {
        Asks { n }
    }

    pub fn equals(&self, other: &Asks) -> bool {
        self.n == other.n
    }
}
