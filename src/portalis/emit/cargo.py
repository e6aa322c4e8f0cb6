"""Running cargo: check, build and test of generated crates, with its messages as data.

One target folder serves all projects of a user, so that dependencies are compiled once.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from portalis.scratch import FileLock

Level = Literal["error", "warning", "note", "help"]
Profile = Literal["verify", "release"]

_UNREACHABLE = (
    "failed to download",
    "Could not resolve host",
    "Couldn't resolve host",
    "could not connect to server",
    "failed to fetch",
    "download of config.json failed",
    "failed to query replaced source registry",
    "spurious network error",
    "network failure",
    "Connection refused",
    "timed out",
)
_WARDEN = Path(__file__).with_name("warden.py")
_LINKING = ("linker ", "linking with ")
_NO_LINKER = "install a C compiler (`apt install build-essential`, or on macOS `xcode-select --install`)"
_EXTENSION = "extension.so"
_LEVELS = frozenset({"error", "warning", "note", "help"})


class CargoError(Exception):
    """cargo failed for a reason that isn't an error in the generated Rust; `hint` is the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class CargoMissing(CargoError):
    """There is no cargo on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "cargo was not found",
            "install Rust 1.91 or later from https://rustup.rs and open a new shell; "
            "`portalis check` works without it",
        )


class RegistryUnreachable(CargoError):
    """The crates that the build needs can't be downloaded."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a build of Rust that nobody vouches for may take: wall time, and memory of each process."""

    seconds: float
    memory_mib: int

    def command(self, arguments: Sequence[str]) -> list[str]:
        """The command under its bound of memory, where the shell knows one."""
        script = f'ulimit -v {self.memory_mib << 10} 2>/dev/null; exec "$@"'
        return ["sh", "-c", script, "sh", *arguments] if os.name == "posix" else list(arguments)


class CargoOverBounds(CargoError):
    """A build passed its bounds, and was ended with the compilers that it started."""


class RustRejected(CargoError):
    """rustc found errors in the generated Rust; `messages` has them."""

    def __init__(self, messages: tuple[CargoMessage, ...]) -> None:
        first = next(message for message in messages if message.level == "error")
        super().__init__(f"rustc rejected the generated Rust: {first.rendered or first.text}", "")
        self.messages = messages


@dataclass(frozen=True, slots=True)
class CargoMessage:
    """A message of rustc or clippy, at its primary place.

    `file` is relative to the crate's folder (`src/luhn.rs`) and empty where there is no place; `line` and
    `column` are 1-based. `spans` are all primary places: (file, line).
    """

    level: Level
    code: str
    text: str
    rendered: str
    package: str
    file: str
    line: int
    column: int
    spans: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of cargo gave: whether it succeeded, rustc's messages, what is built, and what of it
    this run built.
    """

    succeeded: bool
    messages: tuple[CargoMessage, ...]
    artifacts: tuple[Path, ...]
    stderr: str
    made: frozenset[Path] = frozenset()

    @property
    def errors(self) -> tuple[CargoMessage, ...]:
        """The messages that are errors."""
        return tuple(message for message in self.messages if message.level == "error")


def find_cargo() -> str:
    """The path of cargo.

    Raises:
        CargoMissing: there is none on PATH or in the usual place.
    """
    usual = Path.home() / ".cargo" / "bin" / "cargo"
    found = shutil.which("cargo") or (str(usual) if usual.is_file() else None)
    if found is None:
        raise CargoMissing
    return found


def rustc_version() -> str:
    """The version of rustc that cargo uses, as `1.95.0`; "" where there is none."""
    try:
        done = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    words = done.stdout.split()
    return words[1] if done.returncode == 0 and len(words) > 1 else ""


def check(directory: Path, target_dir: Path, *, clippy: bool = False, bounds: Bounds | None = None) -> Run:
    """Type-check a crate, with clippy's lints if asked, within bounds if any are given.

    Errors in the Rust are messages, not exceptions.

    Raises:
        CargoOverBounds: it took more than it may.
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    return _run("clippy" if clippy else "check", directory, target_dir, (), bounds)


