//! Special methods where their syntax is used, properties, static and class methods.

use crate::error::Error;
use crate::runtime::out;
use crate::runtime::repr;
use crate::runtime::seq;

#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub left: i64,
    pub right: String,
}

#[derive(Debug, Clone)]
pub struct Vector {
    pub x: i64,
    pub y: i64,
}

impl Vector {
    pub fn new(x: i64, y: i64) -> Vector {
        Vector { x, y }
    }

    pub fn add(&self, other: &Vector) -> Vector {
        Vector::new(self.x.strict_add(other.x), self.y.strict_add(other.y))
    }

    pub fn mul(&self, k: i64) -> Vector {
        Vector::new(self.x.strict_mul(k), self.y.strict_mul(k))
    }

    pub fn rmul(&self, k: i64) -> Vector {
        Vector::new(self.x.strict_mul(k), self.y.strict_mul(k))
    }

    pub fn neg(&self) -> Vector {
        Vector::new(self.x.strict_neg(), self.y.strict_neg())
    }

    pub fn equals(&self, other: &Vector) -> bool {
        self.x == other.x && self.y == other.y
    }

    pub fn lt(&self, other: &Vector) -> bool {
        self.x < other.x
    }

    pub fn repr(&self) -> String {
        format!("Vector({}, {})", self.x, self.y)
    }

    pub fn is_true(&self) -> bool {
        self.x != 0 || self.y != 0
    }

    pub fn norm1(&self) -> i64 {
        self.x.strict_abs().strict_add(self.y.strict_abs())
    }

    pub fn double(n: i64) -> i64 {
        2_i64.strict_mul(n)
    }

    pub fn diagonal(n: i64) -> Vector {
        Vector::new(n, Vector::double(n))
    }
}

#[derive(Debug, Clone)]
pub struct Grid {
    pub size: i64,
    pub cells: Vec<i64>,
}

impl Grid {
    pub fn new(n: i64) -> Grid {
        Grid {
            size: n,
            cells: vec![0_i64; n.max(0) as usize],
        }
    }

    pub fn length(&self) -> i64 {
        self.size
    }

    pub fn get_item(&self, i: i64) -> Result<i64, Error> {
        Ok(*seq::at(&self.cells, i)?)
    }

    pub fn set_item(&mut self, i: i64, value: i64) -> Result<(), Error> {
        seq::store(&mut self.cells, i, value)?;
        Ok(())
    }

    pub fn contains(&self, value: i64) -> bool {
        self.cells.contains(&value)
    }
}

pub fn vecs(a: i64, b: i64, k: i64) -> Vec<String> {
    let v = Vector::new(a, b);
    let w = Vector::new(b, a);
    let mut out = vec![
        v.add(&w).repr(),
        v.mul(k).repr(),
        format!("{} and {}", v.rmul(k).repr(), v.repr()),
    ];
    let n = v.neg();
    if v.equals(&w) {
        out.push("same".to_string());
    }
    if !v.equals(&w) {
        out.push("differ".to_string());
    }
    if v.lt(&w) {
        out.push("less".to_string());
    }
    if w.lt(&v) {
        out.push("more".to_string());
    }
    if !n.is_true() {
        out.push("zero".to_string());
    }
    out::write(&format!("{} {}\n", v.repr(), w.repr()));
    let d = Vector::diagonal(k);
    out.push(format!(
        "{} {} {} {}",
        d.norm1(),
        Vector::double(3),
        Vector::double(4),
        repr::of_bool(v.is_true())
    ));
    out
}

pub fn grids(n: i64, i: i64) -> Result<Vec<i64>, Error> {
    let mut g = Grid::new(n);
    g.set_item(i, 5)?;
    g.set_item(i, g.get_item(i)?.strict_add(2))?;
    let mut found: i64 = if g.contains(7) { 1 } else { 0 };
    if seq::length(g.length())? != 0 {
        found = found.strict_add(10);
    }
    Ok(vec![seq::length(g.length())?, g.get_item(i)?, found])
}

pub fn pairs(n: i64) -> String {
    let p = Pair {
        left: n,
        right: "r".to_string(),
    };
    format!(
        "Pair(left={}, right={}) Pair(left={}, right={})Pair(left={}, right={})",
        repr::repr(&p.left),
        repr::repr(&p.right),
        repr::repr(&p.left),
        repr::repr(&p.right),
        repr::repr(&p.left),
        repr::repr(&p.right)
    )
}

pub fn negative_length(n: i64) -> Result<i64, Error> {
    Ok(if n > 0 {
        seq::length(Grid::new(n).length())?
    } else {
        seq::length(Short::new(n).length())?
    })
}

#[derive(Debug, Clone)]
pub struct Short {
    pub n: i64,
}

impl Short {
    pub fn new(n: i64) -> Short {
        Short { n }
    }

    pub fn length(&self) -> i64 {
        self.n
    }

    pub fn equals(&self, other: &Short) -> bool {
        true && self.n == other.n
    }
}

pub fn shorts(n: i64, m: i64) -> bool {
    Short::new(n).equals(&Short::new(m))
}
