//! Functions that say nothing of their types: what they do with their parameters tells.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::collections;
use crate::runtime::date;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_order;
use crate::runtime::extremes;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::range;
use crate::runtime::re;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use chrono::NaiveDate;
use num_bigint::BigInt;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

pub fn vowels(text: &str) -> i64 {
    int::sum(
        text::lower(text)
            .chars()
            .map(|c| i64::from("aeiou".contains(c))),
    )
}

pub fn initials(name: &str) -> Result<String, Error> {
    text::words(name)
        .map(|part| -> Result<String, Error> {
            Ok(format!("{}.", chars::upper(text::char_at(part, 0)?)))
        })
        .collect::<Result<String, Error>>()
}

pub fn average(numbers: &[Value]) -> Result<Value, Error> {
    if numbers.is_empty() {
        return Err(Error::ValueError("no numbers".to_string()));
    }
    dynamic::div(
        &dynamic::sum(numbers.iter().cloned(), Value::Int(0))?,
        &Value::Int(numbers.len() as i64),
    )
}

pub fn evens(numbers: &[i64]) -> Vec<i64> {
    numbers
        .iter()
        .filter(|&&n| n.rem_euclid(2) == 0)
        .copied()
        .collect::<Vec<i64>>()
}

pub fn largest_two(numbers: &[Value]) -> Vec<Value> {
    seq::slice(
        &{
            let mut sorted: Vec<Value> = numbers.to_vec();
            dynamic_order::sort(&mut sorted);
            sorted
        },
        -2..,
    )
    .to_vec()
}

pub fn longest_word(words: &[String]) -> Result<String, Error> {
    extremes::max_by_key(words.iter().cloned(), |x| x.chars().count() as i64)
}

pub fn caesar(text: &str, shift: i64) -> Result<String, Error> {
    let mut result: Vec<String> = Vec::new();
    for c in text.chars() {
        if chars::is_upper(c) {
            result.push(
                chars::chr((chars::ord(c) - 65).strict_add(shift).rem_euclid(26) + 65)?.to_string(),
            );
        } else {
            result.push(c.to_string());
        }
    }
    Ok(result.iter().map(String::as_str).collect::<String>())
}

pub fn factorial(n: i64) -> Result<BigInt, Error> {
    let _depth = decline::enter();
    if n < 0 {
        return Err(Error::ValueError("n must not be negative".to_string()));
    }
    Ok(if n == 0 {
        BigInt::from(1)
    } else {
        n * factorial(n.strict_sub(1))?
    })
}

pub fn primes(limit: i64) -> Result<Vec<i64>, Error> {
    Ok({
        let mut items = Vec::new();
        for n in 2..limit.strict_add(1) {
            if (2..int::isqrt(n)?.strict_add(1)).all(|d| n % d != 0) {
                items.push(n);
            }
        }
        items
    })
}

pub fn transpose(matrix: &[Vec<Value>]) -> Result<Vec<Vec<Value>>, Error> {
    (0..seq::at(matrix, 0)?.len() as i64)
        .map(|i| -> Result<Vec<Value>, Error> {
            matrix
                .iter()
                .map(|row| -> Result<Value, Error> { Ok(seq::at(row, i)?.clone()) })
                .collect::<Result<Vec<Value>, Error>>()
        })
        .collect::<Result<Vec<Vec<Value>>, Error>>()
}

pub fn tally(words: &[String]) -> Dict<String, i64> {
    let mut counts: Dict<String, i64> = dict::Dict::default();
    for word in words {
        let value = counts
            .get(&text::lower(word))
            .copied()
            .unwrap_or(0)
            .strict_add(1);
        counts.insert(text::lower(word), value);
    }
    counts
}

pub static SLUG_PATTERN: re::Regex = re::Regex::new(r"[^a-z0-9]+");

pub fn slug(title: &str) -> String {
    text::strip_chars(&re::sub(&SLUG_PATTERN, "-", &text::lower(title), 0), "-").to_string()
}

pub fn pairs(text: &str) -> Generator<'_, String> {
    Generator::new(async move |yields| {
        for i in range::range_by(0, text.chars().count() as i64, 2) {
            yields.give(text::slice(text, i..i + 2).to_string()).await;
        }
    })
}

pub fn padded(text: &str) -> Vec<String> {
    pairs(text)
        .map(|pair| {
            if pair.chars().count() == 2 {
                pair.clone()
            } else {
                format!("{pair}_")
            }
        })
        .collect::<Vec<String>>()
}

pub fn body_mass(weight: &Value, height: &Value) -> Result<String, Error> {
    let index = value::exact_float(&dynamic::div(
        weight,
        &dynamic::pow(height, &Value::Int(2))?,
    )?);
    Ok((if index < 18.5 {
        "low"
    } else {
        if index >= 25.0 { "high" } else { "fine" }
    })
    .to_string())
}

pub fn first_or_none(items: &[String], start: &Value) -> Option<String> {
    for item in items {
        if item.starts_with(value::exact_str(start)) {
            return Some(item.to_string());
        }
    }
    None
}

pub fn without_smallest(numbers: &[Value]) -> Result<Vec<Value>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    Ok({
        let mut items = Vec::new();
        for n in numbers {
            if *n != dynamic_order::min(numbers.iter().cloned())? {
                items.push(n.clone());
            }
        }
        items
    })
}

#[derive(Clone)]
pub struct Node(Rc<RefCell<NodeFields>>);

/// The attributes of a `Node`.
pub struct NodeFields {
    pub data: i64,
    pub left: Option<Node>,
    pub right: Option<Node>,
}

