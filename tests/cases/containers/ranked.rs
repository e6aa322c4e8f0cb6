//! Orders of what holds floats, and elements whose place is computed by a call.

use crate::error::Error;
use crate::runtime::dict;
use crate::runtime::dict::Dict;
use crate::runtime::float;
use crate::runtime::heap;
use crate::runtime::int;
use crate::runtime::seq;

/// Where a number is counted; raises `ValueError` where there is no place.
///
/// ```text
/// >>> slot(7, 3)
/// 1
/// ```
pub fn slot(n: i64, size: i64) -> Result<i64, Error> {
    if size == 0 {
        return Err(Error::ValueError("no slots".to_string()));
    }
    int::floor_mod(n, size)
}

/// How many numbers fall into each slot.
///
/// ```text
/// >>> counted([1, 2, 4], 3)
/// [0, 2, 1]
/// ```
pub fn counted(xs: &[i64], size: i64) -> Result<Vec<i64>, Error> {
    let mut counts = vec![0_i64; size.max(0) as usize];
    for &x in xs {
        let index = slot(x, size)?;
        let value = (*seq::at(&counts, index)?).strict_add(1);
        seq::store(&mut counts, index, value)?;
    }
    Ok(counts)
}

pub fn parity(n: i64) -> String {
    (if n.rem_euclid(2) == 0 { "even" } else { "odd" }).to_string()
}

/// Sums by parity; a parity that is not there raises `KeyError`.
///
/// ```text
/// >>> tally([2, 4])
/// {'even': 6}
/// ```
pub fn tally(xs: &[i64]) -> Result<Dict<String, i64>, Error> {
    let mut out = dict::from_pairs([("even".to_string(), 0_i64)]);
    for &x in xs {
        let key = parity(x);
        let value = (*dict::get_item(&out, &key)?).strict_add(x);
        out.insert(key, value);
    }
    Ok(out)
}

/// Both places of an element are computed, the row's first.
///
/// ```text
/// >>> grid([1, 2], 2)
/// [[0, 2], [1, 0]]
/// ```
pub fn grid(xs: &[i64], size: i64) -> Result<Vec<Vec<i64>>, Error> {
    let mut out = (0..size)
        .map(|_| vec![0_i64; size.max(0) as usize])
        .collect::<Vec<Vec<i64>>>();
    for &x in xs {
        let index = slot(x, size)?;
        let index_2 = slot(x.strict_add(1), size)?;
        let value = (*seq::at(seq::at(&out, index)?, index_2)?).strict_add(x);
        seq::store(seq::at_mut(&mut out, index)?, index_2, value)?;
    }
    Ok(out)
}

/// The rank of each number, from one.
///
/// ```text
/// >>> ranks([0.5, -1.0, 2.0])
/// [2, 1, 3]
/// ```
pub fn ranks(data: &[f64]) -> Result<Vec<i64>, Error> {
    let mut out = vec![0_i64; data.len()];
    for (pos, (_, index)) in ({
        let mut sorted: Vec<(f64, i64)> = data
            .iter()
            .enumerate()
            .map(|(index, &value)| {
                let index = index as i64;
                (value, index)
            })
            .collect();
        float::sort(&mut sorted);
        sorted
    })
    .into_iter()
    .enumerate()
    {
        let pos = pos as i64;
        let value_2 = pos + 1;
        seq::store(&mut out, index, value_2)?;
    }
    Ok(out)
}

/// The best first, equal ones by name.
///
/// ```text
/// >>> by_score([("b", 1.0), ("a", 1.0), ("c", 2.5)])
/// [('c', 2.5), ('a', 1.0), ('b', 1.0)]
/// ```
pub fn by_score(rows: &[(String, f64)]) -> Vec<(String, f64)> {
    let mut sorted: Vec<(String, f64)> = rows.to_vec();
    sorted.sort_by_cached_key(|row| float::Key((-row.1, row.0.clone())));
    sorted
}

/// From the greatest; equal ones, of which 0.0 and -0.0 differ, stay in order.
///
/// ```text
/// >>> falling([(0.0, 1), (1.0, 2), (-0.0, 1)])
/// [(1.0, 2), (0.0, 1), (-0.0, 1)]
/// ```
pub fn falling(rows: &[(f64, i64)]) -> Vec<(f64, i64)> {
    let mut sorted: Vec<(f64, i64)> = rows.to_vec();
    sorted.reverse();
    float::sort(&mut sorted);
    sorted.reverse();
    sorted
}

/// Two queues as one.
///
/// ```text
/// >>> merged([(0.5, 1)], [(0.25, 2), (0.75, 3)])
/// [(0.25, 2), (0.5, 1), (0.75, 3)]
/// ```
pub fn merged(a: &[(f64, i64)], b: &[(f64, i64)]) -> Vec<(f64, i64)> {
    heap::merge(
        vec![
            a.iter().copied().collect::<Vec<_>>(),
            b.iter().copied().collect::<Vec<_>>(),
        ],
        |item| float::Key(*item),
        false,
    )
    .into_iter()
    .collect::<Vec<(f64, i64)>>()
}
