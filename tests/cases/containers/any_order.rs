//! Loops over sets that come to the same in every order, and ones that don't.

use crate::error::Error;
use crate::runtime::extremes;
use crate::runtime::int;
use crate::runtime::out;
use crate::runtime::seq;
use crate::runtime::set;
use crate::runtime::set::Set;

/// The length of the longest run of numbers.
///
/// ```text
/// >>> consecutive([100, 4, 200, 1, 3, 2])
/// 4
/// ```
pub fn consecutive(xs: &[i64]) -> i64 {
    let mut longest: i64 = 0;
    let nums = set::from_items(xs.iter().cloned());
    for &n in nums.iter() {
        if !nums.contains(&n.strict_sub(1)) {
            let mut length: i64 = 1;
            while nums.contains(&n.strict_add(length)) {
                length = length.strict_add(1);
            }
            longest = longest.max(length);
        }
    }
    longest
}

/// What stands there more than once, in order.
///
/// ```text
/// >>> repeated([3, 1, 3, 1, 2])
/// [1, 3]
/// ```
pub fn repeated(xs: &[i64]) -> Vec<i64> {
    let mut out: Vec<i64> = Vec::new();
    for &x in set::from_items(xs.iter().cloned()).iter() {
        if seq::count(xs, &x) > 1 {
            out.push(x);
        }
    }
    let mut sorted: Vec<i64> = out.to_vec();
    sorted.sort_unstable();
    sorted
}

pub fn distinct(xs: &[String]) -> Vec<String> {
    let mut rows = set::from_items(xs.iter().cloned())
        .iter()
        .map(|item| item.to_string())
        .collect::<Vec<String>>();
    rows.sort();
    rows
}

pub fn squares(xs: &[i64]) -> Vec<i64> {
    let rows = set::from_items(xs.iter().cloned())
        .iter()
        .map(|&x| x.rem_euclid(10))
        .collect::<Vec<i64>>();
    out::write(&format!(
        "{} {}\n",
        rows.len(),
        int::sum(rows.iter().copied())
    ));
    let mut sorted: Vec<i64> = rows.to_vec();
    sorted.sort_unstable();
    sorted
}

/// An early end that is the same for every item.
pub fn all_there(xs: &[i64], ys: &[i64]) -> bool {
    for &x in set::from_items(xs.iter().cloned()).iter() {
        if !ys.contains(&x) {
            return false;
        }
    }
    true
}

pub fn any_long(words: &Set<String>) -> bool {
    let mut found = false;
    for word in words.iter() {
        if word.chars().count() > 3 {
            found = true;
            break;
        }
    }
    found
}

pub fn none_long(words: &Set<String>) -> String {
    'search: {
        for word in words.iter() {
            if word.chars().count() > 3 {
                break 'search;
            }
        }
        return "none".to_string();
    }
    "some".to_string()
}

pub fn checked(xs: &Set<i64>) -> Result<i64, Error> {
    let mut total: i64 = 0;
    for &x in xs.iter() {
        if x < 0 {
            return Err(Error::ValueError("negative".to_string()));
        }
        total = total.strict_add(x.strict_mul(x).strict_sub(1));
    }
    Ok(total)
}

/// The remainder by zero is the same error for every item.
pub fn divided(xs: &Set<i64>, k: i64) -> Result<i64, Error> {
    let mut count: i64 = 0;
    for &x in xs.iter() {
        if int::floor_mod(x, k)? == 0 {
            count = count.strict_add(1);
        }
    }
    Ok(count)
}

pub fn best_score(words: &Set<String>, wanted: &str) -> i64 {
    let mut best: i64 = -1;
    for word in words.iter() {
        let mut score: i64 = 0;
        for ch in word.chars() {
            if wanted.contains(ch) {
                score = score.strict_add(1);
            }
        }
        if score > best {
            best = score;
        }
    }
    best
}

/// Counts in a list of its own: an index beyond it tells nothing of the item.
///
/// ```text
/// >>> histogram({1, 4, 6})
/// [1, 2, 0]
/// ```
pub fn histogram(xs: &Set<i64>) -> Result<Vec<i64>, Error> {
    let mut counts = vec![0_i64; 3];
    for &x in xs.iter() {
        let value = (*seq::at(&counts, x.rem_euclid(3))?).strict_add(1);
        seq::store(&mut counts, x.rem_euclid(3), value)?;
    }
    Ok(counts)
}

