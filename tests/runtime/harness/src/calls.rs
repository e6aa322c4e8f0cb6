//! The functions that can be called: each by its path, with the kinds of its arguments.

use crate::answer::{Answer, float};
use crate::runtime::{range, extremes, percent, int_bytes, bytes, chars, decline, dict, float, fmt, int, math, out, repr, seq, text};
use serde_json::Value;

/// An argument from JSON, by a kind: `i` int, `f` float, `s` str, `c` char, `t` bool, `b` bytes, `u` size, `n` u32,
/// `o` and `ou` the same or None, `l…` a list, `s…` a slice, `r…` a reference, `d` a translation table.
macro_rules! arg {
    ($value:expr, i) => {
        $value.as_i64().expect("an int")
    };
    ($value:expr, f) => {
        float($value)
    };
    ($value:expr, s) => {
        $value.as_str().expect("a str")
    };
    ($value:expr, c) => {
        $value
            .as_str()
            .and_then(|text| text.chars().next())
            .expect("a char")
    };
    ($value:expr, t) => {
        $value.as_bool().expect("a bool")
    };
    ($value:expr, u) => {
        $value.as_u64().expect("a size") as usize
    };
    ($value:expr, n) => {
        $value.as_u64().expect("a small number") as u32
    };
    ($value:expr, o) => {
        $value.as_i64()
    };
    ($value:expr, ou) => {
        $value.as_u64().map(|size| size as usize)
    };
    ($value:expr, b) => {
        &list($value, |byte| byte.as_u64().expect("a byte") as u8)[..]
    };
    ($value:expr, ri) => {
        &arg!($value, i)
    };
    ($value:expr, li) => {
        list($value, |item| arg!(item, i))
    };
    ($value:expr, si) => {
        &arg!($value, li)[..]
    };
    ($value:expr, lf) => {
        list($value, float)
    };
    ($value:expr, sf) => {
        &list($value, float)[..]
    };
    ($value:expr, ls) => {
        list($value, |item| arg!(item, s))
    };
    ($value:expr, d) => {
        &table($value)
    };
}

/// The answer of the function of this path.
macro_rules! dispatch {
    ($name:expr, $args:expr; $($path:path: $($kind:ident)+;)+) => {
        match $name {
            $(stringify!($path) => {
                let mut args = $args.iter();
                $path($(arg!(args.next().expect("an argument"), $kind)),+).answer()
            })+
            name => special(name, $args),
        }
    };
}

