//! Python's `re` over `fancy-regex`: patterns are translated to its syntax when the Rust is generated.
//!
//! A `$` as a pattern's last character is Python's `$` after all of it: the end, or before a newline at the end.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::OnceLock;

use crate::error::Error;
use crate::runtime::decline::decline;
use crate::runtime::dict::Dict;

/// A compiled pattern; each way of matching is compiled when it is first used.
pub struct Regex {
    pattern: Cow<'static, str>,
    forms: [OnceLock<fancy_regex::Regex>; 4],
}

impl Regex {
    /// A pattern for a `static`.
    pub const fn new(pattern: &'static str) -> Regex {
        Regex {
            pattern: Cow::Borrowed(pattern),
            forms: [const { OnceLock::new() }; 4],
        }
    }

    /// A pattern that is put together at run time.
    pub const fn of(pattern: String) -> Regex {
        Regex {
            pattern: Cow::Owned(pattern),
            forms: [const { OnceLock::new() }; 4],
        }
    }
}

/// The pattern where it is found first.
fn search_form(re: &Regex) -> &fancy_regex::Regex {
    re.forms[0].get_or_init(|| compile(&re.pattern, "", "", ""))
}

/// The pattern at the start of the text.
fn start_form(re: &Regex) -> &fancy_regex::Regex {
    re.forms[1].get_or_init(|| compile(&re.pattern, r"\A(?:", ")", ""))
}

/// The pattern over the whole text.
fn full_form(re: &Regex) -> &fancy_regex::Regex {
    re.forms[2].get_or_init(|| compile(&re.pattern, r"\A(?:", ")", r"\z"))
}

/// The pattern where it is found first, but not empty at the very start of the search.
fn advance_form(re: &Regex) -> &fancy_regex::Regex {
    re.forms[3].get_or_init(|| compile(&re.pattern, "(?:", ")", r"(?!\G)"))
}

/// The pattern between `open` and `close`, then its last `$` (which belongs to all of it) as Python's, then `after`.
///
/// The lookahead stands outside the group, where `fancy-regex` can hand the whole to the faster engine.
fn compile(pattern: &str, open: &str, close: &str, after: &str) -> fancy_regex::Regex {
    let full = match pattern.strip_suffix('$') {
        Some(body) => format!(r"{open}{body}{close}(?=\n?\z){after}"),
        None => format!("{open}{pattern}{close}{after}"),
    };
    fancy_regex::Regex::new(&full).unwrap_or_else(|_| decline("a pattern that is too large"))
}

/// What the regex engine answers; a search given up (catastrophic backtracking) declines.
fn answer<T>(result: Result<T, fancy_regex::Error>) -> T {
    result.unwrap_or_else(|_| decline("a search that backtracks too much"))
}

/// Characters newer than Unicode 14, whose classes depend on the version of Python.
static NEWER: OnceLock<fancy_regex::Regex> = OnceLock::new();

/// Characters that are part of a word for only one of Python and the regex engine.
static WORD_DIFFERS: OnceLock<fancy_regex::Regex> = OnceLock::new();

/// Declines texts on which Python's character classes may differ from the regex engine's.
fn check_text(re: &Regex, text: &str) {
    if text.is_ascii() {
        return;
    }
    let newer = NEWER.get_or_init(|| compile(r"[^\p{Age=14.0}\P{Assigned}]", "", "", ""));
    if answer(newer.is_match(text)) {
        decline("a character newer than Unicode 14");
    }
    let differs =
        WORD_DIFFERS.get_or_init(|| compile(r"[\w&&[^\p{L}\p{N}_]]|[[\p{L}\p{N}_]&&[^\w]]", "", "", ""));
    if re.pattern.contains(r"\b") && answer(differs.is_match(text)) {
        decline("a word boundary beside a character that Python treats in its own way");
    }
}

/// A match: the text and where its groups lie, in bytes.
#[derive(Clone, Debug)]
pub struct Match<'t> {
    text: &'t str,
    groups: Vec<Option<(usize, usize)>>,
}

impl<'t> Match<'t> {
    /// `match.group(index)`.
    pub fn group(&self, index: usize) -> Option<&'t str> {
        self.groups[index].map(|(start, end)| &self.text[start..end])
    }

    /// `match.group(index)` of a group that takes part in every match.
    pub fn text(&self, index: usize) -> &'t str {
        self.group(index)
            .unwrap_or_else(|| decline("a group that took no part in the match"))
    }

    /// `match.lastindex` of a pattern none of whose groups is inside another.
    pub fn last_index(&self) -> Option<i64> {
        let last = self.groups.iter().rposition(Option::is_some)?;
        (last > 0).then_some(last as i64)
    }

    /// `match.string`.
    pub fn string(&self) -> &'t str {
        self.text
    }

    /// `match.span(index)` in code points, (-1, -1) for a group that took no part.
    pub fn span(&self, index: usize) -> (i64, i64) {
        match self.groups[index] {
            Some((start, end)) => {
                let before = self.text[..start].chars().count();
                (
                    before as i64,
                    (before + self.text[start..end].chars().count()) as i64,
                )
            }
            None => (-1, -1),
        }
    }

    /// `match.start(index)` in code points, -1 for a group that took no part.
    pub fn start(&self, index: usize) -> i64 {
        self.span(index).0
    }

    /// `match.end(index)` in code points, -1 for a group that took no part.
    pub fn end(&self, index: usize) -> i64 {
        self.span(index).1
    }
}

