"""Interactive bank account."""

from __future__ import annotations
import sys
from dataclasses import dataclass, field


class InsufficientFunds(Exception):
    pass


@dataclass
class Account:
    owner: str
    balance: float = 0.0
    history: list[str] = field(default_factory=list)

    def deposit(self, amount: float) -> None:
        if amount <= 0:
            raise ValueError("deposit must be positive")
        self.balance += amount
        self.history.append(f"deposit {amount:.2f}")

    def withdraw(self, amount: float) -> None:
        if amount > self.balance:
            raise InsufficientFunds(f"only {self.balance:.2f} left")
        self.balance -= amount
        self.history.append(f"withdraw {amount:.2f}")


def prompt(text: str) -> str:
    try:
        return input(text).strip()
    except EOFError:
        print()
        sys.exit(0)


def loop(account: Account) -> None:
    while True:
        command = prompt("> ")
        if not command:
            continue
        parts = command.split()
        try:
            if parts[0] == "deposit":
                account.deposit(float(parts[1]))
            elif parts[0] == "withdraw":
                account.withdraw(float(parts[1]))
            elif parts[0] == "show":
                print(f"{account.owner}: {account.balance:.2f}")
            elif parts[0] == "history":
                for line in account.history:
                    print(" -", line)
            elif parts[0] in ("quit", "exit"):
                break
            else:
                print(f"unknown command: {parts[0]}", file=sys.stderr)
        except (ValueError, IndexError) as e:
            print("error:", e)
        except InsufficientFunds as e:
            print("sorry,", e)


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else "anon"
    account = Account(name)
    loop(account)
    print("bye", name)


if __name__ == "__main__":
    main()


RUNS = [
    {"stdin": "deposit 10\nshow\nwithdraw 3.5\nwithdraw 99\nhistory\nquit\n", "argv": ["Ada"]},
    {"stdin": "deposit\ndeposit x\ndeposit -1\n\nnonsense\nexit"},
    {"stdin": "show\n"},
    {},
]
