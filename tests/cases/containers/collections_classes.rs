//! `Counter`, `defaultdict`, `deque`, `heapq`, `bisect`, `functools.reduce`.

use crate::error::Error;
use crate::runtime::bisect;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::extremes;
use crate::runtime::heap;
use crate::runtime::int;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::text;
use std::collections::VecDeque;

pub fn pairs(xs: &[i64]) -> i64 {
    int::sum(
        collections::counter(xs.iter().cloned())
            .values()
            .map(|&v| v.div_euclid(2)),
    )
}

pub fn spelled(s: &str) -> String {
    collections::counter(s.chars().map(|item| item.to_string()))
        .iter()
        .map(|(k, &v)| text::repeat(k, v))
        .collect::<String>()
}

pub fn anagrams(s: &str, u: &str) -> bool {
    collections::counter_eq(
        &collections::counter(s.chars().map(|item| item.to_string())),
        &collections::counter(u.chars().map(|item| item.to_string())),
    )
}

pub fn once(s: &str) -> String {
    let mut c = collections::counter(s.chars().map(|item| item.to_string()));
    let count = c.entry("z".to_string()).or_insert(0);
    *count = (*count).strict_add(2);
    format!(
        "{}{}",
        ({
            let mut sorted: Vec<String> = c
                .keys()
                .filter(|&k| collections::count_of(&c, k) == 1)
                .cloned()
                .collect();
            sorted.sort();
            sorted
        })
        .into_iter()
        .collect::<String>(),
        c.len()
    )
}

pub fn balance(s: &str) -> Result<bool, Error> {
    let s_chars: Vec<char> = s.chars().collect();
    let mut count: Dict<String, i64> = dict::Dict::default();
    for i in 0..s_chars.len() as i64 {
        let count_2 = collections::get_or_default(&mut count, s_chars[i as usize].to_string());
        *count_2 = (*count_2).strict_add(1);
        let count_3 = collections::get_or_default(&mut count, "x".to_string());
        *count_3 = (*count_3).strict_sub(1);
    }
    Ok(count.values().all(|&__| __ == 0))
}

pub fn totals(pairs: &[(String, i64)]) -> Dict<String, i64> {
    let mut total: Dict<String, i64> = dict::Dict::default();
    for (name, value) in pairs {
        let value = *value;
        let count = collections::get_or_default(&mut total, name.to_string());
        *count = (*count).strict_add(value);
        if *collections::get_or_default(&mut total, name.to_string()) > 5 {
            total.insert("big".to_string(), 1);
        }
    }
    total.clone()
}

pub fn places(words: &[String]) -> Dict<String, i64> {
    let mut found: Dict<String, Vec<i64>> = dict::Dict::default();
    for (i, word) in words.iter().enumerate() {
        let i = i as i64;
        collections::get_or_default(&mut found, word.to_string()).push(i);
    }
    dict::from_pairs(found.iter().map(|(k, v)| (k.to_string(), v.len() as i64)))
}

pub fn nested(ps: &[(String, String)]) -> i64 {
    let mut table: Dict<String, Dict<String, i64>> = dict::Dict::default();
    for (a, b) in ps {
        let count = collections::get_or_default(
            collections::get_or_default(&mut table, a.to_string()),
            b.to_string(),
        );
        *count = (*count).strict_add(1);
    }
    int::sum(table.values().map(|v| v.len() as i64))
}

pub fn breadth_first(graph: &Dict<i64, Vec<i64>>, start: i64) -> Result<Vec<i64>, Error> {
    let mut seen = set::from_items([start]);
    let mut queue = VecDeque::from(vec![start]);
    let mut order: Vec<i64> = Vec::new();
    while !queue.is_empty() {
        let node = collections::deque_pop_left(&mut queue)?;
        order.push(node);
        for &other in graph.get(&node).map(Vec::as_slice).unwrap_or_default() {
            if !seen.contains(&other) {
                seen.insert(other);
                queue.push_back(other);
            }
        }
    }
    Ok(order)
}

