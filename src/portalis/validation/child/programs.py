"""Runs of a program and of its binary: arguments, input and files in; what was printed and written out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .codec import Json

_TRACE = Path(__file__).with_name("program_trace.py")
_OUTPUT = 1 << 20


def run_program(request: dict[str, Json]) -> dict[str, Json]:
    """Run both sides on each case: for each the exit status (None where its time ran out), the two streams,
    the files that it leaves; and the lines that the Python came to, by file.
    """
    cases, seconds = request["cases"], float(str(request["seconds"]))
    assert isinstance(cases, list)
    script, module, root = (str(request[name]) for name in ("script", "module", "root"))
    found: list[Json] = []
    for case in cases:
        assert isinstance(case, dict)
        with tempfile.TemporaryDirectory(prefix="lines-") as beside:
            page = Path(beside) / "lines"
            trace = [sys.executable, "-s", "-P", "-W", "ignore", str(_TRACE), str(page), root, module, script]
            original = _run(trace, "", case, seconds)
            lines = json.loads(page.read_text()) if page.is_file() and page.stat().st_size else {}
            again = _run(trace, "", case, seconds) if case.get("twice") else None
        binary = _run([script], str(request["binary"]), case, seconds)
        found.append({"original": original, "again": again, "binary": binary, "lines": lines})
    return {"runs": found}


def _run(command: list[str], executable: str, case: dict[str, Json], seconds: float) -> dict[str, Json]:
    """One run in a folder of its own."""
    arguments, files = case["argv"], case["files"]
    assert isinstance(arguments, list)
    assert isinstance(files, dict)
    with tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).write_bytes(str(text).encode())
        with tempfile.TemporaryDirectory(prefix="streams-") as beside:
            status = _process(
                [*command, *map(str, arguments)], executable, folder, Path(beside), case, seconds
            )
            streams = {stream: _text(Path(beside) / stream) for stream in ("stdout", "stderr")}
        left: dict[str, Json] = {
            str(path.relative_to(folder)): _text(path) for path in sorted(folder.rglob("*")) if path.is_file()
        }
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    return {"status": status, **streams, "files": left}


def _process(
    command: list[str], executable: str, folder: Path, streams: Path, case: dict[str, Json], seconds: float
) -> int | None:
    (streams / "stdin").write_bytes(str(case["stdin"]).encode())
    with (
        (streams / "stdin").open("rb") as given,
        (streams / "stdout").open("wb") as printed,
        (streams / "stderr").open("wb") as said,
    ):
        process = subprocess.Popen(
            command, executable=executable or None, cwd=folder, stdin=given, stdout=printed, stderr=said
        )
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None


def _text(path: Path) -> str:
    """What a file holds, each byte as a character."""
    with path.open("rb") as file:
        return file.read(_OUTPUT).decode("latin-1")
