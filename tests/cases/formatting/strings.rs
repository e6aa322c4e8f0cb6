//! f-strings, `%` and `format`, with the whole mini-language.

use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::fmt;
use crate::runtime::out;
use crate::runtime::percent;
use crate::runtime::repr;

pub fn integers(n: i64) -> Result<Vec<String>, Error> {
    Ok(vec![
        format!("{n}"),
        format!("{n:5}"),
        format!("{}|", fmt::format_int(n, "<5")?),
        format!("{}|", fmt::format_int(n, "^7")?),
        format!("{n:05}"),
        fmt::format_int(n, "+")?,
        fmt::format_int(n, " ")?,
        fmt::format_int(n, ",")?,
        fmt::format_int(n, "_")?,
        fmt::format_int(n, "x")?,
        fmt::format_int(n, "#X")?,
        fmt::format_int(n, "b")?,
        fmt::format_int(n, "#o")?,
        fmt::format_int(n, "*>8d")?,
        fmt::format_int(n, "=+8")?,
        fmt::format_int(n, "e")?,
        fmt::format_int(n, ".2f")?,
        format!("{:>6}", repr::repr(&n)),
        fmt::format_int(n, "08.1f")?,
    ])
}

pub fn floats(x: f64) -> Result<Vec<String>, Error> {
    Ok(vec![
        float::repr(x),
        fmt::fixed(x, 3),
        format!("{}|", fmt::format_float(x, "10.2f")?),
        format!("{}|", fmt::format_float(x, "<10.1f")?),
        fmt::format_float(x, "e")?,
        fmt::format_float(x, ".2e")?,
        fmt::format_float(x, "g")?,
        fmt::format_float(x, ".3g")?,
        fmt::format_float(x, "%")?,
        fmt::format_float(x, ".1%")?,
        fmt::format_float(x, "+.1f")?,
        fmt::format_float(x, ",.2f")?,
        fmt::format_float(x, "010.3f")?,
        repr::repr(&x),
        fmt::format_float(x, "G")?,
    ])
}

pub fn strings(s: &str) -> Result<Vec<String>, Error> {
    Ok(vec![
        format!("{s}"),
        format!("{s:>6}|"),
        fmt::format_str(s, "*^9")?,
        fmt::format_str(s, ".2")?,
        repr::repr(s),
        fmt::format_str(s, "-<4.3")?,
        format!("{{{s}}}"),
        format!("{s:>5}"),
    ])
}

pub fn percent(n: i64, x: f64, s: &str) -> Vec<String> {
    vec![
        format!("{n}"),
        format!("{n:5}|"),
        format!("{n:<5}|"),
        format!("{n:05}"),
        percent::int(n, "+", 0, None, 'd'),
        percent::int(n, "", 0, None, 'x'),
        percent::int(n, "", 0, None, 'X'),
        percent::int(n, "", 0, None, 'o'),
        format!("{n} {s}"),
        repr::repr(s),
        fmt::fixed(x, 2),
        format!("{}|", percent::float(x, "", 8, Some(3), 'f')),
        percent::float(x, "", 0, None, 'e'),
        percent::float(x, "", 0, None, 'g'),
        "%%".to_string(),
        format!("{n}%"),
        format!("{}|", percent::str(s, "", 5, None)),
        format!("{}|", percent::str(s, "-", 5, None)),
        percent::str(s, "", 0, Some(1)),
        format!("{n}"),
    ]
}

pub fn method(n: i64, s: &str) -> Result<Vec<String>, Error> {
    Ok(vec![
        format!("{n} {s}"),
        format!("{s} {n}"),
        format!("{}{}", fmt::format_int(n, ">4")?, repr::repr(s)),
        format!("{n:03}"),
        "{}".to_string(),
        fmt::format_int(n, "x")?,
        format!("{s:^5}"),
    ])
}

pub fn nested(s: &str, width: i64, precision: i64) -> Result<String, Error> {
    Ok(format!(
        "{}|{}|",
        fmt::format_str(s, &format!(">{width}"))?,
        fmt::format_float(3.14159, &format!("{width}.{precision}f"))?
    ))
}

pub fn containers(xs: &[i64], d: &Dict<String, f64>, t: &(i64, String)) -> Vec<String> {
    vec![
        repr::repr(xs),
        repr::repr(d),
        repr::repr(t),
        repr::repr(xs),
        repr::repr(
            &["a", "é"]
                .into_iter()
                .map(|s| s.to_string())
                .collect::<Vec<String>>(),
        ),
        repr::repr(&(1,)),
        repr::repr(&vec![None, Some(true)]),
    ]
}

pub fn values(flag: bool, n: Option<i64>) -> Result<Vec<String>, Error> {
    Ok(vec![
        format!("{}", repr::of_bool(flag)),
        repr::of_bool(flag).to_string(),
        fmt::format_bool(flag, "d")?,
        fmt::format_bool(flag, ">6")?,
        repr::repr(&n),
        repr::repr(&n),
        repr::repr(&n),
        format!("{}", repr::of_bool(flag)),
        format!("{}", i64::from(flag)),
    ])
}

pub fn expression(a: i64, b: i64) -> String {
    format!(
        "{a} + {b} = {}, a={}, a > b = {}",
        a.strict_add(b),
        repr::repr(&a),
        repr::repr(&(a > b))
    )
}

pub fn printed(xs: &[String], n: i64) {
    out::write(&format!("{}\n", xs.join(" ")));
    out::write(&format!(
        "a, {n}, {}, {}, {}\n",
        float::repr(1.5),
        "None",
        repr::of_bool(true)
    ));
    out::write("\n");
    out::write(&format!("{}", repr::repr(xs)));
}
