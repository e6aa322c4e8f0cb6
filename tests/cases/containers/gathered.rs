//! Containers that a function makes empty, groups, ordered dicts, queues, comparing functions.

use crate::error::Error;
use crate::runtime::chars;
use crate::runtime::collections;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::heap;
use crate::runtime::itertools;
use crate::runtime::queues;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;
use crate::runtime::timsort;
use std::collections::VecDeque;

pub fn counted(words: &[String]) -> Dict<String, i64> {
    let mut counts: Dict<String, i64> = dict::Dict::default();
    for word in words {
        let count = collections::get_or_default(&mut counts, word.to_string());
        *count = (*count).strict_add(1);
    }
    counts
}

/// How long a part of the text with at most `k` different characters can be.
pub fn widest_window(text: &str, k: i64) -> Result<i64, Error> {
    let text_chars: Vec<char> = text.chars().collect();
    let mut count: Dict<String, i64> = dict::Dict::default();
    let mut best: i64 = 0;
    let mut left: i64 = 0;
    for (right, c) in text_chars.iter().copied().enumerate() {
        let right = right as i64;
        let count_2 = count.entry(c.to_string()).or_insert(0);
        *count_2 = (*count_2).strict_add(1);
        while count.len() as i64 > k {
            let count_3 = count
                .entry(chars::at(&text_chars, left)?.to_string())
                .or_insert(0);
            *count_3 = (*count_3).strict_sub(1);
            if collections::count_of(
                &count,
                chars::at(&text_chars, left)?.encode_utf8(&mut [0; 4]),
            ) == 0
            {
                count.shift_remove(chars::at(&text_chars, left)?.encode_utf8(&mut [0; 4]));
            }
            left = left.strict_add(1);
        }
        best = best.max(right.strict_sub(left).strict_add(1));
    }
    Ok(best)
}

pub fn shortest_path(grid: &[Vec<i64>]) -> Result<i64, Error> {
    let mut waiting: VecDeque<(i64, i64, i64)> = VecDeque::new();
    waiting.push_back((0, 0, 1));
    let mut seen: Set<(i64, i64)> = set::from_items([(0, 0)]);
    while !waiting.is_empty() {
        let (row, column, steps) = collections::deque_pop_left(&mut waiting)?;
        if row == grid.len() as i64 - 1 && column == seq::at(grid, 0)?.len() as i64 - 1 {
            return Ok(steps);
        }
        for (down, right) in [(0, 1), (1, 0), (0, -1), (-1, 0)] {
            let place = (row.strict_add(down), column.strict_add(right));
            if !(({
                let middle = place.0;
                0 <= middle && middle < grid.len() as i64
            }) && {
                let middle_2 = place.1;
                0 <= middle_2 && middle_2 < seq::at(grid, 0)?.len() as i64
            }) {
                continue;
            }
            if !seen.contains(&place) && *seq::at(seq::at(grid, place.0)?, place.1)? == 0 {
                seen.insert(place);
                waiting.push_back((place.0, place.1, steps.strict_add(1)));
            }
        }
    }
    Ok(-1)
}

pub fn run_lengths(text: &str) -> Vec<(String, i64)> {
    itertools::group_by(text.chars().map(|item| item.to_string()), |item| {
        item.clone()
    })
    .into_iter()
    .map(|(char, run)| (char.clone(), run.len() as i64))
    .collect::<Vec<(String, i64)>>()
}

pub fn most_recent(keys: &[String], size: i64) -> Result<Vec<String>, Error> {
    let mut cache: Dict<String, i64> = dict::Dict::default();
    for (place, key) in keys.iter().enumerate() {
        let place = place as i64;
        if cache.contains_key(key) {
            collections::move_to_end(&mut cache, key, true)?;
        }
        cache.insert(key.to_string(), place);
        if cache.len() as i64 > size {
            collections::pop_first(&mut cache)?;
        }
    }
    Ok(cache
        .keys()
        .map(|item| item.to_string())
        .collect::<Vec<String>>())
}

pub fn moving_average(xs: &[f64]) -> Result<Vec<f64>, Error> {
    let mut window = collections::deque([], Some(3))?;
    let mut averages: Vec<f64> = Vec::new();
    for &x in xs {
        collections::deque_append_max(&mut window, x, 3);
        averages.push(float::div(
            float::sum(window.iter().copied()),
            window.len() as f64,
        )?);
    }
    Ok(averages)
}

pub fn in_order(jobs: &[(i64, String)]) -> Vec<String> {
    let mut waiting: Vec<(i64, String)> = Vec::new();
    for job in jobs {
        heap::push(&mut waiting, job.clone());
    }
    let mut done: Vec<String> = Vec::new();
    while !waiting.is_empty() {
        done.push(queues::priority_get(&mut waiting).1.clone());
    }
    done
}

pub fn largest_number(xs: &[String]) -> Result<String, Error> {
    Ok(({
        let mut sorted: Vec<String> = xs.to_vec();
        timsort::sort_by(&mut sorted, |a, b| {
            Ok(if format!("{a}{b}").as_str() > format!("{b}{a}").as_str() {
                -1
            } else {
                1
            })
        })?;
        sorted
    })
    .into_iter()
    .collect::<String>())
}
