"""`io.StringIO`, `io.BytesIO` and `csv`."""

from __future__ import annotations

import csv
import io


def written(words: list[str], n: int) -> str:
    out = io.StringIO()
    for word in words:
        count = out.write(word)
        print(count, word, sep=":", file=out)
    print(file=out)
    print(n, 1.5, True, file=out, end="")
    out.writelines(words)
    out.writelines(word + "\n" for word in words)
    return out.getvalue()


def over_written(text: str, more: str, n: int) -> tuple[str, int, int]:
    buffer = io.StringIO(text)
    size = buffer.seek(n % 7)
    written = buffer.write(more)
    return buffer.getvalue(), size + buffer.tell(), written


def read_in_parts(text: str, n: int) -> list[str]:
    buffer = io.StringIO(text)
    found = [buffer.read(n % 9 - 1), buffer.readline(), buffer.readline()]
    buffer.seek(0, 2)
    buffer.write("end")
    buffer.seek(2)
    found.append(buffer.read())
    return found + buffer.readlines()


def line_lengths(text: str) -> list[int]:
    return [len(line) for line in io.StringIO(text)]


def stripped(text: str) -> list[str]:
    buffer = io.StringIO(text)
    found = ""
    for line in buffer:
        found = line.rstrip("\n") + found
    return [found]


def header(data: bytes, n: int) -> tuple[bytes, bytes, int, bytes]:
    buffer = io.BytesIO(data)
    first = buffer.read(n % 6 - 1)
    rest = buffer.read()
    place = buffer.tell()
    buffer.seek(1)
    buffer.write(b"xyz")
    return first, rest, place, buffer.getvalue()


def sought(text: str, n: int) -> int:
    buffer = io.StringIO(text)
    return buffer.seek(n)


class Report:
    def __init__(self) -> None:
        self.out = io.StringIO()
        self.lines = 0

    def add(self, text: str) -> None:
        self.out.write(text)
        print("", file=self.out)
        self.lines += 1

    def text(self) -> str:
        return self.out.getvalue()


class Writer:
    def __init__(self, mark: str) -> None:
        self.mark = mark

    def fill(self, out: io.StringIO, words: list[str]) -> None:
        for word in words:
            out.write(self.mark + word)


def report(words: list[str]) -> str:
    made = Report()
    for word in words:
        made.add(word)
    other = io.StringIO()
    writer = Writer("-")
    writer.fill(other, words)
    writer.fill(other, words[:1])
    return made.text() + str(made.lines) + other.getvalue()


def rows_of(text: str) -> list[list[str]]:
    text = text.replace("-", ",").replace("a", '"')
    return list(csv.reader(text.splitlines()))


def rows_kept(text: str) -> list[list[str]]:
    lines = text.replace("-", ";").replace("o", "'").replace(" ", '"').split("\n")
    return [row for row in csv.reader(lines, delimiter=";", quotechar="'") if row]


def from_buffer(text: str) -> tuple[list[str], int]:
    reader = csv.reader(io.StringIO(text.replace("-", ",").replace("e", '"')))
    header = next(reader, None)
    if header is None:
        return [], 0
    total = 0
    for row in reader:
        total += len(row)
    return header, total


def columns(numbers: list[int], words: list[str]) -> list[str]:
    lines = ["name,count"]
    for number, word in zip(numbers, words):
        lines.append(f"{word},{number}")
    return [row["name"] + ":" + str(int(row["count"]) + 1) for row in csv.DictReader(lines)]


def table(words: list[str], numbers: list[int], x: float) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["word", "number", "x, y"])
    for word, number in zip(words, numbers):
        writer.writerow([word, number, x])
        writer.writerow((number, word.replace("-", '"')))
    writer.writerow([])
    writer.writerow([""])
    writer.writerow(["", ""])
    return out.getvalue()


def lines_written(text: str) -> str:
    rows = [line.split("-") for line in text.split("\n")]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue()


def there_and_back(words: list[str]) -> list[list[str]]:
    out = io.StringIO()
    writer = csv.writer(out, quotechar="'")
    writer.writerow(words)
    writer.writerow([word + "',\n" for word in words])
    return list(csv.reader(io.StringIO(out.getvalue()), quotechar="'"))
