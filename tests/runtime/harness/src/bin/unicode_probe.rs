//! Prints what Rust's standard library says of every code point, for `unicode_tables.py`.
//!
//! A line has the code point, its properties as bits, its upper and lower case in hexadecimal, and whether it is
//! cased and case-ignorable.

use std::io::{BufWriter, Write};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        let printable =
            format!("a{c}").escape_debug().count() == 2 || matches!(c, '\\' | '"' | '\'');
        let properties = [
            c.is_alphabetic(),
            c.is_alphanumeric(),
            c.is_numeric(),
            c.is_whitespace(),
            c.is_uppercase(),
            c.is_lowercase(),
            printable,
            c.is_control(),
        ];
        let bits = properties
            .iter()
            .rev()
            .fold(0, |bits, &has| bits * 2 + u32::from(has));
        let upper = hexadecimal(c.to_uppercase());
        let lower = hexadecimal(c.to_lowercase());
        // A sigma is final after a cased character, and what is ignorable may stand between.
        let cased = format!("{c}Σ").to_lowercase().ends_with('ς');
        let ignorable = !cased && format!("A{c}Σ").to_lowercase().ends_with('ς');
        let contexts = (u8::from(cased), u8::from(ignorable));
        writeln!(
            out,
            "{} {bits} {upper} {lower} {} {}",
            u32::from(c),
            contexts.0,
            contexts.1
        )?;
    }
    Ok(())
}

/// Characters by their code points.
fn hexadecimal(chars: impl Iterator<Item = char>) -> String {
    let points: Vec<String> = chars.map(|c| format!("{:x}", u32::from(c))).collect();
    points.join(",")
}
