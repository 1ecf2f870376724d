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
