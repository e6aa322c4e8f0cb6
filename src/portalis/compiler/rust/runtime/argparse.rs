//! `argparse`: what is asked of the command line, and what is made of it.

use crate::error::Error;
use crate::runtime::argparse_help as help;
use crate::runtime::decline::decline;
use crate::runtime::{argparse_match as matching, float, int, out, program, repr};
use std::cell::RefCell;
use std::rc::Rc;

/// A value of an argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Nothing,
    Flag(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Several(Vec<Given>),
    Texts(Vec<String>),
    Ints(Vec<i64>),
    Floats(Vec<f64>),
}

impl From<bool> for Given {
    fn from(value: bool) -> Given {
        Given::Flag(value)
    }
}

impl From<i64> for Given {
    fn from(value: i64) -> Given {
        Given::Int(value)
    }
}

impl From<f64> for Given {
    fn from(value: f64) -> Given {
        Given::Float(value)
    }
}

impl From<&str> for Given {
    fn from(value: &str) -> Given {
        Given::Text(value.to_string())
    }
}

impl Given {
    /// A list as one of elements of a kind, to be lent.
    fn settled(self, kind: Kind) -> Given {
        let Given::Several(all) = self else {
            return self;
        };
        let odd = "an element of another type";
        match kind {
            Kind::Text => Given::Texts(all.into_iter().map(|one| one.shown()).collect()),
            Kind::Int => Given::Ints(
                all.into_iter()
                    .map(|one| if let Given::Int(number) = one { number } else { decline(odd) })
                    .collect(),
            ),
            Kind::Float => Given::Floats(
                all.into_iter()
                    .map(|one| if let Given::Float(number) = one { number } else { decline(odd) })
                    .collect(),
            ),
        }
    }

    /// `str(value)`.
    pub fn shown(&self) -> String {
        match self {
            Given::Text(text) => text.clone(),
            other => other.repr(),
        }
    }

    /// `repr(value)`.
    pub fn repr(&self) -> String {
        match self {
            Given::Nothing => "None".to_string(),
            Given::Flag(true) => "True".to_string(),
            Given::Flag(false) => "False".to_string(),
            Given::Int(number) => number.to_string(),
            Given::Float(number) => float::repr(*number),
            Given::Text(text) => repr::text(text),
            Given::Several(all) => {
                let shown: Vec<String> = all.iter().map(Given::repr).collect();
                format!("[{}]", shown.join(", "))
            }
            Given::Texts(_) | Given::Ints(_) | Given::Floats(_) => decline("a list is shown"),
        }
    }
}

/// What a text of the command line is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Float,
}

/// How many texts an argument takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    None,
    One,
    Maybe,
    Any,
    Some,
    Exactly(usize),
}

/// What an argument does with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Store,
    Constant,
    Count,
    Append,
    Help,
    Version,
}

/// One argument of a parser.
#[derive(Debug, Clone)]
pub struct Argument {
    pub flags: Vec<String>,
    pub dest: String,
    pub action: Action,
    pub kind: Kind,
    pub count: Count,
    pub default: Given,
    pub constant: Given,
    pub choices: Vec<Given>,
    pub required: bool,
    pub help: Option<String>,
    pub metavar: Option<String>,
}

impl Argument {
    /// An argument by its names: one without a dash, or options.
    pub fn new(names: &[&str]) -> Argument {
        let positional = !names[0].starts_with('-');
        let long = names.iter().find(|name| name.starts_with("--")).unwrap_or(&names[0]);
        Argument {
            flags: if positional { Vec::new() } else { names.iter().map(|one| one.to_string()).collect() },
            dest: if positional { names[0].to_string() } else { long.trim_start_matches('-').replace('-', "_") },
            action: Action::Store,
            kind: Kind::Text,
            count: Count::One,
            default: Given::Nothing,
            constant: Given::Nothing,
            choices: Vec::new(),
            required: positional,
            help: None,
            metavar: None,
        }
    }

    /// `type=int`.
    pub fn of_int(mut self) -> Argument {
        self.kind = Kind::Int;
        self
    }

    /// `type=float`.
    pub fn of_float(mut self) -> Argument {
        self.kind = Kind::Float;
        self
    }

    /// `nargs="?"`.
    pub fn optional(mut self) -> Argument {
        self.count = Count::Maybe;
        self.required &= !self.flags.is_empty();
        self
    }

    /// `nargs="*"`.
    pub fn any(mut self) -> Argument {
        self.count = Count::Any;
        self
    }

    /// `nargs="+"`.
    pub fn some(mut self) -> Argument {
        self.count = Count::Some;
        self
    }

