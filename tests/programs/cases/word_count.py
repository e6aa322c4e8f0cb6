"""Counts words of files or standard input."""

import sys


class UsageError(Exception):
    pass


def count(lines: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        for word in line.split():
            found[word] = found.get(word, 0) + 1
    return found


def read(path: str) -> list[str]:
    with open(path, encoding="utf-8") as source:
        return source.readlines()


def save(path: str, found: dict[str, int]) -> None:
    with open(path, "w") as out:
        for word, times in sorted(found.items()):
            out.write(f"{word}\t{times}\n")
        print("saved", file=out)


def main(argv: list[str]) -> int:
    if not argv:
        raise UsageError("no files")
    if argv[0] == "-":
        lines = [line for line in sys.stdin]
    else:
        try:
            lines = read(argv[0])
        except FileNotFoundError as error:
            print(f"wc: {error}", file=sys.stderr)
            return 2
    found = count(lines)
    for word, times in found.items():
        print(word, times)
    if len(argv) > 1:
        save(argv[1], found)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))


FILES = {"a.txt": "one two two\nthree\n", "u.txt": "ä ä\u3000b\n"}
RUNS = [
    {},
    {"argv": ["-"], "stdin": "b a\na\n"},
    {"argv": ["-"], "stdin": ""},
    {"argv": ["a.txt"], "files": FILES},
    {"argv": ["u.txt", "out.txt"], "files": FILES},
    {"argv": ["missing.txt"]},
    {"argv": ["a.txt", "none/out.txt"], "files": FILES},
]