def build(directory: Path, target_dir: Path, profile: Profile, bounds: Bounds | None = None) -> Path:
    """Build a binding crate, within bounds if any are given, and return the extension module, which is put
    beside its Cargo.toml.

    Raises:
        RustRejected: rustc found errors.
        CargoOverBounds: it took more than it may.
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    # Every project's library has the same name in the target folder: it is copied before another takes it.
    # When cargo finds nothing to do, the file there may be another project's: only the copy is ours.
    with FileLock(target_dir / "portalis.lock", wait=True):
        return _built(directory, target_dir, profile, bounds)


def _built(directory: Path, target_dir: Path, profile: Profile, bounds: Bounds | None) -> Path:
    """The copy of the library beside the manifest, made new unless cargo says that nothing has changed.

    While cargo runs, the copy stands aside: a run that is killed after cargo is done leaves none, and the
    next one builds again rather than take an old copy for the new library.
    """
    own = directory / f"{profile}-{_EXTENSION}"
    aside = own.with_suffix(".before")
    for _ in range(2):
        if own.is_file():
            own.replace(aside)
        else:
            aside.unlink(missing_ok=True)
            (directory / "src" / "lib.rs").touch()
        run = _run("build", directory, target_dir, ("--lib", "--profile", profile), bounds)
        if not run.succeeded:
            raise RustRejected(run.messages)
        endings = (".so", ".dylib", ".dll")
        libraries = [path for path in run.artifacts if path.name.endswith(endings)]
        if not libraries:
            raise CargoError(f"cargo built no shared library in {target_dir}", "please report this")
        if libraries[-1] not in run.made and aside.is_file():
            return aside.replace(own)
        if libraries[-1] in run.made:
            shutil.copyfile(libraries[-1], aside)
            return aside.replace(own)
    raise CargoError(f"cargo doesn't build the library of {directory}", "please report this")


def build_programs(directory: Path, target_dir: Path) -> dict[str, Path]:
    """Build the binaries of a core crate, and return copies of them by name, put beside its Cargo.toml.

    Raises:
        RustRejected: rustc found errors.
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(target_dir / "portalis.lock", wait=True):
        run = _run("build", directory, target_dir, ("--bins",))
        if not run.succeeded:
            raise RustRejected(run.messages)
        own = directory / "bin"
        own.mkdir(exist_ok=True)
        built = [path for path in run.artifacts if path.suffix == "" and path.parent.name == "debug"]
        return {path.name: Path(shutil.copy(path, own / path.name)) for path in built}


def llvm_ir(directory: Path, target_dir: Path) -> str:
    """A library crate's optimised code in LLVM's textual form, without that of its dependencies.

    The crate's manifest has the profile `verify`, so that the dependencies are those built before.

    Raises:
        RustRejected: rustc found errors.
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    options = ("--emit=llvm-ir,link", "-Copt-level=3", "-Ccodegen-units=1")
    run = _run("rustc", directory, target_dir, ("--lib", "--profile", "verify", "--", *options))
    if not run.succeeded:
        raise RustRejected(run.errors)
    beside = [path for path in run.artifacts if path.suffix == ".rmeta"]
    texts = [path.with_name(f"{path.stem.removeprefix('lib')}.ll") for path in beside[-1:]]
    if not texts or not texts[0].is_file():
        raise CargoError(f"rustc left no LLVM code in {target_dir}", "please report this")
    return texts[0].read_text(encoding="utf-8")


def tidy(directory: Path, target_dir: Path) -> Run:
    """Let clippy apply those of its suggestions that it is sure keep the meaning, in place.

    For a crate whose tests run afterwards. What clippy could not mend is in the messages.

    Raises:
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    # For an `else if` this lint's suggestion is no Rust, and one that fails takes back all others.
    spared = ("--", "--allow", "clippy::blocks_in_conditions")
    return _run("clippy", directory, target_dir, ("--fix", "--allow-no-vcs", "--lib", *spared))


def test(directory: Path, target_dir: Path) -> Run:
    """Run a crate's tests; `succeeded` says whether all passed, `stderr` has cargo's words.

    Raises:
        CargoMissing, RegistryUnreachable, CargoError: cargo could not do its work.
    """
    return _run("test", directory, target_dir, ("--quiet",))


def _run(
    command: str, directory: Path, target_dir: Path, options: Sequence[str], bounds: Bounds | None = None
) -> Run:
    """Run cargo in a crate's folder, once more without network where the registry can't be reached."""
    cargo = find_cargo()
    arguments = [cargo, command, "--message-format=json", *options]
    run = _communicate(arguments, directory, target_dir, bounds)
    if any(error.text.startswith(_LINKING) for error in run.errors):
        raise CargoError(f"the linker failed: {run.errors[0].text}", _NO_LINKER)
    if not run.succeeded and not run.errors and _unreachable(run.stderr):
        run = _communicate([*arguments, "--offline"], directory, target_dir, bounds)
        if not run.succeeded and not run.errors:
            raise RegistryUnreachable(
                f"cargo can't download the crates that the build needs:\n{_tail(run.stderr)}",
                "check the network or the proxy (CARGO_HTTP_PROXY), "
                "or point cargo at a mirror in ~/.cargo/config.toml",
            )
    if bounds is not None and not run.succeeded and not run.errors and "(signal: " in run.stderr:
        raise CargoOverBounds(f"the compiler died, with {bounds.memory_mib} MiB of memory at most", "")
    if not run.succeeded and not run.errors and command != "test":
        raise CargoError(f"cargo {command} failed:\n{_tail(run.stderr)}", _remedy(run.stderr))
    return run


