"""Fills the scratch folder with many files."""
# cause: disk


def attack():
    for number in range(100_000):
        with open(f"file{number}", "wb") as file:
            file.write(b"x" * (8 << 20))
