//! Assignment expressions, `del`, loop variables that are read after the loop, stars, targets of every kind.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::float;
use crate::runtime::int;
use crate::runtime::itertools;
use crate::runtime::out;
use crate::runtime::repr;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::template;
use crate::runtime::text;
use crate::runtime::value::Value;

pub fn walrus_while(xs: &[i64]) -> i64 {
    let mut total: i64 = 0;
    let mut i: i64 = 0;
    loop {
        let n = (xs.len() as i64).strict_sub(i);
        if n <= 0 {
            break;
        }
        total = total.strict_add(n);
        i = i.strict_add(1);
    }
    total
}

pub fn walrus_if(text: &str) -> String {
    let n = text.chars().count() as i64;
    if n > 10 {
        return format!("long {n}");
    }
    format!("short {n}")
}

pub fn walrus_comp(xs: &[i64]) -> Vec<i64> {
    let mut items = Vec::new();
    for &x in xs {
        let y = x.strict_mul(2);
        if y > 4 {
            items.push(y);
        }
    }
    items
}

pub fn walrus_any(xs: &[i64]) -> i64 {
    let mut found: Option<i64> = None;
    if 'search: {
        for &x in xs {
            if ({
                found = Some(x);
                found.unwrap()
            }) > 10
            {
                break 'search true;
            }
        }
        false
    } {
        return found.unwrap();
    }
    -1
}

pub fn walrus_expr(n: i64) -> i64 {
    let m = n.strict_mul(2);
    m.strict_add(m)
}

pub fn walrus_in_call(s: &str) -> Vec<i64> {
    let k = s.chars().count() as i64;
    vec![k, k * 2, int::pow(k, 2)]
}

pub fn walrus_elif(d: &Dict<String, i64>, key: &str) -> i64 {
    let v = d.get(key).copied();
    if let Some(v) = v {
        return v;
    } else {
        let w = d.get(&text::lower(key)).copied();
        if let Some(w) = w {
            return w;
        }
    }
    0
}

pub fn walrus_and(s: &str) -> bool {
    let n = s.chars().count() as i64;
    n > 2 && n % 2 == 0
}

pub fn noisy(x: i64) -> i64 {
    out::write(&format!("noisy {x}\n"));
    x
}

pub fn chained(a: i64, b: i64, c: i64) -> bool {
    let first = noisy(a);
    let middle = noisy(b);
    first < middle && middle <= noisy(c)
}

pub fn asserting(n: i64) -> Result<i64, Error> {
    if n <= 0 {
        return Err(Error::AssertionError(format!("n was {n}")));
    }
    if n == 50 {
        return Err(Error::AssertionError(String::new()));
    }
    Ok(n)
}

pub fn del_items(xs: &mut Vec<i64>, d: &mut Dict<String, i64>) -> Result<i64, Error> {
    seq::delete(xs, 0)?;
    seq::delete_slice(xs, 1..3);
    if d.contains_key("a") {
        dict::delete(d, "a")?;
    }
    Ok(xs.len() as i64 + d.len() as i64)
}

pub fn del_name(n: i64) -> i64 {
    let m = n.strict_add(1);
    m.strict_mul(2)
}

pub fn del_loop(xs: &[i64]) -> i64 {
    let mut total: i64 = 0;
    for &x in xs {
        let y = x.strict_mul(2);
        total = total.strict_add(y);
    }
    total
}

pub fn while_else(n: i64) -> Result<String, Error> {
    let mut i: i64 = 2;
    'search: {
        while i.strict_mul(i) <= n {
            if int::floor_mod(n, i)? == 0 {
                break 'search;
            }
            i = i.strict_add(1);
        }
        return Ok("prime".to_string());
    }
    Ok(format!("divisible by {i}"))
}

pub fn for_else(xs: &[i64], y: i64) -> i64 {
    let mut i: i64;
    'search: {
        for (i_next, &x) in xs.iter().enumerate() {
            i = i_next as i64;
            if x == y {
                break 'search;
            }
        }
        i = -1;
    }
    i
}

