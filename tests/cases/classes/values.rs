//! Named tuples and dataclasses by value: compared, ordered, hashed, taken apart, shown.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::repr;
use crate::runtime::set;

/// A point of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    pub x: i64,
    pub y: i64,
}

impl Point {
    pub fn shifted(self, dx: i64) -> Point {
        Point {
            x: self.x.strict_add(dx),
            y: self.y,
        }
    }

    pub fn total(self) -> i64 {
        self.x.strict_add(self.y)
    }

    pub fn abs(self) -> i64 {
        self.x.strict_abs().max(self.y.strict_abs())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub name: String,
    pub at: Point,
    pub weight: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    pub major: i64,
    pub minor: i64,
    pub tag: String,
}

impl Version {
    pub fn bump(&self) -> Version {
        Version {
            major: self.major,
            minor: self.minor.strict_add(1),
            tag: String::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub low: f64,
    pub high: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Shelf {
    pub width: i64,
    pub books: Vec<String>,
    pub note: String,
    pub used: i64,
}

pub fn moved(x: i64, y: i64) -> (i64, i64) {
    let point = Point { x, y };
    let mut after = point.shifted(1);
    if x < 0 {
        after = Point {
            y: point.total(),
            x: after.x,
        };
    }
    let (a, b) = (after.x, after.y);
    (a, b)
}

pub fn parts(x: i64) -> String {
    let point = Point { x, y: 0 };
    let (a, b) = (point.x, point.y);
    format!(
        "{} {} {} {a} {b} {} {}",
        point.x,
        point.y,
        2,
        point.abs(),
        repr::of_bool(true)
    )
}

pub fn farthest(xs: &[i64]) -> String {
    let mut best: Option<Point> = None;
    for (place, &x) in xs.iter().enumerate() {
        let place = place as i64;
        let point = Point { x, y: -place };
        if best.is_none() || point > best.unwrap() {
            best = Some(point);
        }
    }
    if best.is_some() {
        format!(
            "Point(x={}, y={})",
            repr::repr(&best.unwrap().x),
            repr::repr(&best.unwrap().y)
        )
    } else {
        "none".to_string()
    }
}

pub fn counted(xs: &[i64]) -> Dict<String, i64> {
    let mut seen: Dict<Point, i64> = dict::Dict::default();
    for &x in xs {
        let point = Point {
            x: x.rem_euclid(2),
            y: x.rem_euclid(3),
        };
        let value = seen.get(&point).copied().unwrap_or(0).strict_add(1);
        seen.insert(point, value);
    }
    dict::from_pairs(
        seen.iter()
            .map(|(&point, &times)| (format!("{},{}", point.x, point.y), times)),
    )
}

pub fn ordered(pairs: &[(i64, String)]) -> Vec<String> {
    let versions = pairs
        .iter()
        .map(|(major, tag)| {
            let major = *major;
            Version {
                major,
                tag: tag.to_string(),
                minor: 0,
            }
        })
        .collect::<Vec<Version>>();
    ({
        let mut sorted: Vec<Version> = versions.to_vec();
        sorted.sort();
        sorted
    })
    .into_iter()
    .map(|version| {
        format!(
            "Version(major={}, minor={}, tag={})",
            repr::repr(&version.major),
            repr::repr(&version.minor),
            repr::repr(&version.tag)
        )
    })
    .collect::<Vec<String>>()
}

pub fn newest(majors: &[i64]) -> Result<i64, Error> {
    Ok(extremes::max(majors.iter().map(|&major| Version {
        major,
        minor: major.strict_neg(),
        tag: String::new(),
    }))?
    .major)
}

pub fn same(major: i64, minor: i64) -> bool {
    let (one, other) = (
        Version {
            major,
            minor,
            tag: String::new(),
        },
        Version {
            major,
            minor: 0,
            tag: String::new(),
        }
        .bump(),
    );
    one == other && one == other && one <= other
}

pub fn distinct(names: &[String]) -> i64 {
    set::from_items(names.iter().map(|name| {
        Label {
            name: name.to_string(),
            at: Point { x: 0, y: 0 },
            weight: None,
        }
        .name
    }))
    .len() as i64
        + set::from_items(names.iter().map(|name| Version {
            major: 1,
            tag: name.to_string(),
            minor: 0,
        }))
        .len() as i64
}

pub fn shared(name: &str) -> String {
    let label = Label {
        name: name.to_string(),
        at: Point { x: 1, y: 2 },
        weight: None,
    };
    let other = label.clone();
    let renamed = Label {
        name: format!("{}!", other.name),
        at: other.at.shifted(3),
        weight: Some(0.5),
    };
    format!(
        "Label(name={}, at=Point(x={}, y={}), weight={}) Label(name={}, at=Point(x={}, y={}), weight={})",
        repr::repr(&label.name),
        repr::repr(&label.at.x),
        repr::repr(&label.at.y),
        repr::repr(&label.weight),
        repr::repr(&renamed.name),
        repr::repr(&renamed.at.x),
        repr::repr(&renamed.at.y),
        repr::repr(&renamed.weight)
    )
}

pub fn within(low: f64, high: f64, x: f64) -> bool {
    let span = Span { low, high };
    span.low <= x && x <= span.high && span == Span { low, high }
}

pub fn shelves(width: i64, book: &str) -> String {
    let (mut one, mut two) = (
        Shelf {
            width,
            books: Vec::new(),
            note: String::new(),
            used: 0,
        },
        Shelf {
            width,
            books: Vec::new(),
            note: "note".to_string(),
            used: 0,
        },
    );
    one.books.push(book.to_string());
    let before = one == two;
    two.books.push(book.to_string());
    two.note = String::new();
    two.used = two.used.strict_add(0);
    format!(
        "{} {} Shelf(width={}, books={}, used={})",
        repr::of_bool(before),
        repr::of_bool(one == two),
        repr::repr(&one.width),
        repr::repr(&one.books),
        repr::repr(&one.used)
    )
}
