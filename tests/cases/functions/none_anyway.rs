//! Parameters that are handed None and look for it, though their annotations have none.
//!
//! ```text
//! >>> root, left = Branch(1), Branch(2)
//! >>> root.left, root.right = left, Branch(3)
//! ```

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::out;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Clone)]
pub struct Branch(Rc<RefCell<BranchFields>>);

/// The attributes of a `Branch`.
pub struct BranchFields {
    pub data: i64,
    pub left: Option<Branch>,
    pub right: Option<Branch>,
}

impl Branch {
    pub fn data(&self) -> i64 {
        self.0.borrow().data
    }

    pub fn set_data(&self, value: i64) {
        self.0.borrow_mut().data = value;
    }

    pub fn left(&self) -> Option<Branch> {
        self.0.borrow().left.clone()
    }

    pub fn set_left(&self, value: Option<Branch>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().left, value);
        drop(old);
    }

    pub fn right(&self) -> Option<Branch> {
        self.0.borrow().right.clone()
    }

    pub fn set_right(&self, value: Option<Branch>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().right, value);
        drop(old);
    }

    pub fn new(data: i64) -> Branch {
        Branch::from(BranchFields {
            data,
            left: None,
            right: None,
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
        let mut pending: Vec<Branch> = [self.left.take(), self.right.take()]
            .into_iter()
            .flatten()
            .collect();
        while let Some(Branch(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.left.take());
                pending.extend(fields.right.take());
            }
        }
    }
}

pub fn total(node: Option<&Branch>) -> Result<i64, Error> {
    let _depth = decline::enter();
    if node.is_none() {
        return Ok(0);
    }
    Ok(node
        .unwrap()
        .data()
        .strict_add(total(node.unwrap().left().as_ref())?)
        .strict_add(total(node.unwrap().right().as_ref())?))
}

pub fn depth(node: Option<&Branch>) -> Result<i64, Error> {
    let _depth = decline::enter();
    let Some(node) = node else {
        return Ok(0);
    };
    Ok(1_i64.strict_add(depth(node.left().as_ref())?.max(depth(node.right().as_ref())?)))
}

pub fn show(node: Option<&Branch>) -> Result<(), Error> {
    let _depth = decline::enter();
    if let Some(node) = node {
        show(node.left().as_ref())?;
        out::write(&format!("{},", node.data()));
        show(node.right().as_ref())?;
    }
    Ok(())
}

pub fn grown(values: &[i64]) -> Result<Branch, Error> {
    let root = Branch::new(*seq::at(values, 0)?);
    for &value in seq::slice(values, 1..) {
        let branch = Branch::new(value);
        if root.left().is_none() {
            root.set_left(Some(branch));
        } else {
            let value_2 = Some(branch);
            root.left().unwrap().set_right(value_2);
        }
    }
    Ok(root)
}

pub fn summed(values: &[i64]) -> Result<i64, Error> {
    let root = grown(values)?;
    show(Some(&root))?;
    Ok(100_i64
        .strict_mul(total(Some(&root))?)
        .strict_add(depth(Some(&root))?))
}
