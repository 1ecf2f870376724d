"""Declarations of a test, taken back after it: registries hold what the modules declared, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from keqiao.facts import registry as facts
from keqiao.kernel.platform import outbox
from keqiao.kernel.steps import gates, holdings, operation, pack_parts, reactions, served, ties

REGISTRIES = (
    (gates, "_gates"),
    (reactions, "_reactions"),
    (outbox, "_handlers"),
    (operation, "_registry"),
    (pack_parts, "_parts"),
    (served, "_declared"),
    (holdings, "_kinds"),
    (ties, "_kinds"),
    (facts, "_sources"),
    (facts, "_facts"),
    (facts, "_tables"),
)


@contextmanager
def taken_back() -> Iterator[None]:
    before = [copy(getattr(module, name)) for module, name in REGISTRIES]
    gated = {step: list(many) for step, many in gates._gates.items()}
    try:
        yield
    finally:
        for (module, name), kept in zip(REGISTRIES, before, strict=True):
            registry = getattr(module, name)
            registry.clear()
            registry.extend(kept) if isinstance(registry, list) else registry.update(kept)
        gates._gates.update(gated)
