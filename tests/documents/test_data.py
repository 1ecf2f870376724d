import dataclasses
from decimal import Decimal

import pytest
from tests.documents import samples

from keqiao.documents import data as d


def test_the_total_of_a_contract_is_the_sum_of_its_fees():
    assert samples.CONTRACT.total == Decimal("107000.53")
    assert dataclasses.replace(samples.CONTRACT, fees=()).total == Decimal(0)


@pytest.mark.parametrize(
    "elements", [(), samples.ELEMENTS[:9], samples.ELEMENTS[::-1], (*samples.ELEMENTS, samples.ELEMENTS[9])]
)
def test_a_contract_needs_each_of_the_ten_elements_once(elements):
    with pytest.raises(ValueError, match=r"elements a to j of clause 6\.2"):
        dataclasses.replace(samples.CONTRACT, elements=elements)


def test_an_adjustment_needs_two_options():
    with pytest.raises(ValueError, match="at least two options"):
        dataclasses.replace(samples.ADJUSTMENT, options=samples.ADJUSTMENT.options[:1])


def test_an_archive_needs_its_five_aspects():
    with pytest.raises(ValueError, match=r"clause 6\.5"):
        dataclasses.replace(samples.ARCHIVE, aspects=samples.ARCHIVE.aspects[:4])


def test_a_table_row_has_as_many_cells_as_the_header():
    with pytest.raises(ValueError, match="A row has 1 cells, the table 2 columns"):
        d.Table(header=("a", "b"), rows=(("1", "2"), ("3",)))
    with pytest.raises(ValueError, match="1 widths are given for 2 columns"):
        d.Table(header=("a", "b"), rows=(), widths=(1,))


def test_a_report_does_not_begin_with_a_lower_heading():
    with pytest.raises(ValueError, match="first heading of a report"):
        dataclasses.replace(samples.REPORT, blocks=(d.Heading(text="（一）", level=2),))


def test_papers_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        samples.CONTRACT.title = "x"
