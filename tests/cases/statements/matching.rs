//! `match`: literals, captures, sequences, mappings, classes, alternatives, guards.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;
use crate::unions::IntOrStr;
use crate::unions::ListIntOrStr;

pub fn http(status: i64) -> String {
    match status {
        200 => "ok".to_string(),
        301 | 302 => "moved".to_string(),
        404 => "missing".to_string(),
        _ => "other".to_string(),
    }
}

pub fn command(text: &str) -> String {
    let result: String = match text {
        "go" => "going".to_string(),
        "stop" | "halt" => "stopping".to_string(),
        "" => "nothing".to_string(),
        _ => {
            let other = text;
            format!("what is {other}?")
        }
    };
    result
}

pub fn fizz(n: i64) -> String {
    let subject = n.rem_euclid(3);
    let subject_2 = n.rem_euclid(5);
    if subject == 0 && subject_2 == 0 {
        return "fizzbuzz".to_string();
    } else if subject == 0 {
        return "fizz".to_string();
    } else if subject_2 == 0 {
        return "buzz".to_string();
    }
    n.to_string()
}

pub fn point(p: (i64, i64)) -> String {
    if p.0 == 0 && p.1 == 0 {
        "origin".to_string()
    } else if p.1 == 0 {
        let x = p.0;
        format!("x={x}")
    } else if p.0 == 0 {
        let y = p.1;
        format!("y={y}")
    } else if p.0 == p.1 {
        let x = p.0;
        format!("diagonal {x}")
    } else {
        let x = p.0;
        let y = p.1;
        format!("{x},{y}")
    }
}

pub fn listed(xs: &[i64]) -> String {
    if xs.is_empty() {
        return "empty".to_string();
    } else if xs.len() == 1 {
        let x = xs[0];
        return format!("one {x}");
    } else if xs.len() == 2 && xs[0] == 1 {
        let y = xs[1];
        return format!("one and {y}");
    } else if xs.len() >= 2 && xs[0] == xs[xs.len() - 1] {
        let first = xs[0];
        let _ = xs[xs.len() - 1];
        return format!("same ends {first}");
    } else if !xs.is_empty() {
        let first = xs[0];
        let rest = seq::slice(xs, 1..).to_vec();
        return format!("{first} then {}", rest.len());
    }
    decline::decline("the end is reached, which gives None for `str`")
}

pub fn words(line: &str) -> String {
    let subject = text::split(line);
    if subject.len() == 1 && subject[0] == "quit" {
        "quit".to_string()
    } else if subject.len() == 2
        && subject[0] == "go"
        && (subject[1] == "north"
            || subject[1] == "south"
            || subject[1] == "east"
            || subject[1] == "west")
    {
        let direction = &subject[1];
        format!("go {direction}")
    } else if subject.len() == 2 && subject[0] == "get" {
        let obj = &subject[1];
        format!("get {obj}")
    } else if !subject.is_empty() && subject[0] == "drop" {
        let objects = seq::slice(&subject, 1..).to_vec();
        format!("drop {}", objects.join(","))
    } else {
        "unknown".to_string()
    }
}

pub fn mapping(d: &Dict<String, i64>) -> Result<String, Error> {
    if d.contains_key("x") && d.contains_key("y") {
        let x = *dict::get_item(d, "x")?;
        let y = *dict::get_item(d, "y")?;
        Ok(format!("point {x} {y}"))
    } else if d.contains_key("x") && *dict::get_item(d, "x")? == 0 {
        Ok("zero x".to_string())
    } else if d.contains_key("x") {
        let x = *dict::get_item(d, "x")?;
        let mut rest = d.clone();
        dict::delete(&mut rest, "x")?;
        Ok(format!("x {x} rest {}", rest.len()))
    } else {
        Ok("no x".to_string())
    }
}

pub fn optional(x: Option<i64>) -> String {
    match x {
        None => "none".to_string(),
        Some(0) => "zero".to_string(),
        _ => {
            if x.unwrap() < 0 {
                "negative".to_string()
            } else {
                let n = x;
                format!("{}", n.unwrap())
            }
        }
    }
}

pub fn union(x: &IntOrStr) -> String {
    if let IntOrStr::Int(x) = *x {
        return format!("int {}", x.strict_add(1));
    } else if let IntOrStr::Str(x) = x {
        return format!("str {}", text::upper(x));
    }
    decline::decline("the end is reached, which gives None for `str`")
}

pub fn union_captures(x: &IntOrStr) -> String {
    if let IntOrStr::Int(x) = *x
        && x == 0
    {
        return "zero".to_string();
    } else if let IntOrStr::Str(x) = x
        && x.is_empty()
    {
        return "empty".to_string();
    } else if let IntOrStr::Int(x) = *x
        && x > 10
    {
        let n = x;
        return format!("big {n}");
    } else if let IntOrStr::Int(x) = *x {
        let n = x;
        return format!("int {n}");
    } else if let IntOrStr::Str(x) = x {
        let s = x;
        return format!("str {s}");
    }
    decline::decline("the end is reached, which gives None for `str`")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    Red,
    Green,
    Blue,
}

