//! Shared instances that hold containers: short borrows, code that comes back to what it came from.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::shared::Identity;
use crate::runtime::text;
use std::cell::Ref;
use std::cell::RefCell;
use std::cell::RefMut;
use std::rc::Rc;

#[derive(Clone)]
pub struct Trie(Rc<RefCell<TrieFields>>);

/// The attributes of a `Trie`.
pub struct TrieFields {
    pub nodes: Dict<String, Trie>,
    pub is_leaf: bool,
}

impl Trie {
    pub fn nodes(&self) -> Ref<'_, Dict<String, Trie>> {
        Ref::map(self.0.borrow(), |fields| &fields.nodes)
    }

    pub fn nodes_mut(&self) -> RefMut<'_, Dict<String, Trie>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.nodes)
    }

    pub fn set_nodes(&self, value: Dict<String, Trie>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().nodes, value);
        drop(old);
    }

    pub fn is_leaf(&self) -> bool {
        self.0.borrow().is_leaf
    }

    pub fn set_is_leaf(&self, value: bool) {
        self.0.borrow_mut().is_leaf = value;
    }

    pub fn new() -> Trie {
        Trie::from(TrieFields {
            nodes: dict::Dict::default(),
            is_leaf: false,
        })
    }

    pub fn insert(&self, word: &str) -> Result<(), Error> {
        let mut current = self.clone();
        for char in word.chars() {
            if !current.nodes().contains_key(char.encode_utf8(&mut [0; 4])) {
                let value = Trie::new();
                current.nodes_mut().insert(char.to_string(), value);
            }
            let value = dict::get_item(&current.nodes(), char.encode_utf8(&mut [0; 4]))?.clone();
            current = value;
        }
        current.set_is_leaf(true);
        Ok(())
    }

    pub fn find(&self, word: &str) -> Result<bool, Error> {
        let mut current = self.clone();
        for char in word.chars() {
            if !current.nodes().contains_key(char.encode_utf8(&mut [0; 4])) {
                return Ok(false);
            }
            let value = dict::get_item(&current.nodes(), char.encode_utf8(&mut [0; 4]))?.clone();
            current = value;
        }
        Ok(current.is_leaf())
    }

    pub fn count(&self) -> Result<i64, Error> {
        let _depth = decline::enter();
        Ok(i64::from(self.is_leaf()).strict_add(int::try_sum(
            self.nodes().values().map(|child| child.count()),
        )?))
    }

    pub fn words(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let _depth = decline::enter();
        let mut found = if self.is_leaf() {
            vec![prefix.to_string()]
        } else {
            Vec::new()
        };
        for (char, child) in self.nodes().iter() {
            found.extend(child.words(&format!("{prefix}{char}"))?);
        }
        Ok(found)
    }

    pub fn delete(&self, word: &str) -> Result<bool, Error> {
        let _depth = decline::enter();
        if word.is_empty() {
            self.set_is_leaf(false);
            return Ok(self.nodes().is_empty());
        }
        let child = self
            .nodes()
            .get(text::char_at(word, 0)?.encode_utf8(&mut [0; 4]))
            .cloned();
        let Some(child) = child else {
            return Ok(false);
        };
        if child.delete(text::slice(word, 1..))? {
            dict::delete(
                &mut self.nodes_mut(),
                text::char_at(word, 0)?.encode_utf8(&mut [0; 4]),
            )?;
        }
        Ok(self.nodes().is_empty())
    }
}

impl From<TrieFields> for Trie {
    fn from(fields: TrieFields) -> Trie {
        Trie(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Trie {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Trie {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trie")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Trie {
    fn eq(&self, other: &Trie) -> bool {
        self.is(other)
    }
}

impl Drop for TrieFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Trie> = Vec::new();
        pending.extend(std::mem::take(&mut self.nodes).into_values());

        while let Some(Trie(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(std::mem::take(&mut fields.nodes).into_values());
            }
        }
    }
}

impl Default for Trie {
    fn default() -> Trie {
        Trie::new()
    }
}

#[derive(Clone)]
pub struct Tree(Rc<RefCell<TreeFields>>);

/// The attributes of a `Tree`.
pub struct TreeFields {
    pub value: i64,
    pub parent: Option<Tree>,
    pub children: Vec<Tree>,
    pub sizes: Vec<i64>,
}

impl Tree {
    pub fn value(&self) -> i64 {
        self.0.borrow().value
    }

    pub fn set_value(&self, value: i64) {
        self.0.borrow_mut().value = value;
    }

    pub fn parent(&self) -> Option<Tree> {
        self.0.borrow().parent.clone()
    }

    pub fn set_parent(&self, value: Option<Tree>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().parent, value);
        drop(old);
    }

    pub fn children(&self) -> Ref<'_, Vec<Tree>> {
        Ref::map(self.0.borrow(), |fields| &fields.children)
    }

