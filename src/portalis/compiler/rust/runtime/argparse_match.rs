//! How `argparse` matches the texts of a command line to arguments.

use crate::error::Error;
use crate::runtime::argparse::{Action, Argument, Count, Given, Parser};
use crate::runtime::{argparse_help as help, int, out, program, repr};

type Values = Vec<(String, Given)>;

/// An option among the texts: which argument it is, under which name, and the value written with it.
#[derive(Debug, Clone)]
struct Option_ {
    argument: Option<usize>,
    flag: String,
    explicit: Option<String>,
}

struct Run<'a> {
    parser: &'a Parser,
    texts: &'a [String],
    /// `O` for an option, `A` for what is none, `-` for `--`.
    pattern: Vec<u8>,
    options: Vec<Option<Option_>>,
    positionals: Vec<usize>,
    seen: Vec<bool>,
    extras: Vec<String>,
}

/// Gives every text to its argument; the texts that are left over.
pub fn run(parser: &Parser, texts: &[String], values: &mut Values) -> Result<Vec<String>, Error> {
    let mut pattern = Vec::new();
    let mut options = vec![None; texts.len()];
    for (at, text) in texts.iter().enumerate() {
        if pattern.contains(&b'-') {
            pattern.push(b'A');
        } else if text == "--" {
            pattern.push(b'-');
        } else {
            options[at] = option(parser, text)?;
            pattern.push(if options[at].is_some() { b'O' } else { b'A' });
        }
    }
    let count = parser.arguments.len();
    let positionals = (0..count).filter(|&at| parser.arguments[at].flags.is_empty()).collect();
    let seen = vec![false; count];
    let mut run = Run { parser, texts, pattern, options, positionals, seen, extras: Vec::new() };
    run.all(values)?;
    run.complete(values)?;
    Ok(run.extras)
}

/// What a text means as an option; None where it is none.
fn option(parser: &Parser, text: &str) -> Result<Option<Option_>, Error> {
    if !text.starts_with('-') {
        return Ok(None);
    }
    if let Some(at) = by_flag(parser, text) {
        return Ok(Some(Option_ { argument: Some(at), flag: text.to_string(), explicit: None }));
    }
    if text.len() == 1 {
        return Ok(None);
    }
    if let Some((flag, value)) = text.split_once('=')
        && let Some(at) = by_flag(parser, flag)
    {
        return Ok(Some(Option_ {
            argument: Some(at),
            flag: flag.to_string(),
            explicit: Some(value.to_string()),
        }));
    }
    let mut found = prefixed(parser, text);
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().map(|one| one.flag.as_str()).collect();
        return Err(parser.error(&format!("ambiguous option: {text} could match {}", names.join(", "))));
    }
    if let Some(only) = found.pop() {
        return Ok(Some(only));
    }
    let has_negative = parser.arguments.iter().flat_map(|one| &one.flags).any(|flag| negative(flag));
    if (negative(text) && !has_negative) || text.contains(' ') {
        return Ok(None);
    }
    Ok(Some(Option_ { argument: None, flag: text.to_string(), explicit: None }))
}

fn by_flag(parser: &Parser, flag: &str) -> Option<usize> {
    parser.arguments.iter().position(|one| one.flags.iter().any(|known| known == flag))
}

/// Whether a text looks like a negative number: `-1`, `-.5`.
fn negative(text: &str) -> bool {
    let rest = text[1..].strip_suffix('\n').unwrap_or(&text[1..]);
    let digit = |c: char| int::parse(c.encode_utf8(&mut [0; 4])).is_ok();
    let digits = |part: &str| part.chars().all(digit);
    match rest.split_once('.') {
        None => !rest.is_empty() && digits(rest),
        Some((whole, part)) => digits(whole) && !part.is_empty() && digits(part),
    }
}