pub fn loop_target_after(xs: &[i64]) -> i64 {
    let mut x: Option<i64> = None;
    for &x_next in xs {
        x = Some(x_next);
    }
    x.unwrap()
}

pub fn loop_target_range(n: i64) -> i64 {
    let mut i: i64 = 0;
    for i_next in 0..n {
        i = i_next;
        if i.strict_mul(i) > n {
            break;
        }
    }
    i
}

pub fn tuple_target_after(ps: &[(i64, String)]) -> String {
    let (mut a, mut b): (i64, String) = (0, String::new());
    for (a_next, b_next) in ps {
        a = *a_next;
        b = b_next.to_string();
    }
    format!("{a}{b}")
}

pub fn enumerate_after(xs: &[i64]) -> i64 {
    let (mut i, mut x): (i64, i64) = (0, 0);
    for (i_next, &x_next) in xs.iter().enumerate() {
        i = i_next as i64;
        x = x_next;
        if x > 5 {
            break;
        }
    }
    i.strict_mul(100).strict_add(x)
}

pub fn nested_after(grid: &[Vec<i64>]) -> i64 {
    let mut r: i64 = 0;
    let mut c: i64 = 0;
    for (r_next, row) in grid.iter().enumerate() {
        r = r_next as i64;
        for (c_next, &v) in row.iter().enumerate() {
            c = c_next as i64;
            if v == 0 {
                break;
            }
        }
    }
    r.strict_mul(10).strict_add(c)
}

pub fn targets_sub(xs: &mut [i64]) -> Result<(), Error> {
    for item in 0_i64..3 {
        seq::store(xs, 0, item)?;
    }
    Ok(())
}

pub fn nested_targets(ps: &[(i64, (String, f64))]) -> String {
    let mut out = String::new();
    for (a, (b, c)) in ps {
        let a = *a;
        let c = *c;
        out.push_str(&format!("{a}{b}{}", float::repr(c)));
    }
    out
}

pub fn star_target(xs: &[Vec<i64>]) -> Result<Vec<i64>, Error> {
    let mut out: Vec<i64> = Vec::new();
    for item in xs {
        let items = item;
        let ([first_2], middle, []) = seq::unpack_star::<_, 1, 0>(items)?;
        let first = *first_2;
        let rest = middle.to_vec();
        out.push(first.strict_add(rest.len() as i64));
    }
    Ok(out)
}

pub fn unpack_list_loop(xs: &[Vec<i64>]) -> Result<i64, Error> {
    let mut t: i64 = 0;
    for item in xs {
        let [a, b] = seq::unpack(item.to_vec())?;
        t = t.strict_add(a.strict_mul(b));
    }
    Ok(t)
}

pub fn aug_str_list(n: i64) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(vec!["a".to_string()]);
    seq::repeat_in_place(&mut parts, n);
    let s = "x";
    let s = text::repeat(s, n);
    parts.extend(vec![s]);
    parts
}

pub fn aug_sets(a: &Set<i64>, b: &Set<i64>) -> i64 {
    let mut c = set::from_items(a.iter().copied());
    set::union_update(&mut c, b);
    set::difference_update(&mut c, &set::from_items([1]));
    set::symmetric_difference_update(&mut c, &set::from_items([2]));
    set::intersection_update(&mut c, b);
    c.len() as i64
}

pub fn star_display(xs: &[i64], ys: &[i64]) -> Vec<i64> {
    let mut items = vec![0];
    items.extend(xs.iter().copied());
    items.extend(ys.iter().copied());
    items.push(1);
    items
}

pub fn star_tuple(xs: &[i64]) -> Vec<i64> {
    let mut items = xs.to_vec();
    items.push(1);
    items
}

pub fn star_set(xs: &[i64]) -> i64 {
    ({
        let mut items = set::Set::default();
        items.extend(xs.iter().copied());
        items.insert(1);
        items
    })
    .len() as i64
}

pub fn dict_merge(a: &Dict<String, i64>, b: &Dict<String, i64>) -> Dict<String, i64> {
    let mut merged: Dict<String, i64> = a.clone();
    merged.insert("z".to_string(), 1);
    dict::update(&mut merged, b);
    merged
}

