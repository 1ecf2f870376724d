"""Clause 5 from the YAML files into the tables the institution edits. Run at every start; edited rows stay.

What is loaded is described, not offered: that is for the institution to say (`offers.py`).
"""

from django.db import transaction

from keqiao.catalogue.models import (
    DeliverableKind,
    MaterialKind,
    MilestoneTemplate,
    ServiceFamily,
    ServiceItem,
)
from keqiao.catalogue.shipped import catalogue
from keqiao.catalogue.shipped.catalogue import FORM_NAMES
from keqiao.kernel.record import rows
from keqiao.organisation.models import Competence


@transaction.atomic
def load_catalogue() -> int:
    """Add what isn't there yet: competences, families, items with their checklists. Returns how many items were new."""
    for code, competence in catalogue.competences().items():
        Competence.objects.get_or_create(code=code, defaults={"name": competence.name})
    return sum(_load_family(family) for family in catalogue.load())


def _load_family(family: catalogue.Family) -> int:
    row, _new = ServiceFamily.objects.get_or_create(code=family.code, defaults={"name": family.name})
    known = set(row.items.values_list("code", flat=True))
    fresh = [item for item in family.items if item.code not in known]
    for item in fresh:
        _load_item(row, item)
    return len(fresh)


def _load_item(family: ServiceFamily, item: catalogue.Item) -> None:
    row = ServiceItem.objects.create(
        family=family,
        code=item.code,
        name=item.name,
        summary=item.summary,
        usual_days=item.usual_days,
        contract_kind=item.technical_contract_kind,
        objectives="\n".join(item.plan_template.objectives),
    )
    row.competences.set(Competence.objects.filter(code__in=item.competence))
    materials = MaterialKind.objects.bulk_create(
        MaterialKind(item=row, position=i, name=m.name, proves=m.proves, nature=m.kind, required=m.required)
        for i, m in enumerate(item.materials)
    )
    milestones = MilestoneTemplate.objects.bulk_create(
        MilestoneTemplate(item=row, position=i, name=m.name, day=m.day, result=m.deliverable)
        for i, m in enumerate(item.plan_template.milestones)
    )
    deliverables = DeliverableKind.objects.bulk_create(
        DeliverableKind(item=row, position=i, name=d.name, form=FORM_NAMES[d.form])
        for i, d in enumerate(item.deliverables)
    )
    rows.note(*materials, *milestones, *deliverables)
