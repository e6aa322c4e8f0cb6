//! Functions as values: lent, kept, captured.

use crate::error::Error;
use crate::runtime::decline;
use crate::runtime::dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::math;
use crate::runtime::out;
use crate::runtime::seq;
use crate::runtime::text;
use std::rc::Rc;

pub fn square(x: i64) -> i64 {
    x.strict_mul(x)
}

pub fn positive(x: i64) -> Result<i64, Error> {
    if x < 0 {
        return Err(Error::ValueError("negative".to_string()));
    }
    Ok(x)
}

/// Calls what it is handed.
pub fn apply(f: &dyn Fn(i64) -> Result<i64, Error>, x: i64) -> Result<i64, Error> {
    f(x)
}

pub fn all_kinds(n: i64) -> Result<i64, Error> {
    let mut total = apply(&|x| Ok(square(x)), n)?;
    total = total.strict_add(apply(&positive, n)?);
    total = total.strict_add(apply(&|x| Ok(x.strict_add(n)), 3)?);
    total = total.strict_add(apply(&|x| Ok(x.strict_abs()), n.strict_neg())?);
    let inner = |y: i64| -> i64 { y.strict_sub(n) };
    total = total.strict_add(apply(&|x| Ok(inner(x)), 4)?);
    total = total.strict_add(apply(&|x| Ok(4_i64.strict_add(x)), n)?);
    Ok(total)
}

pub fn compose(
    f: Rc<dyn Fn(i64) -> Result<i64, Error>>,
    g: Rc<dyn Fn(i64) -> Result<i64, Error>>,
) -> Rc<dyn Fn(i64) -> Result<i64, Error>> {
    Rc::new(move |x| f(g(x)?))
}

pub fn make_adder(n: i64) -> Rc<dyn Fn(i64) -> Result<i64, Error>> {
    Rc::new(move |x| Ok(x.strict_add(n)))
}

pub fn composed(n: i64) -> Result<i64, Error> {
    let h: Rc<dyn Fn(i64) -> Result<i64, Error>> =
        compose(Rc::new(|x| Ok(square(x))), make_adder(n));
    Ok(h(2)?.strict_add(make_adder(3)(4)?))
}

#[allow(clippy::type_complexity)]
pub fn curried(a: i64) -> Rc<dyn Fn(i64) -> Result<Rc<dyn Fn(i64) -> Result<i64, Error>>, Error>> {
    Rc::new(move |b| {
        Ok(Rc::new(move |c| {
            Ok(a.strict_mul(100).strict_add(b.strict_mul(10)).strict_add(c))
        }))
    })
}

pub fn use_curried(a: i64) -> Result<i64, Error> {
    let with_a: Rc<dyn Fn(i64) -> Result<Rc<dyn Fn(i64) -> Result<i64, Error>>, Error>> =
        curried(a);
    Ok(with_a(2)?(3)?.strict_add(with_a(4)?(5)?))
}

pub fn greeter(name: &str) -> Rc<dyn Fn(&str) -> Result<String, Error>> {
    let name = name.to_string();
    Rc::new(move |greeting| Ok(format!("{greeting}, {name}!")))
}

pub fn greet_twice(name: &str) -> Result<String, Error> {
    let hello: Rc<dyn Fn(&str) -> Result<String, Error>> = greeter(name);
    Ok(format!("{}{}", hello("Hi")?, hello("Bye")?))
}

pub fn either(s: &str, up: bool) -> Result<String, Error> {
    let op: Rc<dyn Fn(&str) -> Result<String, Error>> = if up {
        Rc::new(|x: &str| Ok(text::upper(x))) as Rc<dyn Fn(&str) -> Result<String, Error>>
    } else {
        Rc::new(|x: &str| Ok(text::lower(x))) as Rc<dyn Fn(&str) -> Result<String, Error>>
    };
    op(s)
}

pub fn pick(k: i64) -> Rc<dyn Fn(i64) -> Result<i64, Error>> {
    if k == 0 {
        return Rc::new(|x| Ok(square(x)));
    }
    if k == 1 {
        return Rc::new(positive);
    }
    Rc::new(move |x| Ok(x.strict_mul(k)))
}

pub fn picked(k: i64, x: i64) -> Result<i64, Error> {
    pick(k)(x)
}