    pub fn children_mut(&self) -> RefMut<'_, Vec<Tree>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.children)
    }

    pub fn set_children(&self, value: Vec<Tree>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().children, value);
        drop(old);
    }

    pub fn sizes(&self) -> Ref<'_, Vec<i64>> {
        Ref::map(self.0.borrow(), |fields| &fields.sizes)
    }

    pub fn sizes_mut(&self) -> RefMut<'_, Vec<i64>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.sizes)
    }

    pub fn set_sizes(&self, value: Vec<i64>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().sizes, value);
        drop(old);
    }

    pub fn new(value: i64, parent: Option<&Tree>) -> Tree {
        Tree::from(TreeFields {
            value,
            parent: parent.cloned(),
            children: Vec::new(),
            sizes: vec![0_i64],
        })
    }

    pub fn add(&self, value: i64) -> Tree {
        let child = Tree::new(value, Some(self));
        self.children_mut().push(child.clone());
        let value_2 = self.sizes().len() as i64 + self.children().len() as i64;
        self.sizes_mut().push(value_2);
        child
    }

    pub fn grow(&self) {
        let value = Tree::new(self.children().len() as i64, Some(self));
        self.children_mut().push(value);
    }

    pub fn depth(&self) -> Result<i64, Error> {
        let _depth = decline::enter();
        Ok(1_i64.strict_add(extremes::max_or(
            self.children()
                .iter()
                .map(|child| child.depth())
                .collect::<Result<Vec<i64>, Error>>()?,
            0,
        )))
    }

    pub fn total(&self) -> Result<i64, Error> {
        let _depth = decline::enter();
        let mut result = self.value();
        for child in self.children().iter() {
            result = result.strict_add(child.total()?);
        }
        Ok(result)
    }

    pub fn bump(&self) -> Result<(), Error> {
        let _depth = decline::enter();
        self.set_value(self.value().strict_add(1));
        let children = self.children().clone();
        for child in &children {
            child.bump()?;
        }
        Ok(())
    }

    pub fn count_up(&self) {
        let value = self.children().len();
        self.set_value(value as i64);
    }

    pub fn first(&self) -> Result<Tree, Error> {
        let _depth = decline::enter();
        Ok(if !self.children().is_empty() {
            seq::at(&self.children(), 0)?.clone().first()?
        } else {
            self.clone()
        })
    }

    pub fn last(&self) -> Result<Tree, Error> {
        Ok(seq::at(&self.children(), -1)?.clone())
    }

    pub fn second_depth(&self) -> Result<i64, Error> {
        Ok(self.value().strict_add(
            seq::at(&self.children(), 1)?
                .clone()
                .depth()?
                .strict_mul(self.children().len() as i64),
        ))
    }

    pub fn swap(&self) -> Result<(), Error> {
        let (part, part_2) = (
            seq::at(&self.children(), 1)?.clone(),
            seq::at(&self.children(), 0)?.clone(),
        );
        seq::store(&mut self.children_mut(), 0, part)?;
        seq::store(&mut self.children_mut(), 1, part_2)?;
        Ok(())
    }

    pub fn has(&self, other: &Tree) -> bool {
        for child in self.children().iter() {
            if child.is(other) {
                return true;
            }
        }
        false
    }

    pub fn pop(&self) -> Result<i64, Error> {
        let gone = seq::pop(&mut self.children_mut())?;
        gone.set_parent(None);
        Ok(gone.value().strict_add(self.children().len() as i64))
    }

    pub fn rename(&self, names: &[i64]) {
        let children = self.children().clone();
        for (child, &name) in children.iter().zip(names) {
            child.set_value(name);
        }
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
        let mut pending: Vec<Tree> = Vec::new();
        pending.extend(self.parent.take());
        pending.extend(self.children.drain(..));

        while let Some(Tree(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.parent.take());
                pending.extend(fields.children.drain(..));
            }
        }
    }
}

