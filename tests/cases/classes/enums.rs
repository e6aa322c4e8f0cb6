//! Enumerations: members, aliases, values, looking up, comparing, showing, as keys and in constants.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::fmt;
use crate::runtime::int;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::text;
use std::sync::LazyLock;

pub const FALLBACK: Level = Level::Middle;

pub static NAMES: LazyLock<dict::Dict<Color, &str>> =
    LazyLock::new(|| dict::from_pairs([(Color::Red, "rouge"), (Color::Green, "vert")]));

pub static PAIRS: &[(Color, Level)] = &[(Color::Green, Level::Low), (Color::Red, Level::High)];

pub static WARM: LazyLock<set::Set<Color>> = LazyLock::new(|| set::from_items([Color::Red]));

/// A colour of the flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    Red,
    Green,
    DarkBlue,
}

impl Color {
    /// The members, in the order of their definition.
    pub const ALL: [Color; 3] = [Color::Red, Color::Green, Color::DarkBlue];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Color::Red => "RED",
            Color::Green => "GREEN",
            Color::DarkBlue => "DARK_BLUE",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Color::Red => 1,
            Color::Green => 2,
            Color::DarkBlue => 3,
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Color> {
        match name {
            "RED" | "CRIMSON" => Some(Color::Red),
            "GREEN" => Some(Color::Green),
            "DARK_BLUE" => Some(Color::DarkBlue),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: i64) -> Option<Color> {
        match value {
            1 => Some(Color::Red),
            2 => Some(Color::Green),
            3 => Some(Color::DarkBlue),
            _ => None,
        }
    }

    pub fn warm(self) -> bool {
        self == Color::Red
    }

    /// The next one around the wheel.
    pub fn after(self) -> Result<Color, Error> {
        Ok({
            let wanted = self.value().rem_euclid(3) + 1;
            Color::from_value(wanted)
                .ok_or_else(|| Error::ValueError(format!("{wanted} is not a valid Color")))?
        })
    }

    pub fn describe(self, loud: bool) -> String {
        let text = format!("{} is {}", text::lower(self.name()), self.value());
        if loud {
            text::upper(&text)
        } else {
            text.clone()
        }
    }

    pub fn longest() -> Color {
        let mut best = Color::Red;
        for one in Color::ALL {
            if one.name().chars().count() > best.name().chars().count() {
                best = one;
            }
        }
        best
    }

    pub fn default() -> Color {
        Color::Green
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Color.{}", self.name())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    High,
    Low,
    Middle,
}

impl Level {
    /// The members, in the order of their definition.
    pub const ALL: [Level; 3] = [Level::High, Level::Low, Level::Middle];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Level::High => "HIGH",
            Level::Low => "LOW",
            Level::Middle => "MIDDLE",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Level::High => 30,
            Level::Low => -5,
            Level::Middle => 7,
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Level> {
        match name {
            "HIGH" => Some(Level::High),
            "LOW" => Some(Level::Low),
            "MIDDLE" => Some(Level::Middle),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: i64) -> Option<Level> {
        match value {
            30 => Some(Level::High),
            -5 => Some(Level::Low),
            7 => Some(Level::Middle),
            _ => None,
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.value())
    }
}

impl Ord for Level {
    fn cmp(&self, other: &Level) -> std::cmp::Ordering {
        self.value().cmp(&other.value())
    }
}

impl PartialOrd for Level {
    fn partial_cmp(&self, other: &Level) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Alpha,
    BetaTwo,
    Gamma,
}

impl Kind {
    /// The members, in the order of their definition.
    pub const ALL: [Kind; 3] = [Kind::Alpha, Kind::BetaTwo, Kind::Gamma];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Alpha => "ALPHA",
            Kind::BetaTwo => "beta_two",
            Kind::Gamma => "_Gamma",
        }
    }

    /// The member's value.
    pub fn value(self) -> &'static str {
        match self {
            Kind::Alpha => "alpha",
            Kind::BetaTwo => "b2",
            Kind::Gamma => "g",
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        match name {
            "ALPHA" => Some(Kind::Alpha),
            "beta_two" => Some(Kind::BetaTwo),
            "_Gamma" => Some(Kind::Gamma),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: &str) -> Option<Kind> {
        match value {
            "alpha" => Some(Kind::Alpha),
            "b2" => Some(Kind::BetaTwo),
            "g" => Some(Kind::Gamma),
            _ => None,
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.value())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    Plus,
    Times,
}

impl Token {
    /// The members, in the order of their definition.
    pub const ALL: [Token; 2] = [Token::Plus, Token::Times];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Token::Plus => "PLUS",
            Token::Times => "TIMES",
        }
    }

    /// The member's value.
    pub fn value(self) -> &'static str {
        match self {
            Token::Plus => "+",
            Token::Times => "*",
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Token> {
        match name {
            "PLUS" => Some(Token::Plus),
            "TIMES" => Some(Token::Times),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: &str) -> Option<Token> {
        match value {
            "+" => Some(Token::Plus),
            "*" => Some(Token::Times),
            _ => None,
        }
    }
}

impl std::fmt::Display for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token.{}", self.name())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Planet {
    Earth,
    Mars,
}

impl Planet {
    /// The members, in the order of their definition.
    pub const ALL: [Planet; 2] = [Planet::Earth, Planet::Mars];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Planet::Earth => "EARTH",
            Planet::Mars => "MARS",
        }
    }