pub fn closure(xs: &Set<i64>) -> Set<i64> {
    let mut out: Set<i64> = set::Set::default();
    let mut fine = true;
    for &x in xs.iter() {
        out.insert(x);
        out.insert(x.strict_neg());
        fine = fine && x > 0;
    }
    if !fine {
        out.remove(&0);
    }
    out
}

/// Two sets, one in the other.
///
/// ```text
/// >>> pairs([1, 2, 3])
/// 2
/// ```
pub fn pairs(xs: &[i64]) -> i64 {
    let mut count: i64 = 0;
    let evens = set::from_items(xs.iter().filter(|&&x| x.rem_euclid(2) == 0).copied());
    for a in evens.iter().copied().collect::<Vec<i64>>() {
        for &b in set::difference(&set::from_items(xs.iter().cloned()), &evens).iter() {
            if a.strict_sub(b).strict_abs() == 1 {
                count = count.strict_add(1);
            }
        }
    }
    count
}

pub fn small(n: i64) -> bool {
    n < 3
}

pub fn smallest(xs: &Set<i64>) -> i64 {
    let mut least: i64 = 10;
    for &x in xs.iter() {
        if small(x) {
            least = x.min(least);
        }
    }
    least
}

/// The value that stands there most often; where two do, Python's order of a set decides.
///
/// ```text
/// >>> commonest([1, 2, 2])
/// 2
/// ```
pub fn commonest(xs: &[i64]) -> Result<i64, Error> {
    extremes::max_by_key_untied(set::from_items(xs.iter().cloned()).iter().copied(), |&x| {
        seq::count(xs, &x)
    })
}

pub fn rarest(words: &[String]) -> Result<String, Error> {
    extremes::min_by_key_untied(
        set::from_items(words.iter().cloned())
            .iter()
            .map(|item| item.to_string()),
        |x| seq::count(words, x),
    )
}

pub fn single(xs: &[i64]) -> Result<i64, Error> {
    let mut one = set::from_items(xs.iter().cloned());
    if one.len() == 1 {
        return Ok(set::only(&one)
            .ok_or_else(|| Error::StopIteration(String::new()))?
            .strict_add(
                set::only(&one)
                    .ok_or_else(|| Error::IndexError("list index out of range".to_string()))?,
            )
            .strict_add(set::pop(&mut one)?));
    }
    Ok(0)
}

pub fn first(xs: &Set<i64>) -> Result<i64, Error> {
    set::only(xs).ok_or_else(|| Error::StopIteration(String::new()))
}

pub fn first_listed(xs: &Set<i64>) -> Result<i64, Error> {
    set::only(xs).ok_or_else(|| Error::IndexError("list index out of range".to_string()))
}

pub fn updated(xs: &[i64], more: &Set<i64>) -> i64 {
    let mut seen: Set<i64> = set::from_items([0]);
    seen.extend(xs.iter().copied());
    set::union_update(&mut seen, more);
    seen.extend(xs.iter().map(|&x| x.strict_add(1)));
    let both = set::difference(
        &set::difference(
            &set::intersection(
                &set::union(
                    &set::union(&seen, &set::from_items(xs.iter().cloned())),
                    &set::from_items(vec![7_i64]),
                ),
                &set::from_items(0_i64..100),
            ),
            &set::from_items(vec![1_i64]),
        ),
        &set::from_items([2]),
    );
    if seen.is_superset(&set::from_items(xs.iter().cloned()))
        && seen.is_disjoint(&set::from_items(vec![-5_i64]))
    {
        set::difference_update(&mut seen, &set::from_items(vec![3_i64]));
    }
    set::intersection_update(&mut seen, &set::from_items(0_i64..50));
    set::symmetric_difference_update(&mut seen, &set::from_items([0, 8]));
    (both.len() as i64 * 1000).strict_add(int::sum(seen.iter().copied()))
}

/// An instance that speaks when it is asked for its truth.
#[derive(Debug, Clone)]
pub struct Loud {
    pub n: i64,
}

impl Loud {
    pub fn new(n: i64) -> Loud {
        Loud { n }
    }

    pub fn is_true(&self) -> bool {
        out::write(&format!("{}\n", self.n));
        self.n > 1
    }
}

pub fn loud(n: i64) -> String {
    (if Loud::new(n).is_true() {
        "much"
    } else {
        "little"
    })
    .to_string()
}
