//! `return`, `break`, `continue` and `raise` in and out of `try` with `finally`.

use crate::error::Error;
use crate::runtime::out;
use crate::runtime::repr;
use crate::runtime::seq;

pub fn noisy(x: i64) -> Result<i64, Error> {
    out::write(&format!("noisy {x}\n"));
    if x < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    Ok(x)
}

pub fn returned(x: i64) -> Result<i64, Error> {
    let outcome = (|| -> Result<i64, Error> { noisy(x) })();
    out::write("done\n");
    outcome
}

pub fn returned_or_not(mut x: i64) -> Result<i64, Error> {
    let outcome = (|| -> Result<Option<i64>, Error> {
        if noisy(x)? > 3 {
            return Ok(Some(1));
        }
        x = x.strict_add(1);
        Ok(None)
    })();
    out::write(&format!("final {x}\n"));
    if let Some(value) = outcome? {
        return Ok(value);
    }
    Ok(x)
}

pub fn wins(x: i64) -> i64 {
    let _ = (|| -> Result<i64, Error> { noisy(x) })();
    5
}

pub fn wins_sometimes(x: i64) -> Result<i64, Error> {
    let outcome = (|| -> Result<(), Error> {
        noisy(x)?;
        Ok(())
    })();
    if x < -5 {
        return Ok(5);
    }
    outcome?;
    Ok(x)
}

pub fn caught(x: i64) -> Result<String, Error> {
    let outcome = (|| -> Result<String, Error> {
        match noisy(x) {
            Ok(value) => Ok(value.to_string()),
            Err(caught) if caught.is_value_error() => Ok(format!("caught {}", caught.message())),
            Err(caught) => Err(caught),
        }
    })();
    out::write("after\n");
    outcome
}

pub fn falls(x: i64) -> Result<String, Error> {
    let mut out = String::new();
    let outcome = (|| -> Result<Option<String>, Error> {
        let outcome: Result<(), Error> = 'attempt: {
            out.push_str(
                &(match noisy(x) {
                    Ok(value) => value,
                    Err(error) => break 'attempt Err(error),
                })
                .to_string(),
            );
            if x == 2 {
                return Ok(Some("two".to_string()));
            }
            Ok(())
        };
        match outcome {
            Ok(()) => {
                out.push_str("else");
                if x == 3 {
                    return Err(Error::KeyError(repr::repr("three")));
                }
            }
            Err(error) if error.is_value_error() => {
                out.push_str("caught");
                if x == -2 {
                    return Ok(Some("minus two".to_string()));
                }
            }
            Err(error) => return Err(error),
        }
        Ok(None)
    })();
    out.push('!');
    out::write(&format!("{out}\n"));
    if let Some(value) = outcome? {
        return Ok(value);
    }
    Ok(out)
}

pub fn loops(xs: &[i64]) -> Result<i64, Error> {
    let mut total: i64 = 0;
    'outer: for &x in xs {
        let outcome: Result<(), Error> = 'attempt: {
            if x == 0 {
                total = total.strict_add(1000);
                out::write(&format!("loop {total}\n"));
                continue 'outer;
            }
            if x == 100 {
                total = total.strict_add(1000);
                out::write(&format!("loop {total}\n"));
                break 'outer;
            }
            total = total.strict_add(match noisy(x) {
                Ok(value) => value,
                Err(error) => break 'attempt Err(error),
            });
            if x == 50 {
                let value = total;
                total = total.strict_add(1000);
                out::write(&format!("loop {total}\n"));
                return Ok(value);
            }
            Ok(())
        };
        total = total.strict_add(1000);
        out::write(&format!("loop {total}\n"));
        outcome?;
    }
    Ok(total)
}

pub fn nothing(x: i64) -> Result<(), Error> {
    let outcome = (|| -> Result<bool, Error> {
        if x > 3 {
            return Ok(true);
        }
        noisy(x)?;
        Ok(false)
    })();
    out::write("end\n");
    if outcome? {
        return Ok(());
    }
    out::write("past\n");
    Ok(())
}

