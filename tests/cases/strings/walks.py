"""Strings character by character, and by index."""


def palindrome(s: str) -> bool:
    i, j = 0, len(s) - 1
    while i < j:
        if s[i] != s[j]:
            return False
        i += 1
        j -= 1
    return True


def at(s: str, i: int) -> str:
    return s[i]


def runs(s: str) -> list[tuple[str, int]]:
    result: list[tuple[str, int]] = []
    for c in s:
        if result and result[-1][0] == c:
            result[-1] = (c, result[-1][1] + 1)
        else:
            result.append((c, 1))
    return result


def vowels(s: str) -> int:
    return sum(1 for c in s.lower() if c in "aeiou")


def digits(s: str) -> list[int]:
    return [int(c) for c in s if c.isdigit()]


def luhn(number: str) -> int:
    total = 0
    for i, c in enumerate(reversed(number)):
        digit = int(c)
        if i % 2:
            digit *= 2
            if digit > 9:
                digit -= 9
        total += digit
    return total % 10


def pairs(s: str) -> list[str]:
    return [a + b for a, b in zip(s, s[1:])]


def ends(s: str) -> str:
    first, *rest = s
    return first + str(len(rest))


def three(s: str) -> str:
    a, b, c = s
    return c + b + a


def codes(s: str) -> list[int]:
    return [ord(c) for c in s]


def distance(a: str, b: str) -> int:
    """Levenshtein's."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (x != y)))
        previous = current
    return previous[-1]


CASES = [
    *(("palindrome", (s,)) for s in ["", "a", "abba", "abca", "äbä", "a😀a"]),
    *(("at", p) for p in [("abc", 0), ("abc", -1), ("äö", 1), ("äö", -2), ("abc", 3), ("abc", -4), ("", 0)]),
    *(("runs", (s,)) for s in ["", "aab", "ääa"]),
    *(("vowels", (s,)) for s in ["Hello", "", "ÄE"]),
    *(("digits", (s,)) for s in ["a1b2", "٣", "²"]),
    *(("luhn", (s,)) for s in ["7992739871", "", "1x"]),
    *(("pairs", (s,)) for s in ["", "a", "abc", "äöü"]),
    *(("ends", (s,)) for s in ["abc", "ä", ""]),
    *(("three", (s,)) for s in ["abc", "äöü", "ab", "abcd", ""]),
    *(("codes", (s,)) for s in ["aé😀", ""]),
    *(("distance", p) for p in [("kitten", "sitting"), ("", "abc"), ("ä", "a")]),
]
REFUSED = {
    "ends": "PT214",
}
SHOWN = ["palindrome", "luhn", "distance"]