/// The options that a text may abbreviate.
fn prefixed(parser: &Parser, text: &str) -> Vec<Option_> {
    let mut found = Vec::new();
    let all = parser.arguments.iter().enumerate();
    let flags = all.flat_map(|(at, one)| one.flags.iter().map(move |flag| (at, flag)));
    if text.starts_with("--") {
        let (prefix, value) = match text.split_once('=') {
            Some((prefix, value)) => (prefix, Some(value.to_string())),
            None => (text, None),
        };
        for (at, flag) in flags.filter(|(_, flag)| flag.starts_with(prefix)) {
            found.push(Option_ { argument: Some(at), flag: flag.clone(), explicit: value.clone() });
        }
        return found;
    }
    let end = 1 + text[1..].chars().next().map_or(0, char::len_utf8);
    let (short, rest) = text.split_at(end);
    for (at, flag) in flags {
        if flag == short {
            found.push(Option_ { argument: Some(at), flag: flag.clone(), explicit: Some(rest.to_string()) });
        } else if flag.starts_with(text) {
            found.push(Option_ { argument: Some(at), flag: flag.clone(), explicit: None });
        }
    }
    found
}

impl Run<'_> {
    /// Takes positional arguments and options by turns.
    fn all(&mut self, values: &mut Values) -> Result<(), Error> {
        let mut start = 0;
        while let Some(next) = (start..self.texts.len()).find(|&at| self.options[at].is_some()) {
            if start != next {
                let end = self.take_positionals(start, values)?;
                if end > start {
                    start = end;
                    continue;
                }
                self.extras.extend_from_slice(&self.texts[start..next]);
            }
            start = self.take_option(next, values)?;
        }
        let stop = self.take_positionals(start, values)?;
        self.extras.extend_from_slice(&self.texts[stop..]);
        Ok(())
    }

    fn take_positionals(&mut self, start: usize, values: &mut Values) -> Result<usize, Error> {
        let mut at = start;
        let pattern = &self.pattern[start..];
        let lengths = (1..=self.positionals.len()).rev().find_map(|count| {
            let wanted: Vec<Count> =
                self.positionals[..count].iter().map(|&one| self.parser.arguments[one].count).collect();
            lengths(&wanted, pattern, true)
        });
        for length in lengths.unwrap_or_default() {
            let argument = self.positionals.remove(0);
            let given = self.texts[at..at + length].to_vec();
            at += length;
            self.take(argument, given, values)?;
        }
        Ok(at)
    }

    fn take_option(&mut self, start: usize, values: &mut Values) -> Result<usize, Error> {
        let Some(Option_ { argument, mut flag, mut explicit }) = self.options[start].clone() else {
            return Ok(start + 1);
        };
        let Some(mut argument) = argument else {
            self.extras.push(self.texts[start].clone());
            return Ok(start + 1);
        };
        let mut taken: Vec<(usize, Vec<String>)> = Vec::new();
        let stop = loop {
            let one = &self.parser.arguments[argument];
            let Some(value) = explicit else {
                let count = self.count(one, &self.pattern[start + 1..])?;
                taken.push((argument, self.texts[start + 1..start + 1 + count].to_vec()));
                break start + 1 + count;
            };
            let count = self.count(one, b"A")?;
            if count == 0 && !flag.starts_with("--") && !value.is_empty() {
                taken.push((argument, Vec::new()));
                let mut rest = value.chars();
                flag = format!("-{}", rest.next().unwrap_or_default());
                explicit = Some(rest.as_str().to_string()).filter(|rest| !rest.is_empty());
                match by_flag(self.parser, &flag) {
                    Some(next) => argument = next,
                    None => return Err(ignored(self.parser, one, &value)),
                }
            } else if count == 1 {
                taken.push((argument, vec![value]));
                break start + 1;
            } else {
                return Err(ignored(self.parser, one, &value));
            }
        };
        for (argument, given) in taken {
            self.take(argument, given, values)?;
        }
        Ok(stop)
    }

    /// How many texts an option takes.
    fn count(&self, one: &Argument, pattern: &[u8]) -> Result<usize, Error> {
        if let Some(found) = lengths(&[one.count], pattern, false) {
            return Ok(found[0]);
        }
        let said = match one.count {
            Count::Some => "expected at least one argument".to_string(),
            Count::Maybe => "expected at most one argument".to_string(),
            Count::Exactly(1) => "expected 1 argument".to_string(),
            Count::Exactly(count) => format!("expected {count} arguments"),
            _ => "expected one argument".to_string(),
        };
        Err(self.parser.refuse(one, &said))
    }

    fn take(&mut self, at: usize, mut given: Vec<String>, values: &mut Values) -> Result<(), Error> {
        let (parser, one) = (self.parser, &self.parser.arguments[at]);
        self.seen[at] = true;
        if let Some(place) = given.iter().position(|text| text == "--") {
            given.remove(place);
        }
        let value = match one.action {
            Action::Help => {
                out::write(&help::help(parser));
                return Err(program::exit(0));
            }
            Action::Version => {
                out::write(&help::version(parser, &one.constant.shown()));
                return Err(program::exit(0));
            }
            Action::Constant => one.constant.clone(),
            Action::Count => match current(values, one) {
                Given::Int(number) => Given::Int(number + 1),
                _ => Given::Int(1),
            },
            Action::Store => value_of(parser, one, &given)?,
            Action::Append => {
                let added = value_of(parser, one, &given)?;
                let mut all = if let Given::Several(all) = current(values, one) { all.clone() } else { Vec::new() };
                all.push(added);
                Given::Several(all)
            }
        };
        set(values, one, value);
        Ok(())
    }

    /// What was not given has its default, or is missed.
    fn complete(&self, values: &mut Values) -> Result<(), Error> {
        let mut missed = Vec::new();
        for (one, _) in self.parser.arguments.iter().zip(&self.seen).filter(|(_, seen)| !**seen) {
            if one.required {
                missed.push(one.name());
            } else if let Given::Text(text) = &one.default
                && *current(values, one) == one.default
            {
                let value = self.parser.converted(one, text)?;
                set(values, one, value);
            }
        }
        if missed.is_empty() {
            return Ok(());
        }
        let said = format!("the following arguments are required: {}", missed.join(", "));
        Err(self.parser.error(&said))
    }
}