    /// `nargs=count`.
    pub fn exactly(mut self, count: usize) -> Argument {
        self.count = Count::Exactly(count);
        self
    }

    /// `default=value`.
    pub fn default(mut self, value: impl Into<Given>) -> Argument {
        self.default = value.into();
        self.required &= self.count != Count::Any;
        self
    }

    /// `const=value`.
    pub fn constant(mut self, value: impl Into<Given>) -> Argument {
        self.constant = value.into();
        self
    }

    /// `action="store_true"`, or `"store_false"`.
    pub fn flag(mut self, value: bool) -> Argument {
        self.action = Action::Constant;
        self.count = Count::None;
        self.constant = Given::Flag(value);
        self.default = Given::Flag(!value);
        self
    }

    /// `action="count"`.
    pub fn counted(mut self) -> Argument {
        self.action = Action::Count;
        self.count = Count::None;
        self
    }

    /// `action="append"`.
    pub fn appended(mut self) -> Argument {
        self.action = Action::Append;
        self
    }

    /// `action="version"`.
    pub fn version(mut self, text: &str) -> Argument {
        self.action = Action::Version;
        self.count = Count::None;
        self.constant = Given::from(text);
        self.help = Some("show program's version number and exit".to_string());
        self
    }

    /// `choices=values`.
    pub fn choices<T: Into<Given> + Clone>(mut self, values: &[T]) -> Argument {
        self.choices = values.iter().cloned().map(T::into).collect();
        self
    }

    /// `required=True`.
    pub fn required(mut self) -> Argument {
        self.required = true;
        self
    }

    /// `help=text`.
    pub fn help(mut self, text: &str) -> Argument {
        self.help = Some(text.to_string());
        self
    }

    /// `metavar=name`.
    pub fn metavar(mut self, name: &str) -> Argument {
        self.metavar = Some(name.to_string());
        self
    }

    /// `dest=name`.
    pub fn dest(mut self, name: &str) -> Argument {
        self.dest = name.to_string();
        self
    }

    /// How messages call it.
    pub fn name(&self) -> String {
        if self.flags.is_empty() {
            self.metavar.clone().unwrap_or_else(|| self.dest.clone())
        } else {
            self.flags.join("/")
        }
    }
}

/// The values of a command line, by name.
#[derive(Debug, Clone)]
pub struct Namespace(Rc<Vec<(String, Given)>>);

impl Namespace {
    fn get(&self, name: &str) -> &Given {
        match self.0.iter().find(|(known, _)| known == name) {
            Some((_, value)) => value,
            None => decline("an argument of a name that the parser does not have"),
        }
    }

    /// A flag.
    pub fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Given::Flag(value) => *value,
            _ => decline("an argument that is no flag"),
        }
    }

    /// A number; None where it is not given.
    pub fn int_or_none(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Int(value) => Some(*value),
            _ => decline("an argument that is no int"),
        }
    }

    /// A number that is given, or has a default.
    pub fn int(&self, name: &str) -> i64 {
        self.int_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }

    /// A number; None where it is not given.
    pub fn float_or_none(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Float(value) => Some(*value),
            _ => decline("an argument that is no float"),
        }
    }

    /// A number that is given, or has a default.
    pub fn float(&self, name: &str) -> f64 {
        self.float_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }

    /// A text; None where it is not given.
    pub fn text_or_none(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Text(value) => Some(value),
            _ => decline("an argument that is no text"),
        }
    }

    /// A text that is given, or has a default.
    pub fn text(&self, name: &str) -> &str {
        self.text_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }

    /// Several texts; None where they are not given.
    pub fn texts_or_none(&self, name: &str) -> Option<&[String]> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Texts(all) => Some(all),
            _ => decline("an argument that is no such list"),
        }
    }

    /// Several texts.
    pub fn texts(&self, name: &str) -> &[String] {
        self.texts_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }

    /// Several numbers; None where they are not given.
    pub fn ints_or_none(&self, name: &str) -> Option<&[i64]> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Ints(all) => Some(all),
            _ => decline("an argument that is no such list"),
        }
    }

    /// Several numbers.
    pub fn ints(&self, name: &str) -> &[i64] {
        self.ints_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }

    /// Several numbers; None where they are not given.
    pub fn floats_or_none(&self, name: &str) -> Option<&[f64]> {
        match self.get(name) {
            Given::Nothing => None,
            Given::Floats(all) => Some(all),
            _ => decline("an argument that is no such list"),
        }
    }

    /// Several numbers.
    pub fn floats(&self, name: &str) -> &[f64] {
        self.floats_or_none(name).unwrap_or_else(|| decline("an argument that is None"))
    }
}

