"""The texts of a contract: first written from templates, filled with its facts, fixed when it is sent.

An element may hold names in braces, such as {end}. They stand for facts of the contract and are filled
wherever the text is read, so that a text never says another fee than the schedule. Sending fixes the text.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils import translation

from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.contracting.contract_parts.parts import Filled
from keqiao.engagement.contracting.models import AmendmentChange, Contract, ContractElement
from keqiao.engagement.contracting.states import AmendmentState, ContractState
from keqiao.organisation.queries import institution

FIXED = (ContractState.SENT, ContractState.SIGNED, ContractState.ENDED)


def first_texts(contract: Contract, *, secrecy_years: int | None) -> dict[str, str]:
    """The item's own wording, else that of its family, with the facts that no longer change; others keep their names."""
    item = contract.engagement.item
    years = {} if secrecy_years is None else {"secrecy_years": str(secrecy_years)}
    values = {
        "enterprise": contract.engagement.enterprise.name,
        "institution": institution().name,
        "contract_number": contract.number,
        "item": item.name,
        "deliverables": "、".join(one.name for one in item.usual_results),
        **years,
    }
    # A brace in a name stays a letter: in the wide form it can't be taken for a name to fill.
    safe = {name: value.replace("{", "｛").replace("}", "｝") for name, value in values.items()}
    own = {one.letter: one.text for one in item.contracttexts.filter(retired_on=None)}
    templates = parts.templates(family=item.family.code) | own
    return {letter: parts.fill(templates[letter], safe).text for letter in parts.LETTERS}


def live_values(contract: Contract) -> dict[str, str]:
    """The facts that may change until the contract is sent."""
    fees = contract.schedule
    money = {
        "fee": f"{contract.total:,.2f}",
        "fee_capital": contract.total_in_capitals,
        "payment": payments((fee.name, fee.amount, fee.due_on) for fee in fees),
    }
    return {
        "period": f"{(contract.ends_on - contract.begins_on).days + 1}日",
        "start": chinese_day(contract.begins_on),
        "end": chinese_day(contract.ends_on),
        "place": contract.place,
        **(money if fees else {}),
    }


def payments(fees: Iterable[tuple[str, Decimal, date]]) -> str:
    return "；".join(f"{name}{amount:,.2f}元，{chinese_day(due_on)}前支付" for name, amount, due_on in fees)


def chinese_day(day: object) -> str:
    return f"{day:%Y}年{day:%-m}月{day:%-d}日"


def filled_elements(contract: Contract) -> Iterator[tuple[ContractElement, Filled]]:
    """The ten in order, each with its text as it reads now and the names that still have no value."""
    values = {} if contract.state in FIXED else live_values(contract)
    for element in sorted(contract.elements.all(), key=lambda one: one.letter):
        fixed = Filled(text=element.text, missing=())
        yield element, fixed if contract.state in FIXED else parts.fill(element.text, values)


def fix_texts(contract: Contract) -> None:
    """Put the facts into the texts, as the client reads and signs them."""
    values = live_values(contract)
    for element in contract.elements.all():
        element.as_written, element.text = element.text, parts.fill(element.text, values).text
        element.save()


def free_texts(contract: Contract) -> None:
    """Bring back the names in braces, so that the texts follow the facts again; none if never sent."""
    for element in contract.elements.exclude(as_written=""):
        element.as_written, element.text = "", element.as_written
        element.save()


def placeholder_labels(names: tuple[str, ...]) -> str:
    """What the names in braces mean, for people: “保密年限 {secrecy_years}”."""
    chinese = (translation.get_language() or "").startswith("zh")
    known = {one.name: one.label if chinese else one.label_en for one in parts.placeholders()}
    return "、".join(f"{known[name]} {{{name}}}" for name in names)


def text_in_force(contract: Contract, letter: str) -> str:
    """How the element reads today: as signed, or as the last signed amendment left it."""
    change = (
        AmendmentChange.objects.filter(
            amendment__contract=contract, amendment__state=AmendmentState.SIGNED, letter=letter
        )
        .order_by("-amendment__signed_on", "-pk")
        .first()
    )
    return change.after if change else contract.elements.get(letter=letter).text
