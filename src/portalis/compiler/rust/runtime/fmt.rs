//! Python's format mini-language and the `%` operator, where `format!` is not the same.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::decline::decline;
use crate::runtime::float;
use crate::runtime::repr;
use crate::runtime::seq;

/// `"%.2f" % x` and `f"{x:.2f}"`, with any number of digits.
pub fn fixed(x: f64, digits: usize) -> String {
    if x.is_nan() {
        return "nan".to_string();
    }
    format!("{x:.digits$}")
}

/// `"%x" % a`.
pub fn hex(a: i64) -> String {
    format!("{}{:x}", if a < 0 { "-" } else { "" }, a.unsigned_abs())
}

/// `"%X" % a`.
pub fn upper_hex(a: i64) -> String {
    format!("{}{:X}", if a < 0 { "-" } else { "" }, a.unsigned_abs())
}

/// `"%o" % a`.
pub fn oct(a: i64) -> String {
    format!("{}{:o}", if a < 0 { "-" } else { "" }, a.unsigned_abs())
}

/// `f"{a:b}"`.
pub fn bin(a: i64) -> String {
    format!("{}{:b}", if a < 0 { "-" } else { "" }, a.unsigned_abs())
}

/// `f"{a:,}"` or `f"{a:_}"`.
pub fn thousands(a: i64, separator: char) -> String {
    let digits = grouped(&a.unsigned_abs().to_string(), Some(separator), 3, 0);
    if a < 0 { format!("-{digits}") } else { digits }
}

/// `format(a, spec)` of an int.
pub fn format_int(a: i64, spec: &str) -> Result<String, Error> {
    if spec.is_empty() {
        return Ok(a.to_string());
    }
    let spec = Spec::parse(spec, "int", '>', 'd')?;
    format_int_as(a, &spec, "int")
}

/// `format(value, spec)` of a bool.
pub fn format_bool(value: bool, spec: &str) -> Result<String, Error> {
    if spec.is_empty() {
        return Ok(repr::of_bool(value).to_string());
    }
    let spec = Spec::parse(spec, "bool", '>', 'd')?;
    format_int_as(i64::from(value), &spec, "bool")
}

/// `format(x, spec)` of a float.
pub fn format_float(x: f64, spec: &str) -> Result<String, Error> {
    if spec.is_empty() {
        return Ok(float::repr(x));
    }
    let spec = Spec::parse(spec, "float", '>', '\0')?;
    match spec.kind {
        '\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => format_float_as(x, &spec),
        'n' => decline("a format that depends on the locale"),
        _ => Err(spec.unknown_kind("float")),
    }
}

/// `format(text, spec)` of a str.
pub fn format_str(text: &str, spec: &str) -> Result<String, Error> {
    if spec.is_empty() {
        return Ok(text.to_string());
    }
    let spec = Spec::parse(spec, "str", '<', 's')?;
    if spec.kind != 's' {
        return Err(spec.unknown_kind("str"));
    }
    let refused = match spec.sign {
        Some(' ') => "Space not allowed in string format specifier",
        Some(_) => "Sign not allowed in string format specifier",
        None if spec.no_negative_zero => {
            "Negative zero coercion (z) not allowed in string format specifier"
        }
        None if spec.alternate => "Alternate form (#) not allowed in string format specifier",
        None if spec.align == '=' => "'=' alignment not allowed in string format specifier",
        None => return Ok(spec.pad("", "", truncated(text, spec.precision))),
    };
    Err(Error::ValueError(refused.to_string()))
}

/// A format specification taken apart.
pub struct Spec {
    pub fill: char,
    pub align: char,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    pub separator: Option<char>,
    pub precision: Option<usize>,
    pub kind: char,
}

