"""`textwrap`, `string`, `html`, `urllib.parse`, `json`, `struct`, `binascii`, `base64`, methods of texts."""

import base64
import binascii
import html
import json
import string
import struct
import textwrap
import zlib
from urllib.parse import quote, quote_plus, unquote, unquote_plus


def wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width)


def fill(text: str, width: int) -> str:
    return textwrap.fill(text, width=width, initial_indent="* ", subsequent_indent="  ")


def fill_whole(text: str, width: int) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def shorten(text: str, width: int) -> str:
    return textwrap.shorten(text, width)


def shorten_with(text: str, width: int, placeholder: str) -> str:
    return textwrap.shorten(text, width, placeholder=placeholder)


def dedent(text: str) -> str:
    return textwrap.dedent(text)


def indent(text: str, prefix: str) -> str:
    return textwrap.indent(text, prefix)


def capwords(text: str) -> str:
    return string.capwords(text)


def escape(text: str) -> str:
    return html.escape(text) + html.escape(text, quote=False)


def quoted(text: str, safe: str) -> list[str]:
    return [quote(text), quote(text, safe), quote(text, safe=""), quote_plus(text), quote_plus(text, safe)]


def unquoted(text: str) -> list[str]:
    return [unquote(text), unquote_plus(text)]


def dumped(xs: list[str], d: dict[str, float], n: int | None) -> list[str]:
    return [json.dumps(xs), json.dumps(d), json.dumps(n), json.dumps({"a": [1, 2]}, separators=(",", ":"))]


def dumped_on_lines(d: dict[str, list[int]], e: dict[int, tuple[bool, str]]) -> list[str]:
    return [json.dumps(d, indent=2, sort_keys=True), json.dumps(e, indent=0, ensure_ascii=False)]


def packed(a: int, b: int, c: int) -> bytes:
    return struct.pack(">BhI", a, b, c)


def packed_little(a: int, b: int) -> bytes:
    return struct.pack("<qH", a, b) + struct.pack("B", b)


def unpacked(data: bytes) -> int:
    a, b, c = struct.unpack(">BhI", data)
    return a * b + c


def unpacked_one(data: bytes) -> int:
    return struct.unpack("<Q", data)[0]


def hexed(data: bytes) -> list[bytes]:
    return [binascii.hexlify(data), binascii.b2a_hex(data)]


def unhexed(text: str, data: bytes) -> bytes:
    return binascii.a2b_hex(text) + binascii.unhexlify(data)


def from_hex(text: str) -> bytes:
    return bytes.fromhex(text)


def decoded(text: str) -> bytes:
    return base64.b64decode(text)


def decoded_bytes(data: bytes) -> bytes:
    return base64.urlsafe_b64decode(data)


def encoded(data: bytes) -> list[bytes]:
    return [base64.urlsafe_b64encode(data), base64.b32encode(data), base64.b16encode(data)]


def checksums(data: bytes, start: int) -> tuple[int, int, int]:
    return zlib.crc32(data, start), binascii.crc32(data), zlib.adler32(data)


def translated(text: str, old: str, new: str, gone: str) -> str:
    return text.translate(str.maketrans(old, new)) + text.translate(str.maketrans("ab", "xy", gone))


def centred(text: str, width: int, fill: str) -> list[str]:
    return [text.center(width, fill), text.ljust(width, fill), text.rjust(width, fill)]


def lines(text: str) -> list[str]:
    return text.splitlines(True) + text.splitlines(keepends=False)


def stripped(data: bytes, chars: bytes) -> list[bytes]:
    return [
        data.strip(), data.lstrip(), data.rstrip(), data.strip(chars), data.lstrip(chars), data.rstrip(chars),
    ]  # fmt: skip


def padded(data: bytes, width: int) -> list[bytes]:
    return [data.ljust(width), data.rjust(width), data.zfill(width)]


def found(data: bytes, part: bytes) -> list[int]:
    return [data.find(part), data.rfind(part), data.count(part)]


def cut(data: bytes, part: bytes) -> list[bytes]:
    return [data.removeprefix(part), data.removesuffix(part), data.replace(part, b"-"), *data.split(part)]


def classes(data: bytes) -> list[bool]:
    return [
        data.isdigit(), data.isalpha(), data.isalnum(), data.isspace(),
        data.isupper(), data.islower(), data.isascii(),
    ]  # fmt: skip


def placed(data: bytes, part: bytes) -> int:
    return data.index(part)
