//! Dataclasses with base classes, fields that are keywords, and what is generated in the place of what is inherited.

use crate::runtime::repr;
use crate::runtime::seq;

#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub name: String,
    pub age: i64,
}

impl Person {
    pub fn greet(&self) -> String {
        format!("{} ({})", self.name, self.age)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Employee {
    pub name: String,
    pub age: i64,
    pub salary: i64,
    pub skills: Vec<String>,
}

impl Employee {
    pub fn greet(&self) -> String {
        format!("{} ({})", self.name, self.age)
    }

    pub fn learn(&mut self, skill: &str) -> i64 {
        self.skills.push(skill.to_string());
        self.skills.len() as i64
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Intern {
    pub name: String,
    pub age: i64,
    pub salary: i64,
    pub skills: Vec<String>,
}

impl Intern {
    pub fn person_greet(&self) -> String {
        format!("{} ({})", self.name, self.age)
    }

    pub fn learn(&mut self, skill: &str) -> i64 {
        self.skills.push(skill.to_string());
        self.skills.len() as i64
    }

    pub fn greet(&self) -> String {
        format!("intern {}", self.person_greet())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    pub host: String,
    pub port: i64,
    pub ratio: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    pub host: String,
    pub port: i64,
    pub ratio: f64,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DataclassBasesBox {
    pub width: i64,
    pub height: i64,
}

impl DataclassBasesBox {
    pub fn size(self) -> i64 {
        self.width.strict_mul(self.height)
    }
}

pub fn hired(name: &str, salary: i64) -> (String, i64, bool, String) {
    let mut one = Employee {
        name: name.to_string(),
        age: 20,
        salary,
        skills: Vec::new(),
    };
    let two = Employee {
        name: name.to_string(),
        salary,
        age: 20,
        skills: Vec::new(),
    };
    let same = one == two;
    let count = one.learn("x").strict_add(one.learn("y"));
    let three = Intern {
        name: name.to_string(),
        age: 5,
        salary: 0,
        skills: Vec::new(),
    };
    (
        format!("{}{}", one.greet(), three.greet()),
        count,
        same && one != two,
        seq::concat(&one.skills, &three.skills).join(","),
    )
}

pub fn options(host: &str, port: i64) -> String {
    let (one, two, three) = (
        Options {
            host: host.to_string(),
            port: 80,
            ratio: 0.5,
        },
        Options {
            port,
            host: host.to_string(),
            ratio: 0.5,
        },
        Named {
            name: "n".to_string(),
            host: host.to_string(),
            port: 80,
            ratio: 0.5,
        },
    );
    format!(
        "Options(host={}, port={}, ratio={}) Options(host={}, port={}, ratio={}) {} {}{}{}",
        repr::repr(&one.host),
        repr::repr(&one.port),
        repr::repr(&one.ratio),
        repr::repr(&two.host),
        repr::repr(&two.port),
        repr::repr(&two.ratio),
        repr::of_bool(one == two),
        three.name,
        three.host,
        three.port
    )
}

pub fn boxes(width: i64) -> (bool, String, i64) {
    let box_ = DataclassBasesBox { width, height: 2 };
    (
        DataclassBasesBox { width, height: 1 }
            == DataclassBasesBox {
                width: 2,
                height: 1,
            },
        format!(
            "Box(width={}, height={})",
            repr::repr(&box_.width),
            repr::repr(&box_.height)
        ),
        DataclassBasesBox { width, height: 3 }.size(),
    )
}
