//! Exceptions: classes, messages, handlers, else and finally.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::out;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::text;

pub fn check(n: i64) -> Result<i64, Error> {
    if n < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    if n == 0 {
        return Err(Error::ValueError(String::new()));
    }
    if n > 100 {
        return Err(Error::Bad(Some(format!("{n} is too much"))));
    }
    if n == 50 {
        return Err(Error::Missing(None));
    }
    if n == 51 {
        return Err(Error::KeyError(repr::repr("k")));
    }
    if n == 52 {
        return Err(Error::Problem(Some("a".to_string())));
    }
    Ok(n)
}

pub fn caught(n: i64) -> Result<String, Error> {
    let result = match check(n) {
        Ok(value) => value,
        Err(caught) if caught.is_bad() => return Ok(format!("bad: {}", caught.message())),
        Err(caught) if caught.is_problem() => return Ok("problem".to_string()),
        Err(caught) if caught.is_key_error() || caught.is_index_error() => {
            return Ok(format!("lookup {}", caught.message()));
        }
        Err(caught) if caught.is_value_error() => return Ok(format!("value {}", caught.message())),
        Err(caught) => return Err(caught),
    };
    Ok(format!("fine {result}"))
}

pub fn ordered(mut n: i64, log: &mut Vec<String>) -> Result<i64, Error> {
    let outcome = (|| -> Result<(), Error> {
        match (|| -> Result<(), Error> {
            log.push("try".to_string());
            n = check(n)?;
            Ok(())
        })() {
            Ok(()) => (),
            Err(error) if error.is_value_error() => {
                log.push("except".to_string());
                return Err(error);
            }
            Err(error) => return Err(error),
        }
        log.push("else".to_string());
        n = n.strict_add(1);
        Ok(())
    })();
    log.push("finally".to_string());
    outcome?;
    Ok(n)
}

pub fn finally_wins(n: i64) -> String {
    for i in 0_i64..3 {
        let result = (|| -> Option<String> {
            if i == n {
                return Some(format!("returned {i}"));
            }
            None
        })();
        out::write(&format!("finally {i}\n"));
        if let Some(value) = result {
            return value;
        }
    }
    "done".to_string()
}

pub fn division(a: i64, b: i64) -> Result<f64, Error> {
    match int::true_div(a, b) {
        Ok(value) => Ok(value),
        Err(error) if error.is_zero_division_error() => Ok(0.0),
        Err(error) => Err(error),
    }
}

pub fn looked_up(xs: &[i64], d: &Dict<String, i64>, i: i64, key: &str) -> Result<i64, Error> {
    match (|| -> Result<i64, Error> { Ok((*seq::at(xs, i)?).strict_add(*dict::get_item(d, key)?)) })(
    ) {
        Ok(value) => Ok(value),
        Err(error) if error.is_lookup_error() => Ok(-1),
        Err(error) => Err(error),
    }
}

pub fn parsed(s: &str) -> Result<Option<i64>, Error> {
    match (|| -> Result<Option<i64>, Error> { Ok(Some(int::parse(s)?)) })() {
        Ok(value) => Ok(value),
        Err(error) if error.is_value_error() => Ok(None),
        Err(error) => Err(error),
    }
}

pub fn messages(s: &str) -> Result<String, Error> {
    match int::parse_base(s, 16) {
        Ok(value) => Ok(value.to_string()),
        Err(caught) if caught.is_value_error() => Ok(caught.message().to_string()),
        Err(caught) => Err(caught),
    }
}

pub fn chained(s: &str) -> Result<i64, Error> {
    match int::parse(s) {
        Ok(value) => Ok(value),
        Err(error) if error.is_value_error() => Err(Error::Bad(Some(format!("not a number: {s}")))),
        Err(error) => Err(error),
    }
}

pub fn asserted(n: i64) -> Result<i64, Error> {
    if n <= 0 {
        return Err(Error::AssertionError(String::new()));
    }
    if n >= 10 {
        return Err(Error::AssertionError(format!("{n} is too big")));
    }
    Ok(n)
}

pub fn nested(s: &str) -> String {
    match (|| -> Result<String, Error> {
        match (|| -> Result<(), Error> {
            let n = int::parse(s)?;
            check(n)?;
            Ok(())
        })() {
            Ok(()) => (),
            Err(caught) if caught.is_key_error() => return Ok("inner".to_string()),
            Err(caught) => return Err(caught),
        }
        Ok("no error".to_string())
    })() {
        Ok(value) => value,
        Err(caught) => format!("outer {}", caught.message()),
    }
}

/// A variable keeps what it had when the error came.
pub fn bound_in_try(s: &str) -> Result<String, Error> {
    let mut stage = "start";
    match (|| -> Result<(), Error> {
        stage = "parsing";
        let n = int::parse(s)?;
        stage = "checking";
        check(n)?;
        stage = "done";
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_value_error() => return Ok(format!("failed while {stage}")),
        Err(error) => return Err(error),
    }
    Ok(stage.to_string())
}

pub fn retry(words: &[String]) -> Result<Vec<i64>, Error> {
    let mut good: Vec<i64> = Vec::new();
    for word in words {
        let n = match int::parse(word) {
            Ok(value) => value,
            Err(error) if error.is_value_error() => continue,
            Err(error) => return Err(error),
        };
        if n < 0 {
            break;
        }
        good.push(n);
    }
    Ok(good)
}

pub fn counted(words: &[String]) -> Result<i64, Error> {
    let mut errors: i64 = 0;
    for word in words {
        match (|| -> Result<(), Error> {
            check(int::parse(word)?)?;
            Ok(())
        })() {
            Ok(()) => (),
            Err(error) if error.is_problem() => {
                errors = errors.strict_add(10);
            }
            Err(error) if error.is_value_error() => {
                errors = errors.strict_add(1);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(errors)
}

pub fn native(xs: &mut Vec<i64>, s: &str, d: &Dict<i64, String>) -> Result<i64, Error> {
    if s == "pop" {
        return seq::pop(xs);
    }
    if s == "index" {
        return Ok(*seq::at(xs, 5)?);
    }
    if s == "key" {
        return Ok(dict::get_item(d, &7)?.chars().count() as i64);
    }
    if s == "remove" {
        seq::remove(xs, &9)?;
    }
    if s == "min" {
        return extremes::min(xs.iter().cloned());
    }
    if s == "chr" {
        return Ok({
            let _ = chars::chr(-1)?;
            1
        });
    }
    if s == "ord" {
        return text::ord(s);
    }
    if s == "float" {
        return int::from_float(float::parse(s)?);
    }
    if s == "unpack" {
        let [a, b] = seq::unpack(xs.to_vec())?;
        return Ok(a.strict_add(b));
    }
    if s == "string" {
        return text::index(s, "x");
    }
    if s == "not implemented" {
        return Err(Error::NotImplementedError(String::new()));
    }
    if s == "type" {
        return Err(Error::TypeError("a type".to_string()));
    }
    if s == "runtime" {
        return Err(Error::RuntimeError("a".to_string()));
    }
    if s == "zero" {
        return int::floor_mod(1, xs.len() as i64);
    }
    Ok(0)
}