impl Spec {
    /// Takes a specification apart, with the alignment and kind that stand where it names none.
    pub fn parse(text: &str, object: &str, align: char, kind: char) -> Result<Spec, Error> {
        let chars: Vec<char> = text.chars().collect();
        let mut rest = chars.as_slice();
        let (fill, given_align) = match *rest {
            [fill, align @ ('<' | '>' | '=' | '^'), ..] => (Some(fill), Some(align)),
            [align @ ('<' | '>' | '=' | '^'), ..] => (None, Some(align)),
            _ => (None, None),
        };
        rest = &rest[usize::from(fill.is_some()) + usize::from(given_align.is_some())..];
        let sign = take_one(&mut rest, &['+', '-', ' ']);
        let no_negative_zero = take_one(&mut rest, &['z']).is_some();
        let alternate = take_one(&mut rest, &['#']).is_some();
        let zero = fill.is_none() && take_one(&mut rest, &['0']).is_some();
        let width = take_number(&mut rest)?.unwrap_or(0);
        let separator = take_one(&mut rest, &[',', '_']);
        if let (Some(first), Some(second)) = (separator, rest.first())
            && matches!((first, second), (',', '_') | ('_', ','))
        {
            return Err(Error::ValueError(
                "Cannot specify both ',' and '_'.".to_string(),
            ));
        }
        let mut precision = None;
        if take_one(&mut rest, &['.']).is_some() {
            precision = take_number(&mut rest)?;
            if precision.is_none() {
                return Err(Error::ValueError(
                    "Format specifier missing precision".to_string(),
                ));
            }
        }
        if rest.len() > 1 {
            return Err(Error::ValueError(format!(
                "Invalid format specifier '{text}' for object of type '{object}'"
            )));
        }
        let spec = Spec {
            fill: fill.unwrap_or(if zero { '0' } else { ' ' }),
            align: given_align.unwrap_or(if zero && align == '>' { '=' } else { align }),
            sign,
            no_negative_zero,
            alternate,
            width,
            separator,
            precision,
            kind: rest.first().copied().unwrap_or(kind),
        };
        spec.checked()
    }

    /// The specification, or the error of a separator that does not go with its kind.
    fn checked(self) -> Result<Spec, Error> {
        match (self.separator, self.kind) {
            (None, _) | (_, 'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => Ok(self),
            (Some('_'), 'b' | 'o' | 'x' | 'X') => Ok(self),
            (Some(separator), kind) => Err(Error::ValueError(format!(
                "Cannot specify '{separator}' with '{}'.",
                shown_kind(kind)
            ))),
        }
    }

    /// The error of a kind that objects of this type don't have.
    fn unknown_kind(&self, object: &str) -> Error {
        let kind = shown_kind(self.kind);
        Error::ValueError(format!(
            "Unknown format code '{kind}' for object of type '{object}'"
        ))
    }

    /// The sign to write before a number.
    pub fn sign_of(&self, negative: bool) -> &'static str {
        match self.sign {
            _ if negative => "-",
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        }
    }

    /// The width that zeros fill up between the sign and the digits, with separators among them.
    pub fn zero_width(&self, taken: usize) -> usize {
        let fills = self.fill == '0' && self.align == '=';
        if fills {
            self.width.saturating_sub(taken)
        } else {
            0
        }
    }

    /// Sign, prefix and body padded to the width.
    pub fn pad(&self, sign: &str, prefix: &str, body: &str) -> String {
        let length = sign.len() + prefix.len() + body.chars().count();
        let missing = seq::repetitions(4, self.width.saturating_sub(length) as i64);
        let (left, middle, right) = match self.align {
            '<' => (0, 0, missing),
            '^' => (missing / 2, 0, missing - missing / 2),
            '=' => (0, missing, 0),
            _ => (missing, 0, 0),
        };
        let fill = |count| String::from_iter(std::iter::repeat_n(self.fill, count));
        format!(
            "{}{sign}{prefix}{}{body}{}",
            fill(left),
            fill(middle),
            fill(right)
        )
    }
}

/// Takes the first character where it is one of these.
fn take_one(rest: &mut &[char], wanted: &[char]) -> Option<char> {
    let (first, after) = rest.split_first()?;
    if !wanted.contains(first) {
        return None;
    }
    *rest = after;
    Some(*first)
}

