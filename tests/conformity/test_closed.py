"""Who reads how far the standard is met: managers and auditors. For others there is no such page (4.1.5, need to know)."""

import pytest

OTHERS = ("consultant", "client", "expert", "system administrator", "audit administrator")


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("path", ["/conformity/", "/conformity/6.1.1/", "/conformity/report.pdf"])
def test_for_others_the_page_does_not_exist(world, db, who, path):
    assert world.visit(who).get(path).status_code == 404


@pytest.mark.parametrize("clause", ["6.9", "6.1.1.", "9", "6.2.k"])
def test_what_is_no_clause_of_the_standard_has_no_page(world, db, clause):
    """6.2 has ten elements, a to j."""
    assert world.visit("manager").get(f"/conformity/{clause}/").status_code == 404


@pytest.mark.parametrize("clause", ["4.4.1.b", "6.2.j", "7.3"])
def test_each_clause_has_a_page(world, db, clause):
    assert world.visit("auditor").get(f"/conformity/{clause}/").status_code == 200


OUT_OF_REACH = "日期应在 1900 年至 2199 年之间。"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("0001-01-01", "9999-12-31"), ("9999-12-31", "9999-12-31"), ("1899-12-31", "2026-03-01"), ("2026-01-01", "2200-01-01")],
)  # fmt: skip
def test_a_period_out_of_reach_is_said_and_no_paper_is_made_of_another(world, db, begins, ends):
    asked, manager = f"begins={begins}&ends={ends}", world.visit("manager")
    for path in ("/conformity/", "/conformity/4.2.3/"):
        page = manager.get(f"{path}?{asked}")
        assert (page.status_code, OUT_OF_REACH in page.content.decode()) == (200, True)
    for form in ("pdf", "docx"):
        answer = manager.get(f"/conformity/report.{form}?{asked}")
        assert (answer.status_code, OUT_OF_REACH in answer.content.decode()) == (422, True)
