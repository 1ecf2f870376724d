"""What a declaration may say; what can't stand is refused with its file and what to do."""

import pytest
from django.utils.translation import override

from keqiao.accounts.permissions import is_service_staff
from keqiao.enterprises.models import Contact, Tag
from keqiao.enterprises.permissions import is_responsible
from keqiao.imports.bulk import Bulk
from keqiao.imports.columns import Column, Kind, column_of
from keqiao.imports.declaring import must_declare
from keqiao.imports.lists import ImportList, is_known, list_of, lists
from keqiao.imports.resolving import resolve
from keqiao.kernel.platform.errors import Refusal
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.modules import when_read
from keqiao.organisation.models import Competence, Expert, StaffCompetence

pytestmark = pytest.mark.once
PLACE, ORIGIN = "sample/import_list.py, line 7", "sample.import_list"


def declared(**changes) -> ImportList:
    given = {
        "model": Expert,
        "slug": "experts",
        "key": ("name",),
        "clause": "4.2.2",
        "permission": is_service_staff,
    }
    return ImportList(**given | changes)


def refused(**changes) -> str:
    with pytest.raises(DeclarationError) as error:
        resolve(declared(**changes), where=PLACE, origin=ORIGIN)
    return str(error.value)


def test_a_plain_model_needs_no_more_than_a_key():
    listed = list_of("tags")
    assert [(one.name, one.kind, one.required, one.max_length) for one in listed.columns] == [
        ("name", Kind.TEXT, True, 40)
    ]
    steps = listed.writer
    assert (steps.create.name, steps.update.name, steps.retire) == ("create_tag", "update_tag", None)


def test_columns_come_from_the_fields_that_the_create_step_asks_for():
    listed = resolve(declared(), where=PLACE, origin=ORIGIN)
    with override("en"):
        assert [(one.name, one.kind, str(one.label), one.required) for one in listed.columns] == [
            ("name", Kind.TEXT, "name", True),
            ("title", Kind.TEXT, "professional title", False),
            ("employer", Kind.TEXT, "employer", False),
            ("fields", Kind.TEXT, "fields", True),
            ("credentials", Kind.TEXT, "credentials", False),
        ]


def test_what_the_create_step_requires_must_have_a_column():
    lacking = {"model": StaffCompetence, "slug": "staff-competences", "key": ("valid_from",)}
    assert (
        "expected a required column for each value that create_staff_competence requires, came 'user, competence'."
        in refused(**lacking)
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "tags"}, "expected one list for a model and for a slug, came 'Expert, tags'. Another stands in enterprises/import_list.py"),
        ({"model": Tag, "slug": "labels"}, "came 'Tag, labels'. Another stands in enterprises/import_list.py"),
        ({"key": ()}, "expected at least one column of the key, came ()."),
        ({"key": ("nickname",)}, "came 'nickname'. Put the columns right, or take another key."),
        ({"columns": ("name", "name")}, "expected each column once"),
        ({"columns": ("name", "nickname")}, "expected a field of Expert that one cell can hold, came 'nickname'."),
        ({"columns": (Column("name"),)}, "expected a column with a label, came 'name'."),
        ({"columns": (Column("name", label="x", kind="colour"),)}, "expected a kind among text, number, money,"),
        ({"columns": (Column("name", label="x", kind=Kind.CHOICE),)}, "expected the choices of a choice"),
        (
            {"model": StaffCompetence, "slug": "held", "key": ("valid_from",), "columns": ("user", "valid_from")},
            "expected the field by which an object is named, came 'user'.",
        ),
        (
            {"model": Contact.enterprise.field.related_model.tags.through, "slug": "tagged", "key": ("tag",)},
            "expected a model made from Record",
        ),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused(changes, said):
    message = refused(**changes)
    assert message.startswith(f"{PLACE}: ")
    assert said in message


def test_a_model_that_nothing_creates_needs_a_writer(monkeypatch):
    monkeypatch.setattr("keqiao.imports.resolving.steps_of", lambda _model, _key: None)
    assert "expected one step create_… for Expert" in refused()


def test_a_writer_that_can_not_take_back_is_refused():
    class Blind:
        most = None

    assert "expected a way to take the list back, came 'Blind'." in refused(write=Blind(), columns=("name",))


def test_a_file_that_declares_nothing_is_refused():
    must_declare("keqiao.enterprises.import_list")
    with pytest.raises(DeclarationError) as error:
        must_declare("keqiao.organisation.import_list")
    assert str(error.value) == (
        "organisation/import_list.py: expected declare(ImportList(…)), came 'no list'. "
        "Declare the list there, or remove the file."
    )


def test_only_fixed_names_can_be_looked_at_when_read():
    with pytest.raises(ValueError, match="'import_lists' is no fixed name"):
        when_read("import_lists", must_declare)


def test_what_is_refused_is_not_kept():
    before = lists()
    refused(key=())
    assert lists() == before


def test_a_list_that_no_module_declares_any_more_says_so():
    assert not is_known("gone")
    with pytest.raises(Refusal, match="本系统不再导入“gone”类名单。"):
        list_of("gone")


def test_a_column_of_an_object_says_by_which_field_it_is_named():
    column = column_of(StaffCompetence, "competence", by="name")
    assert (column.kind, column.model, column.by, column.required) == (Kind.OBJECT, Competence, "name", True)
    key = ("competence", "valid_from")
    bulk = Bulk(model=StaffCompetence, permission=is_responsible, fields=("valid_from",))
    columns = (column, "valid_from")
    listed = resolve(
        declared(model=StaffCompetence, slug="held", key=key, columns=columns, write=bulk),
        where=PLACE,
        origin=ORIGIN,
    )
    assert listed.key == key
    assert Competence not in {one.model for one in lists()}
