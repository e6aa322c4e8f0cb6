"""Projects made of hostile acts, and what outside the sandbox must stay as it is."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ACTS = Path(__file__).parent / "acts"
NAMES = sorted(path.stem for path in ACTS.glob("*.py"))
_WORD = "open-sesame-4711"


def cause(act: str) -> str:
    """What the act is reported as when it is done at import; "" where it is only without effect."""
    found = re.search(r"^# cause: ?(.*)$", (ACTS / f"{act}.py").read_text(), re.MULTILINE)
    assert found is not None, act
    return found[1]


@dataclass(frozen=True, slots=True)
class Outside:
    """Files, sockets and processes that no act may touch."""

    folder: Path
    canary: Path
    secret: Path
    listeners: tuple[socket.socket, ...]

    def aims(self) -> str:
        """The module `aims`, which tells the acts where all this is."""
        return (
            f"CANARY = {str(self.canary)!r}\nSECRET = {str(self.secret)!r}\nHOME = {str(Path.home())!r}\n"
            f"PARENT = {os.getpid()}\nPORT = {self.listeners[0].getsockname()[1]}\nWORD = {_WORD!r}\n"
            f"ABSTRACT = {self.listeners[2].getsockname()[1:].decode()!r}\n"
            "def took(text):\n    raise AssertionError('took ' + text)\n"
        )

    def check(self) -> None:
        """Fail where something was touched, or is left behind."""
        assert self.canary.read_text() == "canary"
        assert self.canary.stat().st_nlink == 1
        assert sorted(path.name for path in self.folder.iterdir()) == ["canary", "secret"]
        assert not (Path.home() / ".portalis-canary").exists()
        assert not Path("/dev/shm/portalis-canary").exists()
        for listener in self.listeners:
            with pytest.raises(BlockingIOError):
                listener.recv(1) if listener.type == socket.SOCK_DGRAM else listener.accept()
        assert left_over(str(self.folder.parent)) == []


def left_over(text: str) -> list[str]:
    """Other processes with a text in their command line."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_text()
        except OSError:
            continue
        if text in line and path.parent.name != str(os.getpid()) and "launch.py" in line:
            found.append(line)
    return found


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """The outside; it is checked after the test."""
    monkeypatch.setenv("PORTALIS_TEST_SECRET", _WORD)
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "canary").write_text("canary")
    (folder / "secret").write_text(_WORD)
    tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
    tcp.bind(("127.0.0.1", 0))
    udp.bind(("127.0.0.1", tcp.getsockname()[1]))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind("\0portalis-" + tmp_path.name)
    listeners = (tcp, udp, unix)
    for listener in listeners:
        listener.setblocking(False)
    tcp.listen()
    unix.listen()
    found = Outside(folder, folder / "canary", folder / "secret", listeners)
    yield found
    found.check()
    for listener in listeners:
        listener.close()


@pytest.fixture
def project(tmp_path: Path, outside: Outside) -> Path:
    """An empty project that knows where the outside is."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "aims.py").write_text(outside.aims())
    return folder


def act_text(act: str) -> str:
    """The source of an act: it defines `attack`."""
    return (ACTS / f"{act}.py").read_text()
