//! Classes that hold values of any type: by an annotation, by a type parameter, in owned and in shared instances.

use crate::error::Error;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::value;
use crate::runtime::value::Value;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Node(Rc<RefCell<NodeFields>>);

/// The attributes of a `Node`.
pub struct NodeFields {
    pub data: Value,
    pub next: Option<Node>,
}

impl Node {
    pub fn data(&self) -> Value {
        self.0.borrow().data.clone()
    }

    pub fn set_data(&self, value: Value) {
        let old = std::mem::replace(&mut self.0.borrow_mut().data, value);
        drop(old);
    }

    pub fn next(&self) -> Option<Node> {
        self.0.borrow().next.clone()
    }

    pub fn set_next(&self, value: Option<Node>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().next, value);
        drop(old);
    }

    pub fn new(data: &Value) -> Node {
        Node::from(NodeFields {
            data: data.clone(),
            next: None,
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
        let mut pending: Vec<Node> = [self.next.take()].into_iter().flatten().collect();
        while let Some(Node(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.next.take());
            }
        }
    }
}

#[derive(Debug, Clone)]
pub struct LinkedList {
    pub head: Option<Node>,
}

impl LinkedList {
    pub fn new() -> LinkedList {
        LinkedList { head: None }
    }

    pub fn push(&mut self, data: &Value) {
        let node = Node::new(data);
        node.set_next(self.head.clone());
        self.head = Some(node);
    }

    pub fn pop(&mut self) -> Result<Value, Error> {
        if self.head.is_none() {
            return Err(Error::IndexError("empty list".to_string()));
        }
        let data = self.head.as_ref().unwrap().data();
        self.head = self.head.as_ref().unwrap().next();
        Ok(data)
    }

    pub fn contains(&self, data: &Value) -> bool {
        let mut node = self.head.clone();
        while node.is_some() {
            if node.as_ref().unwrap().data() == *data {
                return true;
            }
            node = node.as_ref().unwrap().next();
        }
        false
    }

    pub fn text(&self) -> String {
        let mut shown: Vec<String> = Vec::new();
        let mut node = self.head.clone();
        while node.is_some() {
            shown.push(value::to_text(&node.as_ref().unwrap().data()));
            node = node.as_ref().unwrap().next();
        }
        shown.join("->")
    }
}

impl Default for LinkedList {
    fn default() -> LinkedList {
        LinkedList::new()
    }
}

#[derive(Debug, Clone)]
pub struct Stack {
    pub items: Vec<Value>,
    pub limit: i64,
}

impl Stack {
    pub fn new(limit: i64) -> Stack {
        Stack {
            items: Vec::new(),
            limit,
        }
    }

    pub fn push(&mut self, data: &Value) -> Result<(), Error> {
        if self.items.len() as i64 >= self.limit {
            return Err(Error::OverflowError("full".to_string()));
        }
        self.items.push(data.clone());
        Ok(())
    }

    pub fn pop(&mut self) -> Result<Value, Error> {
        seq::pop(&mut self.items)
    }
}

#[derive(Clone)]
pub struct Branch(Rc<RefCell<BranchFields>>);

/// The attributes of a `Branch`.
pub struct BranchFields {
    pub value: Value,
    pub left: Option<Branch>,
}

impl Branch {
    pub fn value(&self) -> Value {
        self.0.borrow().value.clone()
    }

    pub fn set_value(&self, value: Value) {
        let old = std::mem::replace(&mut self.0.borrow_mut().value, value);
        drop(old);
    }

    pub fn left(&self) -> Option<Branch> {
        self.0.borrow().left.clone()
    }

    pub fn set_left(&self, value: Option<Branch>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().left, value);
        drop(old);
    }

    pub fn new(value: &Value) -> Branch {
        Branch::from(BranchFields {
            value: value.clone(),
            left: None,
        })
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
        let mut pending: Vec<Branch> = [self.left.take()].into_iter().flatten().collect();
        while let Some(Branch(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.left.take());
            }
        }
    }
}

pub fn listed(items: &[Value], wanted: &Value) -> Result<(String, bool, Value), Error> {
    let mut linked = LinkedList::new();
    for item in items {
        linked.push(item);
    }
    Ok((linked.text(), linked.contains(wanted), linked.pop()?))
}

pub fn total(n: i64) -> Result<i64, Error> {
    let mut stack = Stack::new(n);
    for i in 0..n {
        stack.push(&Value::Int(i))?;
    }
    let mut found: i64 = 0;
    while !stack.items.is_empty() {
        found = found.strict_add(value::exact_int(&stack.pop()?));
    }
    Ok(found)
}

pub fn depth(texts: &[String]) -> String {
    let branch = Branch::new(&Value::Str("root".to_string()));
    let mut tip = branch.clone();
    for text in texts {
        tip.set_left(Some(Branch::new(&Value::Str(text.to_string()))));
        tip = tip.left().unwrap();
    }
    format!(
        "{}{}",
        value::exact_str(&branch.value()),
        value::exact_str(&tip.value())
    )
}