/// Calls a function by its path.
pub fn call(name: &str, args: &[Value]) -> Value {
    dispatch! { name, args;
        int::floor_div: i i;
        int::floor_mod: i i;
        int::divmod: i i;
        int::pow: i i;
        int::pow_mod: i i i;
        int::shl: i i;
        int::shr: i i;
        int::true_div: i i;
        int::parse: s;
        int::parse_base: s i;
        int::from_char: c;
        int::from_char_base: c i;
        int::parse_mod: s i;
        int::parse_bytes: b;
        int::from_float: f;
        int::bin: i;
        int::oct: i;
        int::hex: i;
        int::bit_length: i;
        int::bit_count: i;
        int::isqrt: i;
        int::gcd: i i;
        int::lcm: i i;
        int::factorial: i;
        int::comb: i i;
        int::perm: i i;
        int::round_to: i i;
        int::sum: li;
        int::prod: li;
        int_bytes::to_bytes_big: i i;
        int_bytes::to_bytes_little: i i;
        int_bytes::from_bytes_big: b;
        int_bytes::from_bytes_little: b;
        float::div: f f;
        float::floor_div: f f;
        float::floor_mod: f f;
        float::divmod: f f;
        float::pow: f f;
        float::repr: f;
        float::parse: s;
        float::from_int: i;
        float::round: f;
        float::round_to: f i;
        float::floor: f;
        float::ceil: f;
        float::trunc: f;
        float::cmp_int: f i;
        float::eq_int: f i;
        float::lt_int: f i;
        float::le_int: f i;
        float::gt_int: f i;
        float::ge_int: f i;
        float::sum: lf;
        float::sum_from: f lf;
        float::sum_compensated: lf;
        float::sum_compensated_from: f lf;
        float::prod: lf;
        float::is_integer: f;
        math::pow: f f;
        math::sqrt: f;
        math::asinh: f;
        math::acosh: f;
        math::atanh: f;
        math::exp: f;
        math::exp2: f;
        math::expm1: f;
        math::log: f;
        math::log2: f;
        math::log10: f;
        math::log1p: f;
        math::sin: f;
        math::cos: f;
        math::tan: f;
        math::asin: f;
        math::acos: f;
        math::atan: f;
        math::sinh: f;
        math::cosh: f;
        math::tanh: f;
        math::log_base: f f;
        math::atan2: f f;
        math::fmod: f f;
        math::modf: f;
        math::frexp: f;
        math::ldexp: f i;
        math::fsum: lf;
        math::hypot: f f;
        math::dist: sf sf;
        math::isclose: f f f f;
        math::degrees: f;
        math::radians: f;
        chars::is_digit: c;
        chars::is_decimal: c;
        chars::is_numeric: c;
        chars::is_alpha: c;
        chars::is_alnum: c;
        chars::is_space: c;
        chars::is_upper: c;
        chars::is_lower: c;
        chars::is_title: c;
        chars::is_printable: c;
        chars::is_identifier_start: c;
        chars::is_line_break: c;
        chars::decimal_value: c;
        chars::upper: c;
        chars::lower: c;
        chars::title: c;
        chars::casefold: c;
        chars::ord: c;
        chars::chr: i;
        text::len: s;
        text::char_at: s i;
        text::at: s i;
        text::slice_between: s o o;
        text::slice_step: s o o i;
        text::reverse: s;
        text::strip: s;
        text::lstrip: s;
        text::rstrip: s;
        text::strip_chars: s s;
        text::lstrip_chars: s s;
        text::rstrip_chars: s s;
        text::upper: s;
        text::lower: s;
        text::title: s;
        text::capitalize: s;
        text::swapcase: s;
        text::casefold: s;
        text::is_digit: s;
        text::is_decimal: s;
        text::is_numeric: s;
        text::is_alpha: s;
        text::is_alnum: s;
        text::is_space: s;
        text::is_upper: s;
        text::is_lower: s;
        text::is_title: s;
        text::is_identifier: s;
        text::is_printable: s;
        text::find: s s;
        text::rfind: s s;
        text::index: s s;
        text::rindex: s s;
        text::count: s s;
        text::find_in: s s o o;
        text::rfind_in: s s o o;
        text::index_in: s s o o;
        text::rindex_in: s s o o;
        text::count_in: s s o o;
        text::starts_with_at: s s o o;
        text::ends_with_at: s s o o;
        text::split: s;
        text::split_max: s i;
        text::rsplit_max: s i;
        text::split_on: s s;
        text::split_on_max: s s i;
        text::rsplit_on_max: s s i;
        text::split_lines: s;
        text::split_lines_keep: s;
        text::partition: s s;
        text::rpartition: s s;
        text::zfill: s i;
        text::ljust: s i c;
        text::rjust: s i c;
        text::center: s i c;
        text::replace: s s s;
        text::replace_n: s s s i;
        text::expand_tabs: s i;
        text::remove_prefix: s s;
        text::remove_suffix: s s;
        text::translate: s d;
        text::repeat: s i;
        text::ord: s;
        text::encode_utf8: s;
        text::encode_ascii: s;
        text::encode_latin1: s;
        text::join: s ls;
        bytes::at: b i;
        bytes::from_ints: si;
        bytes::hex: b;
        bytes::from_hex: s;
        bytes::decode_utf8: b;
        bytes::decode_ascii: b;
        bytes::decode_latin1: b;
        bytes::find: b b;
        bytes::rfind: b b;
        bytes::index: b b;
        bytes::count: b b;
        bytes::contains: b b;
        bytes::split_on: b b;
        bytes::replace: b b b;
        bytes::strip: b;
        bytes::repeat: b i;
        bytes::repr: b;
        seq::at: si i;
        seq::at_tuple: si i;
        seq::slice_between: si o o;
        seq::slice_step: si o o i;
        seq::contains: si ri;
        seq::index_of: si ri;
        seq::index_of_in: si ri o o;
        seq::index_of_tuple: si ri;
        seq::count: si ri;
        seq::repeat: si i;
        seq::concat: si si;
        extremes::max: lf;
        extremes::min: lf;
        extremes::max_or: lf f;
        extremes::min_or: lf f;
        extremes::max2: f f;
        extremes::min2: f f;
        repr::text: s;
        repr::ascii: s;
        repr::of_bool: t;
        int::floor_div_nonzero: i i;
        int::floor_mod_nonzero: i i;
        int::shl_by: i n;
        text::slice_by: s o o i;
        text::split_by: s s;
        text::split_by_max: s s i;
        text::rsplit_by_max: s s i;
        text::partition_by: s s;
        text::rpartition_by: s s;
        seq::slice_by: si o o i;
        repr::bytes: b;
        fmt::fixed: f u;
        fmt::hex: i;
        fmt::upper_hex: i;
        fmt::oct: i;
        fmt::bin: i;
        fmt::thousands: i c;
        fmt::format_int: i s;
        fmt::format_bool: t s;
        fmt::format_float: f s;
        fmt::format_str: s s;
        percent::int: i s u ou c;
        percent::float: f s u ou c;
        percent::float_as_int: f s u ou;
        percent::str: s s u ou;
        percent::char: i s u;
    }
}

