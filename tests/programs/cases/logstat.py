"""Summarise a log file by level."""

import sys
import os
from collections import Counter, defaultdict

LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]


def parse_line(line):
    """Return (level, message) or None."""
    parts = line.rstrip("\n").split(" ", 1)
    if len(parts) != 2 or parts[0] not in LEVELS:
        return None
    return parts[0], parts[1]


def summarise(path):
    counts = Counter()
    messages = defaultdict(list)
    bad = 0
    with open(path) as f:
        for number, line in enumerate(f, start=1):
            found = parse_line(line)
            if found is None:
                bad += 1
                continue
            level, message = found
            counts[level] += 1
            messages[level].append((number, message))
    return counts, messages, bad


def main(argv):
    if len(argv) != 2:
        print(f"usage: {os.path.basename(argv[0])} FILE", file=sys.stderr)
        return 2
    path = argv[1]
    if not os.path.exists(path):
        print("no such file:", path, file=sys.stderr)
        return 1
    counts, messages, bad = summarise(path)
    for level in LEVELS:
        print(f"{level:<8}{counts[level]:>5}")
    if bad:
        print(f"({bad} bad lines)")
    for number, message in messages["ERROR"]:
        sys.stdout.write(f"{path}:{number}: {message}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))


FILES = {"app.log": "INFO started\nERROR disk full\nnothing\nDEBUG x y\nERROR again\r\n", "empty.log": ""}
RUNS = [
    {"argv": argv, "files": FILES}
    for argv in ([], ["app.log"], ["empty.log"], ["missing.log"], ["app.log", "empty.log"], ["."])
]
