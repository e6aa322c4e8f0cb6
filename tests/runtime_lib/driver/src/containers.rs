//! Calls of `runtime::{dict, set, collections, itertools, hashlib, base}`. Dicts are lists of pairs.

use std::collections::VecDeque;

use serde_json::{Value, json};

use crate::error::Error;
use crate::runtime::dict::Dict;
use crate::runtime::{base, collections, dict, hashlib, itertools, set};
use crate::{Answer, Args};

fn show_dict(value: &Dict<String, i64>) -> Value {
    value.iter().map(|(key, value)| json!([key, value])).collect()
}

fn read_dict(args: &Args<'_>, place: usize) -> Dict<String, i64> {
    dict::from_pairs(args.pairs(place))
}

fn show_set(value: &set::Set<i64>) -> Value {
    let mut items: Vec<i64> = value.iter().copied().collect();
    items.sort_unstable();
    json!(items)
}

fn dict_call(function: &str, args: &Args<'_>) -> Answer {
    let mut d = read_dict(args, 0);
    let result = match function {
        "from_pairs" => Value::Null,
        "get_item" => json!(dict::get_item(&d, args.text(1))?),
        "increment" => {
            *dict::get_mut(&mut d, args.text(1))? += 1;
            Value::Null
        }
        "pop" => json!(dict::pop(&mut d, args.text(1))?),
        "pop_default" => json!(dict::pop_default(&mut d, args.text(1), args.int(2))),
        "pop_item" => json!(dict::pop_item(&mut d)?),
        "delete" => json!(dict::delete(&mut d, args.text(1))?),
        "set_default" => json!(*dict::set_default(&mut d, args.text(1).to_owned(), args.int(2))),
        "update" => json!(dict::update(&mut d, &read_dict(args, 1))),
        "update_pairs" => json!(dict::update_pairs(&mut d, args.pairs(1))),
        "union" => show_dict(&dict::union(&d, &read_dict(args, 1))),
        "from_keys" => show_dict(&dict::from_keys(args.pairs(0).into_iter().map(|pair| pair.0), args.int(1))),
        "equal" => json!(d == read_dict(args, 1)),
        "int_key" => json!(dict::get_item(&dict::from_pairs([(7, 1)]), &args.int(1))?),
        "move_to_end" => json!(collections::move_to_end(&mut d, args.text(1), args.int(2) != 0)?),
        "pop_first" => json!(collections::pop_first(&mut d)?),
        "pop_last" => json!(collections::pop_last(&mut d)?),
        "get_or_default" => json!(*collections::get_or_default(&mut d, args.text(1).to_owned())),
        _ => unreachable!("{function}"),
    };
    Ok(json!([result, show_dict(&d)]))
}

fn counter_call(function: &str, args: &Args<'_>) -> Answer {
    let mut c = read_dict(args, 0);
    let other = || read_dict(args, 1);
    let words = || args.pairs(1).into_iter().map(|pair| pair.0);
    let result = match function {
        "counter" => show_dict(&collections::counter(words())),
        "count_of" => json!(collections::count_of(&c, args.text(1))),
        "most_common" => json!(collections::most_common(&c, args.opt(1))),
        "update" => json!(collections::counter_update(&mut c, words())),
        "subtract" => json!(collections::counter_subtract(&mut c, words())),
        "update_counts" => json!(collections::counter_update_counts(&mut c, &other())),
        "subtract_counts" => json!(collections::counter_subtract_counts(&mut c, &other())),
        "add" => show_dict(&collections::counter_add(&c, &other())),
        "sub" => show_dict(&collections::counter_sub(&c, &other())),
        "and" => show_dict(&collections::counter_and(&c, &other())),
        "or" => show_dict(&collections::counter_or(&c, &other())),
        "eq" => json!(collections::counter_eq(&c, &other())),
        "elements" => json!(collections::counter_elements(&c).collect::<Vec<_>>()),
        "total" => json!(collections::counter_total(&c)),
        _ => unreachable!("{function}"),
    };
    Ok(json!([result, show_dict(&c)]))
}