pub fn used(words: &[String], gone: &str) -> Result<(i64, Vec<String>, bool, Vec<String>), Error> {
    let trie = Trie::new();
    for word in words {
        trie.insert(word)?;
    }
    let before = trie.words("")?;
    Ok((trie.count()?, before, trie.delete(gone)?, trie.words("")?))
}

pub fn grown(values: &[i64]) -> Result<(i64, i64, Vec<i64>, bool), Error> {
    let tree = Tree::new(1, None);
    let mut current = tree.clone();
    for &value in values {
        current = current.add(value);
        tree.grow();
    }
    tree.bump()?;
    if tree.children().len() > 1 {
        tree.swap()?;
    }
    Ok((
        tree.total()?,
        tree.depth()?,
        tree.sizes().to_vec(),
        tree.has(&current),
    ))
}

#[derive(Clone)]
pub struct Kin(Rc<RefCell<KinFields>>);

/// The attributes of a `Kin`.
pub struct KinFields {
    pub n: i64,
    pub kids: Vec<Kin>,
    pub table: Dict<String, Vec<Kin>>,
    pub other: Option<Kin>,
}

impl Kin {
    pub fn n(&self) -> i64 {
        self.0.borrow().n
    }

    pub fn set_n(&self, value: i64) {
        self.0.borrow_mut().n = value;
    }

    pub fn kids(&self) -> Ref<'_, Vec<Kin>> {
        Ref::map(self.0.borrow(), |fields| &fields.kids)
    }

    pub fn kids_mut(&self) -> RefMut<'_, Vec<Kin>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.kids)
    }

    pub fn set_kids(&self, value: Vec<Kin>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().kids, value);
        drop(old);
    }

    pub fn table(&self) -> Ref<'_, Dict<String, Vec<Kin>>> {
        Ref::map(self.0.borrow(), |fields| &fields.table)
    }

    pub fn table_mut(&self) -> RefMut<'_, Dict<String, Vec<Kin>>> {
        RefMut::map(self.0.borrow_mut(), |fields| &mut fields.table)
    }

    pub fn set_table(&self, value: Dict<String, Vec<Kin>>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().table, value);
        drop(old);
    }

    pub fn other(&self) -> Option<Kin> {
        self.0.borrow().other.clone()
    }

    pub fn set_other(&self, value: Option<Kin>) {
        let old = std::mem::replace(&mut self.0.borrow_mut().other, value);
        drop(old);
    }

    pub fn new(n: i64) -> Kin {
        Kin::from(KinFields {
            n,
            kids: Vec::new(),
            table: dict::Dict::default(),
            other: None,
        })
    }

    pub fn make(&self) -> Kin {
        self.kids_mut().push(Kin::new(0));
        Kin::new(self.kids().len() as i64)
    }

    pub fn rebind(&self) -> i64 {
        self.set_kids(Vec::new());
        1
    }

    pub fn add_made(&self) {
        let value = self.make();
        self.kids_mut().push(value);
    }

    pub fn counted(&self) -> Vec<i64> {
        let kids = self.kids().clone();
        kids.iter().map(|kid| kid.count()).collect::<Vec<i64>>()
    }

    pub fn count(&self) -> i64 {
        self.set_n(self.n().strict_add(1));
        self.n()
    }

    pub fn around(&self) -> i64 {
        let value = self.kids().len();
        (value as i64).strict_add(self.make().n()).strict_add({
            let value_2 = self.kids().len();
            value_2
        } as i64)
    }

    pub fn either(&self) -> Result<bool, Error> {
        Ok(!self.kids().is_empty() && self.make().n() > 1
            || ({
                let value = seq::at(&self.kids(), 0)?.clone();
                value
            })
            .count()
                == 2)
    }

    pub fn drain(&self) -> Result<i64, Error> {
        let mut total: i64 = 0;
        while !self.kids().is_empty() {
            let kid = seq::pop(&mut self.kids_mut())?;
            total = total.strict_add(kid.around());
        }
        Ok(total)
    }

    pub fn both(&self) -> i64 {
        if !self.kids().is_empty() && self.make().n() > 2 {
            return 1;
        }
        0
    }

    pub fn copied(&self) -> i64 {
        let kids = self.kids().to_vec();
        for kid in &kids {
            let _ = kid.make();
        }
        kids.len() as i64
    }

    pub fn sum_counts(&self) -> i64 {
        let kids = self.kids().clone();
        int::sum(kids.iter().map(|kid| kid.count()))
    }

    pub fn holds(&self, other: &Kin) -> bool {
        self.kids().contains(other)
    }

    pub fn take(&self, kids: &[Kin]) -> Result<(), Error> {
        self.set_kids(kids.to_vec());
        self.set_other(if !kids.is_empty() {
            seq::at(kids, 0)?.other()
        } else {
            None
        });
        let value = self.kids().len();
        self.set_n(value as i64 + kids.len() as i64);
        Ok(())
    }

    pub fn replace(&self) -> Result<i64, Error> {
        let end = self.kids().len();
        for i in 0..end as i64 {
            let instance = seq::at(&self.kids(), i)?.clone();
            instance.set_n(instance.n().strict_add(i));
            let value_2 = seq::at(&self.kids(), i)?.clone();
            let value = value_2.make();
            seq::store(&mut self.kids_mut(), i, value)?;
        }
        Ok(int::sum(self.kids().iter().map(|k| k.n())))
    }

    pub fn pass_on(&self) -> Result<(), Error> {
        let value = seq::at(&self.kids(), 0)?.clone();
        let value_2 = seq::at(&self.kids(), -1)?.clone();
        value.kids_mut().push(value_2);
        Ok(())
    }
}

