"""Facts of an enterprise: from the yearly figures, with source and period, as far as the reader sees them."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import enterprises, people
from tests.factories.declarations import taken_back

from keqiao.accounts.models import Role
from keqiao.enterprises.models import FigureKind, YearlyFigure
from keqiao.facts.registry import (
    Fact,
    Known,
    Table,
    UndeclaredFactError,
    declare,
    declare_table,
    declared,
    of,
    rows_of,
)
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.declarations import DeclarationError

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _declarations():
    with taken_back():
        yield


@pytest.fixture
def figured(db):
    enterprise = enterprises.enterprise(registered_on=date(2015, 5, 1))
    for year, kind, amount, level in (
        (2025, FigureKind.SALES, "1000000.50", Level.INTERNAL),
        (2023, FigureKind.SALES, "800000", Level.INTERNAL),
        (2025, FigureKind.STAFF_TOTAL, "42", Level.CORE_TRADE_SECRET),
        (2026, FigureKind.REVENUE, "5", Level.INTERNAL),
    ):
        YearlyFigure.objects.create(
            enterprise=enterprise,
            year=year,
            kind=kind,
            amount=Decimal(amount),
            level=level,
            source=f"{year} 年审计报告",
            source_date=date(year + 1, 3, 1),
        )
    return enterprise


def test_the_figures_are_known_by_the_names_of_the_vocabulary(figured):
    found = of(figured, DAY, actor=SYSTEM)
    assert {name: (one.known.value, one.known.period) for name, one in found.items()} == {
        "registered_on": (date(2015, 5, 1), ""),
        "staff_total": (42, "2025"),
        "sales_y1": (Decimal("1000000.50"), "2025"),
        "sales_y3": (Decimal("800000.00"), "2023"),
    }
    sales = found["sales_y1"]
    assert (sales.fact.unit, sales.fact.period, sales.known.source, sales.known.source_date) == (
        "money",
        "y1",
        "2025 年审计报告",
        date(2026, 3, 1),
    )


def test_a_year_later_they_are_of_the_year_before(figured):
    assert sorted(of(figured, date(2027, 1, 1), actor=SYSTEM)) == ["registered_on", "revenue_y1", "sales_y2"]


def test_what_the_reader_may_not_see_is_not_known_to_them(figured):
    manager = people.staff(Role.MANAGER, clearance=Level.INTERNAL)
    assert sorted(of(figured, DAY, actor=manager)) == ["registered_on", "sales_y1", "sales_y3"]


def test_a_table_gives_its_rows_by_the_names_of_its_columns(figured):
    first = rows_of("yearly_figures", figured, DAY, actor=SYSTEM)[0]
    assert first == {
        "year": 2026,
        "kind": "revenue",
        "amount": Decimal("5.00"),
        "source": "2026 年审计报告",
        "source_date": date(2027, 3, 1),
    }


def test_a_source_gives_no_fact_it_did_not_declare(figured):
    known = Known(value=True, period="", source="示例", source_date=None)
    declare(source="Sample", facts=[], read=lambda *_args: {"is_sme": known})
    with pytest.raises(UndeclaredFactError) as fault:
        of(figured, DAY, actor=SYSTEM)
    assert str(fault.value).endswith("gives ['is_sme']; name them in facts=")


def nothing(*_args):
    return {}


@pytest.mark.once
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Fact.known("turnover"), "expected a name of the vocabulary, came 'turnover'"),
        (
            lambda: declare(source="Sample", facts=[Fact.known("sales_y1")], read=nothing),
            "expected one source a fact, came 'sales_y1'. It is declared in facts/upward.py",
        ),
        (
            lambda: declare(source="Sample", facts=[Fact("ip_class1", "", "money", "now")], read=nothing),
            "expected ip_class1 in count, now, came 'money, now'",
        ),
        (
            lambda: declare_table(Table("yearly_figures", "", {}, nothing)),
            "expected a table of its own name, came 'yearly_figures'",
        ),
    ],
)
def test_a_declaration_that_can_not_stand_is_refused(make, said):
    with pytest.raises(DeclarationError) as refused:
        make()
    assert said in str(refused.value)


@pytest.mark.once
def test_every_yearly_figure_has_a_fact():
    kinds = {
        fact.name.removesuffix("_y1") for fact in declared() if fact.period in {"last year", "y1", "y1 end"}
    }
    assert {kind.value for kind in FigureKind} - kinds == set()
