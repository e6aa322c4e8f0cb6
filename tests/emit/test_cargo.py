"""cargo as users meet it: missing, without network, interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portalis.emit import cargo

CRATE = {
    "Cargo.toml": '[package]\nname = "probe"\nversion = "0.1.0"\nedition = "2024"\n',
    "src/lib.rs": "pub fn f() -> i64 { 1 }\n",
}


def _write(folder: Path, **changes: str) -> Path:
    for name, text in {**CRATE, **changes}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_missing_cargo_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(cargo.CargoMissing) as caught:
        cargo.check(tmp_path, tmp_path / "target")
    assert "rustup.rs" in caught.value.hint
    assert cargo.rustc_version() == ""


@pytest.mark.slow
def test_no_network_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    manifest = CRATE["Cargo.toml"] + '[dependencies]\nindexmap = "2"\n'
    config = (
        '[source.crates-io]\nreplace-with = "away"\n[source.away]\nregistry = "sparse+http://127.0.0.1:9/"\n'
    )
    _write(
        tmp_path / "crate", **{"Cargo.toml": manifest, ".cargo/config.toml": config + "[net]\nretry = 0\n"}
    )
    monkeypatch.setenv("CARGO_HOME", str(tmp_path / "home"))
    with pytest.raises(cargo.RegistryUnreachable) as caught:
        cargo.check(tmp_path / "crate", tmp_path / "target")
    assert "proxy" in caught.value.hint


@pytest.mark.slow
def test_messages_have_places(tmp_path: Path) -> None:
    wrong = 'pub fn f() -> i64 {\n    let unused = 1;\n    "one"\n}\n'
    run = cargo.check(_write(tmp_path, **{"src/lib.rs": wrong}), tmp_path / "target")
    assert not run.succeeded
    (error,) = run.errors
    assert (error.code, error.file, error.line, error.column) == ("E0308", "src/lib.rs", 3, 5)
    assert "mismatched types" in error.rendered
    with pytest.raises(cargo.RustRejected, match="mismatched types") as caught:
        cargo.build(tmp_path, tmp_path / "target", "release")
    assert caught.value.messages


@pytest.mark.slow
def test_clippy_mends_what_it_is_sure_of(tmp_path: Path) -> None:
    clumsy = "pub fn f(x: i64) -> i64 {\n    return x;\n}\n"
    run = cargo.tidy(_write(tmp_path, **{"src/lib.rs": clumsy}), tmp_path / "target")
    assert run.succeeded
    assert (tmp_path / "src/lib.rs").read_text() == "pub fn f(x: i64) -> i64 {\n    x\n}\n"


LIBRARY = """\
[package]
name = "{name}"
version = "0.1.0"
edition = "2024"

[lib]
name = "_portalis_native"
crate-type = ["cdylib"]

[profile.verify]
inherits = "dev"
"""


@pytest.mark.slow
def test_projects_that_share_a_target_keep_their_own_library(tmp_path: Path) -> None:
    """cargo gives all extension modules one file; each project must get what it built."""
    target = tmp_path / "target"
    marks = {name: f"mark of {name}" for name in ("one", "two")}
    for name, mark in marks.items():
        text = f'#[unsafe(no_mangle)]\npub static MARK: &str = "{mark}";\n'
        _write(tmp_path / name, **{"Cargo.toml": LIBRARY.format(name=name), "src/lib.rs": text})
    first = cargo.build(tmp_path / "one", target, "verify")
    assert marks["one"].encode() in first.read_bytes()
    assert marks["two"].encode() in cargo.build(tmp_path / "two", target, "verify").read_bytes()
    again = cargo.build(tmp_path / "one", target, "verify")
    assert marks["one"].encode() in again.read_bytes()
    # A run that was killed before it had copied what cargo built.
    again.unlink()
    assert marks["two"].encode() in cargo.build(tmp_path / "two", target, "verify").read_bytes()
    assert marks["one"].encode() in cargo.build(tmp_path / "one", target, "verify").read_bytes()


@pytest.mark.slow
def test_a_broken_manifest_is_no_message_of_rustc(tmp_path: Path) -> None:
    with pytest.raises(cargo.CargoError, match="unclosed table"):
        cargo.check(_write(tmp_path, **{"Cargo.toml": "[package\n"}), tmp_path / "target")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_cargo_and_its_compilers(tmp_path: Path) -> None:
    mark = "portalis_interrupt_probe"
    script = "fn main() { std::thread::sleep(std::time::Duration::from_secs(600)); }\n"
    _write(tmp_path, **{"build.rs": script, "Cargo.toml": CRATE["Cargo.toml"].replace("probe", mark)})
    program = (
        "import sys\nfrom pathlib import Path\nfrom portalis.emit import cargo\n"
        f"cargo.check(Path({str(tmp_path)!r}), Path({str(tmp_path / 'target')!r}))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    try:
        assert _wait(lambda: _running(str(tmp_path)) > 0), "the build script never ran"
        child.send_signal(signal.SIGINT)
        child.wait(timeout=20)
    finally:
        child.kill()
    assert _wait(lambda: _running(str(tmp_path)) == 0)


def _wait(condition: object, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


def _running(folder: str) -> int:
    """How many build scripts of the folder run."""
    found = 0
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += folder in entry.read_text() and "build-script-build" in entry.read_text()
        except OSError:
            continue
    return found
