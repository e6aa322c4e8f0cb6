"""Reads and writes files in every way that has Rust."""

import os
import sys
from typing import TextIO


def numbered(source: TextIO, out: TextIO) -> int:
    count = 0
    for count, line in enumerate(source, 1):
        out.write(f"{count}: {line}")
    return count


def first(path: str) -> str:
    with open(path) as source:
        for line in source:
            if line.strip():
                return line
    return "nothing\n"


def halves(path: str) -> tuple[str, str]:
    source = open(path, "r", encoding="utf-8")
    head = source.read(5)
    rest = source.read()
    source.close()
    return head, rest


def endings(path: str) -> None:
    for line in open(path, newline=""):
        print(repr(line))
    with open(path, newline="\n") as source:
        print(source.readlines())
    with open(path) as source:
        print(source.readlines(), source.readline() == "", source.closed)
    print(source.closed, source.name)


def broken(path: str) -> None:
    try:
        with open(path, "w") as out:
            out.write("kept\n")
            raise ValueError("in the middle")
    except ValueError as error:
        print(error)
    with open(path) as again:
        print(again.read(), end="")
    try:
        again.read()
    except ValueError as error:
        print(error)


def collect(paths: list[str]) -> None:
    for path in paths:
        try:
            with open(path, "x") as new, open("log.txt", "a") as log:
                new.writelines(["one\n", "two\n"])
                print("made", path, file=log)
        except FileExistsError as error:
            print(error)
            continue
        except OSError as error:
            print("other:", error)
            break
    else:
        print("all made")


def main(argv: list[str]) -> None:
    command, rest = argv[0], argv[1:]
    if command == "number":
        with open(rest[0]) as source:
            print(numbered(source, sys.stdout))
    elif command == "input":
        print(numbered(sys.stdin, sys.stderr))
        print(repr(sys.stdin.read()))
    elif command == "first":
        print(first(rest[0]), end="")
    elif command == "halves":
        print(halves(rest[0]))
    elif command == "endings":
        endings(rest[0])
    elif command == "broken":
        broken(rest[0])
    elif command == "collect":
        collect(rest)
    elif command == "where":
        for path in rest:
            print(path, os.path.exists(path), os.path.isfile(path), os.path.isdir(path))
        os.makedirs("made/here", exist_ok=True)
        os.rename(rest[0], "made/here/moved.txt")
        print(sorted(os.listdir("made/here")), os.path.getsize("made/here/moved.txt"))
        os.remove("made/here/moved.txt")
        os.rmdir("made/here")
    else:
        raise SystemExit(f"unknown command {command!r}")


if __name__ == "__main__":
    main(sys.argv[1:])


FILES = {
    "a.txt": "ä first\nsecond\r\nthird\rlast",
    "empty.txt": "",
    "blank.txt": "\n\n  \n",
    "bad.txt": "caf\udce9\n",
}
RUNS = [
    {"argv": argv, "files": FILES, "stdin": "x\r\ny\rz"}
    for argv in (
        ["number", "a.txt"], ["number", "empty.txt"], ["number", "missing.txt"], ["number", "."],
        ["number", "a.txt/b"], ["input"], ["first", "blank.txt"], ["first", "a.txt"], ["halves", "a.txt"],
        ["halves", "empty.txt"], ["endings", "a.txt"], ["broken", "b.txt"], ["broken", "missing/b.txt"],
        ["collect", "n1", "n2"], ["collect", "n1", "a.txt", "n2"], ["collect", "none/n1", "n2"], ["collect"],
        ["where", "a.txt", ".", "missing"], ["where", "missing"], ["what"], [], ["first", "bad.txt"],
        ["halves", "bad.txt"],
    )
]  # fmt: skip