fn set_call(function: &str, args: &Args<'_>) -> Answer {
    let (mut a, b) = (set::from_items(args.ints(0)), set::from_items(args.ints(1)));
    let result = match function {
        "union" => show_set(&set::union(&a, &b)),
        "intersection" => show_set(&set::intersection(&a, &b)),
        "difference" => show_set(&set::difference(&a, &b)),
        "symmetric_difference" => show_set(&set::symmetric_difference(&a, &b)),
        "union_update" => json!(set::union_update(&mut a, &b)),
        "intersection_update" => json!(set::intersection_update(&mut a, &b)),
        "difference_update" => json!(set::difference_update(&mut a, &b)),
        "symmetric_difference_update" => json!(set::symmetric_difference_update(&mut a, &b)),
        "is_proper_subset" => json!(set::is_proper_subset(&a, &b)),
        "remove" => json!(set::remove(&mut a, &args.int(2))?),
        "pop" => json!(set::pop(&mut a)?),
        _ => unreachable!("{function}"),
    };
    Ok(json!([result, show_set(&a)]))
}

fn deque_call(function: &str, args: &Args<'_>) -> Answer {
    let mut q: VecDeque<i64> = collections::deque(args.ints(0), args.opt(1))?;
    let result = match function {
        "new" => Value::Null,
        "at" => json!(collections::deque_at(&q, args.int(2))?),
        "store" => {
            *collections::deque_at_mut(&mut q, args.int(2))? = 99;
            Value::Null
        }
        "pop" => json!(collections::deque_pop(&mut q)?),
        "pop_left" => json!(collections::deque_pop_left(&mut q)?),
        "append" => json!(collections::deque_append_max(&mut q, args.int(2), args.int(1))),
        "append_left" => json!(collections::deque_append_left_max(&mut q, args.int(2), args.int(1))),
        "rotate" => json!(collections::deque_rotate(&mut q, args.int(2))),
        "extend_left" => json!(collections::deque_extend_left(&mut q, args.ints(2))),
        "remove" => json!(collections::deque_remove(&mut q, &args.int(2))?),
        "index" => json!(collections::deque_index(&q, &args.int(2))?),
        "count" => json!(collections::deque_count(&q, &args.int(2))),
        _ => unreachable!("{function}"),
    };
    Ok(json!([result, q]))
}

fn itertools_call(function: &str, args: &Args<'_>) -> Answer {
    let items = || args.ints(0);
    Ok(match function {
        "product2" => json!(itertools::product2(items(), args.ints(1)).collect::<Vec<_>>()),
        "product3" => json!(itertools::product3(items(), args.ints(1), args.ints(2)).collect::<Vec<_>>()),
        "product" => json!(itertools::product(vec![items(), args.ints(1), args.ints(2)]).collect::<Vec<_>>()),
        "product_repeat" => json!(itertools::product_repeat(items(), args.int(1))?.collect::<Vec<_>>()),
        "permutations" => json!(itertools::permutations(items(), args.opt(1))?.collect::<Vec<_>>()),
        "combinations" => json!(itertools::combinations(items(), args.int(1))?.collect::<Vec<_>>()),
        "combinations2" => json!(itertools::combinations2(items()).collect::<Vec<_>>()),
        "combinations3" => json!(itertools::combinations3(items()).collect::<Vec<_>>()),
        "combinations_with_replacement" => {
            json!(itertools::combinations_with_replacement(items(), args.int(1))?.collect::<Vec<_>>())
        }
        "accumulate" => json!(itertools::accumulate(items(), |a, b| a - b).collect::<Vec<_>>()),
        "accumulate_from" => {
            json!(itertools::accumulate_from(items(), args.int(1), |a, b| a - b).collect::<Vec<_>>())
        }
        "group_by" => json!(itertools::group_by(items(), |item| item.rem_euclid(2))),
        "islice" => {
            json!(itertools::islice(items(), args.opt(1), args.opt(2), args.opt(3))?.collect::<Vec<_>>())
        }
        "zip_longest" => json!(itertools::zip_longest(items(), args.ints(1), -1, -2).collect::<Vec<_>>()),
        "pairwise" => json!(itertools::pairwise(items()).collect::<Vec<_>>()),
        "count" => json!(itertools::count(args.int(0), args.int(1)).take(5).collect::<Vec<_>>()),
        "repeat_n" => json!(itertools::repeat_n(args.int(0), args.int(1)).collect::<Vec<_>>()),
        "compress" => {
            let chosen = args.ints(1).into_iter().map(|item| item % 2 == 0);
            json!(itertools::compress(items(), chosen).collect::<Vec<_>>())
        }
        _ => unreachable!("{function}"),
    })
}