/// Where the whole match lies, in bytes.
fn match_bytes(found: &Match<'_>) -> (usize, usize) {
    found.groups[0].unwrap_or_else(|| decline("a match without a place"))
}

/// The first match of `regex` from the byte `from` on.
fn find_from<'t>(regex: &fancy_regex::Regex, text: &'t str, from: usize) -> Option<Match<'t>> {
    let groups = if regex.captures_len() > 1 {
        let found = answer(regex.captures_from_pos(text, from))?;
        found
            .iter()
            .map(|group| group.map(|group| (group.start(), group.end())))
            .collect()
    } else {
        let found = answer(regex.find_from_pos(text, from))?;
        vec![Some((found.start(), found.end()))]
    };
    Some(Match { text, groups })
}

/// `re.match(text)`.
pub fn match_<'t>(re: &Regex, text: &'t str) -> Option<Match<'t>> {
    check_text(re, text);
    find_from(start_form(re), text, 0)
}

/// `re.fullmatch(text)`.
pub fn fullmatch<'t>(re: &Regex, text: &'t str) -> Option<Match<'t>> {
    check_text(re, text);
    find_from(full_form(re), text, 0)
}

/// `re.search(text)`.
pub fn search<'t>(re: &Regex, text: &'t str) -> Option<Match<'t>> {
    check_text(re, text);
    find_from(search_form(re), text, 0)
}

/// Whether `re.match(text)` finds anything.
pub fn is_match(re: &Regex, text: &str) -> bool {
    check_text(re, text);
    answer(start_form(re).is_match(text))
}

/// Whether `re.fullmatch(text)` finds anything.
pub fn is_fullmatch(re: &Regex, text: &str) -> bool {
    check_text(re, text);
    answer(full_form(re).is_match(text))
}

/// Whether `re.search(text)` finds anything.
pub fn is_found(re: &Regex, text: &str) -> bool {
    check_text(re, text);
    answer(search_form(re).is_match(text))
}

/// `re.finditer(text)`: after an empty match the next one is not empty at the same place.
pub fn find_iter<'t>(re: &Regex, text: &'t str) -> impl Iterator<Item = Match<'t>> {
    check_text(re, text);
    let mut from = 0;
    let mut after_empty = false;
    std::iter::from_fn(move || {
        let regex = if after_empty {
            advance_form(re)
        } else {
            search_form(re)
        };
        let found = find_from(regex, text, from)?;
        let (start, end) = match_bytes(&found);
        after_empty = start == end;
        from = end;
        Some(found)
    })
}

/// The first `count` matches as `sub` and `split` count them: all for 0, none for less.
fn find_some<'t>(re: &Regex, text: &'t str, count: i64) -> impl Iterator<Item = Match<'t>> {
    let limit = match count {
        0 => usize::MAX,
        _ => usize::try_from(count).unwrap_or(0),
    };
    find_iter(re, text).take(limit)
}

/// `re.findall(text)` of a pattern with at most one group: the group, or the whole match.
pub fn find_all(re: &Regex, text: &str) -> Vec<String> {
    find_iter(re, text)
        .map(|found| found.group(found.groups.len() - 1).unwrap_or("").to_owned())
        .collect()
}

/// `re.findall(text)` of a pattern with `N` groups, two or more.
pub fn find_all_groups<const N: usize>(re: &Regex, text: &str) -> Vec<[String; N]> {
    find_iter(re, text)
        .map(|found| std::array::from_fn(|group| found.group(group + 1).unwrap_or("").to_owned()))
        .collect()
}

/// `re.split(text, maxsplit)` of a pattern without groups.
pub fn split(re: &Regex, text: &str, maxsplit: i64) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut last = 0;
    for found in find_some(re, text, maxsplit) {
        let (start, end) = match_bytes(&found);
        pieces.push(text[last..start].to_owned());
        last = end;
    }
    pieces.push(text[last..].to_owned());
    pieces
}

