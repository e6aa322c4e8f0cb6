"""Bytes that change in place."""


def masked(data: bytes, key: bytes) -> bytes:
    out = bytearray(data)
    for i in range(len(out)):
        out[i] ^= key[i % len(key)]
    return bytes(out)


def framed(parts: list[bytes]) -> bytearray:
    out = bytearray()
    for part in parts:
        out.append(len(part))
        out += part
    out.extend([0, 255])
    return out


def zeroed(buffer: bytearray, start: int, stop: int) -> int:
    for i in range(start, stop):
        buffer[i] = 0
    return sum(buffer)


def primes(n: int) -> list[int]:
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    for i in range(2, n + 1):
        if flags[i]:
            flags[i * i :: i] = bytearray(len(range(i * i, n + 1, i)))
    return [i for i, flag in enumerate(flags) if flag]


class Buffer:
    def __init__(self) -> None:
        self.data = bytearray()

    def put(self, more: bytes) -> None:
        self.data += more

    def take(self, count: int) -> bytes:
        head = bytes(self.data[:count])
        del self.data[:count]
        return head


def taken(parts: list[bytes], count: int) -> tuple[bytes, bytes]:
    buffer = Buffer()
    for part in parts:
        buffer.put(part)
    return buffer.take(count), buffer.take(100)


CASES = [
    *(("masked", p) for p in [(b"hello", b"\x01\xff"), (b"", b"k"), (b"a", b"")]),
    *(("framed", (p,)) for p in [[], [b"ab", b""], [bytes(300)]]),
    *(("zeroed", p) for p in [(bytearray(b"abc"), 1, 3), (bytearray(b"abc"), 1, 5), (bytearray(), -1, 0)]),
    *(("primes", (n,)) for n in [1, 2, 30]),
    *(("taken", p) for p in [([b"ab", b"cd"], 3), ([], 2), ([b"abc"], -1)]),
]
DECLINES = []
SHOWN = ["masked", "framed"]