pub fn value_first(x: i64) -> i64 {
    let y = x;
    let result = y;
    let y: i64 = 100;
    out::write(&format!("{y}\n"));
    result
}

pub fn reraise(x: i64) -> Result<i64, Error> {
    let outcome = (|| -> Result<i64, Error> {
        match noisy(x) {
            Ok(value) => Ok(value),
            Err(error) if error.is_value_error() || error.is_key_error() => {
                out::write(&format!("again {}\n", error.message()));
                Err(error)
            }
            Err(error) => Err(error),
        }
    })();
    out::write("finally\n");
    outcome
}

pub fn swallow_in_loop(xs: &[i64]) -> i64 {
    let mut count: i64 = 0;
    for &x in xs {
        let _ = (|| -> Result<(), Error> {
            noisy(x)?;
            count = count.strict_add(1);
            Ok(())
        })();
        continue;
    }
    count
}

pub fn while_true(xs: &[i64]) -> Result<i64, Error> {
    let mut i: i64 = 0;
    'outer: loop {
        let outcome: Result<(), Error> = 'attempt: {
            let outcome: Result<(), Error> = 'attempt_2: {
                if i >= xs.len() as i64 {
                    i = i.strict_add(1);
                    return Ok(-1);
                }
                if *match seq::at(xs, i) {
                    Ok(value) => value,
                    Err(error) => break 'attempt_2 Err(error),
                } == 9
                {
                    i = i.strict_add(1);
                    break 'outer;
                }
                let _ = match noisy(*match seq::at(xs, i) {
                    Ok(value) => value,
                    Err(error) => break 'attempt_2 Err(error),
                }) {
                    Ok(value) => value,
                    Err(error) => break 'attempt_2 Err(error),
                };
                Ok(())
            };
            match outcome {
                Ok(()) => (),
                Err(error) if error.is_value_error() => {
                    i = i.strict_add(10);
                    i = i.strict_add(1);
                    continue 'outer;
                }
                Err(error) => break 'attempt Err(error),
            }
            Ok(())
        };
        i = i.strict_add(1);
        outcome?;
    }
    Ok(i)
}

pub fn moved(word: &str, n: i64) -> Result<String, Error> {
    let mut parts = vec![word.to_string()];
    let outcome = (|| -> Result<Option<String>, Error> {
        if n > 2 {
            return Ok(Some(parts.join(",")));
        }
        parts.push(noisy(n)?.to_string());
        Ok(None)
    })();
    out::write(&format!("{}\n", parts.len()));
    if let Some(value) = outcome? {
        return Ok(value);
    }
    Ok(parts.join("-"))
}

pub fn outer_loop(rows: &[Vec<i64>]) -> Result<i64, Error> {
    let mut total: i64 = 0;
    'outer: for row in rows {
        let outcome: Result<(), Error> = 'attempt: {
            'search: {
                for &x in row {
                    let outcome: Result<(), Error> = 'attempt_2: {
                        if x == 1 {
                            total = total.strict_add(10);
                            break 'search;
                        }
                        if x == 2 {
                            let value = total;
                            total = total.strict_add(10);
                            total = total.strict_add(100);
                            return Ok(value);
                        }
                        total = total.strict_add(match noisy(x) {
                            Ok(value) => value,
                            Err(error) => break 'attempt_2 Err(error),
                        });
                        Ok(())
                    };
                    total = total.strict_add(10);
                    match outcome {
                        Ok(value) => value,
                        Err(error) => break 'attempt Err(error),
                    }
                }
                total = total.strict_add(5);
                total = total.strict_add(100);
                continue 'outer;
            }
            Ok(())
        };
        total = total.strict_add(100);
        outcome?;
        total = total.strict_add(1000);
    }
    Ok(total)
}
