//! Python's `textwrap`, in the steps of CPython's `TextWrapper`.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::text;

/// The arguments of `wrap`, `fill` and `shorten`.
#[derive(Debug, Clone, Copy)]
struct Options<'a> {
    width: i64,
    initial_indent: &'a str,
    subsequent_indent: &'a str,
    break_long_words: bool,
    break_on_hyphens: bool,
}

type Chunk = Vec<char>;

/// `textwrap.wrap(text, width, …)`: the indents of the first line and of the others, whether long words and words
/// with hyphens are broken; raises `ValueError`.
pub fn wrap(
    text: &str,
    width: i64,
    (initial_indent, subsequent_indent): (&str, &str),
    (break_long_words, break_on_hyphens): (bool, bool),
) -> Result<Vec<String>, Error> {
    let options = Options {
        width,
        initial_indent,
        subsequent_indent,
        break_long_words,
        break_on_hyphens,
    };
    wrapped(text, options, None)
}

/// `textwrap.fill(text, width, …)`; raises `ValueError`.
pub fn fill(
    text: &str,
    width: i64,
    indents: (&str, &str),
    breaks: (bool, bool),
) -> Result<String, Error> {
    Ok(wrap(text, width, indents, breaks)?.join("\n"))
}

/// `textwrap.shorten(text, width, placeholder=placeholder)`; raises `ValueError`.
pub fn shorten(text: &str, width: i64, placeholder: &str) -> Result<String, Error> {
    let options = Options {
        width,
        initial_indent: "",
        subsequent_indent: "",
        break_long_words: true,
        break_on_hyphens: true,
    };
    let joined = text::split(text).join(" ");
    Ok(wrapped(&joined, options, Some(placeholder))?.join("\n"))
}

/// `textwrap.indent(text, prefix)`.
pub fn indent(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text::split_lines_keep(text) {
        if !text::strip(&line).is_empty() {
            out.push_str(prefix);
        }
        out.push_str(&line);
    }
    out
}

/// `textwrap.dedent(text)`.
pub fn dedent(text: &str) -> String {
    let blank = |c: char| c == ' ' || c == '\t';
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| if line.chars().all(blank) { "" } else { line })
        .collect();
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let indent = &line[..line.len() - line.trim_start_matches(blank).len()];
        margin = Some(match margin {
            Some(margin) => {
                let same = margin.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b);
                &margin[..same.count()]
            }
            None => indent,
        });
    }
    let margin = margin.unwrap_or("");
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.strip_prefix(margin).unwrap_or(line))
        .collect();
    lines.join("\n")
}

/// Whether the character is one of a word, as `\w`.
fn is_word(c: char) -> bool {
    c == '_' || chars::is_alnum(c)
}

/// Whether the character is a letter, as `[^\d\W]`.
fn is_letter(c: char) -> bool {
    is_word(c) && !chars::is_decimal(c)
}

/// Whether a dash after the character may end a word.
fn is_punctuated(c: char) -> bool {
    is_word(c) || matches!(c, '!' | '"' | '\'' | '&' | '.' | ',' | '?')
}

/// Where a run of two or more dashes at `from` ends, if a word goes on behind it.
fn dashes(text: &[char], from: usize) -> Option<usize> {
    let run = text[from..].iter().take_while(|c| **c == '-').count();
    let after = text.get(from + run).copied();
    (run >= 2 && after.is_some_and(is_word)).then_some(from + run)
}

/// Whether the hyphen at `place` is one that a line may end with.
fn breaks(text: &[char], place: usize) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| is_letter(*c));
    let before = |back: usize| place.checked_sub(back);
    let led = letter(before(1))
        && (letter(before(2))
            || before(2).is_some_and(|at| text[at] == '-') && letter(before(3)));
    let follow = if text.get(place + 2) == Some(&'-') { place + 3 } else { place + 2 };
    text[place] == '-' && led && letter(Some(place + 1)) && letter(Some(follow))
}

/// Where the chunk at `from` ends.
fn chunk_end(text: &[char], from: usize, break_on_hyphens: bool) -> usize {
    let spaces = text[from..].iter().take_while(|c| **c == ' ').count();
    if spaces > 0 {
        return from + spaces;
    }
    if break_on_hyphens && from > 0 && is_punctuated(text[from - 1]) {
        if let Some(end) = dashes(text, from) {
            return end;
        }
    }
    let mut end = from + 1;
    while end < text.len() && text[end] != ' ' {
        if break_on_hyphens && breaks(text, end) {
            return end + 1;
        }
        if break_on_hyphens && is_punctuated(text[end - 1]) && dashes(text, end).is_some() {
            return end;
        }
        end += 1;
    }
    end
}

