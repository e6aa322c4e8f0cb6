//! Texts or bytes: methods that both have.

use crate::runtime::bytes;
use crate::runtime::decline;
use crate::runtime::int;
use crate::runtime::text;
use crate::unions::BytesOrStr;

pub fn scrubbed(v: &BytesOrStr) -> Vec<u8> {
    let mut v = v.clone();
    if matches!(v, BytesOrStr::Str(_)) {
        v = BytesOrStr::Bytes(text::encode_ascii(match &v {
            BytesOrStr::Str(inner) => inner,
            _ => decline::decline("not a str"),
        }));
    }
    let BytesOrStr::Bytes(v) = &v else {
        decline::decline("not a `Bytes`")
    };
    v.to_vec()
}

pub fn stripped(v: &BytesOrStr) -> Vec<u8> {
    let v = match v {
        BytesOrStr::Bytes(v) => BytesOrStr::Bytes(bytes::strip(v).to_vec()),
        BytesOrStr::Str(v) => BytesOrStr::Str(text::strip(v).to_string()),
    };
    scrubbed(&v)
}

pub fn digits(v: &BytesOrStr) -> bool {
    match v {
        BytesOrStr::Bytes(v) => bytes::is_digit(v),
        BytesOrStr::Str(v) => text::is_digit(v),
    }
}

pub fn lowered(v: Option<&BytesOrStr>) -> Option<BytesOrStr> {
    let Some(v) = v else {
        return None;
    };
    let lower = match v {
        BytesOrStr::Bytes(v) => BytesOrStr::Bytes(v.to_ascii_lowercase()),
        BytesOrStr::Str(v) => BytesOrStr::Str(text::lower(v)),
    };
    Some(match &lower {
        BytesOrStr::Bytes(lower) => BytesOrStr::Bytes(bytes::strip(lower).to_vec()),
        BytesOrStr::Str(lower) => BytesOrStr::Str(text::strip(lower).to_string()),
    })
}

pub fn words(values: &[BytesOrStr]) -> i64 {
    int::sum(
        values
            .iter()
            .filter(|&v| match v {
                BytesOrStr::Bytes(v) => bytes::is_alpha(v),
                BytesOrStr::Str(v) => text::is_alpha(v),
            })
            .map(|_| 1),
    )
}