/// Calls that change a list, with the list as it is then, and calls with closures and constants.
fn special(name: &str, args: &[Value]) -> Value {
    let mut items = list(&args[0], Value::as_i64)
        .into_iter()
        .flatten()
        .collect::<Vec<i64>>();
    let int = |place: usize| args[place].as_i64().expect("an int");
    let bound = |place: usize| args[place].as_i64();
    let range = |first: usize| {
        (
            seq::lower_bound(bound(first)),
            seq::upper_bound(bound(first + 1)),
        )
    };
    let given = |place: usize| list(&args[place], |item| item.as_i64().expect("an int"));
    let done = match name {
        "seq::store" => seq::store(&mut items, int(1), int(2)).answer(),
        "seq::at_mut" => seq::at_mut(&mut items, int(1))
            .map(|item| *item += 1)
            .answer(),
        "seq::swap" => seq::swap(&mut items, int(1), int(2)).answer(),
        "seq::pop" => seq::pop(&mut items).answer(),
        "seq::pop_at" => seq::pop_at(&mut items, int(1)).answer(),
        "seq::insert" => {
            seq::insert(&mut items, int(1), int(2));
            Value::Null
        }
        "seq::remove" => seq::remove(&mut items, &int(1)).answer(),
        "seq::delete" => seq::delete(&mut items, int(1)).answer(),
        "seq::delete_slice" => {
            seq::delete_slice(&mut items, range(1));
            Value::Null
        }
        "seq::delete_step" => seq::delete_step(&mut items, bound(1), bound(2), int(3)).answer(),
        "seq::set_slice" => {
            seq::set_slice(&mut items, range(1), given(3));
            Value::Null
        }
        "seq::set_slice_step" => {
            seq::set_slice_step(&mut items, bound(1), bound(2), int(3), given(4)).answer()
        }
        "seq::repeat_in_place" => {
            seq::repeat_in_place(&mut items, int(1));
            Value::Null
        }
        _ => return closed(name, args, items),
    };
    (done, items).answer()
}

