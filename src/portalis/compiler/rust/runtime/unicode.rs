//! Python's `unicodedata`, for what Unicode 14 has: newer characters decline, as versions of Python differ there.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::decline;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The one character of a text; any other declines, where Python raises.
fn single(text: &str) -> char {
    let mut found = text.chars();
    match (found.next(), found.next()) {
        (Some(c), None) => known(c),
        _ => decline("a text that is no single character"),
    }
}

/// The character; declines where it is newer than Unicode 14, or of another category since then.
fn known(c: char) -> char {
    if !c.is_ascii() && (chars::in_ranges(&NEWER, c) || matches!(c, '\u{295}' | '\u{1171e}')) {
        decline("a character on which versions of Unicode differ");
    }
    c
}

/// `unicodedata.normalize(form, text)`; raises `ValueError`.
pub fn normalize(form: &str, text: &str) -> Result<String, Error> {
    if text.is_empty() {
        return Ok(String::new()); // whatever the form
    }
    if !matches!(form, "NFC" | "NFD" | "NFKC" | "NFKD") {
        return Err(Error::ValueError("invalid normalization form".to_string()));
    }
    if text.is_ascii() {
        return Ok(text.to_string());
    }
    let settled = text.chars().map(known);
    Ok(match form {
        "NFC" => settled.nfc().collect(),
        "NFD" => settled.nfd().collect(),
        "NFKC" => settled.nfkc().collect(),
        _ => settled.nfkd().collect(),
    })
}

/// `unicodedata.is_normalized(form, text)`; raises `ValueError`.
pub fn is_normalized(form: &str, text: &str) -> Result<bool, Error> {
    Ok(normalize(form, text)? == text)
}

/// `unicodedata.combining(c)`.
pub fn combining(c: &str) -> i64 {
    i64::from(unicode_normalization::char::canonical_combining_class(
        single(c),
    ))
}

/// `unicodedata.decimal(c)`; raises `ValueError`.
pub fn decimal(c: &str) -> Result<i64, Error> {
    chars::decimal_value(single(c)).ok_or_else(|| Error::ValueError("not a decimal".to_string()))
}

/// `unicodedata.decimal(c, default)`.
pub fn decimal_or(c: &str, default: i64) -> i64 {
    chars::decimal_value(single(c)).unwrap_or(default)
}

/// `unicodedata.category(c)`.
pub fn category(c: &str) -> &'static str {
    match single(c).general_category() {
        GeneralCategory::UppercaseLetter => "Lu",
        GeneralCategory::LowercaseLetter => "Ll",
        GeneralCategory::TitlecaseLetter => "Lt",
        GeneralCategory::ModifierLetter => "Lm",
        GeneralCategory::OtherLetter => "Lo",
        GeneralCategory::NonspacingMark => "Mn",
        GeneralCategory::SpacingMark => "Mc",
        GeneralCategory::EnclosingMark => "Me",
        GeneralCategory::DecimalNumber => "Nd",
        GeneralCategory::LetterNumber => "Nl",
        GeneralCategory::OtherNumber => "No",
        GeneralCategory::ConnectorPunctuation => "Pc",
        GeneralCategory::DashPunctuation => "Pd",
        GeneralCategory::OpenPunctuation => "Ps",
        GeneralCategory::ClosePunctuation => "Pe",
        GeneralCategory::InitialPunctuation => "Pi",
        GeneralCategory::FinalPunctuation => "Pf",
        GeneralCategory::OtherPunctuation => "Po",
        GeneralCategory::MathSymbol => "Sm",
        GeneralCategory::CurrencySymbol => "Sc",
        GeneralCategory::ModifierSymbol => "Sk",
        GeneralCategory::OtherSymbol => "So",
        GeneralCategory::SpaceSeparator => "Zs",
        GeneralCategory::LineSeparator => "Zl",
        GeneralCategory::ParagraphSeparator => "Zp",
        GeneralCategory::Control => "Cc",
        GeneralCategory::Format => "Cf",
        GeneralCategory::Surrogate => "Cs",
        GeneralCategory::PrivateUse => "Co",
        GeneralCategory::Unassigned => "Cn",
    }
}

/// First and last of the ranges of characters that came after Unicode 14.
#[rustfmt::skip]
const NEWER: [u32; 278] = [
    1368, 1368, 1419, 1420, 1480, 1481, 2191, 2191, 2199, 2199, 2899, 2900, 3164, 3164, 3292,
    3292, 3315, 3315, 3790, 3790, 6863, 6896, 6990, 6991, 7039, 7039, 7305, 7306, 8335, 8335,
    8349, 8351, 8385, 8388, 9255, 9257, 11158, 11158, 11872, 11875, 12284, 12287, 12772, 12773,
    12783, 12783, 42955, 42959, 42962, 42962, 42964, 42964, 42970, 42973, 42978, 42978, 42993,
    42993, 43884, 43885, 64451, 64466, 64912, 64913, 64968, 64974, 67008, 67059, 67515, 67519,
    67904, 67929, 68928, 68965, 68969, 68997, 69006, 69007, 69314, 69319, 69321, 69358, 69360,
    69375, 70207, 70209, 70528, 70537, 70539, 70539, 70542, 70542, 70544, 70581, 70583, 70592,
    70594, 70594, 70597, 70597, 70599, 70602, 70604, 70613, 70615, 70616, 70625, 70626, 71376,
    71395, 72448, 72458, 72544, 72551, 72640, 72673, 72688, 72697, 73136, 73179, 73184, 73193,
    73200, 73201, 73472, 73488, 73490, 73530, 73534, 73562, 74863, 74863, 74869, 74879, 75088,
    75398, 78895, 78895, 78905, 78933, 78944, 82938, 90368, 90425, 93504, 93561, 93856, 93880,
    93883, 93907, 94194, 94198, 100344, 100351, 101590, 101594, 101631, 101631, 101641, 101664,
    101760, 101874, 101888, 102801, 102816, 102866, 110883, 110888, 110898, 110898, 110933,
    110933, 110952, 110952, 117760, 118012, 118016, 118451, 118458, 118480, 118482, 118484,
    118493, 118525, 119079, 119080, 119275, 119295, 119376, 119425, 119488, 119507, 120486,
    120486, 121600, 121628, 122655, 122753, 122768, 122774, 122829, 122879, 122928, 122989,
    123023, 123023, 124112, 124153, 124368, 124410, 124415, 124415, 124608, 124638, 124640,
    124661, 124670, 124671, 127406, 127406, 128728, 128729, 128732, 128732, 128884, 128895,
    128985, 128987, 129009, 129023, 129202, 129211, 129216, 129217, 129232, 129240, 129620,
    129623, 129653, 129655, 129671, 129679, 129709, 129711, 129723, 129727, 129734, 129734,
    129736, 129736, 129740, 129743, 129754, 129757, 129759, 129759, 129768, 129771, 129775,
    129775, 129783, 129786, 129995, 130031, 130042, 130042, 177977, 177983, 178206, 178206,
    183970, 183981, 191472, 192093, 201552, 210041, 249856, 261183,
];
