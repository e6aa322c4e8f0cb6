//! Regular expressions.

use crate::error::Error;
use crate::runtime::int;
use crate::runtime::re;
use crate::runtime::text;

pub static CLEAN: re::Regex = re::Regex::new(r"[\s\x1c-\x1f\-.]+");

pub static DATE: re::Regex = re::Regex::new(r"^(\d{4})-(\d\d)-(\d\d)$");

pub static WORD: re::Regex = re::Regex::new(r"(?P<head>[\p{L}\p{N}_])([\p{L}\p{N}_]*)");

pub static WORDS_PATTERN: re::Regex = re::Regex::new(r"[a-z]+");

pub fn words(s: &str) -> Vec<String> {
    re::find_all(&WORDS_PATTERN, s)
}

pub fn parts(s: &str) -> Vec<(String, String)> {
    re::find_all_groups::<2>(&WORD, s)
        .into_iter()
        .map(|[a, b]| (a, b))
        .collect::<Vec<(String, String)>>()
}

pub fn date(s: &str) -> Result<Option<(i64, i64, i64)>, Error> {
    let m = re::match_(&DATE, s);
    let Some(m) = m else {
        return Ok(None);
    };
    let (year, month, day) = (
        m.text(1).to_string(),
        m.text(2).to_string(),
        m.text(3).to_string(),
    );
    Ok(Some((
        int::parse(&year)?,
        int::parse(&month)?,
        int::parse(&day)?,
    )))
}

pub fn head(s: &str) -> String {
    let m = re::search(&WORD, s);
    let Some(m) = m else {
        return "-".to_string();
    };
    format!("{}{}{}{}", m.text(1), m.text(2), m.start(0), m.end(0))
}

pub fn cleaned(s: &str) -> String {
    text::upper(&re::sub(&CLEAN, "", s, 0))
}

pub static IS_CODE_PATTERN: re::Regex = re::Regex::new(r"[A-Z]{2}\d+");

pub fn is_code(s: &str) -> bool {
    re::fullmatch(&IS_CODE_PATTERN, s).is_some()
}

pub static SPLIT_PATTERN: re::Regex = re::Regex::new(r"[,;][\s\x1c-\x1f]*");

pub fn split(s: &str) -> Vec<String> {
    re::split(&SPLIT_PATTERN, s, 0)
}

pub static DOUBLED_PATTERN: re::Regex = re::Regex::new(r"([\p{L}\p{N}_])\1");

pub fn doubled(s: &str) -> bool {
    re::is_found(&DOUBLED_PATTERN, s)
}

pub static IGNORING_PATTERN: re::Regex = re::Regex::new(r"[Ssſ][Tt][Rr][Aa][ßẞ][Ee]|[Aa][Bb]");

pub fn ignoring(s: &str) -> bool {
    re::match_(&IGNORING_PATTERN, s).is_some()
}