/// Calls that leave their arguments as they are.
fn closed(name: &str, args: &[Value], items: Vec<i64>) -> Value {
    let int = |place: usize| args[place].as_i64().expect("an int");
    match name {
        "range::range" => range::range(int(0), int(1), int(2))
            .map(|range| {
                (
                    range.len(),
                    range.clone().take(20).collect::<Vec<_>>(),
                    range.rev().take(20).collect::<Vec<_>>(),
                )
            })
            .answer(),
        "range::range_at" => range::range(int(0), int(1), int(2))
            .and_then(|range| range.at(int(3)))
            .answer(),
        "range::range_contains" => range::range(int(0), int(1), int(2))
            .map(|range| range.contains(int(3)))
            .answer(),
        "chars::at" => chars::at(&['a', 'é', '😀'], int(0)).answer(),
        "decline::enter" => depth(int(0)).answer(),
        "out" => {
            out::begin_capture();
            out::write(args[0].as_str().expect("a str"));
            out::begin_capture();
            out::line("inner");
            (out::take_capture(), out::take_capture()).answer()
        }
        "sweep" => sweep(args[0].as_str().expect("a str")),
        "extremes::max_by_key" => extremes::max_by_key(items, |item| item.rem_euclid(3)).answer(),
        "extremes::min_by_key" => extremes::min_by_key(items, |item| item.rem_euclid(3)).answer(),
        "seq::unpack2" => seq::unpack::<i64, 2>(items).answer(),
        "seq::unpack_ref2" => seq::unpack_ref::<i64, 2>(&items).answer(),
        "seq::unpack_iter2" => seq::unpack_iter::<i64, 2>(items).answer(),
        "seq::unpack_star12" => seq::unpack_star::<i64, 1, 2>(&items).answer(),
        "text::unpack2" => text::unpack::<2>(args[0].as_str().expect("a str")).answer(),
        "float::sort" => {
            let mut floats = list(&args[0], float);
            float::sort(&mut floats);
            floats.answer()
        }
        "repr::nested" => repr::repr(&(
            items.clone(),
            vec![Some(1.5), None],
            ("a'b".to_string(), true, ()),
            repr::Tuple(&items),
            'x',
        ))
        .answer(),
        "repr::dict" => {
            let pairs = args[0].as_array().expect("pairs").iter();
            let dict: dict::Dict<String, i64> = pairs
                .map(|pair| (arg!(pair[0], s).to_string(), arg!(pair[1], i)))
                .collect();
            repr::repr(&dict).answer()
        }
        _ => panic!("no function {name}"),
    }
}

impl Answer for Value {
    fn answer(self) -> Value {
        self
    }
}

/// A list from JSON; what is no list is empty.
fn list<'a, T>(value: &'a Value, item: impl Fn(&'a Value) -> T) -> Vec<T> {
    value
        .as_array()
        .map(|items| items.iter().map(item).collect())
        .unwrap_or_default()
}

/// A translation table from pairs.
fn table(value: &Value) -> dict::Dict<i64, Option<String>> {
    let pairs = value.as_array().expect("pairs").iter();
    pairs
        .map(|pair| (arg!(pair[0], i), pair[1].as_str().map(str::to_string)))
        .collect()
}

/// The code points for which a function of characters answers other than no change, and those it declines.
fn sweep(name: &str) -> Value {
    let all = (0..=0x10_ffff).filter_map(char::from_u32);
    let same = |shown: String, c: char| (!shown.chars().eq([c])).then_some(shown);
    let yes = |answer: bool| answer.then(String::new);
    let answer = |c: char| match name {
        "isdigit" => yes(chars::is_digit(c)),
        "isdecimal" => yes(chars::is_decimal(c)),
        "isnumeric" => yes(chars::is_numeric(c)),
        "isalpha" => yes(chars::is_alpha(c)),
        "isalnum" => yes(chars::is_alnum(c)),
        "isspace" => yes(chars::is_space(c)),
        "isupper" => yes(chars::is_upper(c)),
        "islower" => yes(chars::is_lower(c)),
        "istitle" => yes(chars::is_title(c)),
        "isprintable" => yes(chars::is_printable(c)),
        "upper" => same(chars::upper(c), c),
        "lower" => same(chars::lower(c), c),
        "title" => same(chars::title(c), c),
        "casefold" => same(chars::casefold(c), c),
        _ => panic!("no function {name}"),
    };
    let mut changed = Vec::new();
    let mut declined = Vec::new();
    for c in all {
        match std::panic::catch_unwind(|| answer(c)) {
            Ok(Some(shown)) => changed.push((chars::ord(c), shown)),
            Ok(None) => {}
            Err(_) => declined.push(chars::ord(c)),
        }
    }
    (changed, declined).answer()
}

/// Calls itself so often, counting on the way back.
fn depth(left: i64) -> i64 {
    let _depth = decline::enter();
    if left > 0 { depth(left - 1) + 1 } else { 0 }
}
