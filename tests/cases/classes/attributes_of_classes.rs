//! Attributes that classes have, that come later, what instances are ordered and found by, iterators.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::extremes;
use crate::runtime::range;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use std::cell::RefCell;
use std::hash::Hash;
use std::hash::Hasher;
use std::rc::Rc;
use std::sync::LazyLock;

pub static LIMITS_NAMES: &[&str] = &["a", "b"];

pub static LIMITS_SIZES: &[i64] = &[1, 2, 3];

pub static LIMITS_TABLE: LazyLock<dict::Dict<&str, i64>> =
    LazyLock::new(|| dict::from_pairs([("a", 1), ("b", 2)]));

pub const LIMITS_WHOLE: i64 = 16;

#[derive(Debug, Clone)]
pub struct Limits {
    pub n: i64,
}

impl Limits {
    pub fn new(n: i64) -> Limits {
        Limits { n }
    }

    pub fn has(&self, name: &str) -> bool {
        LIMITS_NAMES.contains(&name)
    }

    pub fn look(&self, name: &str) -> Result<i64, Error> {
        Ok(LIMITS_TABLE
            .get(name)
            .copied()
            .unwrap_or(0)
            .strict_add(self.n)
            .strict_add(LIMITS_WHOLE)
            .strict_add(*seq::at(LIMITS_SIZES, -1)?)
            .strict_add(LIMITS_NAMES.len() as i64))
    }
}

pub fn limited(name: &str) -> Result<i64, Error> {
    let limits = Limits::new(3);
    Ok(if limits.has(name) {
        limits.look(name)?
    } else {
        *seq::at(LIMITS_SIZES, 0)?
    })
}

#[derive(Debug, Clone)]
pub struct Counts {
    pub total: i64,
    pub name: String,
}

impl Counts {
    pub fn new(start: i64) -> Counts {
        let mut total: i64 = 0;
        let name = "none";
        if start > 0 {
            total = start;
        }
        Counts {
            total,
            name: name.to_string(),
        }
    }

    pub fn more(&mut self) -> i64 {
        self.total = self.total.strict_add(1);
        self.total
    }

    pub fn rename(&mut self, name: &str) {
        self.name = name.to_string();
    }
}

pub fn counts(start: i64) -> String {
    let (mut one, other) = (Counts::new(start), Counts::new(0));
    let _ = one.more();
    one.rename("one");
    format!("{} {} {} {}", one.total, other.total, one.name, other.name)
}

#[derive(Debug, Clone)]
pub struct PathSum {
    pub paths: i64,
    pub target: Option<i64>,
}

impl PathSum {
    pub fn new() -> PathSum {
        PathSum {
            target: None,
            paths: 0,
        }
    }

    pub fn count(&mut self, xs: &[i64], target: i64) -> i64 {
        self.target = Some(target);
        for &x in xs {
            self.step(x);
        }
        self.target = Some(self.target.unwrap().strict_add(1));
        self.paths.strict_add(self.target.unwrap())
    }

    pub fn step(&mut self, x: i64) {
        if x == self.target.unwrap() {
            self.paths = self.paths.strict_add(1);
        }
    }
}

impl Default for PathSum {
    fn default() -> PathSum {
        PathSum::new()
    }
}

pub fn path_sum(xs: &[i64], target: i64) -> i64 {
    PathSum::new().count(xs, target)
}

pub fn too_early(x: i64) -> i64 {
    let mut early = PathSum::new();
    if x > 100 {
        early.target = Some(x);
    }
    early.step(x);
    early.paths
}

#[derive(Clone)]
pub struct Element(Rc<RefCell<ElementFields>>);

/// The attributes of a `Element`.
pub struct ElementFields {
    pub data: i64,
    pub rank: Option<i64>,
    pub parent: Option<Element>,
}

impl Element {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn set_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn rank(&self) -> Option<i64> {
        self.0.borrow().rank
    }

    pub fn set_rank(&self, value: Option<i64>) {
        self.0.borrow_mut().rank = value;
    }

    pub fn parent(&self) -> Option<Element> {
        self.0.borrow().parent.clone()
    }

    pub fn set_parent(&self, value: Option<Element>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().parent, value);
        drop(old);
    }

    pub fn new(data: i64) -> Element {
        Element::from(ElementFields {
            rank: None,
            parent: None,
            data,
        })
    }
}

