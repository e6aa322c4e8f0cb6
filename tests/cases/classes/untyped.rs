//! Classes and functions without annotations, of which uses tell what they hold.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Node(Rc<RefCell<NodeFields>>);

/// The attributes of a `Node`.
pub struct NodeFields {
    pub value: i64,
    pub left: Option<Node>,
    pub right: Option<Node>,
}

impl Node {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
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

    pub fn new(value: i64) -> Node {
        Node::from(NodeFields {
            value,
            left: None,
            right: None,
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

#[derive(Debug, Clone)]
pub struct Graph {
    pub near: Dict<i64, Vec<i64>>,
    pub degrees: Dict<i64, i64>,
}

impl Graph {
    pub fn new() -> Graph {
        Graph {
            near: dict::Dict::default(),
            degrees: dict::Dict::default(),
        }
    }

    pub fn add(&mut self, a: i64, b: i64) {
        collections::get_or_default(&mut self.near, a).push(b);
        let count = collections::get_or_default(&mut self.degrees, a);
        *count = (*count).strict_add(1);
    }

    pub fn leads(&mut self, a: i64, b: i64, seen: Option<&mut Set<i64>>) -> Result<bool, Error> {
        let _depth = decline::enter();
        let mut made: Set<i64> = set::Set::default();
        let seen = seen.unwrap_or(&mut made);
        if a == b {
            return Ok(true);
        }
        seen.insert(a);
        for other in collections::get_or_default(&mut self.near, a).to_vec() {
            if !seen.contains(&other) && self.leads(other, b, Some(&mut *seen))? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Default for Graph {
    fn default() -> Graph {
        Graph::new()
    }
}

#[derive(Debug, Clone)]
pub struct Recent {
    pub capacity: i64,
    pub kept: Dict<String, i64>,
}

impl Recent {
    pub fn new(capacity: i64) -> Recent {
        Recent {
            capacity,
            kept: dict::Dict::default(),
        }
    }

    pub fn put(&mut self, key: &str, value: i64) -> Result<(), Error> {
        if self.kept.contains_key(key) {
            dict::pop(&mut self.kept, key)?;
        } else if self.kept.len() as i64 >= self.capacity {
            let index = &self
                .kept
                .keys()
                .map(|item| item.to_string())
                .next()
                .ok_or_else(|| Error::StopIteration(String::new()))?;
            dict::pop(&mut self.kept, index)?;
        }
        self.kept.insert(key.to_string(), value);
        Ok(())
    }
}

pub fn insert(root: Option<&Node>, value: i64) -> Result<Node, Error> {
    let _depth = decline::enter();
    let Some(root) = root else {
        return Ok(Node::new(value));
    };
    if value < root.value() {
        root.set_left(Some(insert(root.left().as_ref(), value)?));
    } else {
        root.set_right(Some(insert(root.right().as_ref(), value)?));
    }
    Ok(root.clone())
}

pub fn in_order(root: Option<&Node>, out: &mut Vec<i64>) -> Result<(), Error> {
    let _depth = decline::enter();
    if let Some(root) = root {
        in_order(root.left().as_ref(), out)?;
        out.push(root.value());
        in_order(root.right().as_ref(), out)?;
    }
    Ok(())
}

pub fn depth(root: Option<&Node>) -> Result<i64, Error> {
    let _depth = decline::enter();
    let Some(root) = root else {
        return Ok(0);
    };
    Ok(1_i64.strict_add(depth(root.left().as_ref())?.max(depth(root.right().as_ref())?)))
}

pub fn sorted_by_tree(values: &[i64]) -> Result<(Vec<i64>, i64), Error> {
    let mut root: Option<Node> = None;
    for &value in values {
        root = Some(insert(root.as_ref(), value)?);
    }
    let mut out: Vec<i64> = Vec::new();
    in_order(root.as_ref(), &mut out)?;
    Ok((
        out.iter().map(|&one| one).collect::<Vec<i64>>(),
        depth(root.as_ref())?,
    ))
}

pub fn leads(pairs: &[(i64, i64)], a: i64, b: i64) -> Result<(bool, i64), Error> {
    let mut graph = Graph::new();
    for &(one, other) in pairs {
        graph.add(one, other);
    }
    Ok((
        graph.leads(a, b, None)?,
        *collections::get_or_default(&mut graph.degrees, a),
    ))
}

pub fn remembered(keys: &[String], capacity: i64) -> Result<Vec<String>, Error> {
    let mut recent = Recent::new(capacity);
    for (at, key) in keys.iter().enumerate() {
        let at = at as i64;
        recent.put(key, at)?;
    }
    Ok(recent
        .kept
        .keys()
        .map(|key| key.to_string())
        .collect::<Vec<String>>())
}

pub fn fences(text: &str, key: i64) -> Result<String, Error> {
    let mut rails = (0..key).map(|_| Vec::new()).collect::<Vec<Vec<String>>>();
    let lowest = key.strict_sub(1);
    for (at, letter) in text.chars().enumerate() {
        let at = at as i64;
        let place = int::floor_mod(at, lowest.strict_mul(2))?;
        seq::at_mut(
            &mut rails,
            place.min(lowest.strict_mul(2).strict_sub(place)),
        )?
        .push(letter.to_string());
    }
    Ok(rails
        .iter()
        .map(|rail| rail.iter().map(String::as_str).collect::<String>())
        .collect::<String>())
}

pub fn components(n: i64, pairs: &[(i64, i64)]) -> Result<i64, Error> {
    let mut near = (0..n).map(|_| Vec::new()).collect::<Vec<Vec<i64>>>();
    for &(a, b) in pairs {
        seq::at_mut(&mut near, a)?.push(b);
        seq::at_mut(&mut near, b)?.push(a);
    }
    let mut seen = vec![false; n.max(0) as usize];
    let mut count: i64 = 0;
    fn visit(at: i64, near: &[Vec<i64>], seen: &mut [bool]) -> Result<(), Error> {
        let _depth = decline::enter();
        seq::store(seen, at, true)?;
        for &other in seq::at(near, at)? {
            if !*seq::at(seen, other)? {
                visit(other, near, seen)?;
            }
        }
        Ok(())
    }
    for at in 0..n {
        if !*seq::at(&seen, at)? {
            visit(at, &near, &mut seen)?;
            count = count.strict_add(1);
        }
    }
    Ok(count)
}
