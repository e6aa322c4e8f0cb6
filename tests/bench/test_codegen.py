"""Two functions are the same code where LLVM's texts are, names and places aside; not where one differs."""

from __future__ import annotations

from portalis.bench.codegen import read

TEXT = """\
@place_1 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file, [16 x i8] c"a" }>, align 8
@place_2 = private unnamed_addr constant <{ ptr, [16 x i8] }> <{ ptr @file, [16 x i8] c"b" }>, align 8
@text_1 = private unnamed_addr constant [3 x i8] c"bad", align 1
@text_2 = private unnamed_addr constant [3 x i8] c"Bad", align 1
@_ZN3kit1a9f_fault_417h87bcf22e976ec95bE = unnamed_addr alias i64 (i64), ptr @f_none

; kit::a::f_fault_none
; Function Attrs: nonlazybind uwtable
define i64 @f_none(i64 %x) unnamed_addr #0 {
start:
  %_3 = icmp sgt i64 %x, 3
  br i1 %_3, label %bb1, label %bb2

bb1:                                              ; preds = %start
; call core::panic
  tail call void @panic(ptr @text_1, ptr @place_1) #2, !noalias !4
  unreachable

bb2:                                              ; preds = %start
  ret i64 %x
}

; kit::a::f_fault_0
define i64 @f_0(i64 %y) unnamed_addr #1 {
start:
  %_9 = icmp sgt i64 %y, 3
  br i1 %_9, label %panic, label %bb7

panic:                                            ; preds = %start
  tail call void @panic(ptr @text_1, ptr @place_2) #3, !noalias !9
  unreachable

bb7:                                              ; preds = %start
  ret i64 %y
}

; kit::a::f_fault_1
define i64 @f_1(i64 %y) unnamed_addr #1 {
start:
  %_9 = icmp sgt i64 %y, 4
  br i1 %_9, label %panic, label %bb7

panic:                                            ; preds = %start
  tail call void @panic(ptr @text_1, ptr @place_2) #3, !noalias !9
  unreachable

bb7:                                              ; preds = %start
  ret i64 %y
}

; kit::a::f_fault_2
define i64 @f_2(i64 %y) unnamed_addr #1 {
start:
  %_9 = icmp sgt i64 %y, 3
  br i1 %_9, label %panic, label %bb7

panic:                                            ; preds = %start
  tail call void @panic(ptr @text_2, ptr @place_2) #3, !noalias !9
  unreachable

bb7:                                              ; preds = %start
  ret i64 %y
}

; kit::a::g_fault_none
define i64 @g_none(i64 %n) {
  %1 = call i64 @g_none(i64 %n)
  ret i64 %1
}

; kit::a::g_fault_0
define i64 @g_0(i64 %n) {
  %1 = call i64 @g_0(i64 %n)
  ret i64 %1
}
"""


def same(one: str, other: str) -> bool:
    code = read(TEXT)
    return code.same(code.symbols[f"kit::a::{one}"], code.symbols[f"kit::a::{other}"])


def test_names_and_places_do_not_count() -> None:
    assert same("f_fault_none", "f_fault_0")


def test_another_constant_does() -> None:
    assert not same("f_fault_none", "f_fault_1")


def test_another_text_does() -> None:
    assert not same("f_fault_none", "f_fault_2")


def test_functions_that_rustc_merged_are_the_same() -> None:
    assert same("f_fault_none", "f_fault_4")


def test_functions_that_call_themselves_are_compared_once() -> None:
    assert same("g_fault_none", "g_fault_0")
    assert not same("g_fault_none", "f_fault_none")