impl From<KinFields> for Kin {
    fn from(fields: KinFields) -> Kin {
        Kin(Rc::new(RefCell::new(fields)))
    }
}

impl Identity for Kin {
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }
}

impl std::fmt::Debug for Kin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kin")
    }
}

/// Without `__eq__`, an instance equals only itself.
impl PartialEq for Kin {
    fn eq(&self, other: &Kin) -> bool {
        self.is(other)
    }
}

impl Drop for KinFields {
    /// A long chain is taken apart link by link, not by recursion.
    fn drop(&mut self) {
        let mut pending: Vec<Kin> = Vec::new();
        pending.extend(self.kids.drain(..));
        pending.extend(std::mem::take(&mut self.table).into_values().flatten());
        pending.extend(self.other.take());

        while let Some(Kin(cell)) = pending.pop() {
            if let Some(cell) = Rc::into_inner(cell) {
                let mut fields = cell.into_inner();
                pending.extend(fields.kids.drain(..));
                pending.extend(std::mem::take(&mut fields.table).into_values().flatten());
                pending.extend(fields.other.take());
            }
        }
    }
}

pub fn kin(n: i64) -> Kin {
    let root = Kin::new(n);
    for _ in 0..n {
        root.add_made();
    }
    root
}

#[allow(clippy::type_complexity)]
pub fn reentered(n: i64) -> Result<(Vec<i64>, i64, i64, bool, i64, i64), Error> {
    let root = kin(n);
    let counts = root.counted();
    let mut total = root.around().strict_add(root.sum_counts());
    if n > 1 {
        root.pass_on()?;
        total = total.strict_add(root.replace()?);
    }
    let found = [
        root.holds(&seq::at(&root.kids(), 0)?.clone()),
        root.holds(&Kin::new(1)),
    ];
    Ok((
        counts,
        total,
        root.copied(),
        *seq::at_tuple(&found, 0)? && !*seq::at_tuple(&found, 1)?,
        root.both(),
        root.drain()?,
    ))
}

pub fn chosen(n: i64) -> Result<(bool, i64), Error> {
    let root = kin(n);
    Ok((root.either()?, {
        let value = root.kids().len();
        value
    } as i64))
}

pub fn handed(n: i64) -> Result<(i64, i64), Error> {
    let root = Kin::new(0);
    let others = (0..n).map(|i| kin(i)).collect::<Vec<Kin>>();
    root.take(&others)?;
    let _ = root.rebind();
    Ok((root.n(), others.len() as i64))
}

pub fn deep(n: i64) -> i64 {
    let root = Tree::new(0, None);
    let mut current = root.clone();
    for value in 0..n {
        current = current.add(value);
    }
    root.value()
}
