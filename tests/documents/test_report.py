import dataclasses

import pytest
from tests.documents.paper_samples import REPORT

from keqiao.documents.papers import report as d


def test_a_table_row_has_as_many_cells_as_the_header():
    with pytest.raises(ValueError, match="A row has 1 cells, the table 2 columns"):
        d.Table(header=("a", "b"), rows=(("1", "2"), ("3",)))
    with pytest.raises(ValueError, match="1 widths are given for 2 columns"):
        d.Table(header=("a", "b"), rows=(), widths=(1,))


def test_a_report_does_not_begin_with_a_lower_heading():
    with pytest.raises(ValueError, match="first heading of a report"):
        dataclasses.replace(REPORT, blocks=(d.Heading(text="（一）", level=2),))