pub fn print_star(xs: &[i64]) {
    out::write(&format!(
        "{}\n",
        text::join(" ", xs.iter().map(|&item| item.to_string()))
    ));
    out::write(&format!(
        "{}!\n",
        text::join(", ", xs.iter().map(|&item_2| item_2.to_string()))
    ));
    out::write(&format!(
        "{}\n",
        text::join("-", {
            let mut items = vec!["a".to_string()];
            items.extend(xs.iter().map(|&item_3| item_3.to_string()));
            items.push(float::repr(1.5));
            items
        })
    ));
}

pub fn max_star(xs: &[i64]) -> Result<i64, Error> {
    Ok({
        let values = seq::several({
            let mut items = xs.to_vec();
            items.push(3);
            items
        });
        extremes::max(values.iter().cloned())?
    })
}

pub fn format_star(xs: &[String]) -> Result<String, Error> {
    template::format(
        "{}-{}",
        &xs.iter()
            .map(|item| Value::Str(item.to_string()))
            .collect::<Vec<_>>(),
        &[],
    )
}

pub fn zip_star(rows: &[Vec<i64>]) -> Vec<Vec<i64>> {
    itertools::columns(rows).collect::<Vec<Vec<i64>>>()
}

pub fn zip_star_sum(rows: &[Vec<i64>]) -> Vec<i64> {
    itertools::columns(rows)
        .map(|col| int::sum(col.iter().copied()))
        .collect::<Vec<i64>>()
}

pub fn multi(xs: &mut [i64]) -> Result<i64, Error> {
    let a: i64 = 5;
    seq::store(xs, 0, 5)?;
    Ok(a)
}

pub fn starred_assign(xs: &[i64]) -> Result<i64, Error> {
    let items = xs;
    let ([first], middle, []) = seq::unpack_star::<_, 1, 0>(items)?;
    let a = *first;
    let b = middle.to_vec();
    let items_2 = xs;
    let ([], middle_2, [last]) = seq::unpack_star::<_, 0, 1>(items_2)?;
    let c = middle_2.to_vec();
    let d = *last;
    let items_3 = xs;
    let ([first_2], middle_3, [last_2]) = seq::unpack_star::<_, 1, 1>(items_3)?;
    let e = *first_2;
    let f = middle_3.to_vec();
    let g = *last_2;
    Ok(a.strict_add(b.len() as i64)
        .strict_add(c.len() as i64)
        .strict_add(d)
        .strict_add(e)
        .strict_add(f.len() as i64)
        .strict_add(g))
}

pub fn nested_unpack(p: (i64, (i64, i64))) -> i64 {
    let (part, part_2) = p;
    let a = part;
    let (part_3, part_4) = part_2;
    let b = part_3;
    let c = part_4;
    let (d, e) = (b, c);
    a.strict_add(d.strict_mul(e))
}

pub fn delete_var_branch(flag: bool) -> i64 {
    let mut x: i64 = 1;
    if flag {
        x = 2;
    }
    x
}

/// Deleted, then bound again; `x` and `last` may have no value.
pub fn raised_after(xs: &[i64]) -> Vec<i64> {
    let mut last: Option<i64> = None;
    for &x in xs {
        last = Some(x);
    }
    let mut out = vec![last.unwrap()];
    seq::delete_slice(&mut out, ..1);
    out
}

pub fn negative_strides(xs: &mut Vec<i64>) -> Result<(), Error> {
    seq::delete_step(xs, None, None, 2)?;
    let values = xs.iter().map(|&x| x.strict_add(1)).collect::<Vec<i64>>();
    seq::set_slice_step(xs, None, None, -1, values)?;
    let values_2 = (0_i64..2).collect::<Vec<i64>>();
    seq::set_slice(xs, 1..1, values_2);
    let values_3 = [9_i64, 8, 7].into_iter().collect::<Vec<i64>>();
    seq::set_slice(xs, ..1, values_3);
    Ok(())
}

pub fn wrong_stride(xs: &mut Vec<i64>) -> Result<(), Error> {
    let values = vec![1_i64, 2];
    seq::set_slice_step(xs, None, None, 2, values)?;
    Ok(())
}

