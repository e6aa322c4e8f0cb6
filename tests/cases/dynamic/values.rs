//! Values of any type: operators as the types at run time say, keys that are equal across types, typed ends.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::dynamic;
use crate::runtime::dynamic_numbers;
use crate::runtime::dynamic_order;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::template;
use crate::runtime::text;
use crate::runtime::value;
use crate::runtime::value::Value;

pub fn larger(a: &Value, b: &Value) -> Result<Value, Error> {
    Ok(if dynamic_order::gt(a, b)? {
        a.clone()
    } else {
        b.clone()
    })
}

pub fn compared(a: &Value, b: &Value) -> Result<Vec<bool>, Error> {
    Ok(vec![
        dynamic_order::lt(a, b)?,
        dynamic_order::le(a, b)?,
        dynamic_order::ge(a, b)?,
        a == b,
        a != b,
    ])
}

pub fn mixed(a: &Value, b: &Value, c: &Value) -> Result<Value, Error> {
    dynamic::add(a, &dynamic::mul(b, c)?)
}

pub fn quotients(a: &Value, b: &Value) -> Result<(Value, Value, Value), Error> {
    Ok((
        dynamic::div(a, b)?,
        dynamic::floor_div(a, b)?,
        dynamic::floor_mod(a, b)?,
    ))
}

pub fn bits(a: &Value, b: &Value) -> Result<Vec<Value>, Error> {
    Ok(vec![
        dynamic::and(a, b)?,
        dynamic::or(a, b)?,
        dynamic::xor(a, b)?,
        dynamic::shl(a, b)?,
        dynamic::shr(a, b)?,
        dynamic::invert(a)?,
    ])
}

pub fn power(a: &Value, b: &Value) -> Result<Value, Error> {
    dynamic::neg(&dynamic::pow(a, b)?)
}

pub fn difference(a: &Value, b: &Value) -> Result<Value, Error> {
    let total = a;
    let total = dynamic::sub_assign(total, b)?;
    Ok(total)
}

pub fn first(items: &[Value], default: &Value) -> Result<Value, Error> {
    Ok(if !items.is_empty() {
        seq::at(items, 0)?.clone()
    } else {
        default.clone()
    })
}

pub fn same(a: &Value, b: &Value) -> Vec<bool> {
    vec![
        a == b,
        *a != 3,
        *a == "x",
        *a == true,
        *a == 1.5,
        *a == Value::Tuple(vec![Value::Int(1), Value::Str("x".to_string())]),
        matches!(a, Value::None),
    ]
}

pub fn shown(a: &Value) -> String {
    if matches!(a, Value::None) {
        return "nothing".to_string();
    }
    if value::is_true(a) {
        format!("<{}> {}", value::to_text(a), repr::repr(a))
    } else {
        format!("empty {}", value::to_text(a))
    }
}

pub fn exactly(n: &Value, text: &Value) -> (i64, String) {
    let count = value::exact_int(n);
    let name = value::exact_str(text).to_string();
    (count.strict_add(1), text::upper(&name))
}

pub fn index_of(items: &[Value], target: &Value) -> i64 {
    for (i, item) in items.iter().enumerate() {
        let i = i as i64;
        if item == target {
            return i;
        }
    }
    -1
}

pub fn bubble(items: &mut [Value]) -> Result<(), Error> {
    let n = items.len() as i64;
    for i in 0..n {
        for j in 0..n - 1 - i {
            if dynamic_order::gt(&items[j as usize], &items[(j + 1) as usize])? {
                seq::swap(items, j, j + 1)?;
            }
        }
    }
    Ok(())
}

pub fn counts(items: &[Value]) -> Dict<Value, i64> {
    let mut found: Dict<Value, i64> = dict::Dict::default();
    for item in items {
        let value = found.get(item).copied().unwrap_or(0).strict_add(1);
        found.insert(item.clone(), value);
    }
    found
}

pub fn combined(
    a: &Set<Value>,
    b: &Set<Value>,
) -> (Set<Value>, Set<Value>, Set<Value>, Set<Value>) {
    let mut both = set::from_items(a.iter().cloned());
    set::intersection_update(&mut both, b);
    (
        set::union(a, b),
        set::intersection(a, b),
        set::symmetric_difference(a, b),
        both,
    )
}

pub fn looked_up(table: &Dict<Value, Value>, key: &Value) -> Result<Value, Error> {
    Ok(dict::get_item(table, key)?.clone())
}

pub fn nothing(a: &Value) -> Value {
    if *a == 1 {
        return Value::None;
    }
    if *a == 2 {
        return Value::None;
    }
    if *a == 3 {
        return a.clone();
    }
    Value::None
}

pub fn unannotated(a: &Value, b: &Value) -> Result<Value, Error> {
    if dynamic_order::lt(a, b)? {
        return Ok(a.clone());
    }
    Ok(b.clone())
}

pub fn by_specification(x: &Value, y: &Value) -> Result<String, Error> {
    Ok(format!(
        "{} {} {}",
        template::formatted(x, ".2f")?,
        template::formatted(x, ">8")?,
        template::formatted(y, &value::to_text(x))?
    ))
}

pub fn filled_in(parts: &Value) -> Result<String, Error> {
    template::format(
        "({}{}) {}",
        &dynamic::unpacked(parts, "str.format() argument")?,
        &[],
    )
}

pub fn by_key_down(xs: &[Value], limit: &Value) -> Result<Vec<Value>, Error> {
    Ok({
        let mut sorted: Vec<Value> = xs.to_vec();
        seq::sort_by_key_reversed_try(&mut sorted, |x| dynamic_order::lt(x, limit))?;
        sorted
    })
}

pub fn logarithm(x: &Value, base: &Value) -> Result<f64, Error> {
    dynamic_numbers::log_base(x, base)
}
