"""`urllib.parse`."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlparse, urlsplit


def address(a: str, b: str, n: int) -> str:
    host = f"{a.strip().replace('/', '')}.example:{abs(n) % 99999}"
    forms = [
        f"http://{host}/{b}?x={n}#end",
        f"HTTPS://user:{n}@Example.COM:{n}/p;q=1/r;s?",
        f"//{a}/b",
        f"mailto:{b}",
        b,
        f"{a}:{b}",
        f"ftp://u@h:/{b};type=a",
        "http://h:port/",
        f"http://Host%{n}/a?b#c?d#e",
        "",
    ]
    return forms[n % 10]


def parts(a: str, b: str, n: int) -> tuple[str, str, str, str, str, str]:
    url = urlparse(address(a, b, n))
    return url.scheme, url.netloc, url.path, url.params, url.query, url.fragment


def host(a: str, b: str, n: int) -> tuple[str | None, str | None, str | None]:
    url = urlsplit(address(a, b, n))
    return url.hostname, url.username, url.password


def port(a: str, b: str, n: int) -> int | None:
    return urlparse(address(a, b, n)).port


def split_path(text: str) -> list[str]:
    return urlsplit(text).path.split("/")


def same_host(text: str, other: str) -> bool:
    first, second = urlparse(text), urlparse(other)
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


def encoded(names: list[str], values: list[str]) -> tuple[str, str]:
    pairs = list(zip(names, values))
    return urlencode(pairs), urlencode(dict(pairs))


def query(names: list[str], values: list[str]) -> dict[str, list[str]]:
    return parse_qs("&".join(f"{a}={b}" for a, b in zip(names, values)))
