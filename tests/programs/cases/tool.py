"""A small tool."""

import argparse
import sys


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tool", description="Shows lines of files that hold a word, as often as is asked for and not more.", epilog="That is all.")
    parser.add_argument("word", help="the word to look for")
    parser.add_argument("files", nargs="*", help="files to look into")
    parser.add_argument("-n", "--count", type=int, default=2, help="how many lines at most (default: %(default)s)")
    parser.add_argument("-i", "--ignore-case", action="store_true", help="do not tell small from large letters")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("--mode", choices=["plain", "numbered"], default="plain")
    parser.add_argument("--scale", type=float)
    parser.add_argument("-o", "--output", metavar="FILE")
    parser.add_argument("--pair", type=int, nargs=2, metavar="N")
    parser.add_argument("--tag", action="append", help="100%% of the tags")
    parser.add_argument("--version", action="version", version="%(prog)s 1.0")
    return parser


def show(args: argparse.Namespace, lines: list[str]) -> None:
    found = 0
    for number, line in enumerate(lines, 1):
        text = line.lower() if args.ignore_case else line
        if args.word in text and found < args.count:
            found += 1
            if args.mode == "numbered":
                print(f"{number}: {line}")
            else:
                print(line)
    if args.verbose > 1:
        print("found", found, file=sys.stderr)


def main() -> int:
    parser = build_parser()
    args = parser.parse_args()
    if args.count < 0:
        parser.error("a count below zero")
    for name in args.files:
        with open(name) as source:
            show(args, source.read().splitlines())
    if not args.files:
        show(args, sys.stdin.read().splitlines())
    if args.scale is not None:
        print(args.scale * 2)
    if args.pair:
        print(sum(args.pair))
    for tag in args.tag or []:
        print("tag", tag)
    if args.output:
        with open(args.output, "w") as out:
            out.write(args.mode + "\n")
    return 0 if args.word else 1


if __name__ == "__main__":
    raise SystemExit(main())


FILES = {"a.txt": "one Word\nword two\nthree\nword\n", "b.txt": "x\n"}
RUNS = [
    {"argv": argv, "files": FILES, "stdin": "a word\n-1\n"}
    for argv in (
        [], ["-h"], ["--help"], ["--version"], ["word"], ["word", "a.txt"], ["word", "a.txt", "b.txt", "-i"],
        ["-i", "word", "a.txt", "-n", "1"], ["-in1", "word", "a.txt"], ["-n=1", "word", "a.txt"],
        ["--count=1", "word", "a.txt"], ["--cou", "1", "word", "a.txt"], ["--co=x", "word"], ["-n", "x", "word"],
        ["-n"], ["word", "-n"], ["-n", "-1", "word"], ["--v", "word"], ["--ver", "word"], ["--vers"], ["-vv", "word", "a.txt"],
        ["-vvi", "word", "a.txt"], ["-ix", "word"], ["--ignore-case=1", "word"], ["--mode", "numbered", "word", "a.txt"],
        ["--mode", "other", "word"], ["--scale", "1.5", "word"], ["--scale", "nan", "word"], ["--scale", "1,5", "word"],
        ["--pair", "1", "2", "word"], ["--pair", "1", "word"], ["--pair", "1"], ["word", "--tag", "a", "--tag=b", "--tag", ""],
        ["-o", "out.txt", "word", "a.txt"], ["-oout.txt", "word"], ["word", "--", "-x"], ["--", "-1", "a.txt"], ["-1", "a.txt"],
        ["-1x"], ["word", "--nothing"], ["word", "-x", "a.txt", "--y=1"], ["word", "a.txt", "-i", "b.txt"], ["", "a.txt"],
        ["word", "missing.txt"], ["-", "a.txt"], ["--", "--", "a.txt"], ["word", "-n", "5", "a.txt", "-n", "1"], ["-a b"],
    )
]
RUNS += [{"argv": ["-h"], "columns": width} for width in ("20", "40", "60", "100", "200")]
RUNS += [{"argv": [], "columns": width} for width in ("20", "40", "60", "100", "200")]
