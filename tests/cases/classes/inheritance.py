"""Base classes: what is inherited, overridden and reached by `super()`; a base whose methods are abstract."""
from __future__ import annotations

from abc import ABC, abstractmethod


class Animal:
    """Any animal."""

    def __init__(self, name: str, legs: int = 4) -> None:
        if not name:
            raise ValueError("no name")
        self.name = name
        self.legs = legs
        self.log: list[str] = []

    def sound(self) -> str:
        return "..."

    def greet(self, loud: bool = False) -> str:
        """What it says of itself."""
        self.log.append(self.name)
        text = f"{self.name}: {self.sound()} on {self.legs}"
        return text.upper() if loud else text

    @property
    def initial(self) -> str:
        return self.name[0]

    @staticmethod
    def kingdom(n: int) -> str:
        return "animals" * n

    def __len__(self) -> int:
        return self.legs


class Dog(Animal):
    """Barks."""

    def __init__(self, name: str, breed: str) -> None:
        super().__init__(name)
        self.breed = breed

    def sound(self) -> str:
        return "Wuff"

    def greet(self, loud: bool = False) -> str:
        return super().greet(loud) + "!" + self.breed


class Puppy(Dog):
    def __init__(self, name: str) -> None:
        super().__init__(name, "puppy")
        self.legs -= 1

    def sound(self) -> str:
        return super().sound().lower()

    @property
    def initial(self) -> str:
        return self.breed[0]


class Bird(Animal):
    def fly(self) -> int:
        return self.legs + len(self.greet())


class Shape(ABC):
    """Something with an area."""

    @abstractmethod
    def area(self) -> int:
        """In square units."""

    def describe(self) -> str:
        return f"{self.title()} of {self.area()}"

    def title(self) -> str:
        return "shape"


class Square(Shape):
    def __init__(self, side: int) -> None:
        self.side = side

    def area(self) -> int:
        return self.side * self.side


class Cube(Square):
    def __init__(self, side: int, name: str) -> None:
        self.name = name
        super().__init__(side=side)

    def area(self) -> int:
        return 6 * super().area()

    def title(self) -> str:
        return self.name


def zoo(name: str) -> list[str]:
    animal, dog, puppy, bird = Animal(name), Dog(name, "mutt"), Puppy(name), Bird(name, 2)
    said = [animal.greet(), dog.greet(True), puppy.greet(), bird.greet()]
    said.extend(puppy.log)
    said.append(f"{bird.fly()} {len(puppy)} {puppy.initial} {dog.initial} {Dog.kingdom(2)}")
    return said


def areas(side: int, name: str) -> str:
    square, cube = Square(side), Cube(side, name)
    return f"{square.describe()}, {cube.describe()}, {cube.side}"


CASES = [
    ("zoo", ("Ada",)), ("zoo", ("",)), ("zoo", ("é",)), ("areas", (3, "die")), ("areas", (-2, "")),
]
DECLINES = [("areas", (2**32, "x"))]
REFUSED = {"Shape.area": "PT201", "Shape.describe": "PT201", "Shape.title": "PT201"}
