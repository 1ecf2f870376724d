"""What of the record goes into a paper made for somebody. Such a paper is opened by a row of its own, while its entries
speak of many rows; so each entry is judged by what it speaks of, as the pages judge it, and never says more than they do.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from django.db.models import QuerySet

from keqiao.kernel.models import Entry
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import model_named
from keqiao.kernel.steps import operation
from keqiao.kernel.steps.params import Param

Key = tuple[str, int]  # kind and number of a row
Reads = Callable[[Param], bool]
EMPTY: tuple[object, ...] = (None, "", [])
AT_ONCE = 500  # entries
# What a kind of person reads of the values of a step on a row that is open to them; a client what was written to it.
READS: dict[str, Reads] = {
    "staff": lambda _param: True,
    "client": lambda param: param.prompt.visible_to_client,
}


def withheld(
    entries: "QuerySet[Entry]", *, reader: Actor, own: Collection[int] = frozenset()
) -> frozenset[int]:
    """Numbers of those entries of which `reader` gets header and proof, but not what was said. `own` are the people whose
    own words the reader may have back."""
    lines = list(entries.order_by("pk").only("subject_type", "subject_id", "actor_id"))
    rows = _open_rows(lines, reader)
    within = set(policy.visible(Entry, reader).filter(pk__in=entries.order_by()).values_list("pk", flat=True))
    opened = [line for line in lines if _key(line) in rows and line.pk in within]
    closed = {line.pk for line in lines} - {line.pk for line in opened}
    return frozenset(closed.union(_not_for([line.pk for line in opened if line.actor_id not in own], reader)))


def _key(entry: Entry) -> Key:
    return entry.subject_label, entry.subject_id


def _open_rows(entries: Iterable[Entry], reader: Actor) -> set[Key]:
    """Of the rows these entries are about, the open ones."""
    kinds: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        kinds[entry.subject_label].add(entry.subject_id)
    return {(kind, pk) for kind, numbers in kinds.items() for pk in _open(kind, numbers, reader)}


def _open(kind: str, numbers: set[int], reader: Actor) -> Iterator[int]:
    """A row that is gone is open to staff who read its kind."""
    model = model_named(kind)
    if model is None or model not in policy.registered():
        return
    yield from policy.visible(model, reader).filter(pk__in=numbers).values_list("pk", flat=True)
    if reader.kind == "staff" and policy.opens_any(model, reader):
        there = model._default_manager.filter(pk__in=numbers).values_list("pk", flat=True)  # noqa: SLF001
        yield from numbers.difference(there)


def _not_for(numbers: list[int], reader: Actor) -> Iterator[int]:
    """Those of these entries in which something was said that isn't for this kind of person: an entry is opened whole or
    not at all."""
    if reader.kind == "staff":
        return
    reads = reads_of(reader)
    for start in range(0, len(numbers), AT_ONCE):
        for entry in Entry.objects.filter(pk__in=numbers[start : start + AT_ONCE]).select_related("said"):
            if not _is_for(entry, reads):
                yield entry.pk


def _is_for(entry: Entry, reads: Reads) -> bool:
    said = entry.said.value
    if said is None or not operation.is_registered(entry.step):
        return False
    heard = {param.name for param in operation.get(entry.step).params if reads(param)}
    return all(name in heard for name, value in said.items() if value not in EMPTY)


def reads_of(reader: Actor) -> Reads:
    return READS.get(reader.kind, _nothing)


def _nothing(_param: Param) -> bool:
    return False
