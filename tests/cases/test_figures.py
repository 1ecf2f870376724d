"""Figures that can't be, and amounts and days as people type them: by page, API, command and list."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.cases.doors import CASES, DOORS

from keqiao.accounts.models import Role
from keqiao.enterprises.models import Enterprise, YearlyFigure
from keqiao.imports.models import Import

pytestmark = pytest.mark.django_db
IMPOSSIBLE = json.loads((CASES / "figures/impossible-figures.json").read_text())
TYPED = json.loads((CASES / "figures/money-and-days-as-typed.json").read_text())
OTHERS = [
    {"kind": "liabilities", "year": 2025, "amount": "-1.00", "right": "refused: debts are counted from 0"},
    {"kind": "staff_rd", "year": 2025, "amount": "0.5", "right": "refused: people are whole"},
    {
        "kind": "rd_expense",
        "year": 2025,
        "amount": "1.00",
        "source_date": "2099-01-01",
        "right": "refused: still to come",
    },
    {"kind": "staff_total", "year": 2025, "amount": "0", "right": "accepted: nobody employed"},
    {"kind": "rd_expense", "year": 2025, "amount": "0.00", "right": "accepted: nothing spent"},
]


def by_list(actor, step: str, values: dict, tmp_path: Path) -> str:
    """The same values as a row of the list of figures."""
    assert step == "create_yearly_figure"
    cells = (
        Enterprise.objects.get(pk=values["enterprise"]).uscc,
        *(values[name] for name in ("year", "kind", "amount", "source", "source_date")),
    )
    path = tmp_path / "数据.csv"
    path.write_text(
        "统一社会信用代码,year,figure,amount,source,date of the source\n"
        + ",".join(f'"{cell}"' for cell in cells)
    )
    assert DOORS["step"](actor, "check_import_of_figures", {"file": path}) == ""
    return " ".join(error[3] for error in Import.objects.latest("pk").errors)


@pytest.mark.parametrize("door", ["page", "API", "command", "list"])
@pytest.mark.parametrize(
    "case", [*IMPOSSIBLE, *OTHERS], ids=lambda case: f"{case['kind']} {case['year']} {case['amount']}"
)
def test_what_can_not_be_is_refused(case, door, person, enterprise, tmp_path, answer):
    actor = person(Role.MANAGER)
    values = {"enterprise": enterprise().pk, "source": "审计报告", "source_date": "2026-03-01"}
    values |= {name: case[name] for name in ("kind", "year", "amount", "source_date") if name in case}
    if door == "list":
        said = by_list(actor, "create_yearly_figure", values, tmp_path)
    else:
        said = DOORS[door](actor, "create_yearly_figure", values)
    got = "refused" if said else "accepted"
    assert door == "list" or YearlyFigure.objects.exists() is (not said)
    answer(
        f"figures: {case['kind']} {case['year']} {case['amount']} ({door})",
        right=case["right"].split(":")[0].split(",")[0],
        got=got,
    )


MORE = [
    {"field": "money", "typed": "￥ 1,234.50", "right": "1234.50"},
    {"field": "money", "typed": "3万元", "right": "30000.00"},
    {"field": "money", "typed": "(1,234.50)", "right": "-1234.50"},
    {"field": "money", "typed": "٣", "right": "refused"},
    {"field": "money", "typed": "1.000,50", "right": "refused"},
    {"field": "money", "typed": "inf", "right": "refused"},
    {"field": "day", "typed": "２０２６／３／１ 0:00", "right": "2026-03-01"},
    {"field": "day", "typed": "二〇二六年三月一日", "right": "2026-03-01"},
    {"field": "day", "typed": "2026-02-30", "right": "refused"},
    {"field": "day", "typed": "3/1/2026", "right": "refused"},
]


@pytest.mark.parametrize("door", ["page", "API", "command", "list"])
@pytest.mark.parametrize("case", [*TYPED, *MORE], ids=lambda case: case["typed"])
def test_as_typed(case, door, person, enterprise, tmp_path, answer):
    """Money as the amount of a net profit, which may be below 0; a day as that on which an enterprise was registered."""
    actor = person(Role.MANAGER)
    got = (
        _money(case["typed"], door, actor, enterprise(), tmp_path)
        if case["field"] == "money"
        else _day(case["typed"], door, actor, tmp_path)
    )
    answer(f"figures: {case['typed']} ({door})", right=case["right"], got=got)


def _money(typed: str, door: str, actor, of: Enterprise, tmp_path: Path) -> str:
    values = {
        "enterprise": of.pk, "year": 2025, "kind": "net_profit", "amount": typed, "source": "审计报告", "source_date": "2026-03-01",
    }  # fmt: skip
    if door == "list":
        return (
            _read_from_list("MONEY", typed)
            if not by_list(actor, "create_yearly_figure", values, tmp_path)
            else "refused"
        )
    if DOORS[door](actor, "create_yearly_figure", values):
        return "refused"
    return str(YearlyFigure.objects.get().amount)


def _read_from_list(kind: str, typed: str) -> str:
    from keqiao.imports.columns import Cells, Column, Kind

    return str(
        Decimal(Cells(None).read(Column("x", label="x", kind=Kind[kind]), typed)).quantize(Decimal("0.01"))
    )


def _day(typed: str, door: str, actor, tmp_path: Path) -> str:
    code = "91999999MA9XX0100C"
    values = {"name": "示例（虚构）", "uscc": code, "registered_on": typed, "level": 1}
    if door == "list":
        path = tmp_path / "名单.csv"
        path.write_text(f"企业名称,统一社会信用代码,成立日期\n示例（虚构）,{code},{typed}\n")
        assert DOORS["step"](actor, "check_import_of_enterprises", {"file": path}) == ""
        if Import.objects.get().wrong:
            return "refused"
        from tests.factories.lists import write

        write(Import.objects.get(), actor)
    elif DOORS[door](actor, "create_enterprise", values):
        return "refused"
    day = Enterprise.objects.get(uscc=code).registered_on
    assert isinstance(day, date)
    return day.isoformat()
