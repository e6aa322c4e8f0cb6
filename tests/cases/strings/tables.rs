//! Tables as text: CSV, text buffers, words that are looked for.

use crate::error::Error;
use crate::runtime::bytes;
use crate::runtime::codecs;
use crate::runtime::csv;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::fmt;
use crate::runtime::int;
use crate::runtime::re;
use crate::runtime::re_built;
use crate::runtime::seq;
use crate::runtime::string_io;
use crate::runtime::text;
use crate::runtime::unicode;

pub fn total(text: &str) -> Result<i64, Error> {
    let mut reader = csv::read(&text::split_lines(text), ',', '"').into_iter();
    let header = reader
        .next()
        .ok_or_else(|| Error::StopIteration(String::new()))?;
    let place = seq::index_of(&header, "price")?;
    int::try_sum(
        reader
            .by_ref()
            .map(|row| -> Result<i64, Error> { int::parse(seq::at(&row, place)?) }),
    )
}

pub fn by_name(lines: &[String]) -> Result<Dict<String, String>, Error> {
    Ok({
        let mut items = dict::Dict::default();
        for row in csv::read_dicts(lines, ';', '"') {
            items.insert(
                dict::get_item(&row, "name")?.to_string(),
                dict::get_item(&row, "town")?.to_string(),
            );
        }
        items
    })
}

pub fn written(rows: &[(String, i64)]) -> String {
    let mut out = string_io::StringIo::default();
    let mut writer = csv::Writer::new(&mut out, ',', '"', "\r\n");
    writer.row(&["name", "count"]);
    for (name, count) in rows {
        let count = *count;
        writer.row(&[name.to_string(), count.to_string()]);
    }
    out.value().to_string()
}

pub fn numbered(lines: &[String]) -> Result<String, Error> {
    let mut out = string_io::StringIo::default();
    for (number, line) in (1_i64..).zip(lines.iter()) {
        out.write(&format!("{}: {line}\n", fmt::format_int(number, ">3")?));
    }
    Ok(out.value().to_string())
}

pub fn mentions(text: &str, words: &[String]) -> Dict<String, i64> {
    let mut found: Dict<String, i64> = dict::Dict::default();
    for word in words {
        let value = re::find_all(
            &re_built::built(
                &[
                    re_built::Part::Text(r"\b"),
                    re_built::Part::Escaped(word),
                    re_built::Part::Text(r"\b"),
                ],
                re_built::Case::Any,
            ),
            text,
        )
        .len() as i64;
        found.insert(word.to_string(), value);
    }
    found
}

pub fn masked(text: &str, words: &[String]) -> String {
    let pattern = re_built::built(&[re_built::Part::AnyEscaped(words)], re_built::Case::Exact);
    if !words.is_empty() {
        re::sub(&pattern, "*", text, 0)
    } else {
        text.to_string()
    }
}

pub static SLUG_PATTERN: re::Regex = re::Regex::new(r"[^a-z0-9]+");

pub fn slug(title: &str) -> Result<String, Error> {
    let plain = bytes::decode_ascii(&codecs::encode_ascii_ignore(&unicode::normalize(
        "NFKD", title,
    )?));
    Ok(text::strip_chars(&re::sub(&SLUG_PATTERN, "-", &text::lower(&plain), 0), "-").to_string())
}
