"""Exceptions of the kit, with a message each for when none is given."""


class ValidationError(ValueError):
    """Something is not valid."""

    message = ""

    def __str__(self) -> str:
        return "".join(self.args[:1]) or self.message


class InvalidFormat(ValidationError):
    """The format is wrong."""

    message = "The number has an invalid format."


class InvalidChecksum(ValidationError):
    """The checksum is wrong."""

    message = "bad checksum"