/// The second one is not always evaluated.
pub fn lazy_walrus(a: i64, b: i64) -> String {
    let c: i64;
    if a > 0
        && ({
            c = a.strict_mul(b);
            c
        }) > 10
    {
        return format!("{c}");
    }
    let d: i64;
    if a > 5
        || ({
            d = b;
            d
        }) > 3
    {
        return "or".to_string();
    }
    format!("none {d}")
}

pub fn walrus_again(n: i64) -> Vec<i64> {
    let mut x = n;
    vec![
        x,
        {
            x = x.strict_add(1);
            x
        },
        {
            x = x.strict_mul(2);
            x
        },
        x,
    ]
}

pub fn until(words: &[String]) -> Result<String, Error> {
    let mut word: Option<String> = None;
    let mut i: i64 = 0;
    while i < words.len() as i64
        && ({
            word = Some(seq::at(words, i)?.to_string());
            word.as_deref().unwrap()
        }) != "stop"
    {
        i = i.strict_add(1);
    }
    word = if i == words.len() as i64 {
        Some("done".to_string())
    } else {
        Some(word.as_deref().unwrap().to_string())
    };
    Ok(format!("{}{}", word.as_deref().unwrap(), i))
}

pub fn shared_name(xs: &[i64]) -> (Vec<i64>, i64) {
    let mut last: Option<i64> = None;
    let doubled = {
        let mut items = Vec::new();
        for &x in xs {
            items.push({
                last = Some(x.strict_mul(2));
                last.unwrap()
            });
        }
        items
    };
    (doubled, last.unwrap())
}

pub fn shapes(word: &str, pair: (i64, i64, i64)) -> Result<String, Error> {
    let items = word.chars().map(String::from).collect::<Vec<String>>();
    let ([first_2], middle_2, [last_2]) = seq::unpack_star::<_, 1, 1>(&items)?;
    let first = first_2.to_string();
    let middle = middle_2.to_vec();
    let last = last_2.to_string();
    let (part, part_2, part_3) = pair;
    let a = part;
    let rest = vec![part_2, part_3];
    let (part_4, part_5, part_6) = pair;
    let init = vec![part_4, part_5];
    let z = part_6;
    Ok(format!(
        "{first}{}{last}{a}{}{}{z}",
        middle.len(),
        repr::repr(&rest),
        repr::repr(&init)
    ))
}

pub fn transposed(rows: &[String]) -> Vec<String> {
    itertools::text_columns(rows)
        .map(|column| column.iter().map(String::as_str).collect::<String>())
        .collect::<Vec<String>>()
}

pub fn pairs(rows: &[Vec<i64>]) -> Result<i64, Error> {
    let mut total: i64 = 0;
    for item in itertools::columns(rows) {
        let [a, b] = seq::unpack(item.to_vec())?;
        total = total.strict_add(a.strict_mul(b));
    }
    Ok(total)
}

pub fn separators(words: &[String], sep: &str) {
    out::write(&format!(
        "{}\n",
        text::join(sep, words.iter().map(|item| item))
    ));
    out::write(&format!(
        "{}{sep}",
        text::join(sep, {
            let mut items = words
                .iter()
                .map(|w| w.chars().count() as i64)
                .collect::<Vec<i64>>()
                .into_iter()
                .map(|item_2| item_2.to_string())
                .collect::<Vec<String>>();
            items.push("|".to_string());
            items
        })
    ));
    out::write(&format!("{}{sep}{}{sep}{}\n", 1, float::repr(2.5), "None"));
}

pub fn keep_list(rows: &[Vec<i64>]) -> i64 {
    let mut kept: Option<Vec<i64>> = None;
    for row in rows {
        kept = Some(row.to_vec());
    }
    kept.as_deref().unwrap().len() as i64
}

pub fn deleted_unsure(n: i64) -> i64 {
    let mut rows: Option<Vec<i64>> = None;
    if n != 0 {
        rows = Some(vec![n]);
    }
    let _ = rows.as_deref().unwrap();
    n
}
