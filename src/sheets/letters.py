"""Which characters are shown. What this Python's Unicode table doesn't know yet is a letter all the same: the newest letters
are those of people's names (GB 18030-2022), and a name keeps them.
"""

import unicodedata

HIDING = frozenset({"Cc", "Cf", "Cs"})  # controls, marks of direction and width, halves of characters
UNUSED = frozenset(
    [
        0x2065,
        *range(0xFDD0, 0xFDF0),
        *range(0xFFF0, 0xFFF9),
        *range(0xE0000, 0xE1000),
        *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
    ]
)
"""Code points without a meaning that will never be letters: noncharacters, and those kept free for marks nobody sees (Unicode,
Default_Ignorable_Code_Point)."""


def is_shown(character: str) -> bool:
    """Whether a reader sees it, or sees that it is there; line ends are none of it."""
    category = unicodedata.category(character)
    return category not in HIDING and not (category == "Cn" and ord(character) in UNUSED)
