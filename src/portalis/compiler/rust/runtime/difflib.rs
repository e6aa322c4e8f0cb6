//! Python's `difflib`: how alike two texts are.
//!
//! John W. Ratcliff and David E. Metzener, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal (1988), with
//! CPython's rule that characters which make up much of a long text begin no match.

use rustc_hash::FxHashMap;

use crate::error::Error;
use crate::runtime::float;

/// A text, and where each of its characters stands.
struct Places {
    text: Vec<char>,
    places: FxHashMap<char, Vec<usize>>,
}

impl Places {
    fn of(text: &str) -> Places {
        let text: Vec<char> = text.chars().collect();
        let mut places: FxHashMap<char, Vec<usize>> = FxHashMap::default();
        for (place, &c) in text.iter().enumerate() {
            places.entry(c).or_default().push(place);
        }
        if text.len() >= 200 {
            let many = text.len() / 100 + 1;
            places.retain(|_, found| found.len() <= many);
        }
        Places { text, places }
    }

    /// The ratio of a text to this one.
    fn ratio(&self, other: &[char]) -> f64 {
        let length = other.len() + self.text.len();
        if length == 0 {
            return 1.0;
        }
        let mut common = 0;
        let mut pending = vec![((0, other.len()), (0, self.text.len()))];
        while let Some(((a_low, a_high), (b_low, b_high))) = pending.pop() {
            let (a, b, size) = self.longest(other, (a_low, a_high), (b_low, b_high));
            if size > 0 {
                common += size;
                pending.push(((a_low, a), (b_low, b)));
                pending.push(((a + size, a_high), (b + size, b_high)));
            }
        }
        2.0 * common as f64 / length as f64
    }

    /// The longest common run of two parts, the first of them: where it begins in each, and its length.
    fn longest(&self, other: &[char], a: (usize, usize), b: (usize, usize)) -> (usize, usize, usize) {
        let mut best = (a.0, b.0, 0);
        // By the end of a run in this text, its length, for runs that end at the character before.
        let mut runs: FxHashMap<usize, usize> = FxHashMap::default();
        for (i, c) in other.iter().enumerate().take(a.1).skip(a.0) {
            let mut longer = FxHashMap::default();
            let places = self.places.get(c).map_or(&[][..], Vec::as_slice);
            for &j in places.iter().filter(|&&j| b.0 <= j && j < b.1) {
                let size = 1 + j.checked_sub(1).and_then(|before| runs.get(&before)).unwrap_or(&0);
                longer.insert(j, size);
                if size > best.2 {
                    best = (i + 1 - size, j + 1 - size, size);
                }
            }
            runs = longer;
        }
        let (mut i, mut j, mut size) = best;
        while i > a.0 && j > b.0 && other[i - 1] == self.text[j - 1] {
            (i, j, size) = (i - 1, j - 1, size + 1);
        }
        while i + size < a.1 && j + size < b.1 && other[i + size] == self.text[j + size] {
            size += 1;
        }
        (i, j, size)
    }
}

/// `SequenceMatcher(None, a, b).ratio()`.
pub fn ratio(a: &str, b: &str) -> f64 {
    Places::of(b).ratio(&a.chars().collect::<Vec<char>>())
}

/// `get_close_matches(word, possibilities, n, cutoff)`; raises `ValueError`.
pub fn close_matches(
    word: &str,
    possibilities: &[String],
    n: i64,
    cutoff: f64,
) -> Result<Vec<String>, Error> {
    if n <= 0 {
        return Err(Error::ValueError(format!("n must be > 0: {n}")));
    }
    if !(0.0..=1.0).contains(&cutoff) {
        let text = format!("cutoff must be in [0.0, 1.0]: {}", float::repr(cutoff));
        return Err(Error::ValueError(text));
    }
    let places = Places::of(word);
    let mut found: Vec<(f64, &String)> = possibilities
        .iter()
        .map(|one| (places.ratio(&one.chars().collect::<Vec<char>>()), one))
        .filter(|&(ratio, _)| ratio >= cutoff)
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| other.1.cmp(one.1)));
    Ok(found.into_iter().take(n as usize).map(|(_, one)| one.clone()).collect())
}
