"""Asks until it is told numbers, and says their sum."""

import sys


def ask(prompt: str) -> int:
    while True:
        text = input(prompt)
        try:
            return int(text)
        except ValueError as error:
            print("not a number:", error, file=sys.stderr)


if __name__ == "__main__":
    n = ask("n? ")
    total = 0
    for _ in range(n):
        total += int(input())
    print("sum", total, sep=": ", end="!\n", flush=True)
    if total > 100:
        sys.exit("too much")
    sys.exit(total % 7)


RUNS = [
    {"stdin": "3\n1\n2\n3\n"},
    {"stdin": "x\n1\n500\n"},
    {"stdin": "2\n1"},
    {"stdin": "2\n1\nq"},
    {"stdin": ""},
    {"stdin": "0\r\n"},
    {"stdin": "1\n-3"},
]