fn hash_call(function: &str, data: &[u8]) -> Value {
    match function {
        "md5" => json!([hashlib::md5(data), hashlib::md5_hex(data)]),
        "sha1" => json!([hashlib::sha1(data), hashlib::sha1_hex(data)]),
        "sha224" => json!([hashlib::sha224(data), hashlib::sha224_hex(data)]),
        "sha256" => json!([hashlib::sha256(data), hashlib::sha256_hex(data)]),
        "sha384" => json!([hashlib::sha384(data), hashlib::sha384_hex(data)]),
        _ => json!([hashlib::sha512(data), hashlib::sha512_hex(data)]),
    }
}

fn base_call(function: &str, args: &Args<'_>) -> Result<Value, Error> {
    let data = || args.bytes(0);
    Ok(match function {
        "b64_encode" => json!(base::b64_encode(&data())),
        "b64_decode" => json!(base::b64_decode(&data())?),
        "url_b64_encode" => json!(base::url_b64_encode(&data())),
        "url_b64_decode" => json!(base::url_b64_decode(&data())?),
        "b32_encode" => json!(base::b32_encode(&data())),
        "b32_decode" => json!(base::b32_decode(&data())?),
        "b16_encode" => json!(base::b16_encode(&data())),
        "b16_decode" => json!(base::b16_decode(&data())?),
        "hexlify" => json!(base::hexlify(&data())),
        "unhexlify" => json!(base::unhexlify(&data())?),
        "crc32" => json!(base::crc32(&data(), args.int(1))),
        "adler32" => json!(base::adler32(&data(), args.int(1))),
        "pack" => match args.text(0) {
            "B" => json!(base::pack_u8(args.int(1))),
            "b" => json!(base::pack_i8(args.int(1))),
            ">H" => json!(base::pack_u16_be(args.int(1))),
            "<h" => json!(base::pack_i16_le(args.int(1))),
            ">i" => json!(base::pack_i32_be(args.int(1))),
            "<I" => json!(base::pack_u32_le(args.int(1))),
            ">Q" => json!(base::pack_u64_be(args.int(1))),
            _ => json!(base::pack_i64_le(args.int(1))),
        },
        "unpack" => match args.text(1) {
            "B" => json!(base::unpack_u8(&data())),
            "b" => json!(base::unpack_i8(&data())),
            ">H" => json!(base::unpack_u16_be(&data())),
            "<h" => json!(base::unpack_i16_le(&data())),
            ">i" => json!(base::unpack_i32_be(&data())),
            "<I" => json!(base::unpack_u32_le(&data())),
            ">Q" => json!(base::unpack_u64_be(&data())),
            _ => json!(base::unpack_i64_le(&data())),
        },
        _ => unreachable!("{function}"),
    })
}

pub fn call(area: &str, function: &str, args: &Args<'_>) -> Answer {
    match area {
        "dict" => dict_call(function, args),
        "counter" => counter_call(function, args),
        "set" => set_call(function, args),
        "deque" => deque_call(function, args),
        "itertools" => itertools_call(function, args),
        "hashlib" => Ok(hash_call(function, &args.bytes(0))),
        "base" => base_call(function, args),
        _ => unreachable!("{area}"),
    }
}