/// Takes a number off the front, in decimal digits of any script.
fn take_number(rest: &mut &[char]) -> Result<Option<usize>, Error> {
    let mut number = None;
    while let Some((value, after)) = rest
        .split_first()
        .and_then(|(&c, after)| Some((chars::decimal_value(c)?, after)))
    {
        let longer = number
            .unwrap_or(0_i64)
            .checked_mul(10)
            .and_then(|n| n.checked_add(value));
        if longer.is_none() {
            let text = "Too many decimal digits in format string";
            return Err(Error::ValueError(text.to_string()));
        }
        number = longer;
        *rest = after;
    }
    Ok(number.map(|number| number as usize))
}

/// A kind as error messages show it.
fn shown_kind(kind: char) -> String {
    match u32::from(kind) {
        33..=127 => kind.to_string(),
        point => format!("\\x{point:x}"),
    }
}

/// `format` of an int whose specification is taken apart.
fn format_int_as(a: i64, spec: &Spec, object: &str) -> Result<String, Error> {
    let size = a.unsigned_abs();
    let (prefix, digits) = match spec.kind {
        'd' => ("", size.to_string()),
        'b' => ("0b", format!("{size:b}")),
        'o' => ("0o", format!("{size:o}")),
        'x' => ("0x", format!("{size:x}")),
        'X' => ("0X", format!("{size:X}")),
        'c' => ("", String::new()),
        'n' => decline("a format that depends on the locale"),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return format_float_as(a as f64, spec),
        _ => return Err(spec.unknown_kind(object)),
    };
    let refused = match spec.kind {
        _ if spec.precision.is_some() => "Precision not allowed in integer format specifier",
        _ if spec.no_negative_zero => {
            "Negative zero coercion (z) not allowed in integer format specifier"
        }
        'c' if spec.sign.is_some() => "Sign not allowed with integer format specifier 'c'",
        'c' if spec.alternate => "Alternate form (#) not allowed with integer format specifier 'c'",
        'c' => return Ok(spec.pad("", "", char_of(a)?.encode_utf8(&mut [0; 4]))),
        _ => "",
    };
    if !refused.is_empty() {
        return Err(Error::ValueError(refused.to_string()));
    }
    let sign = spec.sign_of(a < 0);
    let prefix = if spec.alternate { prefix } else { "" };
    let group = if spec.kind == 'd' { 3 } else { 4 };
    let width = spec.zero_width(sign.len() + prefix.len());
    Ok(spec.pad(
        sign,
        prefix,
        &grouped(&digits, spec.separator, group, width),
    ))
}

/// The character of a code point, for the kind `c`.
pub fn char_of(a: i64) -> Result<char, Error> {
    if !(0..0x11_0000).contains(&a) {
        return Err(Error::OverflowError(
            "%c arg not in range(0x110000)".to_string(),
        ));
    }
    chars::chr(a)
}

/// `format` of a float whose specification is taken apart.
fn format_float_as(x: f64, spec: &Spec) -> Result<String, Error> {
    if spec
        .precision
        .is_some_and(|digits| digits > i32::MAX as usize)
    {
        return Err(Error::ValueError("precision too big".to_string()));
    }
    let scaled = if spec.kind == '%' { x * 100.0 } else { x };
    let (kind, precision) = match (spec.kind, spec.precision) {
        ('\0', None) => ('r', 0),
        ('\0', Some(digits)) => ('g', digits),
        ('%', digits) => ('f', digits.unwrap_or(6)),
        (kind, digits) => (kind, digits.unwrap_or(6)),
    };
    let mut shown = float_digits(
        scaled.abs(),
        kind,
        precision,
        spec.alternate,
        spec.kind == '\0',
    );
    let zero = !shown.contains(|c: char| ('1'..='9').contains(&c)) && scaled.is_finite();
    if spec.kind == '%' {
        shown.push('%');
    }
    let negative = scaled.is_sign_negative() && !scaled.is_nan();
    let sign = spec.sign_of(negative && !(zero && spec.no_negative_zero));
    let end = shown
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(shown.len());
    let (whole, rest) = shown.split_at(end);
    if whole.is_empty() {
        return Ok(spec.pad(sign, "", rest));
    }
    let width = spec.zero_width(sign.len() + rest.len());
    Ok(spec.pad(sign, "", &(grouped(whole, spec.separator, 3, width) + rest)))
}

