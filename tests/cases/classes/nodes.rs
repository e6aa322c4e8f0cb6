//! Nodes with links to their own class: swaps, chains of assignments, truth by length, identity.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Tree(Rc<RefCell<TreeFields>>);

/// The attributes of a `Tree`.
pub struct TreeFields {
    pub value: i64,
    pub left: Option<Tree>,
    pub right: Option<Tree>,
}

impl Tree {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn left(&self) -> Option<Tree> {
        self.0.borrow().left.clone()
    }

    pub fn set_left(&self, value: Option<Tree>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().left, value);
        drop(old);
    }

    pub fn right(&self) -> Option<Tree> {
        self.0.borrow().right.clone()
    }

    pub fn set_right(&self, value: Option<Tree>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().right, value);
        drop(old);
    }

    pub fn new(value: i64) -> Tree {
        Tree::from(TreeFields {
            value,
            left: None,
            right: None,
        })
    }

    pub fn mirror(&self) -> Result<(), Error> {
        let _depth = decline::enter();
        let (part, part_2) = (self.right(), self.left());
        self.set_left(part);
        self.set_right(part_2);
        if self.left().is_some() {
            self.left().unwrap().mirror()?;
        }
        if self.right().is_some() {
            self.right().unwrap().mirror()?;
        }
        Ok(())
    }

    pub fn insert(&self, value: i64) -> Result<(), Error> {
        let _depth = decline::enter();
        if value < self.value() {
            if self.left().is_some() && seq::length(self.left().unwrap().length()?)? != 0 {
                self.left().unwrap().insert(value)?;
            } else {
                self.set_left(Some(Tree::new(value)));
            }
        } else if self.right().is_some() && seq::length(self.right().unwrap().length()?)? != 0 {
            self.right().unwrap().insert(value)?;
        } else {
            self.set_right(Some(Tree::new(value)));
        }
        Ok(())
    }

    pub fn length(&self) -> Result<i64, Error> {
        let _depth = decline::enter();
        let mut size: i64 = 1;
        if self.left().is_some() {
            size = size.strict_add(seq::length(self.left().unwrap().length()?)?);
        }
        if self.right().is_some() {
            size = size.strict_add(seq::length(self.right().unwrap().length()?)?);
        }
        Ok(size)
    }

    pub fn leftmost(&self) -> Result<Tree, Error> {
        let _depth = decline::enter();
        if self.left().is_none() {
            return Ok(self.clone());
        }
        self.left().unwrap().leftmost()
    }

    pub fn of(values: &[i64]) -> Result<Tree, Error> {
        let tree = Tree::new(*seq::at(values, 0)?);
        for &value in seq::slice(values, 1..) {
            tree.insert(value)?;
        }
        Ok(tree)
    }
}

impl From<TreeFields> for Tree {
    fn from(fields: TreeFields) -> Tree {
        Tree(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Tree {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tree")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        self.is(other)
    }
}

impl Drop for TreeFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Tree> = [self.left.take(), self.right.take()]
            .into_iter()
            .flatten()
            .collect();
        while let Some(Tree(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.left.take());
                pending.extend(fields.right.take());
            }
        }
    }
}

pub fn values_of(tree: Option<&Tree>) -> Result<Vec<i64>, Error> {
    let _depth = decline::enter();
    if !(tree.is_some() && seq::length(tree.unwrap().length()?)? != 0) {
        return Ok(Vec::new());
    }
    Ok(seq::concat(
        &seq::concat(
            &values_of(tree.unwrap().left().as_ref())?,
            &[tree.unwrap().value()],
        ),
        &values_of(tree.unwrap().right().as_ref())?,
    ))
}

pub fn mirrored(values: &[i64]) -> Result<Vec<i64>, Error> {
    let tree = Tree::of(values)?;
    tree.mirror()?;
    values_of(Some(&tree))
}

pub fn measured(values: &[i64]) -> Result<Vec<i64>, Error> {
    let tree = Tree::of(values)?;
    Ok(vec![
        seq::length(tree.length()?)?,
        tree.leftmost()?.value(),
        if tree.leftmost()?.is(&tree) { 1 } else { 0 },
    ])
}

#[derive(Clone)]
pub struct Link(Rc<RefCell<LinkFields>>);

/// The attributes of a `Link`.
pub struct LinkFields {
    pub data: i64,
    pub next: Option<Link>,
}

impl Link {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn set_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn next(&self) -> Option<Link> {
        self.0.borrow().next.clone()
    }

    pub fn set_next(&self, value: Option<Link>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    pub fn new(data: i64) -> Link {
        Link::from(LinkFields { data, next: None })
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

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        self.is(other)
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

#[derive(Debug, Clone)]
pub struct Chain {
    pub head: Option<Link>,
    pub tail: Option<Link>,
}

impl Chain {
    pub fn new() -> Chain {
        Chain {
            head: None,
            tail: None,
        }
    }

    pub fn append(&mut self, data: i64) {
        if self.tail.is_none() {
            let value = Link::new(data);
            self.head = Some(value.clone());
            self.tail = Some(value.clone());
        } else {
            let value = Some(Link::new(data));
            self.tail.as_ref().unwrap().set_next(value);
            self.tail = self.tail.as_ref().unwrap().next();
        }
    }

    pub fn bump(&self) {
        if self.head.is_some() {
            self.head
                .as_ref()
                .unwrap()
                .set_data(self.head.as_ref().unwrap().data().strict_add(10));
        }
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

pub fn chained(values: &[i64]) -> Vec<i64> {
    let mut chain = Chain::new();
    for &value in values {
        chain.append(value);
    }
    chain.bump();
    let mut found: Vec<i64> = Vec::new();
    let mut link = chain.head.clone();
    while link.is_some() {
        found.push(link.as_ref().unwrap().data());
        link = link.as_ref().unwrap().next();
    }
    if chain.tail.is_some() {
        found.push(chain.tail.as_ref().unwrap().data());
    }
    found
}

/// What the test before the loop says of `head.next` no longer holds inside it.
pub fn counted(values: &[i64]) -> i64 {
    let mut chain = Chain::new();
    for &value in values {
        chain.append(value);
    }
    let mut head = chain.head.clone();
    if head.is_none() || head.as_ref().unwrap().next().is_none() {
        return 0;
    }
    let mut count: i64 = 0;
    while head.is_some() {
        count = count.strict_add(1);
        head = head.as_ref().unwrap().next();
    }
    count
}

/// Every instance is true: what is left for others is never reached.
pub fn is_last(link: &Link) -> bool {
    link.next().is_none()
}

pub fn first_of(link: &Link) -> i64 {
    link.data()
}

pub fn ends(values: &[i64]) -> Vec<i64> {
    values
        .iter()
        .filter(|&&value| is_last(&Link::new(value)))
        .map(|&value| first_of(&Link::new(value)))
        .collect::<Vec<i64>>()
}
