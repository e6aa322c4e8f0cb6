"""Methods of strings, on text that is not only ASCII."""


def cases(s: str) -> list[str]:
    return [s.upper(), s.lower(), s.capitalize()]


def more_cases(s: str) -> list[str]:
    return [s.title(), s.swapcase(), s.casefold()]


def tests(s: str) -> list[bool]:
    return [s.isdigit(), s.isdecimal(), s.isalpha(), s.isalnum(), s.isspace(), s.isupper(), s.islower(), s.isascii()]


def stripped(s: str, characters: str) -> list[str]:
    return [s.strip(), s.lstrip(), s.rstrip(), s.strip(characters), s.lstrip(characters), s.rstrip(characters)]


def split(s: str) -> list[list[str]]:
    return [s.split(), s.split(None, 1), s.rsplit(None, 1), s.splitlines()]


def split_by(s: str, separator: str) -> list[list[str]]:
    return [s.split(separator), s.split(separator, 1), s.rsplit(separator, 1), list(s.partition(separator)), list(s.rpartition(separator))]


def find(s: str, part: str) -> list[int]:
    return [s.find(part), s.rfind(part), s.count(part), s.find(part, 1), s.find(part, -3), s.find(part, 1, -1)]


def index(s: str, part: str) -> int:
    return s.index(part) + s.rindex(part)


def replaced(s: str, old: str, new: str) -> list[str]:
    return [s.replace(old, new), s.replace(old, new, 1), s.replace(old, "")]


def edges(s: str, part: str) -> list[bool]:
    return [s.startswith(part), s.endswith(part), s.startswith((part, "x")), part in s, part not in s]


def cut(s: str) -> list[str]:
    return [s.removeprefix("ab"), s.removesuffix("ab")]


def padded(s: str, width: int) -> list[str]:
    return [s.ljust(width), s.rjust(width, "*"), s.center(width), s.center(width, "-"), s.zfill(width)]


def joined(parts: list[str]) -> str:
    return ", ".join(parts) + "-".join("abc") + "".join(parts[::-1])


def translated(s: str) -> str:
    return s.translate(str.maketrans("abc", "xyz"))


def expanded(s: str) -> str:
    return s.expandtabs(4)


def encoded(s: str) -> bytes:
    return s.encode("utf-8") + s.encode()


def repeated(s: str, n: int) -> str:
    return s * n + n * s


def order(a: str, b: str) -> list[bool]:
    return [a < b, a <= b, a > b, a == b, a != b]


def reversed_words(s: str) -> str:
    return " ".join(word[::-1] for word in s.split(" "))


def caesar(s: str, shift: int) -> str:
    result = ""
    for c in s:
        if "a" <= c <= "z":
            result += chr((ord(c) - ord("a") + shift) % 26 + ord("a"))
        elif c.isupper() and c.isascii():
            result += chr((ord(c) - 65 + shift) % 26 + 65)
        else:
            result += c
    return result


def framed(s: str) -> list[bool]:
    """Characters as the start and end of a text."""
    last = s[-1]
    return [s.startswith(s[0]), s.endswith(last), s.startswith((last, "x")), s.replace(last, s[0]) == s]


def empty_by_length(s: str) -> tuple[bool, bool, bool]:
    return len(s) == 0, len(s.strip()) > 0, 0 != len(s)


CASES = [
    *(("empty_by_length", (s,)) for s in ["", " ", "é"]),
    *(("cases", (s,)) for s in ["", "hello World", "straße", "ŒUVRE ǆ", "they're bill's", "ÄÖ éÈ"]),
    *(("more_cases", (s,)) for s in ["", "hello World", "straße", "they're bill's"]),
    *(("tests", (s,)) for s in ["", "123", "²", "½", "abc", "Abc", "ABC", "a1", " \t", "é", "_a", "٣", "\u3000", "\x1f", "a b"]),
    *(("stripped", p) for p in [("  ab ", "a "), ("\u3000xx\x1f", "x"), ("", "a"), ("abcba", "ab")]),
    *(("split", (s,)) for s in ["", " a  b c ", "a\nb\r\nc\x0bd\u2028e", "\n", "a\u3000b"]),
    *(("split_by", p) for p in [("a,b,,c", ","), ("", ","), ("a", "a"), ("äöäö", "ö"), ("abc", "")]),
    *(("find", p) for p in [("abcabc", "c"), ("äöäö", "ö"), ("abc", ""), ("", ""), ("aaa", "aa"), ("abc", "z")]),
    *(("index", p) for p in [("abcabc", "b"), ("abc", "z"), ("äb", "b")]),
    *(("replaced", p) for p in [("aaa", "a", "b"), ("abc", "", "-"), ("äöü", "ö", "oe"), ("", "", "x"), ("", "a", "x")]),
    *(("edges", p) for p in [("abc", "ab"), ("xbc", "c"), ("", ""), ("äö", "ä")]),
    *(("cut", (s,)) for s in ["abcab", "ab", "cab", ""]),
    *(("padded", p) for p in [("ab", 7), ("abc", 6), ("-12", 6), ("+1", 4), ("äö", 5), ("abc", 2), ("abc", -1)]),
    *(("joined", (xs,)) for xs in [[], ["a"], ["a", "ö", ""]]),
    *(("translated", (s,)) for s in ["aabbcc", "xyz", ""]),
    *(("expanded", (s,)) for s in ["a\tb", "\t", "abcd\te\nf\tg"]),
    *(("encoded", (s,)) for s in ["", "aé", "😀"]),
    *(("repeated", p) for p in [("ab", 3), ("ab", 0), ("ab", -1), ("", 5)]),
    *(("order", p) for p in [("a", "b"), ("a", "A"), ("é", "z"), ("", ""), ("ab", "a"), ("\uffff", "😀")]),
    *(("reversed_words", (s,)) for s in ["", "ab cd", "äö  ü"]),
    *(("framed", (s,)) for s in ["a", "aba", "abc", "é-x"]),
    *(("caesar", p) for p in [("Hello, xyz É", 3), ("abc", -30)]),
]
SHOWN = ["caesar"]
