"""Classes that classes of another module inherit from."""

from abc import ABC, abstractmethod

UNIT = "cm"


def doubled(value: int) -> int:
    return value * 2


class Named:
    prefix = "the "

    def __init__(self, name: str) -> None:
        self.name = name

    def title(self) -> str:
        # What is called here is looked up in the class of the instance.
        return self.prefix + self.name + self.suffix()

    def suffix(self) -> str:
        return ""

    @classmethod
    def shown(cls) -> str:
        return cls.prefix.upper()


class Measured(ABC):
    @abstractmethod
    def size(self) -> int: ...

    def label(self, factor: int = 2) -> str:
        return f"{doubled(self.size()) * factor}{UNIT}"

    @staticmethod
    def scale(size: int) -> int:
        return doubled(size) + len(UNIT)


CASES = [("doubled", (4,)), ("doubled", (-1,))]
REFUSED = {"Measured.size": "PT201", "Measured.label": "PT201", "Measured.scale": "PT201"}
