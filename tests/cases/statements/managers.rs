//! `with` on classes of the project and on managers of `contextlib`.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::int;
use crate::runtime::out;
use crate::runtime::repr;

#[derive(Debug, Clone)]
pub struct Gauge {
    pub level: i64,
    pub open: bool,
}

impl Gauge {
    pub fn new(start: i64) -> Gauge {
        Gauge {
            level: start,
            open: false,
        }
    }

    pub fn enter(&mut self) {
        self.open = true;
        out::write(&format!("enter {}\n", self.level));
    }

    pub fn exit(&mut self) {
        self.open = false;
        out::write(&format!("exit {}\n", self.level));
    }

    pub fn add(&mut self, n: i64) -> Result<(), Error> {
        if n < 0 {
            return Err(Error::ValueError("negative".to_string()));
        }
        self.level = self.level.strict_add(n);
        Ok(())
    }

    pub fn close(&self) {
        out::write(&format!("close {}\n", self.level));
    }
}

#[derive(Debug, Clone)]
pub struct Quiet {
    pub keep: bool,
}

impl Quiet {
    pub fn new(keep: bool) -> Quiet {
        Quiet { keep }
    }

    pub fn enter(&self) -> i64 {
        7
    }

    pub fn exit(&self) -> bool {
        out::write("quiet\n");
        self.keep
    }
}

pub fn measured(n: i64) -> Result<i64, Error> {
    let mut g = Gauge::new(1);
    g.enter();
    let outcome = (|| -> Result<(), Error> {
        g.add(n)?;
        out::write(&format!("inside {}\n", repr::of_bool(g.open)));
        Ok(())
    })();
    g.exit();
    outcome?;
    Ok(g.level)
}

pub fn returned(n: i64) -> Result<i64, Error> {
    let mut g = Gauge::new(n);
    g.enter();
    let outcome = (|| -> Result<Option<i64>, Error> {
        g.add(5)?;
        if n > 3 {
            return Ok(Some(g.level));
        }
        g.add(n)?;
        Ok(None)
    })();
    g.exit();
    if let Some(value) = outcome? {
        return Ok(value);
    }
    Ok(0)
}

pub fn kept(mut n: i64, keep: bool) -> Result<String, Error> {
    let manager = Quiet::new(keep);
    let seven = manager.enter();
    let mut failed = false;
    let outcome = (|| -> Result<Option<String>, Error> {
        let outcome: Result<(), Error> = 'attempt: {
            if n < 0 {
                break 'attempt Err(Error::ValueError("bad".to_string()));
            }
            if n == 1 {
                return Ok(Some(format!("one {seven}")));
            }
            n = n.strict_add(seven);
            Ok(())
        };
        if let Err(error) = outcome {
            failed = true;
            if !manager.exit() {
                return Err(error);
            }
        }
        Ok(None)
    })();
    if !failed {
        let _ = manager.exit();
    }
    if let Some(value) = outcome? {
        return Ok(value);
    }
    Ok(format!("past {n}"))
}

pub fn suppressed(d: &Dict<String, i64>, key: &str) -> Result<i64, Error> {
    let mut total: i64 = 1;
    match (|| -> Result<(), Error> {
        total = total.strict_add(*dict::get_item(d, key)?);
        total = total.strict_add(10);
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_key_error() || error.is_value_error() => {}
        Err(error) => return Err(error),
    }
    match int::floor_div(100, total) {
        Ok(value) => return Ok(value),
        Err(error) if error.is_zero_division_error() => {}
        Err(error) => return Err(error),
    }
    Ok(total)
}

pub fn in_loop(xs: &[i64]) -> Result<i64, Error> {
    let mut total: i64 = 0;
    'outer: for &x in xs {
        let mut g = Gauge::new(x);
        g.enter();
        let outcome: Result<(), Error> = 'attempt: {
            if x == 0 {
                g.exit();
                continue 'outer;
            }
            if x == 9 {
                g.exit();
                break 'outer;
            }
            match g.add(x) {
                Ok(value) => value,
                Err(error) => break 'attempt Err(error),
            }
            total = total.strict_add(g.level);
            Ok(())
        };
        g.exit();
        outcome?;
    }
    Ok(total)
}

pub fn closed(n: i64) -> Result<i64, Error> {
    let mut g = Gauge::new(n);
    let outcome = (|| -> Result<(), Error> {
        g.add(n)?;
        Ok(())
    })();
    g.close();
    outcome?;
    Ok(g.level)
}

pub fn nothing(n: i64) -> i64 {
    let m = n;
    m.strict_add(1)
}

pub fn existing(n: i64) -> Result<i64, Error> {
    let mut g = Gauge::new(n);
    g.enter();
    let outcome = (|| -> Result<(), Error> {
        g.add(1)?;
        Ok(())
    })();
    g.exit();
    outcome?;
    Ok(g.level)
}

pub fn result_of(n: i64) -> Vec<i64> {
    let mut manager = Gauge::new(n);
    manager.enter();
    let _out: Vec<i64> = Vec::new();
    let out = vec![n, n];
    manager.exit();
    out
}

/// Asks what was raised, which nobody tells it in Rust.
#[derive(Debug, Clone)]
pub struct Curious {
    pub seen: i64,
}

impl Curious {
    pub fn new() -> Curious {
        Curious { seen: 0 }
    }

    pub fn enter(&self) {}
}

impl Default for Curious {
    fn default() -> Curious {
        Curious::new()
    }
}
