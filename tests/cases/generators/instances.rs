//! Instances that are iterated, by generators of their own; functions that return an iterator.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::extremes;
use crate::runtime::generator::Generator;
use crate::runtime::int;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use std::cell::RefCell;
use std::rc::Rc;

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

    pub fn new(data: i64) -> Node {
        Node::from(NodeFields {
            data,
            left: None,
            right: None,
        })
    }

    pub fn iter(&self) -> Generator<'static, i64, Result<(), Error>> {
        let this = self.clone();
        Generator::new(async move |yields| {
            let _depth = decline::enter();
            if this.left().is_some() {
                for item in this.left().unwrap().iter() {
                    let item = item?;
                    yields.give(item).await;
                }
            }
            yields.give(this.data()).await;
            if this.right().is_some() {
                for item in this.right().unwrap().iter() {
                    let item = item?;
                    yields.give(item).await;
                }
            }
            Ok(())
        })
    }

    pub fn preorder(&self) -> Generator<'static, Node, Result<(), Error>> {
        let this = self.clone();
        Generator::new(async move |yields| {
            let _depth = decline::enter();
            yields.give(this.clone()).await;
            for child in [this.left(), this.right()] {
                if let Some(child) = &child {
                    for item in child.preorder() {
                        let item = item?;
                        yields.give(item).await;
                    }
                }
            }
            Ok(())
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

pub fn build(xs: &[i64]) -> Option<Node> {
    let mut root: Option<Node> = None;
    for &x in xs {
        if root.is_none() {
            root = Some(Node::new(x));
        } else {
            let mut node = root.as_ref().unwrap().clone();
            loop {
                if x < node.data() {
                    if node.left().is_none() {
                        node.set_left(Some(Node::new(x)));
                        break;
                    }
                    node = node.left().unwrap();
                } else {
                    if node.right().is_none() {
                        node.set_right(Some(Node::new(x)));
                        break;
                    }
                    node = node.right().unwrap();
                }
            }
        }
    }
    root
}

pub fn sorted_by_tree(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let root = build(xs);
    let Some(root) = root else {
        return Ok(Vec::new());
    };
    root.iter().collect::<Result<Vec<i64>, Error>>()
}

pub fn tree_sum(xs: &[i64]) -> Result<i64, Error> {
    let root = build(xs);
    let Some(root) = root else {
        return Ok(0);
    };
    Ok(({
        let mut total: i64 = 0;
        for item in root.iter() {
            let item = item?;
            total = total.strict_add(item);
        }
        total
    })
    .strict_add(int::try_sum(root.preorder().map(
        |n| -> Result<i64, Error> {
            let n = n?;
            Ok(n.data())
        },
    ))?))
}

pub fn has(xs: &[i64], k: i64) -> Result<bool, Error> {
    let root = build(xs);
    Ok(root.is_some()
        && 'search: {
            for item in root.as_ref().unwrap().iter() {
                let item = item?;
                if item == k {
                    break 'search true;
                }
            }
            false
        })
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bag {
    pub items: Vec<i64>,
}

impl Bag {
    pub fn iter(&self) -> Generator<'_, i64> {
        Generator::new(async move |yields| {
            for &i in &self.items {
                yields.give(i).await;
            }
        })
    }

    pub fn length(&self) -> i64 {
        int::sum(self.iter().map(|_| 1))
    }
}

pub fn bagged(xs: &[i64]) -> Result<(Vec<i64>, i64, String), Error> {
    let bag = Bag { items: xs.to_vec() };
    let mut out: Vec<i64> = Vec::new();
    for (i, x) in bag.iter().enumerate() {
        let i = i as i64;
        out.push(i.strict_mul(x));
    }
    Ok((
        out,
        seq::length(bag.length())?,
        text::join(",", bag.iter().map(|x| x.to_string())),
    ))
}

#[derive(Clone)]
pub struct Link(Rc<RefCell<LinkFields>>);

/// The attributes of a `Link`.
pub struct LinkFields {
    pub data: i64,
    pub after: Option<Link>,
}

impl Link {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn set_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn after(&self) -> Option<Link> {
        self.0.borrow().after.clone()
    }

    pub fn set_after(&self, value: Option<Link>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().after, value);
        drop(old);
    }

    pub fn new(data: i64, after: Option<&Link>) -> Link {
        Link::from(LinkFields {
            data,
            after: after.cloned(),
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

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Link {
    fn eq(&self, other: &Link) -> bool {
        self.is(other)
    }
}

impl Drop for LinkFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Link> = [self.after.take()].into_iter().flatten().collect();
        while let Some(Link(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.after.take());
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct Chain {
    pub head: Option<Link>,
    pub size: i64,
}

impl Chain {
    pub fn new() -> Chain {
        Chain {
            head: None,
            size: 0,
        }
    }

    pub fn push(&mut self, x: i64) {
        self.head = Some(Link::new(x, self.head.as_ref()));
        self.size = self.size.strict_add(1);
    }

    pub fn iter(&self) -> Generator<'_, i64> {
        Generator::new(async move |yields| {
            let mut node = self.head.clone();
            while node.is_some() {
                yields.give(node.as_ref().unwrap().data()).await;
                node = node.as_ref().unwrap().after();
            }
        })
    }

    pub fn text(&self) -> String {
        text::join("->", self.iter().map(|item| item.to_string()))
    }

    pub fn get_item(&self, index: i64) -> Result<i64, Error> {
        for (i, x) in self.iter().enumerate() {
            let i = i as i64;
            if i == index {
                return Ok(x);
            }
        }
        Err(Error::IndexError("list index out of range".to_string()))
    }

    pub fn contains(&self, k: i64) -> bool {
        self.iter().any(|x| k == x)
    }
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new()
    }
}

pub fn chained(xs: &[i64], at: i64) -> Result<String, Error> {
    let mut chain = Chain::new();
    for &x in xs {
        chain.push(x);
    }
    Ok(format!(
        "{} {} {} {} {}",
        chain.text(),
        chain.get_item(at)?,
        chain.iter().collect::<Vec<i64>>().len(),
        extremes::max(chain.iter())?,
        repr::of_bool(chain.contains(at))
    ))
}

pub fn walk(node: Option<&Link>, mut n: i64) -> Generator<'static, i64> {
    let mut node = node.cloned();
    Generator::new(async move |yields| {
        while node.is_some() && n > 0 {
            yields.give(node.as_ref().unwrap().data()).await;
            node = node.as_ref().unwrap().after();
            n = n.strict_sub(1);
        }
    })
}

pub fn walked(xs: &[i64], n: i64) -> Vec<i64> {
    let mut chain = Chain::new();
    for &x in xs {
        chain.push(x);
    }
    walk(chain.head.as_ref(), n).collect::<Vec<i64>>()
}

#[derive(Debug, Clone)]
pub struct Tree {
    pub root: Node,
}

impl Tree {
    pub fn new(root: &Node) -> Tree {
        Tree { root: root.clone() }
    }

    pub fn iter(&self) -> impl Iterator<Item = Result<i64, Error>> {
        self.root.iter()
    }

    pub fn length(&self) -> Result<i64, Error> {
        int::try_sum(self.iter().map(|item| -> Result<i64, Error> {
            item?;
            Ok(1)
        }))
    }
}

pub fn treed(xs: &[i64]) -> Result<i64, Error> {
    let root = build(xs);
    let Some(root) = root else {
        return Ok(-1);
    };
    let tree = Tree::new(&root);
    Ok(seq::length(tree.length()?)?.strict_add(extremes::max(
        tree.iter().collect::<Result<Vec<i64>, Error>>()?,
    )?))
}

pub fn squares(xs: &[i64], k: i64) -> impl Iterator<Item = i64> {
    xs.iter()
        .filter(move |&&x| x != k)
        .map(move |&x| x.strict_mul(x).strict_add(k))
}

pub fn counted(text: &str) -> Result<impl Iterator<Item = (i64, String)>, Error> {
    let n = int::parse(text)?;
    Ok((0..n).zip(text.chars()).map(|(a, b)| (a, b.to_string())))
}

pub fn parsed(words: &[String]) -> impl Iterator<Item = Result<i64, Error>> {
    words.iter().map(|x| int::parse(x))
}

pub fn uses(
    xs: &[i64],
    k: i64,
    text: &str,
    words: &[String],
) -> Result<(Vec<i64>, String, i64), Error> {
    Ok((
        squares(xs, k).collect::<Vec<i64>>(),
        text::join(",", counted(text)?.map(|(a, b)| format!("{a}{b}"))),
        {
            let mut total: i64 = 0;
            for item in parsed(words) {
                let item = item?;
                total = total.strict_add(item);
            }
            total
        },
    ))
}
