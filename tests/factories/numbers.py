"""What makes the rows of the factories unlike each other."""


class Numbers:
    """1, 2, 3 … by `next`; never again one that a prepared database has used."""

    def __init__(self) -> None:
        self.last = 0

    def __next__(self) -> int:
        self.last += 1
        return self.last

    def beyond(self, last: int) -> None:
        self.last = max(self.last, last)


numbers = Numbers()
