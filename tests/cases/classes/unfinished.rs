//! `__init__` that calls methods before all attributes are bound, and instances that are keys by their identity.

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::repr::Repr;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::hash::Hash;
use std::hash::Hasher;
use std::rc::Rc;

/// Sums of ranges.
#[derive(Debug, Clone)]
pub struct Sums {
    pub values: Vec<i64>,
    pub size: i64,
    pub sums: Vec<i64>,
    pub top: i64,
    pub label: String,
}

impl Sums {
    pub fn new(values: &[i64]) -> Result<Sums, Error> {
        let mut self_ = Sums {
            sums: Vec::new(),
            top: 0,
            label: String::new(),
            values: values.to_vec(),
            size: values.len() as i64,
        };
        self_.sums = self_._build();
        self_.top = self_._largest()?;
        if self_.size > 3 {
            self_.label = self_._named("long");
        } else {
            self_.label = "short".to_string();
        }
        Ok(self_)
    }

    pub fn _build(&self) -> Vec<i64> {
        let mut found = vec![0_i64];
        let mut total: i64 = 0;
        for &value in &self.values {
            total = total.strict_add(value);
            found.push(total);
        }
        found
    }

    pub fn _largest(&self) -> Result<i64, Error> {
        extremes::max(self.sums.iter().cloned())
    }

    pub fn _named(&self, kind: &str) -> String {
        format!("{kind} {}", self.top)
    }

    pub fn between(&self, a: i64, b: i64) -> Result<i64, Error> {
        Ok((*seq::at(&self.sums, b)?).strict_sub(*seq::at(&self.sums, a)?))
    }
}

/// Looks at what is bound later: Python raises.
#[derive(Debug, Clone)]
pub struct Early {
    pub n: i64,
    pub total: i64,
    pub items: Vec<i64>,
}

impl Early {
    pub fn twice(&self) -> i64 {
        (2 * self.items.len() as i64).strict_mul(self.n)
    }
}

/// Looks at it through another method.
#[derive(Debug, Clone)]
pub struct Deep {
    pub first: i64,
    pub second: i64,
}

impl Deep {
    pub fn outer(&self) -> i64 {
        self.inner().strict_add(1)
    }

    pub fn inner(&self) -> i64 {
        self.second
    }
}

/// Binds an attribute on one way only.
#[derive(Debug, Clone)]
pub struct Perhaps {
    pub n: i64,
    pub shown: String,
    pub label: Option<String>,
}

impl Perhaps {
    pub fn new(n: i64) -> Perhaps {
        let mut self_ = Perhaps {
            shown: String::new(),
            label: None,
            n,
        };
        self_.shown = self_.show();
        if n > 0 {
            self_.label = Some("positive".to_string());
        }
        self_
    }

    pub fn show(&self) -> String {
        self.n.to_string()
    }
}

#[derive(Clone)]
pub struct Task(Rc<RefCell<TaskFields>>);

/// The attributes of a `Task`.
pub struct TaskFields {
    pub name: String,
    pub cost: i64,
}

impl Task {
    pub fn name(&self) -> String {
        self.0.borrow().name.clone()
    }

    pub fn set_name(&self, value: String) {
        let old = std::mem::replace(&mut self.0.borrow_mut().name, value);
        drop(old);
    }

    pub fn cost(&self) -> i64 {
        self.0.borrow().cost
    }

    pub fn set_cost(&self, value: i64) {
        self.0.borrow_mut().cost = value;
    }

    pub fn new(name: &str, cost: i64) -> Task {
        Task::from(TaskFields {
            name: name.to_string(),
            cost,
        })
    }

    pub fn lt(&self, other: &Task) -> bool {
        self.cost() < other.cost()
    }
}

impl From<TaskFields> for Task {
    fn from(fields: TaskFields) -> Task {
        Task(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Task {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Task")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Task {
    fn eq(&self, other: &Task) -> bool {
        self.is(other)
    }
}

impl Eq for Task {}

impl Hash for Task {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.address().hash(state);
    }
}

impl Repr for Task {
    /// A key that is missing would be shown with where it is in memory.
    fn repr(&self, _out: &mut String) {
        decline("the text of an instance")
    }
}

pub fn sums(values: &[i64], a: i64, b: i64) -> Result<(i64, i64, String), Error> {
    let made = Sums::new(values)?;
    Ok((made.between(a, b)?, made.top, made.label.clone()))
}

pub fn perhaps(n: i64) -> String {
    Perhaps::new(n).shown
}

/// The place of each task, which is looked up by the task itself.
#[allow(clippy::mutable_key_type)]
pub fn places(costs: &[i64]) -> Result<Vec<String>, Error> {
    let mut tasks = costs
        .iter()
        .enumerate()
        .map(|(i, &cost)| {
            let i = i as i64;
            Task::new(&format!("t{i}"), cost)
        })
        .collect::<Vec<Task>>();
    let mut found: Dict<Task, i64> = dict::Dict::default();
    for (at, task) in tasks.iter().enumerate() {
        let at = at as i64;
        found.insert(task.clone(), at);
    }
    for i in 1..tasks.len() as i64 {
        let mut j = i;
        while j > 0 && seq::at(&tasks, j)?.lt(seq::at(&tasks, j.strict_sub(1))?) {
            seq::swap(&mut tasks, j.strict_sub(1), j)?;
            found.insert(seq::at(&tasks, j)?.clone(), j);
            let value = j.strict_sub(1);
            found.insert(seq::at(&tasks, j.strict_sub(1))?.clone(), value);
            j = j.strict_sub(1);
        }
    }
    tasks
        .iter()
        .map(|task| -> Result<String, Error> {
            Ok(format!("{}{}", task.name(), *dict::get_item(&found, task)?))
        })
        .collect::<Result<Vec<String>, Error>>()
}

/// Two tasks that look the same are two keys.
#[allow(clippy::mutable_key_type)]
pub fn alike(n: i64) -> (bool, i64) {
    let (one, other) = (Task::new("a", n), Task::new("a", n));
    let seen = set::from_items([one.clone(), other]);
    (
        seen.contains(&one) && !seen.contains(&Task::new("a", n)),
        seen.len() as i64,
    )
}