impl From<ElementFields> for Element {
    fn from(fields: ElementFields) -> Element {
        Element(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Element {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Element {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Element")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Element {
    fn eq(&self, other: &Element) -> bool {
        self.is(other)
    }
}

impl Drop for ElementFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Element> = [self.parent.take()].into_iter().flatten().collect();
        while let Some(Element(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.parent.take());
            }
        }
    }
}

pub fn make_set(x: &Element) {
    x.set_rank(Some(0));
    x.set_parent(Some(x.clone()));
}

pub fn find_set(x: &Element) -> Result<Element, Error> {
    let _depth = decline::enter();
    if !x.is(&x.parent().unwrap()) {
        x.set_parent(Some(find_set(&x.parent().unwrap())?));
    }
    Ok(x.parent().unwrap())
}

pub fn union_set(x: &Element, y: &Element) -> Result<(), Error> {
    let (x, y) = (find_set(x)?, find_set(y)?);
    if x.is(&y) {
        return Ok(());
    }
    if x.rank().unwrap() > y.rank().unwrap() {
        y.set_parent(Some(x));
    } else {
        x.set_parent(Some(y.clone()));
        if x.rank().unwrap() == y.rank().unwrap() {
            y.set_rank(Some(y.rank().unwrap().strict_add(1)));
        }
    }
    Ok(())
}

pub fn joined(n: i64) -> Result<Vec<i64>, Error> {
    let elements = (0..n.rem_euclid(7))
        .map(|i| Element::new(i))
        .collect::<Vec<Element>>();
    for one in &elements {
        make_set(one);
    }
    for at in range::range_by(2, elements.len() as i64, 2) {
        union_set(seq::at(&elements, at)?, seq::at(&elements, at - 2)?)?;
    }
    if elements.len() > 2 {
        union_set(seq::at(&elements, 0)?, seq::at(&elements, 2)?)?;
        union_set(seq::at(&elements, 0)?, seq::at(&elements, 1)?)?;
    }
    elements
        .iter()
        .map(|one| -> Result<i64, Error> { Ok(find_set(one)?.data()) })
        .collect::<Result<Vec<i64>, Error>>()
}

#[derive(Clone)]
pub struct Stop(Rc<RefCell<StopFields>>);

/// The attributes of a `Stop`.
pub struct StopFields {
    pub name: i64,
    pub next: Option<Stop>,
}

impl Stop {
    pub fn name(&self) -> i64 {
        self.0.borrow().name
    }

    pub fn set_name(&self, value: i64) {
        self.0.borrow_mut().name = value;
    }

    pub fn next(&self) -> Option<Stop> {
        self.0.borrow().next.clone()
    }

    pub fn set_next(&self, value: Option<Stop>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    pub fn new(name: i64) -> Stop {
        Stop::from(StopFields { name, next: None })
    }

    #[allow(clippy::mutable_key_type)]
    pub fn loops(&self) -> bool {
        let mut seen: Set<Stop> = set::Set::default();
        let mut at = Some(self.clone());
        while at.is_some() {
            if seen.contains(at.as_ref().unwrap()) {
                return true;
            }
            seen.insert(at.as_ref().unwrap().clone());
            at = at.as_ref().unwrap().next();
        }
        false
    }
}

impl From<StopFields> for Stop {
    fn from(fields: StopFields) -> Stop {
        Stop(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Stop {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stop")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Stop {
    fn eq(&self, other: &Stop) -> bool {
        self.is(other)
    }
}

impl Eq for Stop {}

impl Hash for Stop {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl Drop for StopFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Stop> = [self.next.take()].into_iter().flatten().collect();
        while let Some(Stop(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.next.take());
            }
        }
    }
}

pub fn ring(n: i64, back: i64) -> Result<bool, Error> {
    let stops = (0..n.strict_abs() % 6 + 1)
        .map(|_| Stop::new(0))
        .collect::<Vec<Stop>>();
    for at in 0..stops.len() as i64 - 1 {
        let value = Some(stops[(at + 1) as usize].clone());
        stops[at as usize].set_next(value);
    }
    if 0 <= back && back < stops.len() as i64 {
        let value = Some(seq::at(&stops, back)?.clone());
        seq::at(&stops, -1)?.set_next(value);
    }
    Ok(seq::at(&stops, 0)?.loops())
}

#[allow(clippy::mutable_key_type)]
pub fn visits(n: i64) -> Vec<i64> {
    let (a, b) = (Stop::new(n), Stop::new(n));
    let mut times = dict::from_pairs([(a.clone(), 1_i64)]);
    for one in [a.clone(), b.clone(), a.clone()] {
        let value = times.get(&one).copied().unwrap_or(0).strict_add(1);
        times.insert(one.clone(), value);
    }
    times.values().copied().collect::<Vec<i64>>()
}

#[derive(Debug, Clone)]
pub struct Job {
    pub cost: i64,
    pub name: String,
}

impl Job {
    pub fn new(cost: i64, name: &str) -> Job {
        Job {
            cost,
            name: name.to_string(),
        }
    }