impl Color {
    /// The members, in the order of their definition.
    pub const ALL: [Color; 3] = [Color::Red, Color::Green, Color::Blue];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Color::Red => "RED",
            Color::Green => "GREEN",
            Color::Blue => "BLUE",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Color::Red => 1,
            Color::Green => 2,
            Color::Blue => 3,
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Color> {
        match name {
            "RED" => Some(Color::Red),
            "GREEN" => Some(Color::Green),
            "BLUE" => Some(Color::Blue),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: i64) -> Option<Color> {
        match value {
            1 => Some(Color::Red),
            2 => Some(Color::Green),
            3 => Some(Color::Blue),
            _ => None,
        }
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Color.{}", self.name())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    pub x: i64,
    pub y: i64,
}

pub fn classes(x: i64, y: i64) -> String {
    let dot = Dot { x, y };
    if dot.x == 0 && dot.y == 0 {
        "origin".to_string()
    } else if dot.x == 0 {
        let b = dot.y;
        format!("on y at {b}")
    } else if dot.y == 0 {
        let a = dot.x;
        format!("on x at {a}")
    } else if dot.x == dot.y {
        "diagonal".to_string()
    } else {
        "somewhere".to_string()
    }
}

pub fn dot_arg(dot: &Dot) -> i64 {
    let x = dot.x;
    let y = dot.y;
    x.strict_mul(10).strict_add(y)
}

pub fn dots(n: i64) -> i64 {
    dot_arg(&Dot { x: n, y: 1 })
}

pub fn singles(flag: bool) -> String {
    if flag {
        return "yes".to_string();
    } else if !flag {
        return "no".to_string();
    }
    decline::decline("the end is reached, which gives None for `str`")
}

pub fn text_is_no_sequence(s: &str) -> String {
    if s == "ab" {
        "text".to_string()
    } else {
        "other".to_string()
    }
}

pub fn bool_matches_int(_flag: bool) -> String {
    "int".to_string()
}

pub fn floats(x: f64) -> String {
    if x == 0.0 {
        "zero".to_string()
    } else if x == 1.0 {
        "one".to_string()
    } else {
        "other".to_string()
    }
}

pub fn nested(p: &(String, (i64, i64))) -> i64 {
    if p.0 == "add" {
        let a = p.1.0;
        let b = p.1.1;
        a.strict_add(b)
    } else if p.0 == "sub" {
        let a = p.1.0;
        let b = p.1.1;
        a.strict_sub(b)
    } else {
        p.1.0
    }
}

pub fn in_loop(xs: &[i64]) -> i64 {
    let mut total: i64 = 0;
    for &x in xs {
        match x {
            0 => continue,
            99 => break,
            _ => {
                if x.rem_euclid(2) != 0 {
                    let n = x;
                    total = total.strict_add(n);
                } else {
                    let n = x;
                    total = total.strict_sub(n);
                }
            }
        }
    }
    total
}

pub fn nothing_matches(n: i64) -> i64 {
    let mut r: i64 = 0;
    match n {
        1 => {
            r = 10;
        }
        2 => {
            r = 20;
        }
        _ => (),
    }
    r
}

pub fn negative(n: i64) -> String {
    match n {
        -1 => return "minus".to_string(),
        0 | 1 | 2 => return "small".to_string(),
        _ => {
            if matches!(n, 5 | 7) {
                return "odd".to_string();
            }
        }
    }
    "rest".to_string()
}

pub fn calls(n: i64) -> String {
    let subject = http(n);
    if subject == "ok" {
        "fine".to_string()
    } else if subject.chars().count() > 5 {
        "long".to_string()
    } else {
        subject
    }
}

pub fn alternatives(p: (i64, i64)) -> i64 {
    if p.0 == 0 {
        p.1
    } else if p.1 == 0 {
        p.0
    } else {
        let a = p.0;
        let b = p.1;
        a.strict_add(b)
    }
}

pub fn rows(grid: &[Vec<i64>]) -> i64 {
    if grid.len() == 2 && grid[0].len() == 2 && grid[1].len() == 2 {
        let a = grid[0][0];
        let b = grid[0][1];
        let c = grid[1][0];
        let d = grid[1][1];
        a.strict_mul(d).strict_sub(b.strict_mul(c))
    } else if grid.len() == 1 && grid[0].len() == 1 {
        grid[0][0]
    } else {
        0
    }
}

pub fn pair_opt(a: Option<i64>, b: Option<i64>) -> String {
    if a.is_none() && b.is_none() {
        "neither".to_string()
    } else if b.is_none() {
        let _ = a;
        "left".to_string()
    } else if a.is_none() {
        let _ = b;
        "right".to_string()
    } else {
        let _ = a;
        let _ = b;
        "both".to_string()
    }
}

pub fn color(c: Color) -> String {
    if c == Color::Red {
        return "r".to_string();
    } else if c == Color::Green || c == Color::Blue {
        return "gb".to_string();
    }
    decline::decline("the end is reached, which gives None for `str`")
}

pub fn color_of(n: i64) -> String {
    if n != 0 {
        format!("{}{}", color(Color::Red), color(Color::Green))
    } else {
        color(Color::Blue)
    }
}

pub fn anything(x: &Value) -> String {
    if matches!(x, Value::None) {
        "none".to_string()
    } else if *x == 1 {
        "one".to_string()
    } else if *x == "a" {
        "a".to_string()
    } else if matches!(x, Value::Str(_)) {
        let s = value::exact_str(x);
        format!("text {s}")
    } else if matches!(x, Value::Int(_) | Value::Bool(_)) {
        "int".to_string()
    } else {
        "other".to_string()
    }
}

pub fn looped(xs: &[String]) -> Result<i64, Error> {
    let mut i: i64 = 0;
    loop {
        let subject = seq::at(xs, i)?;
        match subject.as_str() {
            "stop" => break,
            "skip" => {
                i = i.strict_add(2);
            }
            _ => {
                if text::is_digit(subject) {
                    let w = subject;
                    i = i.strict_add(int::parse(w)?);
                } else {
                    let w = subject;
                    if w.chars().count() > 3 {
                        break;
                    }
                    i = i.strict_add(1);
                }
            }
        }
    }
    Ok(i)
}

pub fn in_try(x: &str) -> Result<i64, Error> {
    if x == "a" {
        match int::parse(x) {
            Ok(value) => Ok(value),
            Err(error) if error.is_value_error() => Ok(-1),
            Err(error) => Err(error),
        }
    } else {
        Ok(0)
    }
}

pub fn assigns(p: (i64, i64)) -> i64 {
    let r: i64 = if p.0 == 0 {
        let y = p.1;
        y
    } else {
        let x = p.0;
        x
    };
    r
}

pub fn sub_as(p: (i64, (i64, i64))) -> i64 {
    if p.1.0 == 0 || p.1.0 == 1 {
        let a = p.0;
        let b = p.1.0;
        let c = p.1.1;
        a.strict_add(b).strict_add(c)
    } else {
        let a = p.0;
        let q = p.1;
        a.strict_mul(q.0)
    }
}

pub fn several(x: &IntOrStr, y: &ListIntOrStr) -> String {
    let mut left: Option<String> = None;
    if matches!(x, IntOrStr::Int(_))
        && (match x {
            IntOrStr::Int(inner) => *inner,
            _ => decline::decline("not a int"),
        }) == 1
        || matches!(x, IntOrStr::Int(_))
            && (match x {
                IntOrStr::Int(inner) => *inner,
                _ => decline::decline("not a int"),
            }) == 2
    {
        left = Some("few".to_string());
    } else if matches!(x, IntOrStr::Str(_))
        && (match x {
            IntOrStr::Str(inner) => inner,
            _ => decline::decline("not a str"),
        }) == "a"
        || matches!(x, IntOrStr::Str(_))
            && (match x {
                IntOrStr::Str(inner) => inner,
                _ => decline::decline("not a str"),
            }) == "b"
    {
        left = Some("letter".to_string());
    } else if let IntOrStr::Int(_) = *x {
        left = Some("int".to_string());
    } else if let IntOrStr::Str(x) = x {
        let s = x;
        left = Some(s.to_string());
    }
    if let ListIntOrStr::Str(y) = y
        && y == "x"
    {
        format!("{} text", left.as_deref().unwrap())
    } else if let ListIntOrStr::ListInt(y) = y
        && !y.is_empty()
    {
        let a = y[0];
        format!("{} {a}", left.as_deref().unwrap())
    } else {
        left.as_deref().unwrap().to_string()
    }
}

pub fn captures_subject(x: (i64, i64)) -> i64 {
    if x.0 == 0 {
        x.1
    } else if x.0 > x.1 {
        x.1
    } else {
        x.0
    }
}

/// What a pattern looks at is evaluated once.
pub fn takes_apart(xs: &[Vec<String>]) -> String {
    let subject = xs
        .iter()
        .filter(|&x| !x.is_empty())
        .map(|x| x.to_vec())
        .collect::<Vec<Vec<String>>>();
    if subject.is_empty() {
        return "-".to_string();
    } else if subject.len() >= 2 && subject[0].len() == 1 && subject[subject.len() - 1].len() == 2 {
        let a = &subject[0][0];
        let b = &subject[subject.len() - 1][0];
        let c = &subject[subject.len() - 1][1];
        return format!("{a}{b}{c}");
    } else if !subject.is_empty() && !subject[0].is_empty() {
        let a = &subject[0][0];
        let more = seq::slice(&subject[0], 1..).to_vec();
        return format!("{a}{}", more.iter().map(String::as_str).collect::<String>());
    }
    decline::decline("the end is reached, which gives None for `str`")
}