impl Node {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn set_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn left(&self) -> Option<Node> {
        self.0.borrow().left.clone()
    }

    pub fn set_left(&self, value: Option<Node>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().left, value);
        drop(old);
    }

    pub fn right(&self) -> Option<Node> {
        self.0.borrow().right.clone()
    }

    pub fn set_right(&self, value: Option<Node>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().right, value);
        drop(old);
    }

    pub fn new(data: i64, left: Option<&Node>, right: Option<&Node>) -> Node {
        Node::from(NodeFields {
            data,
            left: left.cloned(),
            right: right.cloned(),
        })
    }
}

impl From<NodeFields> for Node {
    fn from(fields: NodeFields) -> Node {
        Node(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Node {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Node")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.is(other)
    }
}

impl Drop for NodeFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Node> = [self.left.take(), self.right.take()]
            .into_iter()
            .flatten()
            .collect();
        while let Some(Node(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.left.take());
                pending.extend(fields.right.take());
            }
        }
    }
}

pub fn depth(node: Option<&Node>) -> Result<i64, Error> {
    let _depth = decline::enter();
    let Some(node) = node else {
        return Ok(0);
    };
    Ok(1_i64.strict_add(depth(node.left().as_ref())?.max(depth(node.right().as_ref())?)))
}

pub fn grown(count: i64) -> Result<i64, Error> {
    let mut root: Option<Node> = None;
    for i in 0..count {
        root = Some(Node::new(i, root.as_ref(), None));
    }
    depth(root.as_ref())
}

pub fn balanced(text: &str) -> Result<bool, Error> {
    let mut stack: Vec<String> = Vec::new();
    let pairs = dict::from_pairs([
        (")".to_string(), "(".to_string()),
        ("]".to_string(), "[".to_string()),
    ]);
    for c in text.chars() {
        if pairs
            .values()
            .any(|value| value == c.encode_utf8(&mut [0; 4]))
        {
            stack.push(c.to_string());
        } else if pairs.contains_key(c.encode_utf8(&mut [0; 4]))
            && (stack.is_empty()
                || seq::pop(&mut stack)? != *dict::get_item(&pairs, c.encode_utf8(&mut [0; 4]))?)
        {
            return Ok(false);
        }
    }
    Ok(stack.is_empty())
}

pub fn steps(maze: &[Vec<Value>], start: &[i64], end: &[Value]) -> Result<i64, Error> {
    let mut queue = VecDeque::from(vec![(*seq::at(start, 0)?, *seq::at(start, 1)?, 0)]);
    let mut seen = set::from_items([start.to_vec()]);
    while !queue.is_empty() {
        let (row, column, count) = collections::deque_pop_left(&mut queue)?;
        if Value::Tuple(vec![Value::Int(row), Value::Int(column)]) == Value::Tuple(end.to_vec()) {
            return Ok(count);
        }
        for (r, c) in [(row, column.strict_add(1)), (row.strict_add(1), column)] {
            if r < maze.len() as i64
                && c < seq::at(maze, 0)?.len() as i64
                && *seq::at(seq::at(maze, r)?, c)? == 0
                && !seen.contains([r, c].as_slice())
            {
                seen.insert(vec![r, c]);
                queue.push_back((r, c, count.strict_add(1)));
            }
        }
    }
    Ok(-1)
}

pub fn reachable(graph: &Dict<Value, Vec<Value>>, start: &Value) -> Result<Vec<Value>, Error> {
    let mut found = set::from_items([start.clone()]);
    let mut order: Vec<Value> = Vec::new();
    let mut queue = VecDeque::from(vec![start.clone()]);
    while !queue.is_empty() {
        let node = collections::deque_pop_left(&mut queue)?;
        order.push(node.clone());
        for other in dict::get_item(graph, &node)? {
            if !found.contains(other) {
                found.insert(other.clone());
                queue.push_back(other.clone());
            }
        }
    }
    Ok(order)
}

pub fn end_of_year(day: NaiveDate) -> bool {
    date::month(day) == 12 && date::day(day) > 24
}

#[derive(Debug, Clone)]
pub struct Matrix {
    pub rows: Vec<Vec<Value>>,
}

impl Matrix {
    pub fn new(rows: &[Vec<Value>]) -> Matrix {
        Matrix {
            rows: rows
                .iter()
                .map(|row| row.to_vec())
                .collect::<Vec<Vec<Value>>>(),
        }
    }

    pub fn columns(&self) -> Vec<Vec<Value>> {
        itertools::columns(&self.rows)
            .map(|column| column.to_vec())
            .collect::<Vec<Vec<Value>>>()
    }

    pub fn times(&self, other: &Matrix) -> Result<Vec<Vec<Value>>, Error> {
        self.rows
            .iter()
            .map(|r| {
                itertools::columns(&other.rows)
                    .map(|c| {
                        dynamic::try_sum(
                            r.iter().zip(&c).map(|(a, b)| dynamic::mul(a, b)),
                            Value::Int(0),
                        )
                    })
                    .collect::<Result<Vec<Value>, Error>>()
            })
            .collect::<Result<Vec<Vec<Value>>, Error>>()
    }
}

pub fn multiplied(a: &[Vec<Value>], b: &[Vec<Value>]) -> Result<Vec<Vec<Value>>, Error> {
    Ok(seq::concat(
        &Matrix::new(a).times(&Matrix::new(b))?,
        &Matrix::new(a).columns(),
    ))
}