pub fn queue_of_pairs(n: i64) -> Result<Vec<(i64, String)>, Error> {
    let mut queue: VecDeque<(i64, String)> = VecDeque::new();
    queue.push_back((n, "a".to_string()));
    queue.extend([(1, "b".to_string()), (2, "c".to_string())]);
    collections::deque_rotate(&mut queue, 1);
    let (a, b) = collections::deque_pop(&mut queue)?;
    queue.push_front((a.strict_add(1), format!("{b}x")));
    if !queue.is_empty()
        && collections::deque_at(&queue, 0)?.0 > 1
        && *collections::deque_at(&queue, -1)? != (1, "a".to_string())
    {
        queue.clear();
    }
    Ok(queue.iter().cloned().collect::<Vec<(i64, String)>>())
}

pub fn empty_queue() -> Result<i64, Error> {
    let mut queue: VecDeque<i64> = VecDeque::new();
    collections::deque_pop(&mut queue)
}

pub fn frequencies(s: &str) -> Result<Dict<String, i64>, Error> {
    let mut found: Dict<String, i64> =
        dict::from_keys("abc".chars().map(|item| item.to_string()), 0);
    for c in s.chars() {
        if found.contains_key(c.encode_utf8(&mut [0; 4])) {
            let value = (*dict::get_item(&found, c.encode_utf8(&mut [0; 4]))?).strict_add(1);
            found.insert(c.to_string(), value);
        }
    }
    Ok(found)
}

pub fn filled(s: &str) -> Result<String, Error> {
    let mut counts: Dict<String, i64> = dict::Dict::default();
    for c in s.chars() {
        let value = counts
            .get(c.encode_utf8(&mut [0; 4]))
            .copied()
            .unwrap_or(0)
            .strict_add(1);
        counts.insert(c.to_string(), value);
    }
    Ok(format!(
        "{}{}",
        ({
            let mut sorted: Vec<(String, i64)> =
                counts.iter().map(|(a, &b)| (a.to_string(), b)).collect();
            sorted.sort();
            sorted
        })
        .into_iter()
        .map(|(k, v)| format!("{k}{v}"))
        .collect::<String>(),
        extremes::max_by_key(counts.keys().map(|item| item.to_string()), |x| counts
            .get(x)
            .copied()
            .unwrap())?
    ))
}

pub fn drained(xs: &[i64]) -> Result<Vec<i64>, Error> {
    let mut heap: Vec<i64> = Vec::new();
    for &x in xs {
        heap::push(&mut heap, x);
    }
    let mut out: Vec<i64> = Vec::new();
    while !heap.is_empty() {
        out.push(heap::pop(&mut heap)?);
    }
    Ok(out)
}

pub fn heaped(xs: &[(i64, String)]) -> Vec<(i64, String)> {
    let mut heap = xs.to_vec();
    heap::heapify(&mut heap);
    heap::push(&mut heap, (3, "q".to_string()));
    heap
}

pub fn no_heap() -> Result<i64, Error> {
    let mut heap: Vec<i64> = Vec::new();
    heap::pop(&mut heap)
}

pub fn found_at(xs: &[i64], x: i64) -> (i64, i64) {
    (
        bisect::left(xs, &x) as i64,
        bisect::right(xs, &x) as i64 - 1,
    )
}

pub fn inserted(xs: &[String], x: &str) -> Vec<String> {
    let mut ys = {
        let mut sorted: Vec<String> = xs.to_vec();
        sorted.sort();
        sorted
    };
    {
        let place = bisect::right(&ys, x);
        ys.insert(place, x.to_string())
    }
    seq::slice(&ys, bisect::left(&ys, "k") as i64..).to_vec()
}

pub fn product(xs: &[i64]) -> Result<i64, Error> {
    Ok({
        let mut items = xs.iter().copied();
        let mut total: i64 = seq::reduce_first(&mut items)?;
        for right in items {
            total = total.strict_mul(right);
        }
        total
    })
}

pub fn mixed(xs: &[i64]) -> i64 {
    let mut total: i64 = 1;
    for y in xs.iter().copied() {
        total = total.strict_mul(y).rem_euclid(1000);
    }
    total
}

pub fn backwards(xs: &[String]) -> String {
    let mut total: String = String::new();
    for x in xs.iter().map(|item| item.to_string()) {
        total = format!("{x}{total}");
    }
    total
}