/// `re.split(text, maxsplit)` of a pattern with groups, which stand between the pieces.
pub fn split_groups(re: &Regex, text: &str, maxsplit: i64) -> Vec<Option<String>> {
    let mut pieces = Vec::new();
    let mut last = 0;
    for found in find_some(re, text, maxsplit) {
        let (start, end) = match_bytes(&found);
        pieces.push(Some(text[last..start].to_owned()));
        pieces.extend(groups(&found));
        last = end;
    }
    pieces.push(Some(text[last..].to_owned()));
    pieces
}

/// Writes the text with each match replaced by what `write` puts there; gives the number of matches.
fn replace_each<'t, E>(
    re: &Regex,
    text: &'t str,
    count: i64,
    mut write: impl FnMut(&Match<'t>, &mut String) -> Result<(), E>,
) -> Result<(String, i64), E> {
    let mut result = String::with_capacity(text.len());
    let mut last = 0;
    let mut replaced = 0;
    for found in find_some(re, text, count) {
        let (start, end) = match_bytes(&found);
        result.push_str(&text[last..start]);
        write(&found, &mut result)?;
        last = end;
        replaced += 1;
    }
    result.push_str(&text[last..]);
    Ok((result, replaced))
}

/// `re.subn(replacement, text, count)` with a replacement that holds no escapes.
pub fn subn(re: &Regex, replacement: &str, text: &str, count: i64) -> (String, i64) {
    if replacement.contains('\\') {
        decline("a backslash in a replacement");
    }
    let write = |_: &Match<'_>, result: &mut String| {
        result.push_str(replacement);
        Ok(())
    };
    let Ok(replaced) = replace_each::<Infallible>(re, text, count, write);
    replaced
}

/// `re.sub(replacement, text, count)` with a replacement that holds no escapes.
pub fn sub(re: &Regex, replacement: &str, text: &str, count: i64) -> String {
    subn(re, replacement, text, count).0
}

/// A piece of a replacement template.
#[derive(Clone, Copy, Debug)]
pub enum Piece {
    /// Text put in as it is.
    Text(&'static str),
    /// What a group matched, nothing where it took no part.
    Group(usize),
}

/// `re.sub(template, text, count)` with a parsed template.
pub fn sub_template(re: &Regex, template: &[Piece], text: &str, count: i64) -> String {
    let write = |found: &Match<'_>, result: &mut String| {
        for piece in template {
            match *piece {
                Piece::Text(text) => result.push_str(text),
                Piece::Group(index) => result.push_str(found.group(index).unwrap_or("")),
            }
        }
        Ok(())
    };
    let Ok((result, _)) = replace_each::<Infallible>(re, text, count, write);
    result
}

/// `re.sub(replace, text, count)` with a function, whose errors are passed on.
pub fn sub_with<'t>(
    re: &Regex,
    mut replace: impl FnMut(&Match<'t>) -> Result<String, Error>,
    text: &'t str,
    count: i64,
) -> Result<String, Error> {
    let write = |found: &Match<'t>, result: &mut String| {
        result.push_str(&replace(found)?);
        Ok(())
    };
    Ok(replace_each(re, text, count, write)?.0)
}

/// `match.groups()`.
pub fn groups(found: &Match<'_>) -> Vec<Option<String>> {
    (1..found.groups.len())
        .map(|index| found.group(index).map(str::to_owned))
        .collect()
}

/// `match.groups(default)`.
pub fn groups_or(found: &Match<'_>, default: &str) -> Vec<String> {
    (1..found.groups.len())
        .map(|index| found.group(index).unwrap_or(default).to_owned())
        .collect()
}

/// `match.groups()` of a pattern with `N` groups.
pub fn groups_array<'t, const N: usize>(found: &Match<'t>) -> [Option<&'t str>; N] {
    std::array::from_fn(|index| found.group(index + 1))
}

/// `match.groupdict()` of a pattern with these group names.
pub fn group_dict(found: &Match<'_>, names: &[(&str, usize)]) -> Dict<String, Option<String>> {
    names
        .iter()
        .map(|&(name, index)| (name.to_owned(), found.group(index).map(str::to_owned)))
        .collect()
}

/// `match.groupdict()` where each of these groups takes part in every match.
pub fn named_groups(found: &Match<'_>, names: &[(&str, usize)]) -> Dict<String, String> {
    names
        .iter()
        .map(|&(name, index)| (name.to_owned(), found.text(index).to_owned()))
        .collect()
}

/// `match.lastgroup` of a pattern with these group names, none of whose groups is inside another.
pub fn last_group<'n>(found: &Match<'_>, names: &[(&'n str, usize)]) -> Option<&'n str> {
    let last = found.last_index()?;
    names
        .iter()
        .find(|&&(_, index)| index as i64 == last)
        .map(|&(name, _)| name)
}

/// `re.escape(text)`.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
