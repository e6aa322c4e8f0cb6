"""What Rust from elsewhere may not do is found on its syntax, however it is spelled."""

from __future__ import annotations

import pytest

from portalis.validation.foreign.guard import refusals

FORBIDDEN = r"""
fn f() { std::fs::read("x"); }
use std::fs;
use std::{env, collections::HashMap};
use std as s;
use ::std::net::TcpStream;
use std::*;
use super::*;
fn f() { crate::x(); }
fn f() { unsafe { 1 } }
unsafe fn f() {}
extern "C" { fn exit(); }
extern "C" fn f() {}
extern crate libc;
mod x;
type P = *const u8;
const X: &str = include_str!("/etc/passwd");
const X: &str = std::include_str!("/etc/passwd");
const X: &str = env!("HOME");
fn a() { macro_rules! include_str { () => {} } } const X: &str = include_str!("/etc/passwd");
use std::include_str as i;
fn f() { asm!("x"); }
fn f() { std::arch::asm!("x"); }
fn f() { vec![include_str!("x")]; }
#[path = "/etc/passwd"] mod x;
#[unsafe(no_mangle)] pub fn f() {}
#[no_mangle] pub fn f() {}
#![feature(x)]
#[derive(Serialize)] struct S;
#[doc = include_str!("/etc/passwd")] fn f() {}
#[link_section = ".init_array"] static X: i32 = 1;
#[cfg_attr(all(), path = "x")] fn f() {}
fn f() -> std::path::PathBuf { todo!() }
fn f() { r#std::fs::read("x"); }
fn f() { <std::fs::File>::open("x"); }
fn f() { println!("{:?}", std::env::vars()); }
fn f() { let mut s = String::new(); std::io::stdin().read_line(&mut s); }
fn f() { std::process::Command::new("ls"); }
use std::process;
use std::process::*;
fn f() { std::thread::spawn(|| 1); }
fn f() { std::time::Instant::now(); }
macro_rules! m { ($a:ident) => { std::$a::read("x") } }
macro_rules! m { () => { unsafe { 1 } } }
macro_rules! m { ($($t:tt)*) => { $($t)* } } fn f() { m!(use std::{fs as z};); }
macro_rules! m { ($a:tt $b:tt $c:tt) => { use $a $b $c; } } fn f() { m!(std :: fs); }
macro_rules! m { ($p:ident) => { $p::fs::read("x") } } fn f() { m!(std); }
macro_rules! m { ($p:ident $q:ident) => { $p $q; } } fn f() { m!(extern x); }
"""
ADMITTED = r"""
use std::collections::{HashMap, BTreeMap as B}; use std::fmt::{self, Display};
use std::io::Write; use std::io;
use std::{fmt::Debug, cmp::Ordering};
use itertools::Itertools;
use self::E::*;
#[derive(Debug, Clone, PartialEq)] enum E { A }
/// It reads `std::fs`, says the comment.
#[inline] #[must_use] pub fn f(x: &[i64]) -> i64 { println!("std::fs {}", x.len()); x.iter().sum::<i64>() }
fn f() -> i64 { let v = vec![1, std::cmp::max(1, 2)]; v[0] }
macro_rules! m { ($a:expr) => { $a + 1 } } fn g() -> i64 { m!(1) }
#[cfg(test)] mod tests { use super::*; #[test] fn t() { assert_eq!(1, 1); } }
fn f() { let mut out = std::io::stdout().lock(); writeln!(out, "x").unwrap(); }
impl std::error::Error for E {}
fn f() -> std::time::Duration { std::time::Duration::from_secs(1) }
fn h(a: bool) -> bool { assert!(!a, "x"); matches!(a, true) || !(a) }
fn k() -> Result<(), Box<dyn std::error::Error>> { Ok(()) }
fn f() { std::process::exit(1) }
"""


@pytest.mark.parametrize("text", FORBIDDEN.strip().splitlines())
def test_refused(text: str) -> None:
    found = refusals(text, frozenset({"itertools"}))
    assert found
    assert {one.code for one in found} == {"PT743"}
    assert all(one.span.line == 1 for one in found)


@pytest.mark.parametrize("text", ADMITTED.strip().splitlines())
def test_admitted(text: str) -> None:
    assert refusals(text, frozenset({"itertools"})) == ()