def _communicate(
    arguments: Sequence[str], directory: Path, target_dir: Path, bounds: Bounds | None = None
) -> Run:
    """One run of cargo as a process group of its own, which goes when we do, however we go."""
    environment = {
        **os.environ,
        "CARGO_TARGET_DIR": str(target_dir),
        "CARGO_TERM_COLOR": "never",
        "TMPDIR": tempfile.gettempdir(),
    }
    # The module is for the Python that runs here, whatever target an outer cargo was told.
    environment.pop("CARGO_BUILD_TARGET", None)
    command = arguments if bounds is None else bounds.command(arguments)
    # The warden ends them all when our end of this pipe closes.
    theirs, ours = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-I", "-S", str(_WARDEN), *command],
        cwd=directory,
        env=environment,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=os.name == "posix",
    )
    try:
        stdout, stderr = child.communicate(timeout=bounds.seconds if bounds is not None else None)
    except subprocess.TimeoutExpired as error:
        _kill(child)
        raise CargoOverBounds(f"compiling took longer than {error.timeout:g} s", "") from None
    except BaseException:
        _kill(child)
        raise
    finally:
        os.close(theirs)
        os.close(ours)
    messages: list[CargoMessage] = []
    artifacts: list[Path] = []
    made: set[Path] = set()
    for line in stdout.splitlines():
        if line.startswith("{"):
            _read(json.loads(line), messages, artifacts, made)
    return Run(child.returncode == 0, tuple(messages), tuple(artifacts), stderr, frozenset(made))


def _kill(child: subprocess.Popen[str]) -> None:
    """End cargo and the compilers it started."""
    if os.name == "posix":
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    else:
        child.kill()
    child.wait()


def _read(
    entry: dict[str, object], messages: list[CargoMessage], artifacts: list[Path], made: set[Path]
) -> None:
    """Take one line of cargo's JSON: a compiler's message, or files that were built."""
    match entry:
        case {"reason": "compiler-message", "message": dict(message), "package_id": str(package)}:
            found = _message(message, package)
            if found is not None:
                messages.append(found)
        case {"reason": "compiler-artifact", "filenames": list(names), "fresh": fresh}:
            paths = [Path(str(name)) for name in names]
            artifacts.extend(paths)
            made.update(paths if fresh is False else ())
        case _:
            pass


def _message(message: dict[str, object], package: str) -> CargoMessage | None:
    match message:
        case {"level": str(level), "message": str(text), "spans": list(spans)}:
            if level.startswith("error"):
                level = "error"
            if level not in _LEVELS or text.startswith("aborting due to"):
                return None
        case _:
            return None
    places: list[tuple[str, int, int]] = []
    for span in spans:
        match _written(span):
            case {
                "is_primary": True,
                "file_name": str(file),
                "line_start": int(line),
                "column_start": int(column),
            }:
                places.append((file, line, column))
            case _:
                pass
    code = message.get("code")
    rendered = message.get("rendered")
    first = places[0] if places else ("", 0, 0)
    return CargoMessage(
        level=_level(level),
        code=str(code.get("code", "")) if isinstance(code, dict) else "",
        text=text,
        rendered=rendered.rstrip() if isinstance(rendered, str) else "",
        package=package,
        file=first[0],
        line=first[1],
        column=first[2],
        spans=tuple((file, line) for file, line, _ in places),
    )


def _written(span: object) -> object:
    """Where the code of a span was written: one inside `format!` stands in the library, its call in ours."""
    while True:
        match span:
            case {"is_primary": primary, "expansion": {"span": dict(outer)}}:
                span = {**outer, "is_primary": primary}
            case _:
                return span


def _level(level: str) -> Level:
    match level:
        case "error" | "warning" | "note" | "help":
            return level
        case _:
            return "note"


def _unreachable(stderr: str) -> bool:
    return any(sign in stderr for sign in _UNREACHABLE)


def _remedy(stderr: str) -> str:
    if "linker" in stderr and "not found" in stderr:
        return _NO_LINKER
    if "rustc" in stderr and ("requires rustc" in stderr or "is not supported by" in stderr):
        return "bring Rust up to date: rustup update"
    if "No space left" in stderr:
        return "free some disk space; `portalis cache clear` removes what Portalis built"
    return "run cargo in that folder to see more"


def _tail(text: str, lines: int = 15) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])
