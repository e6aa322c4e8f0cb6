"""`bytearray`, and methods of `bytes`."""

from __future__ import annotations


def built(n: int) -> bytes:
    out = bytearray()
    for i in range(n % 600):
        out.append(i % 256)
    return bytes(out)


def appended(items: list[int]) -> bytearray:
    out = bytearray()
    for item in items:
        out.append(item)
    return out


def masked(data: bytes, key: bytes) -> bytes:
    out = bytearray(data)
    for i in range(len(out)):
        out[i] ^= key[i % len(key)]
    return bytes(out)


def stored(data: bytes, i: int, item: int) -> bytearray:
    out = bytearray(data)
    out[i] = item
    return out


def read_at(data: bytes, i: int) -> int:
    return bytearray(data)[i % 12 - 6]


def sieve(n: int) -> list[int]:
    n = n % 500 + 2
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = bytearray(len(range(i * i, n + 1, i)))
    return [i for i, flag in enumerate(flags) if flag]


def sliced(data: bytes, i: int, j: int) -> tuple[bytearray, bytearray, bytearray]:
    out = bytearray(data)
    return out[i % 9 - 4 : j % 9 - 4], out[::-1], out[i % 5 :: 2]


def replaced(data: bytes, i: int, j: int, more: bytes) -> bytearray:
    out = bytearray(data)
    out[i % 9 - 4 : j % 9 - 4] = more
    return out


def by_step(data: bytes, more: bytes, n: int) -> bytearray:
    out = bytearray(data)
    out[:: n % 4 + 1] = more
    return out


def joined(parts: list[bytes]) -> bytes:
    out = bytearray()
    for part in parts:
        out += part
        out.extend(b"\n")
        out.extend([1, 2])
    return bytes(out)


def extended(data: bytes, items: list[int]) -> bytearray:
    out = bytearray(data)
    out.extend(item * 2 for item in items)
    return out


def inserted(data: bytes, i: int, item: int) -> bytearray:
    out = bytearray(data)
    out.insert(i, item)
    return out


def taken(data: bytes, i: int) -> tuple[int, int, bytearray]:
    out = bytearray(data)
    last = out.pop()
    return last, out.pop(i % 9 - 4), out


def removed(data: bytes, item: int) -> bytearray:
    out = bytearray(data)
    out.remove(item)
    return out


def deleted(data: bytes, i: int) -> bytearray:
    out = bytearray(data)
    del out[i % 9 - 4]
    del out[1:3]
    out.reverse()
    return out


def sized(n: int) -> bytearray:
    return bytearray(n % 40 - 3)


def of_ints(items: list[int]) -> bytearray:
    return bytearray(items)


def compared(a: bytes, b: bytes) -> tuple[bool, bool, bool, bool, bool]:
    x, y = bytearray(a), bytearray(b)
    return x == y, x == b, a < y, x >= y, bool(x)


def sums(a: bytes, b: bytes, n: int) -> tuple[bytearray, bytes, bytearray, int, int]:
    x = bytearray(a)
    return x + b, b + x, x * (n % 4 - 1), sum(x), len(x)


def searched(data: bytes, part: bytes, n: int) -> tuple[int, int, bool, bool, int]:
    x = bytearray(data)
    return x.find(part), x.count(part), part in x, n % 256 in x, x.rfind(bytearray(part))


def texts(data: bytes) -> tuple[str, str, bytearray, bytearray, bool]:
    x = bytearray(data)
    return x.hex(), x.decode("latin-1"), x.upper(), x.strip(), x.startswith(b"a")


def shown(data: bytes) -> str:
    return f"{bytearray(data)} {data!r} " + str(data)


def filled(buffer: bytearray, start: int, data: bytes) -> int:
    for i, item in enumerate(data):
        buffer[start + i] = item
    return len(buffer)


def grown(buffer: bytearray, data: bytes) -> None:
    buffer += data
    buffer.append(0)


def copies(data: bytes) -> tuple[bytearray, bytearray]:
    first = bytearray(data)
    second = bytearray(first)
    third = first.copy()
    second.append(1)
    third.clear()
    return first, second + third


def written_text(text: str) -> bytearray:
    return bytearray(text, "utf-8")


class Buffer:
    def __init__(self) -> None:
        self.data = bytearray()
        self.count = 0

    def put(self, item: bytes) -> None:
        self.data += item
        self.count += 1

    def take(self, n: int) -> bytes:
        head = bytes(self.data[:n])
        del self.data[:n]
        return head


def buffered(parts: list[bytes], n: int) -> tuple[bytes, bytes, int]:
    buffer = Buffer()
    for part in parts:
        buffer.put(part)
    return buffer.take(n % 9), buffer.take(100), buffer.count


def grouped_hex(data: bytes, n: int) -> list[str]:
    return [
        data.hex(":"),
        data.hex("-", n % 9 - 4),
        data.hex(sep=" ", bytes_per_sep=2),
        bytearray(data).hex(" "),
    ]


def lines(data: bytes) -> tuple[list[bytes], list[bytes]]:
    spaced = data.replace(b"a", b"\r\n").replace(b"7", b"\n").replace(b"F", b" \t")
    return spaced.splitlines(), spaced.split()


def halves(data: bytes, part: bytes) -> tuple[tuple[bytes, bytes, bytes], tuple[bytes, bytes, bytes]]:
    return data.partition(part[:1]), data.rpartition(part[:1])


def some_parts(data: bytes, n: int) -> list[bytes]:
    return data.split(b"a", n % 4 - 1) + data.split(b"F", maxsplit=1)


def translated(data: bytes, table: bytes) -> bytes:
    turned = bytes(range(255, -1, -1))
    return data.translate(turned) + data.translate(table or turned)
