//! The `%` of texts: what one conversion makes of its value.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::float;
use crate::runtime::fmt;
use crate::runtime::seq;

/// `"%d" % a` with flags, width and precision; the conversion is one of `d i u x X o`.
pub fn int(
    a: i64,
    flags: &str,
    width: usize,
    precision: Option<usize>,
    conversion: char,
) -> String {
    let size = a.unsigned_abs();
    let (prefix, digits) = match conversion {
        'x' => ("0x", format!("{size:x}")),
        'X' => ("0X", format!("{size:X}")),
        'o' => ("0o", format!("{size:o}")),
        _ => ("", size.to_string()),
    };
    let zeros = precision.unwrap_or(0).saturating_sub(digits.len());
    let digits = "0".repeat(seq::repetitions(1, zeros as i64)) + &digits;
    let prefix = if flags.contains('#') { prefix } else { "" };
    number(a < 0, prefix, &digits, flags, width)
}

/// `"%.2f" % x` with flags, width and precision; the conversion is one of `e E f F g G`.
pub fn float(
    x: f64,
    flags: &str,
    width: usize,
    precision: Option<usize>,
    conversion: char,
) -> String {
    let alternate = flags.contains('#');
    let digits = fmt::float_digits(
        x.abs(),
        conversion,
        precision.unwrap_or(6),
        alternate,
        false,
    );
    number(
        x.is_sign_negative() && !x.is_nan(),
        "",
        &digits,
        flags,
        width,
    )
}

/// `"%d" % x` of a float, which is cut to an int.
pub fn float_as_int(
    x: f64,
    flags: &str,
    width: usize,
    precision: Option<usize>,
) -> Result<String, Error> {
    Ok(int(float::trunc(x)?, flags, width, precision, 'd'))
}

/// `"%s" % text` with flags, width and precision.
pub fn str(text: &str, flags: &str, width: usize, precision: Option<usize>) -> String {
    padded(
        "",
        fmt::truncated(text, precision),
        if flags.contains('-') { "-" } else { "" },
        width,
    )
}

/// `"%c" % a` with flags and width.
pub fn char(a: i64, flags: &str, width: usize) -> Result<String, Error> {
    Ok(str(
        fmt::char_of(a)?.encode_utf8(&mut [0; 4]),
        flags,
        width,
        None,
    ))
}

/// A number of the `%` operator with its sign and prefix.
fn number(negative: bool, prefix: &str, digits: &str, flags: &str, width: usize) -> String {
    let sign = match negative {
        true => "-",
        false if flags.contains('+') => "+",
        false if flags.contains(' ') => " ",
        false => "",
    };
    padded(&format!("{sign}{prefix}"), digits, flags, width)
}

/// A field of the `%` operator: `-` pads on the right, `0` between the head and the body, else on the left.
fn padded(head: &str, body: &str, flags: &str, width: usize) -> String {
    let length = head.len() + body.chars().count();
    let missing = seq::repetitions(1, width.saturating_sub(length) as i64);
    match flags {
        _ if flags.contains('-') => format!("{head}{body}{}", " ".repeat(missing)),
        _ if flags.contains('0') => format!("{head}{}{body}", "0".repeat(missing)),
        _ => format!("{}{head}{body}", " ".repeat(missing)),
    }
}
