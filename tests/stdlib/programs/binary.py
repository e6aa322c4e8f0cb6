"""`bytes`: membership, joining, the constructor, encodings and what they do with errors."""

from __future__ import annotations

import hashlib
import hmac


def has_byte(data: bytes, n: int) -> bool:
    return n in data


def has_part(data: bytes) -> bool:
    return b"a" in data and b" 1" not in data


def joined(parts: list[bytes], data: bytes) -> bytes:
    return data.join(parts) + b", ".join([data, b"x"])


def joined_pieces(data: bytes) -> bytes:
    return b"--".join(piece.title() for piece in data.split(b" "))


def as_text(data: bytes) -> str:
    return str(data, "ascii") + str(data, encoding="latin-1")


def as_text_ignoring(data: bytes) -> str:
    return str(data, "utf8", "ignore")


def decoded(data: bytes) -> tuple[str, str, str]:
    return (
        data.decode(errors="replace"),
        data.decode("ascii", "replace"),
        data.decode("US_ASCII", errors="ignore"),
    )


def broken(data: bytes, text: str, place: int) -> tuple[str, str]:
    """Bytes of a text with others among them."""
    raw = text.encode()
    mixed = raw[: place % 40] + data + raw[place % 40 + 1 :]
    return mixed.decode("utf-8", "replace"), mixed.decode("utf-8", "ignore")


def encoded(text: str) -> tuple[bytes, bytes]:
    return text.encode("ascii", "ignore"), text.encode("ascii", errors="replace")


def encoded_latin(text: str) -> tuple[bytes, bytes]:
    return text.encode("ISO-8859-1", "replace"), text.encode("latin1", "ignore")


def as_bytes(text: str) -> bytes:
    return bytes(text, "utf-8") + bytes(text, encoding="ascii", errors="ignore")


def zeros(n: int) -> bytes:
    return bytes(n)


def of_digits(xs: list[int]) -> bytes:
    return bytes(reversed(xs)) + bytes(x % 256 for x in xs)


def cased(data: bytes) -> tuple[bytes, bytes, bytes]:
    return data.title(), data.capitalize(), data.swapcase()


def last_place(data: bytes, part: bytes) -> int:
    return data.rindex(part[:1])


def aligned(text: str, width: int) -> str:
    return f"[{text:>{width}}]" + f"{text!r:*^{width}}"


def number_aligned(n: int, width: int, k: int) -> str:
    return f"{n:0{width}d}|{n:>{width}}|{n / 7:{width}.{k}f}"


def formatted_by(x: float, spec: str) -> str:
    return format(x, spec)


def keyed(key: bytes, data: bytes) -> tuple[str, bytes, str, str]:
    return (
        hmac.new(key, data, hashlib.sha256).hexdigest(),
        hmac.digest(key * 30, data, "sha1"),
        hmac.new(key, msg=data, digestmod="sha512").hexdigest(),
        hmac.new(key * 40, data, hashlib.md5).hexdigest(),
    )


def named_hash(data: bytes) -> tuple[str, bytes]:
    return hashlib.new("sha256", data).hexdigest(), hashlib.sha384(bytearray(data)).digest()
