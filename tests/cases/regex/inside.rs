//! Regular expressions that are compiled inside a function, and matches one after the other.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::re;
use crate::runtime::text;

pub static IS_PHONE_PATTERN: re::Regex = re::Regex::new(r"^(\+91[\-\s\x1c-\x1f]?)?[789]\d{9}$");

pub fn is_phone(text: &str) -> bool {
    re::is_found(&IS_PHONE_PATTERN, text)
}

pub static IS_VERSION_PATTERN: re::Regex = re::Regex::new(r"[Vv]?[0-9]+(\.[0-9]+)*");

pub fn is_version(text: &str) -> bool {
    re::fullmatch(&IS_VERSION_PATTERN, text).is_some()
}

pub static SETTINGS_PATTERN: re::Regex =
    re::Regex::new(r"(?m:^)(?P<key>[0-9A-Za-z_]+)[\t-\r ]*=[\t-\r ]*(?P<value>.*)(?m:$)");

pub fn settings(text: &str) -> Dict<String, String> {
    let mut found: Dict<String, String> = dict::Dict::default();
    for match_ in re::find_iter(&SETTINGS_PATTERN, text) {
        let value = text::strip(match_.text(2)).to_string();
        found.insert(match_.text(1).to_string(), value);
    }
    found
}

pub static SHOUT_PATTERN: re::Regex = re::Regex::new(r"\*([0-9A-Za-z_]+)\*");

pub fn shout(text: &str) -> Result<String, Error> {
    re::sub_with(&SHOUT_PATTERN, |m| Ok(text::upper(m.text(1))), text, 0)
}

pub static CLEANED_PATTERN: re::Regex = re::Regex::new(r"[\s\x1c-\x1f]+");

pub fn cleaned(text: &str) -> (String, i64) {
    re::subn(&CLEANED_PATTERN, " ", text, 0)
}

pub static FIRST_YEAR_PATTERN: re::Regex = re::Regex::new(r"(19|20)[0-9][0-9]");

pub fn first_year(text: &str) -> Result<(String, i64, i64), Error> {
    let found = re::search(&FIRST_YEAR_PATTERN, text::strip(text));
    let Some(found) = found else {
        return Err(Error::ValueError("no year".to_string()));
    };
    Ok((found.text(0).to_string(), found.start(0), found.end(1)))
}
