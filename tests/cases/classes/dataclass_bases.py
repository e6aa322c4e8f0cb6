"""Dataclasses with base classes, fields that are keywords, and what is generated in the place of what is inherited."""
from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field


@dataclass
class Person:
    name: str
    age: int = 18

    def greet(self) -> str:
        return f"{self.name} ({self.age})"


@dataclass
class Employee(Person):
    salary: int = 0
    skills: list[str] = field(default_factory=list)
    age: int = 30

    def learn(self, skill: str) -> int:
        self.skills.append(skill)
        return len(self.skills)


class Intern(Employee):
    def greet(self) -> str:
        return "intern " + super().greet()


@dataclass(kw_only=True)
class Options:
    host: str
    port: int = 80
    ratio: float = 0.5


@dataclass
class Named(Options):
    name: str = "x"


class Same(ABC):
    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "same"

    @abstractmethod
    def size(self) -> int: ...


@dataclass(frozen=True)
class Box(Same):
    width: int
    height: int = 1

    def size(self) -> int:
        return self.width * self.height


def hired(name: str, salary: int) -> tuple[str, int, bool, str]:
    one = Employee(name, 20, salary)
    two = Employee(name, salary=salary, age=20)
    same = one == two
    count = one.learn("x") + one.learn("y")
    three = Intern(name, 5)
    return one.greet() + three.greet(), count, same and one != two, ",".join(one.skills + three.skills)


def options(host: str, port: int) -> str:
    one, two, three = Options(host=host), Options(port=port, host=host), Named("n", host=host)
    return f"{one} {two} {one == two} {three.name}{three.host}{three.port}"


def boxes(width: int) -> tuple[bool, str, int]:
    box = Box(width, 2)
    return Box(width) == Box(2), repr(box), Box(width, 3).size()


CASES = [
    ("hired", ("Ada", 5)), ("hired", ("é", -1)),
    ("options", ("h", 80)), ("options", ("", 1)),
    ("boxes", (2,)), ("boxes", (3,)),
]
REFUSED = {"Same.__eq__": "PT201", "Same.__repr__": "PT201", "Same.size": "PT201"}