/// A parser; a clone is the same parser.
#[derive(Debug, Clone)]
pub struct ArgumentParser(Rc<RefCell<Parser>>);

/// What a parser knows.
#[derive(Debug, Clone)]
pub struct Parser {
    pub prog: String,
    pub usage: Option<String>,
    pub description: Option<String>,
    pub epilog: Option<String>,
    pub arguments: Vec<Argument>,
}

impl ArgumentParser {
    /// `argparse.ArgumentParser(prog=…, usage=…, description=…, epilog=…)`.
    pub fn new(
        prog: Option<&str>,
        usage: Option<&str>,
        description: Option<&str>,
        epilog: Option<&str>,
    ) -> ArgumentParser {
        let script = program::arguments().first().map_or("", |path| path.rsplit('/').next().unwrap_or(""));
        let mut asks = Argument::new(&["-h", "--help"]);
        asks.action = Action::Help;
        asks.count = Count::None;
        asks.help = Some("show this help message and exit".to_string());
        let owned = |text: Option<&str>| text.map(str::to_string);
        ArgumentParser(Rc::new(RefCell::new(Parser {
            prog: prog.unwrap_or(script).to_string(),
            usage: owned(usage),
            description: owned(description),
            epilog: owned(epilog),
            arguments: vec![asks],
        })))
    }

    /// `parser.add_argument(…)`.
    pub fn add(&self, argument: Argument) {
        self.0.borrow_mut().arguments.push(argument);
    }

    /// `parser.parse_args()`.
    pub fn parse(&self) -> Result<Namespace, Error> {
        self.parse_from(program::arguments().get(1..).unwrap_or_default())
    }

    /// `parser.parse_args(texts)`.
    pub fn parse_from(&self, texts: &[String]) -> Result<Namespace, Error> {
        let parser = self.0.borrow();
        let mut values: Vec<(String, Given)> = Vec::new();
        for one in &parser.arguments {
            let stores = !matches!(one.action, Action::Help | Action::Version);
            if stores && values.iter().all(|(name, _)| *name != one.dest) {
                values.push((one.dest.clone(), one.default.clone()));
            }
        }
        let extras = matching::run(&parser, texts, &mut values)?;
        if !extras.is_empty() {
            return Err(parser.error(&format!("unrecognized arguments: {}", extras.join(" "))));
        }
        for (name, value) in &mut values {
            let kind = parser.arguments.iter().find(|one| one.dest == *name).map_or(Kind::Text, |one| one.kind);
            *value = std::mem::replace(value, Given::Nothing).settled(kind);
        }
        Ok(Namespace(Rc::new(values)))
    }

    /// `parser.error(message)`.
    pub fn error(&self, message: &str) -> Error {
        self.0.borrow().error(message)
    }

    /// `parser.print_help()`.
    pub fn print_help(&self) {
        out::write(&help::help(&self.0.borrow()));
    }

    /// `parser.print_usage()`.
    pub fn print_usage(&self) {
        out::write(&help::usage(&self.0.borrow()));
    }
}

impl Parser {
    /// Tells what is wrong, and ends the program with 2.
    pub fn error(&self, message: &str) -> Error {
        eprintln!("{}{}: error: {message}", help::usage(self), self.prog);
        program::exit(2)
    }

    /// What is wrong with an argument.
    pub fn refuse(&self, argument: &Argument, message: &str) -> Error {
        self.error(&format!("argument {}: {message}", argument.name()))
    }

    /// A text as the argument's type makes it, if that is one of its choices.
    pub fn value(&self, argument: &Argument, text: &str) -> Result<Given, Error> {
        let value = self.converted(argument, text)?;
        if argument.choices.is_empty() || argument.choices.contains(&value) {
            return Ok(value);
        }
        let choices: Vec<String> = argument.choices.iter().map(Given::repr).collect();
        let said = format!("invalid choice: {} (choose from {})", value.repr(), choices.join(", "));
        Err(self.refuse(argument, &said))
    }

    /// A text as the argument's type makes it.
    pub fn converted(&self, argument: &Argument, text: &str) -> Result<Given, Error> {
        let (made, kind) = match argument.kind {
            Kind::Text => return Ok(Given::from(text)),
            Kind::Int => (int::parse(text).map(Given::Int), "int"),
            Kind::Float => (float::parse(text).map(Given::Float), "float"),
        };
        made.map_err(|_| self.refuse(argument, &format!("invalid {kind} value: {}", repr::text(text))))
    }
}
