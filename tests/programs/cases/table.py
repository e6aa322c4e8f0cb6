"""Numbers in a table, and other forms of arguments.

What is said here is the description of the program.
"""

import argparse


def parse(texts: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shape", choices=("wide", "long"), help="%(prog)s draws it so")
    parser.add_argument("numbers", nargs="+", type=float, metavar="NUMBER", help="one or more")
    parser.add_argument("--columns", "-c", type=int, choices=[1, 2, 3], required=True)
    parser.add_argument("--no-frame", dest="frame", action="store_false", help="leave the frame out, which is drawn otherwise around all of it")
    parser.add_argument("--title", nargs="?", const="Table", default="", help="a title; without a text it is Table")
    parser.add_argument("--a-name-that-is-quite-long", type=int, default=-3)
    parser.add_argument("--weights", nargs="*", type=int, help="weights, where there are any")
    if texts is None:
        return parser.parse_args()
    return parser.parse_args(texts)


def main() -> None:
    args = parse(None)
    print(args.shape, args.columns, args.frame, args.a_name_that_is_quite_long)
    title = args.title
    if title is not None:
        print(repr(title))
    numbers = args.numbers
    print(len(numbers), sum(numbers), max(numbers))
    for at in range(0, len(numbers), args.columns):
        print(*[f"{number:.2f}" for number in numbers[at : at + args.columns]])
    if args.weights is None:
        print("no weights")
    else:
        print("weights", sum(args.weights))
    other = parse(["long", "1", "-c", "3"])
    print(other.shape, other.numbers[0], other.title == "")


if __name__ == "__main__":
    main()


RUNS = [
    {"argv": argv.split(" ") if argv else []}
    for argv in (
        "", "-h", "wide 1 2 3 -c 2", "wide -c 1 1.5 2.5", "-c 1 wide 1.5 2.5 --no-frame", "wide -c 4 1", "wide -c x 1", "tall -c 1 1",
        "wide 1", "-c 1", "wide -c 1", "wide -c 1 x", "wide -c 1 -2.5 --title", "wide -c 1 1 --title T", "wide 1 2 --title -c 1",
        "wide 1 --weights -c 1", "wide 1 --weights 1 2 3 -c 1", "wide 1 --weights 1 x -c 1", "--weights 1 2 -c 1 -- wide 5",
        "wide 1 -c 1 2", "--weights 1 -c 1 wide 1", "wide 1 -c 1 --a-name 7", "wide 1 -c1 --a=2", "wide 1 -c 1 --no-f", "wide 1e400 -c 1",
        "wide 1 -c 1 --no-frame=x", "wide 1_0 -c 1_", "long -c ٣ 1", "long -c 3 -٣", "long -c 3 -.5",
    )
]
RUNS += [{"argv": ["-h"], "columns": width} for width in ("30", "50", "70", "120")]
