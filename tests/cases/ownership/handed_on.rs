//! Loops whose body hands on the owner of what they run over.

use crate::error::Error;
use crate::runtime::collections;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::text;

#[derive(Debug, Clone)]
pub struct Graph {
    pub near: Dict<i64, Vec<i64>>,
    pub steps: i64,
}

impl Graph {
    pub fn new(edges: &[(i64, i64)]) -> Graph {
        let mut near: Dict<i64, Vec<i64>> = dict::Dict::default();
        for &(a, b) in edges {
            collections::get_or_default(&mut near, a).push(b);
        }
        Graph { near, steps: 0 }
    }

    pub fn depth_first(&mut self, at: i64, seen: &mut Vec<i64>) -> Result<i64, Error> {
        let _depth = decline::enter();
        seen.push(at);
        self.steps = self.steps.strict_add(1);
        for other in collections::get_or_default(&mut self.near, at).to_vec() {
            if !seen.contains(&other) {
                self.depth_first(other, seen)?;
            }
        }
        Ok(self.near.len() as i64)
    }
}

#[derive(Debug, Clone)]
pub struct Tokens {
    pub text: String,
    pub words: Dict<String, i64>,
    pub rows: Vec<Vec<i64>>,
    pub out: Vec<String>,
}

impl Tokens {
    pub fn new(text: &str, words: &Dict<String, i64>, rows: &[Vec<i64>]) -> Tokens {
        Tokens {
            text: text.to_string(),
            words: words.clone(),
            rows: rows.to_vec(),
            out: Vec::new(),
        }
    }

    pub fn emit(&mut self, token: &str) -> i64 {
        self.out.push(token.to_string());
        self.out.len() as i64
    }

    pub fn letters(&mut self) -> i64 {
        int::sum(
            self.text
                .chars()
                .map(|item| item.to_string())
                .collect::<Vec<String>>()
                .into_iter()
                .map(|c| self.emit(&c)),
        )
    }

    pub fn run(&mut self) -> i64 {
        let mut total: i64 = 0;
        for c in self
            .text
            .chars()
            .map(|item| item.to_string())
            .collect::<Vec<String>>()
        {
            total = total.strict_add(self.emit(&c));
        }
        for (at, (word, times)) in self
            .words
            .iter()
            .map(|(a, &b)| (a.to_string(), b))
            .collect::<Vec<(String, i64)>>()
            .into_iter()
            .enumerate()
        {
            let at = at as i64;
            total = total.strict_add(self.emit(&format!("{}{}", text::repeat(&word, times), at)));
        }
        for row in self.rows.to_vec() {
            for &x in &row {
                total = total.strict_add(self.emit(&x.to_string()));
            }
        }
        total
    }
}

pub fn reached(edges: &[(i64, i64)], start: i64) -> Result<(Vec<i64>, i64, i64), Error> {
    let mut graph = Graph::new(edges);
    let mut seen: Vec<i64> = Vec::new();
    let known = graph.depth_first(start, &mut seen)?;
    Ok((seen, known, graph.steps))
}

pub fn told(text: &str, words: &Dict<String, i64>, rows: &[Vec<i64>]) -> (i64, i64, Vec<String>) {
    let mut tokens = Tokens::new(text, words, rows);
    (tokens.letters(), tokens.run(), tokens.out.clone())
}

pub fn walk(near: &mut Dict<i64, Vec<i64>>, at: i64, seen: &mut Set<i64>) -> Result<i64, Error> {
    let _depth = decline::enter();
    seen.insert(at);
    let mut found: i64 = 1;
    for other in collections::get_or_default(near, at).to_vec() {
        if !seen.contains(&other) {
            found = found.strict_add(walk(near, other, seen)?);
        }
    }
    Ok(found)
}

pub fn size(edges: &[(i64, i64)], start: i64) -> Result<i64, Error> {
    let mut near: Dict<i64, Vec<i64>> = dict::Dict::default();
    for &(a, b) in edges {
        collections::get_or_default(&mut near, a).push(b);
    }
    Ok(walk(&mut near, start, &mut set::Set::default())?
        .strict_mul(100)
        .strict_add(near.len() as i64))
}
