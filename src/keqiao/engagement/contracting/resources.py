"""What of contracts is seen (6.2, and the contract register of 4.1.1)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_manager
from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.case.permissions import is_at_work, is_in_charge
from keqiao.engagement.contracting import contract_texts
from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.contracting.models import (
    Amendment,
    AmendmentChange,
    Contract,
    ContractElement,
    ContractText,
    Custody,
    FeeLine,
)
from keqiao.engagement.contracting.states import ContractState
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.panels import add_panel
from keqiao.faces.resource import Custom, Fields, Related, Resource, register, url_of
from keqiao.kernel.models import Blob
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor

EXCERPT = 140
TERMS = ("number", "state", "engagement", "enterprise", "begins_on", "ends_on", "place")
APPROVAL = ("drafted_by", "approved_by", "approved_at", "returned_reason", "edition", "sent_at", "signed_on")
AMENDMENT = ("number", "state", "reason", "new_end", "signed_on")
REGISTRATION = ("technical_kind", "registration_number", "technology_amount")
REGISTER = ("number", "engagement", "state", "total", "begins_on", "ends_on", *REGISTRATION[:2])
LABELS = {
    "total": _("Total"),
    "total_in_capitals": _("In capitals"),
    "outstanding": _("Outstanding"),
    "replaced_schedule": _("Instalments that it replaces"),
    "new_schedule": _("New schedule of what is unpaid"),
}


def elements_panel(item: Contract, actor: Actor) -> Mapping[str, Any]:
    """Letter, title, whether it is filled, how it begins, and the way to write it."""
    writing = item.state == ContractState.DRAFTING and is_in_charge(actor, item)
    guidance = {element.letter: element.guidance for element in parts.elements()}
    rows = []
    for element, now in contract_texts.filled_elements(item):
        text = " ".join(now.text.split())
        rows.append(
            {
                "title": element.get_letter_display(),
                "clause": f"6.2.{element.letter}",
                "done": bool(text) and not now.missing,
                "excerpt": text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""),
                "guidance": guidance[element.letter],
                "open_places": contract_texts.placeholder_labels(now.missing),
                "url": url_of(element),
                "write_url": write_url(item, element.letter) if writing else "",
            }
        )
    return {"elements": rows, "open": sum(not row["done"] for row in rows)}


def write_url(item: Contract, letter: str) -> str:
    return reverse("contracts-do", args=[item.pk, "write_contract_element"]) + f"?letter={letter}"


def fees_panel(item: Contract, actor: Actor) -> Mapping[str, Any]:
    rows = [
        fee_row(fee) for fee in policy.visible(FeeLine, actor).filter(contract=item).order_by("due_on", "pk")
    ]
    writing = item.state == ContractState.DRAFTING and is_in_charge(actor, item)
    change = {
        "url": reverse("contracts-do", args=[item.pk, "set_fee_schedule"]),
        "icon": "edit",
        "label": _("Set fee schedule"),
    }
    return {
        "fees": rows,
        "paid": sum((row["paid"] for row in rows), item.total * 0),
        "links": [change] if writing else [],
    }


def fee_row(fee: FeeLine) -> dict[str, Any]:
    state, tone = fee_state(fee)
    facts = {name: getattr(fee, name) for name in ("name", "due_on", "amount", "paid", "outstanding")}
    return {**facts, "state": state, "tone": tone, "url": url_of(fee)}


def fee_state(fee: FeeLine) -> tuple[str, str]:
    if not fee.outstanding:
        return say("Paid"), "done"
    today = clock.today()
    if fee.is_late(today):
        return say("%(days)s days late") % {"days": (today - fee.due_on).days}, "late"
    return (say("Paid in part"), "due") if fee.paid else (say("Not due yet"), "todo")


def files_panel(item: Contract, _actor: Actor) -> Mapping[str, Any]:
    names = {"pdf": _("PDF as sent"), "word": _("Word as sent"), "signed_copy": _("signed copy")}
    return {
        "files": [
            file_row(getattr(item, name), label) for name, label in names.items() if getattr(item, name)
        ]
    }


def file_row(blob: Blob, label: Any) -> dict[str, Any]:
    facts = {"name": blob.name, "size": blob.size, "at": blob.created_at, "hash": blob.sha256}
    return {**facts, "kind": label, "url": url_of(blob)}


def custody_panel(item: Contract, actor: Actor) -> Mapping[str, Any]:
    rows = policy.visible(Custody, actor).filter(engagement=item.engagement_id).order_by("returned_on", "pk")
    receive = (
        reverse("engagements-do", args=[item.engagement_id, "receive_custody"]) + f"?next={url_of(item)}"
    )
    return {
        "rows": [(custody, url_of(custody)) for custody in rows],
        "receive_url": receive if is_at_work(actor, item) else "",
    }


def element_panel(item: ContractElement, _actor: Actor) -> Mapping[str, Any]:
    """The text as it reads now, and what belongs into it."""
    now = next(now for element, now in contract_texts.filled_elements(item.contract) if element.pk == item.pk)
    guidance = {element.letter: element.guidance for element in parts.elements()}[item.letter]
    return {"text": now.text, "guidance": guidance, "clause": f"6.2.{item.letter}"}


register(
    Resource(
        model=Contract,
        slug="contracts",
        files=("pdf", "word", "signed_copy"),
        columns=REGISTER,
        filters=("state", "technical_kind", "begins_on", "ends_on"),
        panels=(
            Fields(
                _("Contract"),
                (*TERMS, "total", "total_in_capitals", "outstanding"),
            ),
            Custom(_("The ten elements"), "engagement/contract_elements.html", elements_panel),
            Custom(_("Fee schedule"), "engagement/contract_fees.html", fees_panel),
            Fields(_("Approval and signature"), APPROVAL),
            Custom(_("Files"), "engagement/contract_files.html", files_panel),
            Related(_("Amendments"), Amendment, "contract", AMENDMENT),
            Custom(_("Samples and data in custody"), "engagement/contract_custody.html", custody_panel),
            Fields(_("Technical contract"), REGISTRATION),
        ),
        api=(*TERMS, "total", "outstanding", "edition", "sent_at", "signed_on", *REGISTRATION),
        related=("engagement", "enterprise", "drafted_by", "approved_by", "pdf", "word", "signed_copy"),
        prefetch=("fees",),
        detail_prefetch=("elements",),
        labels=LABELS,
        menu=Menu(Area.ENGAGEMENTS, "file-text", 30, who=lambda actor: actor.kind in {"staff", "client"}),
        empty=_("No contract yet. It is drafted on an engagement whose commission was accepted."),
    )
)  # fmt: skip
register(
    Resource(
        model=ContractElement,
        slug="contract-elements",
        columns=("letter", "contract", "text"),
        panels=(
            Fields(_("Element"), ("letter", "contract")),
            Custom(_("Text"), "engagement/contract_element.html", element_panel),
        ),
        related=("contract",),
        parent="contract",
    )
)
register(
    Resource(
        model=FeeLine,
        slug="fees",
        columns=("name", "contract", "engagement", "due_on", "amount", "paid", "outstanding", "paid_on"),
        filters=("due_on",),
        panels=(
            Fields(
                _("Instalment"), ("name", "contract", "due_on", "amount", "paid", "outstanding", "paid_on")
            ),
        ),
        order=("due_on", "pk"),
        labels=LABELS,
        related=("contract", "engagement"),
        parent="contract",
    )
)
register(
    Resource(
        model=Custody,
        slug="custody",
        columns=("what", "engagement", "quantity", "kept_at", "received_on", "returned_on"),
        filters=("received_on", "returned_on"),
        panels=(
            Fields(
                _("Custody"),
                (
                    "what",
                    "engagement",
                    "quantity",
                    "condition",
                    "kept_at",
                    "received_on",
                    "received_from",
                    "returned_on",
                    "returned_to",
                ),
            ),
        ),
        related=("engagement",),
        parent="engagement",
    )
)
register(
    Resource(
        model=Amendment,
        slug="amendments",
        files=("pdf", "signed_copy"),
        columns=("number", "contract", "state", "reason", "new_end", "signed_on"),
        filters=("state",),
        panels=(
            Fields(
                _("Amendment"),
                (
                    "number",
                    "contract",
                    "state",
                    "reason",
                    "new_end",
                    "replaced_schedule",
                    "new_schedule",
                    "drafted_by",
                    "approved_by",
                    "returned_reason",
                    "signed_on",
                    "pdf",
                    "signed_copy",
                ),
            ),
            Related(_("What changes"), AmendmentChange, "amendment", order="letter"),
        ),
        labels=LABELS,
        related=("contract", "drafted_by", "approved_by", "pdf", "signed_copy"),
        parent="contract",
    )
)
register(
    Resource(
        model=AmendmentChange,
        slug="amendment-changes",
        columns=("letter", "before", "after"),
        panels=(Fields(_("Change of an element"), ("letter", "amendment", "before", "after")),),
        related=("amendment",),
        parent="amendment",
    )
)

# The institution's own wording of a contract element, for one service item: kept on the page of that item.
register(
    Resource(
        model=ContractText,
        slug="contract-texts",
        columns=("letter", "item", "text", "retired_on"),
        panels=(Fields(_("Wording of a contract element"), ("item", "letter", "text", "retired_on")),),
        order=("item", "letter"),
        related=("item",),
        parent="item",
    )
)
add_panel(
    ServiceItem,
    Related(
        _("Wording of contracts"), ContractText, "item", ("letter", "text", "retired_on"), order="letter"
    ),
)
default_operations(ContractText, fields=("item", "letter", "text"), clause="6.2", permission=is_manager)
