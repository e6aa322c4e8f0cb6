//! Sequences that are lists or tuples in Python: `Sequence[T]`, lent as `&[T]`.

use crate::runtime::decline::or_decline;
use crate::runtime::seq::position;

/// The item at an index. Where there is none it declines: the message of the error says which of the two it is.
pub fn at<T>(items: &[T], index: i64) -> &T {
    let place = position(items.len(), index);
    &items[or_decline(place, "an index that a list or tuple doesn't have")]
}