pub fn pipeline(mut x: i64, steps: &[Rc<dyn Fn(i64) -> Result<i64, Error>>]) -> Result<i64, Error> {
    for step in steps {
        x = step(x)?;
    }
    Ok(x)
}

pub fn three_steps(x: i64) -> Result<i64, Error> {
    pipeline(
        x,
        &[
            Rc::new(|x| Ok(square(x))),
            Rc::new(|v| Ok(v.strict_add(1))),
            Rc::new(|x| Ok(x.strict_abs())),
        ],
    )
}

pub fn dispatch(op: &str, a: f64, b: f64) -> Result<f64, Error> {
    let table = dict::from_pairs([
        (
            "+".to_string(),
            Rc::new(|x, y| Ok(x + y)) as Rc<dyn Fn(f64, f64) -> Result<f64, Error>>,
        ),
        (
            "-".to_string(),
            Rc::new(|x, y| Ok(x - y)) as Rc<dyn Fn(f64, f64) -> Result<f64, Error>>,
        ),
        (
            "max".to_string(),
            Rc::new(|p, q| Ok(if p > q { p } else { q }))
                as Rc<dyn Fn(f64, f64) -> Result<f64, Error>>,
        ),
    ]);
    dict::get_item(&table, op)?(a, b)
}

pub fn trapezoids(
    f: &dyn Fn(f64) -> Result<f64, Error>,
    start: f64,
    end: f64,
    steps: i64,
) -> Result<f64, Error> {
    let mut x1 = start;
    let mut fx1 = f(start)?;
    let mut area = 0.0;
    for _ in 0..steps {
        let x2 = float::div(end - start, steps as f64)? + x1;
        let fx2 = f(x2)?;
        area += (fx2 + fx1).abs() * (x2 - x1) / 2.0;
        x1 = x2;
        fx1 = fx2;
    }
    Ok(area)
}

pub fn areas() -> Result<f64, Error> {
    Ok(trapezoids(&|x| math::sin(x), 0.0, 1.0, 10)?
        + trapezoids(&|x| float::pow(x, 2.0), 0.0, 1.0, 4)?)
}

pub fn count_if(
    xs: &[String],
    test: Option<&dyn Fn(&str) -> Result<bool, Error>>,
) -> Result<i64, Error> {
    let Some(test) = test else {
        return Ok(xs.len() as i64);
    };
    Ok({
        let mut total: i64 = 0;
        for x in xs {
            if test(x)? {
                total = total.strict_add(1);
            }
        }
        total
    })
}

pub fn counts(xs: &[String]) -> Result<i64, Error> {
    Ok(count_if(xs, None)?
        .strict_mul(100)
        .strict_add(count_if(xs, Some(&|x| Ok(text::is_digit(x))))?.strict_mul(10))
        .strict_add(count_if(xs, Some(&|s| Ok(s.chars().count() > 2)))?))
}

pub fn repeat(f: &dyn Fn(i64) -> Result<i64, Error>, n: i64, x: i64) -> Result<i64, Error> {
    let _depth = decline::enter();
    if n == 0 {
        return Ok(x);
    }
    repeat(f, n.strict_sub(1), f(x)?)
}

pub fn mapped(f: &dyn Fn(i64) -> Result<i64, Error>, xs: &[i64]) -> Result<Vec<i64>, Error> {
    Ok(seq::concat(
        &seq::concat(
            &xs.iter()
                .map(|&x| f(x))
                .collect::<Result<Vec<i64>, Error>>()?,
            &xs.iter()
                .map(|&x_2| f(x_2))
                .collect::<Result<Vec<i64>, Error>>()?,
        ),
        &{
            let mut sorted: Vec<i64> = xs.to_vec();
            seq::sort_by_key_try(&mut sorted, |&x_3| f(x_3))?;
            sorted
        },
    ))
}

pub fn folded(f: &dyn Fn(i64, i64) -> Result<i64, Error>, xs: &[i64]) -> Result<i64, Error> {
    Ok({
        let mut total: i64 = 7;
        for right in xs.iter().copied() {
            total = f(total, right)?;
        }
        total
    })
}

