"""A little plane geometry for pictures."""

from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, margin: float) -> "Box":
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def overlaps(self, other: "Box") -> bool:
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def within(self, other: "Box") -> bool:
        across = other.x <= self.x and self.x + self.width <= other.x + other.width
        return across and other.y <= self.y and self.y + self.height <= other.y + other.height

    def edge_towards(self, target: Point) -> Point:
        """Where the line from the centre to the target leaves the box."""
        x, y = self.centre
        across, down = target[0] - x, target[1] - y
        reach = max(abs(across) / (self.width / 2), abs(down) / (self.height / 2), 1e-9)
        return x + across / reach, y + down / reach


def centred(point: Point, width: float, height: float) -> Box:
    return Box(point[0] - width / 2, point[1] - height / 2, width, height)


def along(start: Point, end: Point, share: float) -> Point:
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def length(start: Point, end: Point) -> float:
    return hypot(end[0] - start[0], end[1] - start[1])


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def crosses(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the segments a–b and c–d cross inside both; sharing an end is no crossing."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def hits(start: Point, end: Point, box: Box) -> bool:
    """Whether the segment passes through the box."""
    left_top, right_bottom = (box.x, box.y), (box.x + box.width, box.y + box.height)
    right_top, left_bottom = (right_bottom[0], box.y), (box.x, right_bottom[1])
    diagonals = ((left_top, right_bottom), (right_top, left_bottom))
    return any(crosses(start, end, *diagonal) for diagonal in diagonals)