/// Whether a chunk is nothing but spaces.
fn is_blank(chunk: &[char]) -> bool {
    chunk.iter().all(|c| chars::is_space(*c))
}

/// The lines; with a placeholder only one, which it ends where text is left out.
fn wrapped(text: &str, options: Options<'_>, placeholder: Option<&str>) -> Result<Vec<String>, Error> {
    let spaced = |c: char| if matches!(c, '\n' | '\x0b' | '\x0c' | '\r') { ' ' } else { c };
    let text: Chunk = text::expand_tabs(text, 8).chars().map(spaced).collect();
    if options.width <= 0 {
        let told = format!("invalid width {} (must be > 0)", options.width);
        return Err(Error::ValueError(told));
    }
    if let Some(placeholder) = placeholder {
        if text::len(text::lstrip(placeholder)) > options.width {
            return Err(Error::ValueError("placeholder too large for max width".to_owned()));
        }
    }
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut from = 0;
    while from < text.len() {
        let end = chunk_end(&text, from, options.break_on_hyphens);
        chunks.push(text[from..end].to_vec());
        from = end;
    }
    chunks.reverse();
    let mut lines: Vec<String> = Vec::new();
    while !chunks.is_empty() {
        let indent = if lines.is_empty() { options.initial_indent } else { options.subsequent_indent };
        let width = options.width - text::len(indent);
        let line = next_line(&mut chunks, width, !lines.is_empty(), options);
        let Some(line) = line else { continue };
        let rest_blank = match chunks.as_slice() {
            [] => true,
            [only] => is_blank(only),
            _ => false,
        };
        match placeholder {
            Some(placeholder) if !(rest_blank && length(&line) <= width) => {
                lines.push(format!("{indent}{}", cut(line, width, placeholder)));
                break;
            }
            _ => lines.push(format!("{indent}{}", joined(&line))),
        }
    }
    Ok(lines)
}

fn length(line: &[Chunk]) -> i64 {
    line.iter().map(Vec::len).sum::<usize>() as i64
}

fn joined(line: &[Chunk]) -> String {
    line.iter().flatten().collect()
}

/// The chunks of the next line, taken off the end; None where only spaces were left.
fn next_line(
    chunks: &mut Vec<Chunk>,
    width: i64,
    later: bool,
    options: Options<'_>,
) -> Option<Vec<Chunk>> {
    if later && chunks.last().is_some_and(|chunk| is_blank(chunk)) {
        chunks.pop();
    }
    let mut line: Vec<Chunk> = Vec::new();
    let mut taken = 0;
    while let Some(chunk) = chunks.pop_if(|chunk| taken + chunk.len() as i64 <= width) {
        taken += chunk.len() as i64;
        line.push(chunk);
    }
    if chunks.last().is_some_and(|chunk| chunk.len() as i64 > width) {
        let room = if width < 1 { 1 } else { width - taken };
        break_word(chunks, &mut line, room as usize, options);
    }
    if line.last().is_some_and(|chunk| is_blank(chunk)) {
        line.pop();
    }
    (!line.is_empty()).then_some(line)
}

/// A word that fits no line: as much of it as there is room for, or all of it on a line of its own.
fn break_word(chunks: &mut Vec<Chunk>, line: &mut Vec<Chunk>, room: usize, options: Options<'_>) {
    if !options.break_long_words {
        if line.is_empty() {
            line.extend(chunks.pop());
        }
        return;
    }
    let Some(chunk) = chunks.last_mut() else { return };
    let mut end = room.min(chunk.len());
    if options.break_on_hyphens && chunk.len() > room {
        let hyphen = chunk[..end].iter().rposition(|c| *c == '-');
        if let Some(hyphen) = hyphen.filter(|at| chunk[..*at].iter().any(|c| *c != '-')) {
            end = hyphen + 1;
        }
    }
    let rest = chunk.split_off(end);
    line.push(std::mem::replace(chunk, rest));
}

/// The only line where text is left out: chunks are dropped until the placeholder fits.
fn cut(mut line: Vec<Chunk>, width: i64, placeholder: &str) -> String {
    while let Some(last) = line.last() {
        if !is_blank(last) && length(&line) + text::len(placeholder) <= width {
            return joined(&line) + placeholder;
        }
        line.pop();
    }
    text::lstrip(placeholder).to_owned()
}
