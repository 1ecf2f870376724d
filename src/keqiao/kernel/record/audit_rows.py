"""The rows of business against what the last step that wrote each of them left there."""

from collections.abc import Iterator

from keqiao.kernel.record import rows, take_up
from keqiao.kernel.record.findings import Finding


def held_rows() -> Iterator[Finding]:
    begun = take_up.has_begun()
    for model in rows.held_models():
        label, last = model._meta.label_lower, take_up.last_digests(model)
        loose = not begun or getattr(model, "by_lists", False) or take_up.is_regular(model)
        for number, digest in rows.digests_of(model, model._base_manager.order_by("pk")):  # noqa: SLF001
            held = last.pop(number, None)
            if held is None and not loose:
                yield Finding("unwritten", f"{label} {number}")
            elif held not in {None, digest}:
                yield Finding("row", f"{label} {number}")
        yield from (
            Finding("rowless", f"{label} {number}") for number, held in last.items() if held != rows.GONE
        )