    pub fn lt(&self, other: &Job) -> bool {
        self.cost < other.cost
    }
}

pub fn jobs(costs: &[i64]) -> Result<Vec<String>, Error> {
    let mut found = costs
        .iter()
        .enumerate()
        .map(|(at, &cost)| {
            let at = at as i64;
            Job::new(cost, &format!("{at}:{cost}"))
        })
        .collect::<Vec<Job>>();
    let mut names = ({
        let mut sorted: Vec<Job> = found.to_vec();
        sorted.sort_by_key(|one_2| one_2.cost);
        sorted
    })
    .into_iter()
    .map(|one| one.name.clone())
    .collect::<Vec<String>>();
    {
        found.reverse();
        found.sort_by_key(|one_3| one_3.cost);
        found.reverse();
    }
    names.extend(
        found
            .iter()
            .map(|one| one.name.clone())
            .collect::<Vec<String>>(),
    );
    Ok(seq::concat(
        &names,
        &[
            extremes::min_by_key(found.iter().cloned(), |one_4| one_4.cost)?.name,
            extremes::max_by_key(found.iter().cloned(), |one_5| one_5.cost)?.name,
        ],
    ))
}

#[derive(Clone)]
pub struct Branch(Rc<RefCell<BranchFields>>);

/// The attributes of a `Branch`.
pub struct BranchFields {
    pub n: i64,
    pub up: Option<Branch>,
}

impl Branch {
    pub fn n(&self) -> i64 {
        self.0.borrow().n
    }

    pub fn set_n(&self, value: i64) {
        self.0.borrow_mut().n = value;
    }

    pub fn up(&self) -> Option<Branch> {
        self.0.borrow().up.clone()
    }

    pub fn set_up(&self, value: Option<Branch>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().up, value);
        drop(old);
    }

    pub fn new(n: i64, up: Option<&Branch>) -> Branch {
        Branch::from(BranchFields { n, up: up.cloned() })
    }

    pub fn is_true(&self) -> bool {
        self.n() != 0
    }

    pub fn root(&self) -> Branch {
        match self.up() {
            Some(up) => {
                if up.is_true() {
                    up.clone()
                } else {
                    self.clone()
                }
            }
            None => self.clone(),
        }
    }
}

impl From<BranchFields> for Branch {
    fn from(fields: BranchFields) -> Branch {
        Branch(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Branch {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Branch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Branch")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Branch {
    fn eq(&self, other: &Branch) -> bool {
        self.is(other)
    }
}

impl Drop for BranchFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Branch> = [self.up.take()].into_iter().flatten().collect();
        while let Some(Branch(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.up.take());
            }
        }
    }
}

pub fn rooted(n: i64, up: i64) -> i64 {
    Branch::new(n, Some(&Branch::new(up, None))).root().n()
}

#[derive(Clone)]
pub struct Countdown(Rc<RefCell<CountdownFields>>);

/// The attributes of a `Countdown`.
pub struct CountdownFields {
    pub now: i64,
}

impl Countdown {
    pub fn now(&self) -> i64 {
        self.0.borrow().now
    }

    pub fn set_now(&self, value: i64) {
        self.0.borrow_mut().now = value;
    }

    pub fn new(start: i64) -> Countdown {
        Countdown::from(CountdownFields { now: start })
    }

    pub fn iter(&self) -> Countdown {
        self.clone()
    }

