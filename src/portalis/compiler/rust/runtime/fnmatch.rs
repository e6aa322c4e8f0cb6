//! Python's `fnmatch` on POSIX: shell patterns, with the sets that CPython makes of their brackets.

use crate::runtime::decline::decline;

/// A part of a pattern.
enum Part {
    Star,
    Any,
    Char(char),
    Set { negated: bool, ranges: Vec<(char, char)> },
}

impl Part {
    fn takes(&self, c: char) -> bool {
        match self {
            Part::Star | Part::Any => true,
            Part::Char(own) => *own == c,
            Part::Set { negated, ranges } => {
                ranges.iter().any(|&(low, high)| (low..=high).contains(&c)) != *negated
            }
        }
    }
}

/// `fnmatch.fnmatchcase(name, pattern)`, and `fnmatch` where paths know case.
pub fn matches(name: &str, pattern: &str) -> bool {
    matched(name, &parts(pattern))
}

/// `fnmatch.filter(names, pattern)`.
pub fn filter(names: &[String], pattern: &str) -> Vec<String> {
    let parts = parts(pattern);
    names.iter().filter(|name| matched(name, &parts)).cloned().collect()
}

/// Whether the whole name fits. After a mismatch the last star takes one character more.
fn matched(name: &str, parts: &[Part]) -> bool {
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut part) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < name.len() {
        match parts.get(part) {
            Some(Part::Star) => {
                star = Some((at, part + 1));
                part += 1;
            }
            Some(one) if one.takes(name[at]) => {
                at += 1;
                part += 1;
            }
            _ => match &mut star {
                Some((taken, after)) => {
                    *taken += 1;
                    (at, part) = (*taken, *after);
                }
                None => return false,
            },
        }
    }
    parts[part..].iter().all(|part| matches!(part, Part::Star))
}

fn parts(pattern: &str) -> Vec<Part> {
    let pattern: Vec<char> = pattern.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = pattern.get(at) {
        at += 1;
        found.push(match c {
            '*' => Part::Star,
            '?' => Part::Any,
            '[' => match closing(&pattern, at) {
                Some(end) => {
                    let inside = &pattern[at..end];
                    at = end + 1;
                    set(inside)
                }
                None => Part::Char('['),
            },
            _ => Part::Char(c),
        });
    }
    found
}

/// Where the bracket that opened before `at` is closed: not at once, nor after a `!`.
fn closing(pattern: &[char], at: usize) -> Option<usize> {
    let mut from = at + usize::from(pattern.get(at) == Some(&'!'));
    from += usize::from(pattern.get(from) == Some(&']'));
    let rest = pattern.get(from..)?;
    rest.iter().position(|&c| c == ']').map(|place| from + place)
}

fn set(inside: &[char]) -> Part {
    let chunks = chunks(inside);
    let negated = chunks[0].first() == Some(&'!');
    let mut ranges = Vec::new();
    for (place, chunk) in chunks.iter().enumerate() {
        let begin = if place == 0 { usize::from(negated) } else { 1 };
        let last = place + 1 == chunks.len();
        let end = chunk.len() - usize::from(!last);
        ranges.extend(chunk.get(begin..end).unwrap_or_default().iter().map(|&c| (c, c)));
        if let Some(next) = chunks.get(place + 1) {
            ranges.push((chunk[end], next[0]));
        }
    }
    Part::Set { negated, ranges }
}

/// What stands between the hyphens that make ranges. A range that would be empty is gone, its ends with it.
fn chunks(inside: &[char]) -> Vec<Vec<char>> {
    if !inside.contains(&'-') {
        return vec![inside.to_vec()];
    }
    let mut chunks: Vec<Vec<char>> = Vec::new();
    let mut begin = 0;
    let mut from = if inside[0] == '!' { 2 } else { 1 };
    while let Some(place) = inside.iter().skip(from).position(|&c| c == '-') {
        let hyphen = from + place;
        chunks.push(inside[begin..hyphen].to_vec());
        begin = hyphen + 1;
        from = hyphen + 3;
    }
    match (inside.get(begin..), chunks.last_mut()) {
        (Some([]) | None, Some(last)) => last.push('-'),
        (rest, _) => chunks.push(rest.unwrap_or_default().to_vec()),
    }
    for right in (1..chunks.len()).rev() {
        let (Some(&low), Some(&high)) = (chunks[right - 1].last(), chunks[right].first()) else {
            decline("a set of ranges on which Python's fnmatch fails");
        };
        if low > high {
            let rest = chunks.remove(right);
            chunks[right - 1].pop();
            chunks[right - 1].extend_from_slice(&rest[1..]);
        }
    }
    chunks
}
