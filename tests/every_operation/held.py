"""What the rows of business say, and what the entries of a step have sealed of it."""

from keqiao.kernel.models import EntryRow
from keqiao.kernel.record import rows


def held_rows():
    """Kind, number and digest of every row that is held."""
    return {
        (model._meta.label_lower, number, digest)
        for model in rows.held_models()
        for number, digest in rows.digests_of(model, model._base_manager.all())
    }


def changed(before, after):
    """What was written, and what was removed. A row of a list of thousands is held once a step wrote it, not before."""
    there = {(kind, number) for kind, number, _digest in after}
    gone = {(kind, number, rows.GONE) for kind, number, _digest in before if (kind, number) not in there}
    held = set(EntryRow.objects.values_list("kind", "number"))
    listed = {model._meta.label_lower for model in rows.held_models() if getattr(model, "listed", False)}
    return {row for row in (after - before) | gone if row[0] not in listed or row[:2] in held}


def sealed(entries):
    """The last word of these entries on each row."""
    found = EntryRow.objects.filter(entry__in=entries).order_by("entry_id", "pk")
    last = {(row.kind, row.number): row.digest for row in found}
    return {(kind, number, digest) for (kind, number), digest in last.items()}
