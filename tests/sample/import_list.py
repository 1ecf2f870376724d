"""Loans kept elsewhere before, as a list."""

from tests.sample.models import Loan

from keqiao.accounts.permissions import is_service_staff
from keqiao.imports.columns import column_of
from keqiao.imports.declaring import declare
from keqiao.imports.lists import ImportList

declare(
    ImportList(
        model=Loan,
        slug="loans",
        key=("enterprise", "equipment"),
        columns=(column_of(Loan, "enterprise", by="uscc"), "equipment", "purpose", "wanted_on"),
        clause="4.1.3",
        permission=is_service_staff,
    )
)