fn ignored(parser: &Parser, one: &Argument, value: &str) -> Error {
    parser.refuse(one, &format!("ignored explicit argument {}", repr::text(value)))
}

fn current<'a>(values: &'a Values, one: &Argument) -> &'a Given {
    let found = values.iter().find(|(name, _)| *name == one.dest);
    found.map_or(&Given::Nothing, |(_, value)| value)
}

fn set(values: &mut Values, one: &Argument, value: Given) {
    if let Some((_, place)) = values.iter_mut().find(|(name, _)| *name == one.dest) {
        *place = value;
    }
}

/// What the texts of an argument make.
fn value_of(parser: &Parser, one: &Argument, given: &[String]) -> Result<Given, Error> {
    match one.count {
        Count::Maybe if given.is_empty() => {
            let value = if one.flags.is_empty() { &one.default } else { &one.constant };
            match value {
                Given::Text(text) => parser.value(one, text),
                other => Ok(other.clone()),
            }
        }
        Count::Any if given.is_empty() && one.flags.is_empty() && one.default != Given::Nothing => {
            Ok(one.default.clone())
        }
        Count::One | Count::Maybe => parser.value(one, &given[0]),
        _ => {
            let all: Result<Vec<Given>, Error> = given.iter().map(|text| parser.value(one, text)).collect();
            all.map(Given::Several)
        }
    }
}

/// How many texts each argument takes from the start of a pattern, greedily; None where they don't fit.
fn lengths(wanted: &[Count], pattern: &[u8], positional: bool) -> Option<Vec<usize>> {
    let Some((first, rest)) = wanted.split_first() else {
        return Some(Vec::new());
    };
    let takes = |byte: &&u8| **byte == b'A' || (positional && **byte == b'-');
    let most = pattern.iter().take_while(takes).count();
    (0..=most).rev().find_map(|length| {
        let texts = pattern[..length].iter().filter(|byte| **byte == b'A').count();
        let fits = match first {
            Count::None => texts == 0 && length == 0,
            Count::One => texts == 1,
            Count::Maybe => texts <= 1,
            Count::Any => true,
            Count::Some => texts >= 1,
            Count::Exactly(count) => texts == *count,
        };
        let others = if fits { lengths(rest, &pattern[length..], positional) } else { None };
        others.map(|others| std::iter::once(length).chain(others).collect())
    })
}
