"""Wording of contracts and time limits: kept by managers."""

from tests.every_operation.example import MANAGERS, example, retiring

from keqiao.engagement.case.states import Stage


def kept(stem, values, *, update=None, **how):
    example(f"create_{stem}", by="manager", allowed=MANAGERS, values=values, **how)
    example(f"update_{stem}", by="manager", allowed=MANAGERS, values=update or values, **how)


kept(
    "contract_text", lambda w, s: {"item": w.cast.item, "letter": "i", "text": "示例条款"},
    others=lambda w, s: {"letter": "j"},
)  # fmt: skip
retiring("contract_text", by="manager", allowed=MANAGERS)
kept(
    "stage_limit", lambda w, s: {"state": Stage.IMPLEMENTING, "working_days": 60},
    update=lambda w, s: {"state": Stage.DRAFT, "working_days": 7}, others=lambda w, s: {"working_days": 8},
)  # fmt: skip