pub fn longest(
    xs: &[String],
    key: &dyn Fn(&str) -> Result<i64, Error>,
) -> Result<Vec<String>, Error> {
    Ok({
        let mut items = vec![
            extremes::max_by_key_try(xs.iter().cloned(), |x| key(x))?,
            extremes::min_by_key_try(xs.iter().cloned(), |s| Ok((key(s)?, s.to_string())))?,
        ];
        items.extend({
            let mut sorted: Vec<String> = xs.to_vec();
            seq::sort_by_key_reversed_try(&mut sorted, |x_2| key(x_2))?;
            sorted
        });
        items
    })
}

pub fn bracketed(xs: &[String], left: &str) -> Vec<Rc<dyn Fn(&str) -> Result<String, Error>>> {
    let mut made: Vec<Rc<dyn Fn(&str) -> Result<String, Error>>> = Vec::new();
    made.push({
        let left = left.to_string();
        Rc::new(move |s: &str| Ok(format!("{left}{s}")))
            as Rc<dyn Fn(&str) -> Result<String, Error>>
    });
    for x in xs {
        if !x.is_empty() {
            made.push(Rc::new(|x: &str| Ok(text::strip(x).to_string()))
                as Rc<dyn Fn(&str) -> Result<String, Error>>);
        }
    }
    made
}

pub fn brackets(xs: &[String]) -> Result<Vec<String>, Error> {
    bracketed(xs, "[")
        .into_iter()
        .zip(xs)
        .map(|(f, x)| f(x))
        .collect::<Result<Vec<String>, Error>>()
}

pub fn squares_of(xs: &[i64]) -> Rc<dyn Fn(i64) -> Result<i64, Error>> {
    let squares = dict::from_pairs(xs.iter().map(|&x| (x, x.strict_mul(x))));
    Rc::new(move |x| Ok(squares.get(&x).copied().unwrap_or(-1)))
}

pub fn look_up(xs: &[i64], x: i64) -> Result<i64, Error> {
    squares_of(xs)(x)
}

#[derive(Debug, Clone)]
pub struct Scale {
    pub by: i64,
}

impl Scale {
    pub fn new(by: i64) -> Scale {
        Scale { by }
    }

    pub fn times(&self, k: i64) -> i64 {
        self.by.strict_mul(k)
    }
}

pub fn bound_method(n: i64) -> Result<i64, Error> {
    let scale = Scale::new(n);
    Ok(apply(&|x| Ok(scale.times(x)), 3)?
        .strict_add(int::sum([1_i64, 2].into_iter().map(|x| scale.times(x)))))
}

pub fn each(action: &dyn Fn(&str) -> Result<(), Error>, xs: &[String]) -> Result<(), Error> {
    for x in xs {
        action(x)?;
    }
    Ok(())
}

pub fn shout(xs: &[String]) -> Result<(), Error> {
    each(
        &|s| {
            out::write(&format!("{}\n", text::upper(s)));
            Ok(())
        },
        xs,
    )?;
    each(
        &|x| {
            out::write(&format!("{x}\n"));
            Ok(())
        },
        xs,
    )?;
    Ok(())
}

pub fn stops(f: &dyn Fn(i64) -> Result<i64, Error>, xs: &[i64]) -> Result<i64, Error> {
    let mut done: i64 = 0;
    match (|| -> Result<(), Error> {
        for &x in xs {
            done = done.strict_add(f(x)?);
        }
        Ok(())
    })() {
        Ok(()) => (),
        Err(error) if error.is_zero_division_error() => return Ok(done.strict_neg()),
        Err(error) => return Err(error),
    }
    Ok(done)
}

pub fn divided(xs: &[i64]) -> Result<i64, Error> {
    stops(&|x| int::floor_div(12, x), xs)
}

pub fn root(
    f: &dyn Fn(f64) -> Result<f64, Error>,
    mut low: f64,
    mut high: f64,
) -> Result<f64, Error> {
    if f(low)? * f(high)? > 0.0 {
        return Err(Error::ValueError("no sign change".to_string()));
    }
    while high - low > 1e-07 {
        let middle = (low + high) / 2.0;
        if f(low)? * f(middle)? > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

pub fn roots() -> Result<f64, Error> {
    root(&|x| Ok(x * x - 2.0), 0.0, 2.0)
}
