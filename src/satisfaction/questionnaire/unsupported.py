"""What people write into a model that this library does not estimate: told by name, not as a misspelling."""

import re
from collections.abc import Iterable, Mapping

from satisfaction.problems import SatisfactionError, listed

PRODUCT = re.compile(r"\s*(?:[*×:·]|\^\s*2)\s*")
"""How a product of two constructs is written: 质量*满意, 质量 × 满意, 质量:满意, 质量^2."""


def refuse_unsupported(constructs: Mapping[str, tuple[str, ...]], arrows: Iterable[tuple[str, str]]) -> None:
    """Raise SatisfactionError for constructs made of constructs, and for interactions (moderation)."""
    named = [(cause, effect) for cause, effect in arrows if is_product(cause, constructs)]
    named += [
        (item, construct)
        for construct, items in constructs.items()
        for item in items
        if is_product(item, constructs)
    ]
    if named:
        product, construct = named[0]
        raise SatisfactionError("interaction-not-supported", product=product, construct=construct)
    for construct, items in constructs.items():
        inner = [item for item in items if item in constructs and item != construct]
        if inner:
            raise SatisfactionError("second-order-not-supported", construct=construct, inner=listed(inner))


def is_product(name: str, constructs: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a name that is no construct itself multiplies names of constructs."""
    parts = [part for part in PRODUCT.split(name) if part]
    return name not in (*constructs, *parts) and bool(parts) and all(part in constructs for part in parts)