    pub fn next_item(&self) -> Result<i64, Error> {
        if self.now() <= 0 {
            return Err(Error::StopIteration(String::new()));
        }
        self.set_now(self.now().strict_sub(1));
        Ok(self.now())
    }
}

impl From<CountdownFields> for Countdown {
    fn from(fields: CountdownFields) -> Countdown {
        Countdown(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Countdown {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Countdown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Countdown")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Countdown {
    fn eq(&self, other: &Countdown) -> bool {
        self.is(other)
    }
}

pub fn count_down(n: i64, skip: i64) -> Result<Vec<i64>, Error> {
    let mut seen: Vec<i64> = Vec::new();
    let numbers = Countdown::new(n.rem_euclid(20));
    loop {
        let x = match numbers.next_item() {
            Ok(value) => value,
            Err(error) if error.is_stop_iteration() => break,
            Err(error) => return Err(error),
        };
        if x == skip {
            continue;
        }
        if x < 2 {
            break;
        }
        seen.push(x);
    }
    loop {
        let x = match numbers.next_item() {
            Ok(value) => value,
            Err(error) if error.is_stop_iteration() => break,
            Err(error) => return Err(error),
        };
        seen.push(x.strict_add(100));
    }
    let items = Countdown::new(3);
    loop {
        let x = match items.next_item() {
            Ok(value) => value,
            Err(error) if error.is_stop_iteration() => break,
            Err(error) => return Err(error),
        };
        seen.push(x);
    }
    Ok(seen)
}

pub fn first_two(n: i64) -> Result<i64, Error> {
    let numbers = Countdown::new(n);
    let first = numbers.next_item()?;
    match (|| -> Result<i64, Error> { Ok(first.strict_mul(1000).strict_add(numbers.next_item()?)) })(
    ) {
        Ok(value) => Ok(value),
        Err(error) if error.is_stop_iteration() => Ok(first),
        Err(error) => Err(error),
    }
}

#[derive(Debug, Clone)]
pub struct Letters {
    pub text: String,
}

impl Letters {
    pub fn new(text: &str) -> Letters {
        Letters {
            text: text.to_string(),
        }
    }

    pub fn iter(&self) -> LettersIterator {
        LettersIterator::new(&self.text)
    }
}

#[derive(Clone)]
pub struct LettersIterator(Rc<RefCell<LettersIteratorFields>>);

/// The attributes of a `LettersIterator`.
pub struct LettersIteratorFields {
    pub text: String,
    pub at: i64,
}

impl LettersIterator {
    pub fn text(&self) -> String {
        self.0.borrow().text.clone()
    }

    pub fn set_text(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().text, value);
        drop(old);
    }

    pub fn at(&self) -> i64 {
        self.0.borrow().at
    }

    pub fn set_at(&self, value: i64) {
        self.0.borrow_mut().at = value;
    }

    pub fn new(text: &str) -> LettersIterator {
        LettersIterator::from(LettersIteratorFields {
            text: text.to_string(),
            at: 0,
        })
    }

    pub fn iter(&self) -> LettersIterator {
        self.clone()
    }

    pub fn next_item(&self) -> Result<String, Error> {
        if self.at() >= self.text().chars().count() as i64 {
            return Err(Error::StopIteration(String::new()));
        }
        self.set_at(self.at().strict_add(1));
        Ok(text::char_at(&self.text(), self.at().strict_sub(1))?.to_string())
    }
}

impl From<LettersIteratorFields> for LettersIterator {
    fn from(fields: LettersIteratorFields) -> LettersIterator {
        LettersIterator(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for LettersIterator {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for LettersIterator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LettersIterator")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for LettersIterator {
    fn eq(&self, other: &LettersIterator) -> bool {
        self.is(other)
    }
}

pub fn letters(text: &str) -> Result<String, Error> {
    let mut found = String::new();
    let items = Letters::new(text).iter();
    loop {
        let one = match items.next_item() {
            Ok(value) => value,
            Err(error) if error.is_stop_iteration() => break,
            Err(error) => return Err(error),
        };
        let items_2 = Letters::new(text).iter();
        loop {
            let other = match items_2.next_item() {
                Ok(value_2) => value_2,
                Err(error) if error.is_stop_iteration() => break,
                Err(error) => return Err(error),
            };
            found.push_str(&format!("{one}{other}"));
        }
    }
    Ok(found)
}
