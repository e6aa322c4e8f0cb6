"""The page: everything is on it, whatever the names and texts are, and it needs nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from portalis.emit.crate_text import rust_texts
from portalis.emit.html_report import html_report
from portalis.emit.report import Counterexample, Evidence, ItemReport, ReportDiagnostic, make_report
from portalis.emit.runtime_counts import Calls, RuntimeCounts

HOSTILE = "<script>alert('x')</script>\"&amp;"
SOURCE = ["def f(x):", f'    """{HOSTILE}"""', "    return [g(x), 2]", "", "def g(x):", "    return x"]
EVIDENCE = Evidence(
    cases=200,
    recorded=3,
    lines=0.5,
    branches=0.5,
    mismatches=1,
    speedup=2.5,
    precondition="accepted: len(x) == 9",
    missed_lines=(3,),
    missed_branches=((1, -1),),
    counterexamples=(Counterexample("pkg.f('<b>')", "1", "2", "value", "def test_f() -> None:\n    <i>"),),
)
ITEM = ItemReport(
    "pkg", "f", "function", "pkg.py", 1, 3, "verified", "rust", confidence=0.49,
    evidence=EVIDENCE, rust="f",
    diagnostics=(ReportDiagnostic("PT203", "error", HOSTILE, 3, 13, 3, 17, hint="call <g> first"),),
)  # fmt: skip


class Page(HTMLParser):
    """Checks that elements are closed in order, and gathers what a reader and a browser see."""

    VOID = frozenset({"meta", "input", "wbr", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.fetched: list[str] = []
        self.handlers: list[str] = []
        self.ids: list[str] = []
        self.scripts = 0
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        given = {name: value or "" for name, value in attrs}
        self.fetched += [f"{tag} {given[name]}" for name in ("src", "srcset", "data") if name in given]
        self.fetched += [value for name, value in given.items() if name == "href" and value[:1] != "#"]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))


def page(*items: ItemReport, **more: object) -> Page:
    report = make_report(items, portalis="0.1", python="3.11", rustc="1.95.0")
    arguments: dict[str, object] = {"sources": {"pkg.py": SOURCE}, "rust": {}, "runtime": None} | more
    return Page(html_report(report, **arguments))  # type: ignore[arg-type]


def test_everything_about_an_item_is_there() -> None:
    shown = page(ITEM, rust={"f": "pub fn f(x: i64) -> i64 {\n    x\n}"})
    for part in (
        "1 verified 100%",
        "pkg.f",
        "disagrees",
        "Preconditionaccepted: len(x) == 9",
        "200, 3 of them recorded",
        "0.490: 0.9851, the 95% lower bound",
        "times 50.0% of the branches",
        "Python takes 2.5 times as long as Rust",
        "Callpkg.f('<b>') Python1 Rust2",
        "def test_f() -> None: <i>",
        "help: call <g> first",
        "line 3 was never reached",
        "from line 1, control never went to the end of the function",
        "pub fn f(x: i64) -> i64 {",
        "def f(x):",
    ):
        assert part in shown.text, part
    assert shown.marked == ["g(x)"]


def test_hostile_texts_are_text() -> None:
    name = "<img src=x onerror=alert(1)>"
    hostile = replace(ITEM, module="pkg", name=name, file="a'\"><script>.py", rust="")
    shown = page(ITEM, hostile, replace(ITEM, evidence=replace(EVIDENCE, cases=0)))
    assert shown.scripts == 1
    assert shown.handlers == []
    assert shown.text.count("<script>alert('x')</script>\"&amp;") >= 3
    assert f"pkg.{name}" in shown.text


def test_the_page_needs_nothing_else() -> None:
    shown = page(ITEM)
    assert shown.fetched == []
    html = html_report(make_report([ITEM], portalis="1", python="3", rustc=""), {}, {})
    assert not re.search(r"url\(|@import|https?://", html)
    assert "default-src 'none'" in html


def test_ids_are_unique_and_names_controls() -> None:
    shown = page(ITEM, replace(ITEM, name="g", line=5, end_line=6))
    assert len(shown.ids) == len(set(shown.ids))


def test_a_file_that_has_changed_since_is_not_quoted() -> None:
    moved = page(replace(ITEM, name="h"))
    assert "return [" not in moved.text
    assert page(ITEM, sources={}).marked == []


def test_counts_of_running_processes_are_columns() -> None:
    counted = RuntimeCounts(2, {"pkg.f": Calls(1234, 56)})
    idle = replace(ITEM, name="g", line=5, end_line=6)
    shown = page(ITEM, idle, runtime=counted)
    assert "counts of 2 processes" in shown.text
    assert "1234 calls answered by Rust, 56 by the fallback" in shown.text
    assert "0 calls answered by Rust, 0 by the fallback" in shown.text
    assert "Fallback" not in page(ITEM).text


def test_a_report_without_items_is_a_page_too() -> None:
    lost = ReportDiagnostic("PT001", "error", "syntax", 1, 1, file="x.py")
    report = make_report([], portalis="1", python="3", rustc="", diagnostics=[lost])
    assert "PT001" in Page(html_report(report, {}, {})).text


def test_the_rust_of_an_item_is_found_in_its_file(tmp_path: Path) -> None:
    for path, name in (("lib.rs", "top"), ("a.rs", "one"), ("a/do.rs", "two"), ("b/mod.rs", "three")):
        (tmp_path / "src" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "src" / path).write_text(f"use x::y;\n\n/// Doc.\npub fn {name}() {{}}\n\nfn z() {{}}\n")
    found = rust_texts(tmp_path, ["top", "a::one", "a::r#do::two", "b::three", "a::gone", "gone::one"])
    assert found == {
        path: f"/// Doc.\npub fn {path.rpartition('::')[2]}() {{}}"
        for path in ("top", "a::one", "a::r#do::two", "b::three")
    }
    assert rust_texts(tmp_path / "none", ["top"]) == {}