/// A float that is not negative, in kind `e`, `f`, `g` (or upper case) or `r`, as `repr`.
pub fn float_digits(
    size: f64,
    kind: char,
    precision: usize,
    alternate: bool,
    dot_zero: bool,
) -> String {
    if precision > usize::from(u16::MAX) - 400 {
        decline("a precision beyond what Rust formats");
    }
    let mut shown = match kind.to_ascii_lowercase() {
        _ if size.is_nan() => "nan".to_string(),
        _ if size.is_infinite() => "inf".to_string(),
        'f' => format!("{size:.precision$}"),
        'e' => scientific(size, precision),
        'g' => general(size, precision.max(1), alternate, dot_zero),
        _ => float::repr(size),
    };
    if alternate && size.is_finite() && !shown.contains('.') {
        let end = shown.find('e').unwrap_or(shown.len());
        shown.insert(end, '.');
    }
    if kind.is_ascii_uppercase() {
        shown.make_ascii_uppercase();
    }
    shown
}

/// The kind `e`: an exponent of two digits at least, with its sign.
fn scientific(size: f64, precision: usize) -> String {
    let shown = format!("{size:.precision$e}");
    match shown.split_once("e-") {
        Some((digits, exponent)) => format!("{digits}e-{exponent:0>2}"),
        None => match shown.split_once('e') {
            Some((digits, exponent)) => format!("{digits}e+{exponent:0>2}"),
            None => shown,
        },
    }
}

/// The kind `g`: significant digits, in the shorter of two notations, without trailing zeros.
fn general(size: f64, significant: usize, alternate: bool, dot_zero: bool) -> String {
    let shown = scientific(size, significant - 1);
    let (digits, tail) = shown.split_at(shown.find('e').unwrap_or(shown.len()));
    let exponent: i64 = tail.get(1..).and_then(|e| e.parse().ok()).unwrap_or(0);
    let trimmed = |digits: &str| match digits.contains('.') && !alternate {
        true => digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_string(),
        false => digits.to_string(),
    };
    if exponent < -4 || exponent >= significant as i64 - i64::from(dot_zero) {
        return trimmed(digits) + tail;
    }
    let places = (significant as i64 - 1 - exponent) as usize;
    let fixed = trimmed(&format!("{size:.places$}"));
    if dot_zero && !fixed.contains('.') {
        fixed + ".0"
    } else {
        fixed
    }
}

/// Digits in groups from the right, filled up with zeros to the width.
pub fn grouped(digits: &str, separator: Option<char>, group: usize, width: usize) -> String {
    let missing = seq::repetitions(1, width.saturating_sub(digits.len()) as i64);
    let Some(separator) = separator else {
        return "0".repeat(missing) + digits;
    };
    let mut left = digits.bytes().rev().map(char::from);
    let mut out: Vec<char> = Vec::new();
    let mut count = 0;
    loop {
        let next = left.next();
        if next.is_none() && out.len() >= width {
            break;
        }
        if count > 0 && count % group == 0 {
            out.push(separator);
        }
        out.push(next.unwrap_or('0'));
        count += 1;
    }
    out.iter().rev().collect()
}

/// The first characters of a text, as many as the precision allows.
pub fn truncated(text: &str, precision: Option<usize>) -> &str {
    let end = precision.and_then(|count| text.char_indices().nth(count));
    end.map_or(text, |(end, _)| &text[..end])
}
