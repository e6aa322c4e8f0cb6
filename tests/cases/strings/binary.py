"""Bytes."""


def at(data: bytes, i: int) -> int:
    return data[i]


def part(data: bytes, i: int, j: int) -> bytes:
    return data[i:j] + data[::-1]


def checksum(data: bytes) -> int:
    total = 0
    for byte in data:
        total = (total * 31 + byte) % 65521
    return total


def decoded(data: bytes) -> str:
    return data.decode("utf-8")


def ascii_text(data: bytes) -> str:
    return data.decode("ascii")


def hexadecimal(data: bytes) -> str:
    return data.hex()


def back(text: str) -> bytes:
    return bytes.fromhex(text)


def made(numbers: list[int]) -> bytes:
    return bytes(numbers)


def big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def little(n: int) -> bytes:
    return n.to_bytes(4, "little")


def contains(data: bytes, n: int) -> bool:
    return b"ab" in data or n in data


def is_hex(c: bytes) -> bool:
    """Whether a byte is a digit of base sixteen.

    >>> is_hex(b"7"), is_hex(b"g")
    (True, False)
    """
    return b"0" <= c <= b"9" or b"a" <= c <= b"f" or b"A" <= c <= b"F"


def greatest(rows: list[bytes]) -> bytes:
    """The last row in order.

    >>> greatest([b"ab", b"b", b""])
    b'b'
    """
    best = b""
    for row in rows:
        if row > best:
            best = row
    return best


CASES = [
    *(("at", p) for p in [(b"abc", 0), (b"abc", -1), (b"abc", 3)]),
    *(("part", p) for p in [(b"abcdef", 1, 4), (b"abc", -2, 99), (b"", 0, 1)]),
    *(("checksum", (d,)) for d in [b"", b"hello", bytes(range(256))]),
    *(("decoded", (d,)) for d in [b"abc", "é😀".encode()]),
    *(("ascii_text", (d,)) for d in [b"abc"]),
    *(("hexadecimal", (d,)) for d in [b"", b"\x00\xff"]),
    *(("back", (s,)) for s in ["", "00ff", "0g", "0 1", "00 ff"]),
    *(("made", (x,)) for x in [[], [1, 255], [256], [-1]]),
    *(("big", (d,)) for d in [b"", b"\x01\x00"]),
    *(("little", (n,)) for n in [0, 258, -1, 2**40]),
    *(("contains", p) for p in [(b"xabx", 5), (b"a", 97), (b"", 0), (b"", 300)]),
    *(("is_hex", (c,)) for c in [b"0", b"9", b"a", b"F", b"g", b"", b":"]),
    *(("greatest", (r,)) for r in [[], [b"a"], [b"ab", b"b", b"\xff", b"a"]]),
]
SHOWN = ["checksum"]