    /// The member's value.
    pub fn value(self) -> (f64, f64) {
        match self {
            Planet::Earth => (5.976e+24, 6378140.0),
            Planet::Mars => (6.421e+23, 3397200.0),
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Planet> {
        match name {
            "EARTH" => Some(Planet::Earth),
            "MARS" => Some(Planet::Mars),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: (f64, f64)) -> Option<Planet> {
        Planet::ALL
            .into_iter()
            .find(|member| member.value() == value)
    }

    pub fn gravity(self) -> Result<f64, Error> {
        let (mass, radius) = self.value();
        float::div(6.6743e-11 * mass, radius * radius)
    }
}

impl std::fmt::Display for Planet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Planet.{}", self.name())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    Self_,
    Match,
    A1_2,
    A12,
}

impl Step {
    /// The members, in the order of their definition.
    pub const ALL: [Step; 4] = [Step::Self_, Step::Match, Step::A1_2, Step::A12];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Step::Self_ => "Self",
            Step::Match => "match",
            Step::A1_2 => "A1_2",
            Step::A12 => "A12",
        }
    }

    /// The member's value.
    pub fn value(self) -> &'static str {
        match self {
            Step::Self_ => "self",
            Step::Match => "match",
            Step::A1_2 => "a",
            Step::A12 => "b",
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Step> {
        match name {
            "Self" => Some(Step::Self_),
            "match" => Some(Step::Match),
            "A1_2" => Some(Step::A1_2),
            "A12" => Some(Step::A12),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: &str) -> Option<Step> {
        match value {
            "self" => Some(Step::Self_),
            "match" => Some(Step::Match),
            "a" => Some(Step::A1_2),
            "b" => Some(Step::A12),
            _ => None,
        }
    }

    pub fn text(self) -> String {
        format!("<{}>", self.value())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    Second,
    Minute,
}

impl Unit {
    /// The members, in the order of their definition.
    pub const ALL: [Unit; 2] = [Unit::Second, Unit::Minute];

    /// The member's name in Python.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Second => "SECOND",
            Unit::Minute => "MINUTE",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Unit::Second => 1,
            Unit::Minute => 60,
        }
    }

    /// The member of this name.
    pub fn from_name(name: &str) -> Option<Unit> {
        match name {
            "SECOND" => Some(Unit::Second),
            "MINUTE" => Some(Unit::Minute),
            _ => None,
        }
    }

    /// The member with this value.
    pub fn from_value(value: i64) -> Option<Unit> {
        match value {
            1 => Some(Unit::Second),
            60 => Some(Unit::Minute),
            _ => None,
        }
    }

    pub fn lt(self, other: Unit) -> bool {
        self.value() < other.value()
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unit.{}", self.name())
    }
}

pub fn look_up(n: i64) -> Result<String, Error> {
    Ok(Color::from_value(n)
        .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Color")))?
        .name()
        .to_string())
}

pub fn look_up_kind(text: &str) -> Result<String, Error> {
    Ok(Kind::from_value(text)
        .ok_or_else(|| Error::ValueError(format!("{} is not a valid Kind", repr::repr(text))))?
        .name()
        .to_string())
}

pub fn look_up_name(text: &str) -> Result<i64, Error> {
    Ok(Color::from_name(text)
        .ok_or_else(|| Error::KeyError(repr::repr(text)))?
        .value())
}

pub fn look_up_unit(n: i64) -> Result<bool, Error> {
    Ok(({
        let wanted = n.strict_mul(2);
        Unit::from_value(wanted)
            .ok_or_else(|| Error::ValueError(format!("{wanted} is not a valid Unit")))?
    })
    .lt(Unit::Minute))
}

pub fn shown(n: i64) -> Result<String, Error> {
    let color = Color::from_value(n)
        .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Color")))?;
    Ok(format!(
        "{}|{}|<Color.{}: {}>|{}|{:>12}|{}",
        color.to_string(),
        color.to_string(),
        color.name(),
        repr::repr(&color.value()),
        color.to_string(),
        color.to_string(),
        color.describe(true)
    ))
}

pub fn shown_level(n: i64) -> Result<String, Error> {
    let level = Level::from_value(n)
        .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Level")))?;
    Ok(format!(
        "{}|<Level.{}: {}>|{}|{}|{}",
        level.value(),
        level.name(),
        repr::repr(&level.value()),
        fmt::format_int(level.value(), "+05d")?,
        level,
        level.name()
    ))
}

pub fn shown_texts(n: i64) -> Result<String, Error> {
    let kinds = Kind::ALL.into_iter().collect::<Vec<Kind>>();
    let tokens = Token::ALL.into_iter().collect::<Vec<Token>>();
    let (kind, token) = (
        *seq::at(&kinds, int::floor_mod(n, kinds.len() as i64)?)?,
        *seq::at(&tokens, n.rem_euclid(2))?,
    );
    Ok(format!(
        "{}|<Kind.{}: {}>|{:>6}|{}|<Token.{}: {}>|{}",
        kind.value(),
        kind.name(),
        repr::repr(kind.value()),
        kind.value(),
        token.to_string(),
        token.name(),
        repr::repr(token.value()),
        token.value()
    ))
}

pub fn shown_own(text: &str) -> Result<String, Error> {
    Ok(format!(
        "{}{}",
        Step::from_value(text)
            .ok_or_else(|| Error::ValueError(format!("{} is not a valid Step", repr::repr(text))))?
            .text(),
        Step::from_value(text)
            .ok_or_else(|| Error::ValueError(format!("{} is not a valid Step", repr::repr(text))))?
            .text()
    ))
}

pub fn ordered(ns: &[i64]) -> Result<Vec<i64>, Error> {
    let levels = ns
        .iter()
        .map(|&n| {
            Level::from_value(n)
                .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Level")))
        })
        .collect::<Result<Vec<Level>, Error>>()?;
    Ok(({
        let mut sorted: Vec<Level> = levels.to_vec();
        sorted.sort_unstable();
        sorted
    })
    .into_iter()
    .map(|one| one.value())
    .collect::<Vec<i64>>())
}

pub fn extremes(ns: &[i64]) -> Result<(String, String), Error> {
    let levels = ns
        .iter()
        .map(|&n| {
            Level::from_value(n)
                .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Level")))
        })
        .collect::<Result<Vec<Level>, Error>>()?;
    Ok((
        extremes::max(levels.iter().cloned())?.name().to_string(),
        extremes::min(levels.iter().cloned())?.name().to_string(),
    ))
}

pub fn arithmetic(n: i64, m: i64) -> Result<i64, Error> {
    let level = Level::from_value(n)
        .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Level")))?;
    if level.value() == m || level.value() > Level::Low.value() {
        return Ok(level.value().strict_mul(2).strict_add(m));
    }
    Ok(if level.value() != 0 {
        level.value().strict_neg()
    } else {
        level.value().strict_abs().strict_sub(level.value())
    })
}

pub fn text_of(text: &str) -> Result<String, Error> {
    let token = Token::from_value(text)
        .ok_or_else(|| Error::ValueError(format!("{} is not a valid Token", repr::repr(text))))?;
    if token.value() == "+" {
        return Ok(format!("plus{}", token.value()));
    }
    Ok(format!(
        "{}{}",
        text::upper(token.value()),
        token.value().repeat(2)
    ))
}

pub fn counted(ns: &[i64]) -> Result<Dict<String, i64>, Error> {
    let mut seen: Dict<Color, i64> = dict::Dict::default();
    for &n in ns {
        let color = {
            let wanted = n.rem_euclid(3) + 1;
            Color::from_value(wanted)
                .ok_or_else(|| Error::ValueError(format!("{wanted} is not a valid Color")))?
        };
        let value = seen.get(&color).copied().unwrap_or(0).strict_add(1);
        seen.insert(color, value);
    }
    Ok(dict::from_pairs(
        seen.iter()
            .map(|(&color, &count)| (color.name().to_string(), count)),
    ))
}

pub fn distinct(ns: &[i64]) -> Result<i64, Error> {
    Ok(set::from_items(
        ns.iter()
            .map(|&n| -> Result<Color, Error> {
                Ok({
                    let wanted = n.rem_euclid(3) + 1;
                    Color::from_value(wanted).ok_or_else(|| {
                        Error::ValueError(format!("{wanted} is not a valid Color"))
                    })?
                })
            })
            .collect::<Result<Vec<Color>, Error>>()?,
    )
    .len() as i64)
}

pub fn constants(n: i64) -> Result<String, Error> {
    let color = Color::from_value(n)
        .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Color")))?;
    let found = PAIRS
        .iter()
        .filter(|&&(one, _)| one == color)
        .map(|&(_, level)| level.name().to_string())
        .collect::<Vec<String>>();
    Ok(format!(
        "{}{}{}{}",
        NAMES.get(&color).copied().unwrap_or("?"),
        found.join(","),
        repr::of_bool(WARM.contains(&color)),
        FALLBACK.name()
    ))
}

pub fn chained(n: i64) -> Result<bool, Error> {
    let color = if n < 3 {
        Some(
            Color::from_value(n)
                .ok_or_else(|| Error::ValueError(format!("{n} is not a valid Color")))?,
        )
    } else {
        None
    };
    let Some(color) = color else {
        return Ok(Color::default().warm());
    };
    Ok(color.after()? != Color::Red
        && (color == Color::Red || color == Color::Red)
        && color != Color::DarkBlue)
}

pub fn longest() -> String {
    format!(
        "{}{}{}",
        Color::longest().name(),
        Color::Red.name(),
        Color::DarkBlue.name()
    )
}

pub fn weights() -> Result<Vec<f64>, Error> {
    Planet::ALL
        .into_iter()
        .map(|planet| planet.gravity())
        .collect::<Result<Vec<f64>, Error>>()
}

pub fn warm(color: Color) -> bool {
    color.warm()
}
