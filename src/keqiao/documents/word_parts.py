"""Parts of a contract and the like in Word, with the wording that their PDF has in the frame: parties, fees, signatures."""

import json
from decimal import Decimal
from typing import Any

from docx.document import Document as WordDocument

from . import word_kit as kit
from .amounts import in_capitals, in_figures
from .parts import FeeLine, Party
from .pdf import FRAME

WORDING: dict[str, Any] = json.loads((FRAME / "wording.json").read_text(encoding="utf-8"))
LABELS: dict[str, Any] = WORDING["labels"]
ORDINALS = "一二三四五六七八九十"
PARTY_FIELDS = ("name", "credit_code", "representative", "address", "contact", "phone", "email")
BANK_FIELDS = ("bank", "account")


def parties(*, word: WordDocument, client: Party, institution: Party, bank: bool) -> None:
    """Both sides under their names; with `bank`, also where the institution is paid."""
    _party(word, WORDING["client"], client, PARTY_FIELDS)
    _party(word, WORDING["institution"], institution, PARTY_FIELDS + (BANK_FIELDS if bank else ()))


def fee_table(*, word: WordDocument, fees: tuple[FeeLine, ...], total: Decimal) -> None:
    rows = [
        (number, fee.item, fee.condition, fee.due_on, in_figures(fee.amount))
        for number, fee in enumerate(fees, start=1)
    ]
    widths = (1.1, 3.4, 5, 2.6, 3.5)
    table = kit.grid(word=word, header=LABELS["fee_header"], rows=rows, widths=widths, right=(4,))
    kit.total_row(table=table, label=LABELS["total"], words=in_capitals(total), figures=in_figures(total))


def signatures(*, word: WordDocument, client: Party, institution: Party, closing: str) -> None:
    blanks = (WORDING["stamp"], f"{WORDING['signer']}：", f"{LABELS['date']}：　　　　年　　月　　日")
    sides = ((WORDING["client"], client.name, *blanks), (WORDING["institution"], institution.name, *blanks))
    kit.signatures(word=word, closing=closing, sides=sides)


def _party(word: WordDocument, label: str, party: Party, names: tuple[str, ...]) -> None:
    kit.heading(word=word, text=label)
    kit.fields(word=word, pairs=[(LABELS[name], getattr(party, name)) for name in names])
