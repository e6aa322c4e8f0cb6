"""Functions that load something once by its name and keep it: Python loads it, Rust asks for it once."""
from __future__ import annotations

_LETTERS = {"vowels": "aeiou", "digits": "0123456789"}
_alphabets: dict[str, Alphabet] = {}
_tallies: dict[int, Tally] = {}
_seen: dict[str, Alphabet] = {}


class Alphabet:
    """Letters with their places."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, letter: str) -> int:
        return self.places.get(letter, -1)

    def spell(self, text: str) -> list[int]:
        return [self.places[letter] for letter in text if letter in self.places]


class Tally:
    def __init__(self, count: int) -> None:
        self.count = count

    def settle(self) -> int:
        self.count = abs(self.count)
        return self.count


def alphabet(name: str) -> Alphabet:
    """The alphabet of that name."""
    if name not in _alphabets:
        made = Alphabet()
        for at, letter in enumerate(_LETTERS[name]):
            made.places[letter] = at
        _alphabets[name] = made
    return _alphabets[name]


_digits = alphabet("digits")


def spelled(name: str, text: str) -> list[int]:
    return alphabet(name).spell(text)


def digits(text: str) -> int:
    found = 0
    for digit in _digits.spell(text):
        found = found * 10 + digit
    return found


def first_of(letters: str) -> tuple[int, int]:
    vowels = alphabet("vowels")
    return vowels.place(letters[:1]), placed(vowels, letters[-1:])


def placed(own: Alphabet, letter: str) -> int:
    return own.place(letter)


def whole(name: str) -> Alphabet:
    return alphabet(name)


def tally(number: int) -> Tally:
    if number not in _tallies:
        _tallies[number] = Tally(number)
    return _tallies[number]


def counted(number: int) -> int:
    return tally(number).settle()


def seen(name: str) -> Alphabet:
    if name not in _seen:
        _seen[name] = whole(name)
    return _seen[name]


def forget() -> int:
    _seen.clear()
    return len(seen("vowels").spell("a"))


CASES = [
    ("spelled", ("vowels", "audio")),
    ("spelled", ("digits", "a1b2")),
    ("digits", ("2026-11",)),
    ("first_of", ("ox",)),
    ("first_of", ("",)),
    ("counted", (-3,)),
    ("forget", ()),
]
DECLINES = [("spelled", ("runes", "a"))]
REFUSED = {
    "alphabet": "PT407",
    "first_of": "PT402",
    "whole": "PT402",
    "tally": "PT407",
    "counted": "PT407",
    "seen": "PT407",
    "forget": "PT407",
}
