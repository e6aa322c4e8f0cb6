//! The runtime under test, from where the product keeps it.
#![allow(dead_code)]

#[path = "../../../../src/portalis/compiler/rust/runtime/bytes.rs"]
pub mod bytes;

#[path = "../../../../src/portalis/compiler/rust/runtime/chars.rs"]
pub mod chars;

#[path = "../../../../src/portalis/compiler/rust/runtime/decline.rs"]
pub mod decline;

#[path = "../../../../src/portalis/compiler/rust/runtime/dict.rs"]
pub mod dict;

#[path = "../../../../src/portalis/compiler/rust/runtime/float.rs"]
pub mod float;

#[path = "../../../../src/portalis/compiler/rust/runtime/fmt.rs"]
pub mod fmt;

#[path = "../../../../src/portalis/compiler/rust/runtime/int.rs"]
pub mod int;

#[path = "../../../../src/portalis/compiler/rust/runtime/math.rs"]
pub mod math;

#[path = "../../../../src/portalis/compiler/rust/runtime/out.rs"]
pub mod out;

#[path = "../../../../src/portalis/compiler/rust/runtime/python.rs"]
pub mod python;

#[path = "../../../../src/portalis/compiler/rust/runtime/repr.rs"]
pub mod repr;

#[path = "../../../../src/portalis/compiler/rust/runtime/seq.rs"]
pub mod seq;

#[path = "../../../../src/portalis/compiler/rust/runtime/text.rs"]
pub mod text;

#[path = "../../../../src/portalis/compiler/rust/runtime/int_bytes.rs"]
pub mod int_bytes;

#[path = "../../../../src/portalis/compiler/rust/runtime/percent.rs"]
pub mod percent;

#[path = "../../../../src/portalis/compiler/rust/runtime/extremes.rs"]
pub mod extremes;

#[path = "../../../../src/portalis/compiler/rust/runtime/range.rs"]
pub mod range;
