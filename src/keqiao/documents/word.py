"""Word files of the papers that are negotiated or edited: contract, amendment, report.

Built in code with python-docx rather than from a .docx template: no template syntax exists that data could
abuse, and a change of wording or layout is a line in a diff. See docs/decisions/0010-documents.md.
"""

import json
from functools import singledispatch
from typing import Any

from docx.document import Document as WordDocument

from . import word_kit as kit
from .amounts import in_capitals, in_figures
from .data import (
    AmendmentData,
    Change,
    ContractData,
    Element,
    FeeLine,
    Heading,
    Paragraph,
    Party,
    ReportData,
    Table,
)
from .payload import digest_of
from .pdf import TEMPLATES
from .word_frame import new_document, saved

WORDING: dict[str, Any] = json.loads((TEMPLATES / "wording.json").read_text(encoding="utf-8"))
LABELS: dict[str, Any] = WORDING["labels"]
ORDINALS = "一二三四五六七八九十"
PARTY_FIELDS = ("name", "credit_code", "representative", "address", "contact", "phone", "email")
BANK_FIELDS = ("bank", "account")


def render_word(*, document: ContractData | AmendmentData | ReportData) -> bytes:
    return saved(document=_built(document))


@singledispatch
def _built(document: object) -> WordDocument:
    raise TypeError(f"There is no Word form of {type(document).__name__}; use the PDF.")


@_built.register
def _contract(data: ContractData) -> WordDocument:
    words = WORDING["contract"]
    word = new_document(head=data.head, kind=words["kind"], digest=digest_of(document=data))
    kit.title(word=word, text=data.title, head=data.head)
    facts = {"number": data.head.number, "place": data.place, "technical_kind": data.technical_kind}
    facts["registration_number"] = data.registration_number
    kit.fields(word=word, pairs=[(LABELS[name], value) for name, value in facts.items()])
    _parties(word, data, bank=True)
    kit.paragraphs(word=word, text=words["preamble"])
    for ordinal, element in zip(ORDINALS, data.elements, strict=True):
        _element(word, ordinal, element, data)
    _attachments(word, data)
    _signatures(word, data, words["closing"])
    return word


@_built.register
def _amendment(data: AmendmentData) -> WordDocument:
    words = WORDING["amendment"]
    word = new_document(head=data.head, kind=words["kind"], digest=digest_of(document=data))
    kit.title(word=word, text=words["kind"], head=data.head)
    facts = {"contract_title": data.contract_title, "number": data.contract_number}
    dates = {"signed_on": data.contract_signed_on, "effective_on": data.effective_on}
    kit.fields(word=word, pairs=[(LABELS[name], value) for name, value in {**facts, **dates}.items()])
    _parties(word, data, bank=False)
    kit.paragraphs(word=word, text=words["preamble"])
    kit.heading(word=word, text=words["reason"])
    kit.paragraphs(word=word, text=data.reason)
    kit.heading(word=word, text=words["changes"])
    for number, change in enumerate(data.changes, start=1):
        _change(word, number, change)
    if data.fees:
        kit.heading(word=word, text=words["fees"])
        _fees(word, data)
    _signatures(word, data, words["closing"])
    return word


@_built.register
def _report(data: ReportData) -> WordDocument:
    word = new_document(head=data.head, kind=data.title, digest=digest_of(document=data))
    kit.title(word=word, text=data.title, head=data.head, subtitle=data.subtitle)
    for block in data.blocks:
        _block(word, block)
    return word


def _parties(word: WordDocument, data: ContractData | AmendmentData, *, bank: bool) -> None:
    _party(word, WORDING["client"], data.client, PARTY_FIELDS)
    _party(word, WORDING["institution"], data.institution, PARTY_FIELDS + (BANK_FIELDS if bank else ()))


def _party(word: WordDocument, label: str, party: Party, names: tuple[str, ...]) -> None:
    kit.heading(word=word, text=label)
    kit.fields(word=word, pairs=[(LABELS[name], getattr(party, name)) for name in names])


def _element(word: WordDocument, ordinal: str, element: Element, data: ContractData) -> None:
    kit.heading(word=word, text=f"第{ordinal}条　{element.title}（6.2 {element.letter}）")
    kit.paragraphs(word=word, text=element.text or WORDING["contract"]["empty"])
    if element.letter == "d" and data.fees:
        kit.paragraphs(word=word, text=WORDING["contract"]["fees"])
        _fees(word, data)


def _fees(word: WordDocument, data: ContractData | AmendmentData) -> None:
    rows = [_fee_row(number, fee) for number, fee in enumerate(data.fees, start=1)]
    widths = (1.1, 3.4, 5, 2.6, 3.5)
    table = kit.grid(word=word, header=LABELS["fee_header"], rows=rows, widths=widths, right=(4,))
    total = data.total
    kit.total_row(table=table, label=LABELS["total"], words=in_capitals(total), figures=in_figures(total))


def _fee_row(number: int, fee: FeeLine) -> tuple[object, ...]:
    return number, fee.item, fee.condition, fee.due_on, in_figures(fee.amount)


def _change(word: WordDocument, number: int, change: Change) -> None:
    words = WORDING["amendment"]
    kit.heading(word=word, text=f"{number}. {change.title}（6.2 {change.letter}）", level=2)
    kit.fields(word=word, pairs=[(words["before"], change.before), (words["after"], change.after)])


def _attachments(word: WordDocument, data: ContractData) -> None:
    if data.attachments:
        kit.heading(word=word, text=WORDING["contract"]["attachments"])
    for number, name in enumerate(data.attachments, start=1):
        kit.paragraphs(word=word, text=f"{number}. {name}")


def _signatures(word: WordDocument, data: ContractData | AmendmentData, closing: str) -> None:
    blanks = (WORDING["stamp"], f"{WORDING['signer']}：", f"{LABELS['date']}：　　　　年　　月　　日")
    sides = (
        (WORDING["client"], data.client.name, *blanks),
        (WORDING["institution"], data.institution.name, *blanks),
    )
    kit.signatures(word=word, closing=closing, sides=sides)


def _block(word: WordDocument, block: Heading | Paragraph | Table) -> None:
    if isinstance(block, Heading):
        kit.heading(word=word, text=block.text, level=block.level)
    elif isinstance(block, Paragraph):
        kit.paragraphs(word=word, text=block.text)
    else:
        _report_table(word, block)


def _report_table(word: WordDocument, table: Table) -> None:
    if table.caption:
        kit.caption(word=word, text=table.caption)
    widths = table.widths or (1,) * len(table.header)
    kit.grid(word=word, header=table.header, rows=table.rows, widths=widths, right=table.numeric)
