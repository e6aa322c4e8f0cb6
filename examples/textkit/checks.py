"""Numbers that carry a check digit by the formula of Hans Peter Luhn, as payment cards do."""


class InvalidNumber(ValueError):
    """The number is not what it should be."""


def luhn_sum(digits: str) -> int:
    """The weighted sum of the digits, from the right.

    >>> luhn_sum("79927398713")
    70
    """
    total = 0
    for position, char in enumerate(reversed(digits)):
        value = int(char)
        if position % 2 == 1:
            # Doubling may give two digits; their sum is what counts.
            value *= 2
            if value > 9:
                value -= 9
        total += value
    return total


def luhn_digit(digits: str) -> str:
    """The digit that makes the number valid when it is put at the end.

    >>> luhn_digit("7992739871")
    '3'
    """
    return str(-luhn_sum(digits + "0") % 10)


def validate(number: str) -> str:
    """The number without blanks and hyphens.

    >>> validate("7992-7398-713")
    '79927398713'
    >>> validate("7992-7398-714")
    Traceback (most recent call last):
        ...
    textkit.checks.InvalidNumber: the check digit is wrong
    """
    compact = number.replace(" ", "").replace("-", "")
    if len(compact) < 2:
        raise InvalidNumber("too short")
    if not (compact.isascii() and compact.isdigit()):
        raise InvalidNumber("not a number")
    if luhn_sum(compact) % 10 != 0:
        raise InvalidNumber("the check digit is wrong")
    return compact


def is_valid(number: str) -> bool:
    """Whether `validate` accepts the number.

    >>> is_valid("4111 1111 1111 1111")
    True
    >>> is_valid("4111 1111 1111 1112")
    False
    """
    try:
        validate(number)
    except InvalidNumber:
        return False
    return True
