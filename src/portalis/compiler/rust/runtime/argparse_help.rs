//! What `argparse` says of a parser: its usage and its help, as wide as the terminal.

use crate::runtime::argparse::{Action, Argument, Count, Given, Parser};
use crate::runtime::textwrap;

/// The columns of the terminal, two left free.
fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    columns.filter(|&columns| columns > 0).unwrap_or(80) - 2
}

/// `parser.format_usage()`.
pub fn usage(parser: &Parser) -> String {
    format!("usage: {}\n", usage_text(parser))
}

/// The text of `action="version"`.
pub fn version(parser: &Parser, text: &str) -> String {
    format!("{}\n", filled(&expanded(parser, None, text), width()).join("\n"))
}

/// `parser.format_help()`.
pub fn help(parser: &Parser) -> String {
    let mut parts = vec![usage(parser)];
    parts.extend(parser.description.iter().map(|text| paragraph(parser, text)));
    let longest = parser.arguments.iter().map(|one| invocation(one).chars().count() + 2).max();
    let longest = longest.unwrap_or(0);
    let (options, positionals): (Vec<&Argument>, Vec<&Argument>) =
        parser.arguments.iter().partition(|one| !one.flags.is_empty());
    for (title, group) in [("positional arguments", positionals), ("options", options)] {
        if !group.is_empty() {
            let lines: String = group.iter().map(|one| described(parser, one, longest)).collect();
            parts.push(format!("{title}:\n{lines}"));
        }
    }
    parts.extend(parser.epilog.iter().map(|text| paragraph(parser, text)));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn paragraph(parser: &Parser, text: &str) -> String {
    let lines = filled(&expanded(parser, None, text), width().max(11));
    if lines.is_empty() { String::new() } else { format!("{}\n", lines.join("\n")) }
}

fn usage_text(parser: &Parser) -> String {
    if let Some(usage) = &parser.usage {
        return expanded(parser, None, usage);
    }
    let (options, positionals): (Vec<&Argument>, Vec<&Argument>) =
        parser.arguments.iter().partition(|one| !one.flags.is_empty());
    let options: Vec<String> = options.into_iter().flat_map(option_parts).collect();
    let positionals: Vec<String> = positionals.into_iter().flat_map(value_parts).collect();
    let prefix = "usage: ".len();
    let prog = parser.prog.chars().count();
    let whole: Vec<String> =
        std::iter::once(parser.prog.clone()).chain(options.clone()).chain(positionals.clone()).collect();
    let whole = whole.join(" ");
    let width = width();
    if prefix + whole.chars().count() <= width {
        return whole;
    }
    if 4 * (prefix + prog) <= 3 * width {
        let indent = prefix + prog + 1;
        let first = |parts: &[String]| {
            let all: Vec<String> = std::iter::once(parser.prog.clone()).chain(parts.iter().cloned()).collect();
            let mut lines = broken(&all, indent, prefix, width);
            lines[0] = lines[0].trim_start().to_string();
            lines
        };
        let lines = if options.is_empty() {
            first(&positionals)
        } else {
            let mut lines = first(&options);
            lines.extend(broken(&positionals, indent, indent, width));
            lines
        };
        return lines.join("\n");
    }
    let all: Vec<String> = options.iter().chain(&positionals).cloned().collect();
    let mut lines = broken(&all, prefix, prefix, width);
    if lines.len() > 1 {
        lines = broken(&options, prefix, prefix, width);
        lines.extend(broken(&positionals, prefix, prefix, width));
    }
    lines.insert(0, parser.prog.clone());
    lines.join("\n")
}

/// Parts in lines that are indented; `start` is where the first line begins.
fn broken(parts: &[String], indent: usize, start: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<&str> = Vec::new();
    let mut length = start - 1;
    for part in parts {
        let size = part.chars().count();
        if length + 1 + size > width && !line.is_empty() {
            lines.push(format!("{}{}", " ".repeat(indent), line.join(" ")));
            line.clear();
            length = indent - 1;
        }
        line.push(part);
        length += size + 1;
    }
    if !line.is_empty() {
        lines.push(format!("{}{}", " ".repeat(indent), line.join(" ")));
    }
    lines
}

/// An option as the usage has it, in the parts between which a line may end.
fn option_parts(one: &Argument) -> Vec<String> {
    let flag = one.flags[0].clone();
    match (one.required, one.count) {
        (true, Count::None) => vec![flag],
        (true, _) => std::iter::once(flag).chain(value_parts(one)).collect(),
        (false, Count::None) => vec![format!("[{flag}]")],
        (false, _) => vec![format!("[{flag} {}]", taken(one))],
    }
}

/// What an argument takes as the usage has it, in such parts.
fn value_parts(one: &Argument) -> Vec<String> {
    let name = metavar(one);
    match one.count {
        Count::Exactly(count) => vec![name; count],
        Count::Some => vec![name.clone(), format!("[{name} ...]")],
        _ => vec![taken(one)],
    }
}

/// The name of what an argument takes.
fn metavar(one: &Argument) -> String {
    if let Some(name) = &one.metavar {
        return name.clone();
    }
    if !one.choices.is_empty() {
        let shown: Vec<String> = one.choices.iter().map(Given::shown).collect();
        return format!("{{{}}}", shown.join(","));
    }
    if one.flags.is_empty() { one.dest.clone() } else { one.dest.to_uppercase() }
}

/// What an argument takes: `N`, `[N]`, `[N ...]`, `N [N ...]`, `N N`.
fn taken(one: &Argument) -> String {
    let name = metavar(one);
    match one.count {
        Count::None => String::new(),
        Count::One => name,
        Count::Maybe => format!("[{name}]"),
        Count::Any => format!("[{name} ...]"),
        Count::Some => format!("{name} [{name} ...]"),
        Count::Exactly(count) => vec![name; count].join(" "),
    }
}

/// How an argument is written: `-n N, --number N`.
fn invocation(one: &Argument) -> String {
    if one.flags.is_empty() {
        return metavar(one);
    }
    if one.count == Count::None {
        return one.flags.join(", ");
    }
    let shown: Vec<String> = one.flags.iter().map(|flag| format!("{flag} {}", taken(one))).collect();
    shown.join(", ")
}

/// The lines of an argument in the help.
fn described(parser: &Parser, one: &Argument, longest: usize) -> String {
    let width = width();
    let most = 24.min(width.saturating_sub(20).max(4));
    let position = (longest + 2).min(most);
    let head = invocation(one);
    let Some(text) = one.help.as_ref().filter(|text| !text.trim().is_empty()) else {
        return format!("  {head}\n");
    };
    let text = expanded(parser, Some(one), text);
    let room = position - 4;
    let size = head.chars().count();
    let mut lines = filled(&text, width.saturating_sub(position).max(11)).into_iter();
    let first = lines.next().unwrap_or_default();
    let mut shown = if size <= room {
        format!("  {head}{}  {first}\n", " ".repeat(room - size))
    } else {
        format!("  {head}\n{}{first}\n", " ".repeat(position))
    };
    for line in lines {
        shown.push_str(&format!("{}{line}\n", " ".repeat(position)));
    }
    shown
}

/// A text with `%(prog)s`, `%(default)s` and `%%` as they are meant.
fn expanded(parser: &Parser, one: Option<&Argument>, text: &str) -> String {
    if one.is_none() && !text.contains("%(prog)s") {
        return text.to_string();
    }
    let mut text = text.replace("%(prog)s", &parser.prog);
    if let Some(one) = one {
        let default = if one.action == Action::Help { "==SUPPRESS==".to_string() } else { one.default.shown() };
        text = text.replace("%(default)s", &default);
    }
    text.replace("%%", "%")
}

/// The text in lines of at most so many characters, its blanks as single ones.
fn filled(text: &str, width: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    // Only a width of 0 raises.
    textwrap::wrap(&words.join(" "), width as i64, ("", ""), (true, true)).unwrap_or_default()
}
