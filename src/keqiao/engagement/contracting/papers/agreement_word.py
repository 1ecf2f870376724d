"""6.2: contract and amendment in Word, for whoever negotiates them."""

import json
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument

from keqiao.documents import word_kit as kit
from keqiao.documents import word_parts as parts
from keqiao.documents.payload import digest_of
from keqiao.documents.registry import word_form
from keqiao.documents.word_frame import new_document
from keqiao.documents.word_parts import ORDINALS
from keqiao.engagement.contracting.papers.agreement import AmendmentData, Change, ContractData, Element

WORDING: dict[str, Any] = json.loads((Path(__file__).parent / "agreement.json").read_text(encoding="utf-8"))
LABELS: dict[str, str] = WORDING["labels"]


@word_form(ContractData)
def contract(data: ContractData) -> WordDocument:
    words = WORDING["contract"]
    word = new_document(head=data.head, kind=words["kind"], digest=digest_of(document=data))
    kit.title(word=word, text=data.title, head=data.head)
    facts = {"number": data.head.number, "place": data.place, "technical_kind": data.technical_kind}
    facts["registration_number"] = data.registration_number
    kit.fields(word=word, pairs=[(LABELS[name], value) for name, value in facts.items()])
    parts.parties(word=word, client=data.client, institution=data.institution, bank=True)
    kit.paragraphs(word=word, text=words["preamble"])
    for ordinal, element in zip(ORDINALS, data.elements, strict=True):
        _element(word, ordinal, element, data)
    _attachments(word, data)
    parts.signatures(word=word, client=data.client, institution=data.institution, closing=words["closing"])
    return word


@word_form(AmendmentData)
def amendment(data: AmendmentData) -> WordDocument:
    words = WORDING["amendment"]
    word = new_document(head=data.head, kind=words["kind"], digest=digest_of(document=data))
    kit.title(word=word, text=words["kind"], head=data.head)
    facts = {"contract_title": data.contract_title, "number": data.contract_number}
    dates = {"signed_on": data.contract_signed_on, "effective_on": data.effective_on}
    kit.fields(word=word, pairs=[(LABELS[name], value) for name, value in {**facts, **dates}.items()])
    parts.parties(word=word, client=data.client, institution=data.institution, bank=False)
    kit.paragraphs(word=word, text=words["preamble"])
    kit.heading(word=word, text=words["reason"])
    kit.paragraphs(word=word, text=data.reason)
    kit.heading(word=word, text=words["changes"])
    for number, change in enumerate(data.changes, start=1):
        _change(word, number, change)
    if data.fees:
        kit.heading(word=word, text=words["fees"])
        parts.fee_table(word=word, fees=data.fees, total=data.total)
    parts.signatures(word=word, client=data.client, institution=data.institution, closing=words["closing"])
    return word


def _element(word: WordDocument, ordinal: str, element: Element, data: ContractData) -> None:
    kit.heading(word=word, text=f"第{ordinal}条　{element.title}（6.2 {element.letter}）")
    kit.paragraphs(word=word, text=element.text or WORDING["contract"]["empty"])
    if element.letter == "d" and data.fees:
        kit.paragraphs(word=word, text=WORDING["contract"]["fees"])
        parts.fee_table(word=word, fees=data.fees, total=data.total)


def _change(word: WordDocument, number: int, change: Change) -> None:
    words = WORDING["amendment"]
    kit.heading(word=word, text=f"{number}. {change.title}（6.2 {change.letter}）", level=2)
    kit.fields(word=word, pairs=[(words["before"], change.before), (words["after"], change.after)])


def _attachments(word: WordDocument, data: ContractData) -> None:
    if data.attachments:
        kit.heading(word=word, text=WORDING["contract"]["attachments"])
    for number, name in enumerate(data.attachments, start=1):
        kit.paragraphs(word=word, text=f"{number}. {name}")
