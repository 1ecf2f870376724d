"""What is renamed keeps its old name in the record, and is found, counted and read under both."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, models, transaction
from tests.factories import enterprises, people

from keqiao.accounts.models import Role
from keqiao.conformity.clauses import Evidence
from keqiao.conformity.queries import Period, _Counts
from keqiao.enterprises.models import Tag
from keqiao.faces import history
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.files.secrets import EncryptedTextField, SealedRow
from keqiao.kernel.models import Entry, IdempotencyKey, SearchDocument
from keqiao.kernel.platform import aliases, clock, search
from keqiao.kernel.platform.actors import SYSTEM
from keqiao.kernel.platform.errors import Conflict
from keqiao.kernel.record import journal
from keqiao.kernel.steps import idempotency
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.operation import case_of, get, register
from keqiao.kernel.steps.renames import model_was, operation_was, refuse_unbound_fields

TAG, LABEL = "enterprises.Tag", "marking.Label"


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """What a test renames is forgotten after it."""
    for sort in (aliases.MODELS, aliases.OPERATIONS):
        monkeypatch.setattr(sort, "now", dict(sort.now))
        monkeypatch.setattr(sort, "old", dict(sort.old))


def renamed():
    model_was(TAG, LABEL)
    operation_was("create_tag", "create_label")


@pytest.fixture
def tag(db):
    """A tag made before the model and its steps were renamed."""
    manager = people.staff(Role.MANAGER)
    row = Tag.objects.create(name="旧标签")
    with transaction.atomic():
        entry = journal._write(
            who=(manager.pk, manager.name),
            what={"operation": "create_label", "clause": "6.5"},
            about={"subject_type": "marking.label", "subject_id": row.pk},
            case=f"label:{row.pk}",
            enterprise_id=None,
            payload={"name": "旧标签"},
            files=(),
            at=clock.now(),
        )
    return row, entry, manager


class TestRefusedAtStart:
    @pytest.mark.parametrize(
        ("declare", "came", "remedy"),
        [
            (lambda: model_was("enterprises.Nothing", LABEL), "enterprises.Nothing", "Name what exists"),
            (lambda: operation_was("create_nothing", "create_label"), "create_nothing", "Name what exists"),
            (lambda: model_was(TAG), TAG, "oldest first"),
            (lambda: model_was(TAG, "label"), "label", "Write it as it stands in the code"),
            (lambda: operation_was("create_tag", "create label"), "create label", "Write it as it stands"),
            (lambda: model_was(TAG, LABEL, LABEL), LABEL, "It stands for 'enterprises.Tag' already"),
            (lambda: model_was(TAG, "enterprises.Contact"), "enterprises.Contact", "Rename what is called so now"),
            (lambda: operation_was("create_tag", "create_contact"), "create_contact", "Rename what is called"),
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, declare, came, remedy):
        with pytest.raises(DeclarationError) as refused:
            declare()
        assert "kernel/test_aliases.py, line " in str(refused.value)
        assert f"came {came!r}" in str(refused.value)
        assert remedy in str(refused.value.remedy)

    def test_an_old_name_stands_for_one_thing(self):
        renamed()
        for again in (
            lambda: model_was("enterprises.Contact", LABEL),
            lambda: operation_was("update_tag", "create_label"),
        ):
            with pytest.raises(DeclarationError, match="an old name said once"):
                again()

    def test_an_operation_under_an_old_name(self):
        renamed()
        with pytest.raises(DeclarationError, match="In old entries it means 'create_tag'"):
            register(replace(get("create_tag"), name="create_label"))

    def test_another_model_whose_cases_begin_alike(self):
        with pytest.raises(DeclarationError, match="no other model has cases called “contact:…”"):
            model_was(TAG, "marking.Contact")

    def test_a_sealed_field_that_does_not_say_where_its_rows_were_sealed(self):
        with pytest.raises(DeclarationError, match=r'Write sealed_as="table\|phone" in the field'):
            refuse_unbound_fields(Forgotten)
        refuse_unbound_fields(Note)


def test_nothing_renamed_is_called_what_it_is():
    assert aliases.labels_of(Tag) == ("enterprises.tag",)
    assert aliases.current_label("enterprises.tag") == "enterprises.tag"
    assert aliases.case_kind(Tag) == "tag"
    assert aliases.model_named("gone.Module") is None


def test_renamed_twice():
    model_was(TAG, LABEL, "marking.Mark")
    assert aliases.labels_of(Tag) == ("enterprises.tag", "marking.label", "marking.mark")
    assert [aliases.current_label(old) for old in ("marking.label", "marking.mark")] == [
        "enterprises.tag"
    ] * 2
    assert aliases.model_named("marking.label") is Tag
    assert aliases.first_label(Tag) == "marking.label"


def test_a_case_goes_on_under_its_name_and_in_its_numbers(tag):
    row, _entry, manager = tag
    renamed()
    assert case_of(row) == f"label:{row.pk}"
    get("update_tag")(tag=row, actor=manager, name="新标签")
    newest = Entry.objects.latest("pk")
    assert (newest.case, newest.case_n) == (f"label:{row.pk}", 2)
    assert (newest.operation, newest.subject_type) == ("update_tag", "enterprises.tag")


def test_the_history_reads_both_in_words(tag):
    row, _entry, manager = tag
    renamed()
    get("update_tag")(tag=row, actor=manager, name="新标签")
    lines = history.timeline(row, actor=manager)
    assert [(line.label, line.detail) for line in lines] == [
        ("修改", "标签：新标签"),
        ("新增", "标签：旧标签"),
    ]
    assert [entry.operation for entry in history.last_entries(row, actor=SYSTEM, most=5)] == [
        "update_tag",
        "create_label",
    ]


def test_the_entry_itself_is_not_touched(tag):
    _row, entry, _manager = tag
    renamed()
    entry.refresh_from_db()
    assert (entry.operation, entry.step) == ("create_label", "create_tag")
    assert (entry.subject_type, entry.subject_label) == ("marking.label", "enterprises.tag")
    assert '"operation":"create_label"' in entry.header


def test_evidence_counts_both(tag):
    _row, entry, manager = tag
    today = clock.today()
    evidence = Evidence(kind="operation", note="", note_en="", ref="create_tag")
    get("create_tag")(actor=manager, name="新标签")

    def count():
        counted = _Counts(Period(date(today.year, 1, 1), today)).of(evidence)
        return counted.count

    assert count() == 1
    renamed()
    assert count() == 2
    assert Entry.objects.filter(aliases.steps(["create_tag"])).earliest("pk") == entry


def test_what_is_closed_to_a_person_is_closed_under_its_old_name(tag, monkeypatch):
    from keqiao.faces import activity

    renamed()
    client = people.client(enterprise_id=enterprises.enterprise().pk)
    assert {"enterprises.tag", "marking.label"} <= set(activity.closed_to(client))


def test_a_request_made_before_has_its_answer(tag):
    row, _entry, manager = tag
    values = {"name": "旧标签", "same_as": row}
    old = {"name": "旧标签", "same_as": {"type": "marking.label", "id": row.pk}}
    before = idempotency.Request("create_label", manager.pk, "key-1", idempotency.fingerprint_of(old))
    IdempotencyKey.objects.create(
        operation="create_label", actor_id=manager.pk, key="key-1", fingerprint=before.fingerprint,
        result_type=LABEL, result_id=row.pk,
    )  # fmt: skip
    assert idempotency.find(idempotency.Request.of("create_tag", manager, "key-1", values)) is None
    renamed()
    assert idempotency.find(idempotency.Request.of("create_tag", manager, "key-1", values)) == row
    with pytest.raises(Conflict):
        idempotency.find(idempotency.Request.of("create_tag", manager, "key-1", {"name": "别的"}))


def test_what_was_indexed_under_the_old_name_is_found_once(db, monkeypatch):
    from keqiao.enterprises.models import Contact

    manager = people.staff(Role.MANAGER)
    firm = enterprises.enterprise(owner=manager)
    kept, twice = (enterprises.contact(enterprise=firm, name=name) for name in ("欧阳若晴", "欧阳若雨"))
    SearchDocument.objects.filter(model="enterprises.Contact").update(model="people.Caller")
    search.refresh(twice)
    model_was("enterprises.Contact", "people.Caller")
    assert search.complete() == 0
    assert dict(search.find(actor=manager, text="欧阳")) == {Contact: [twice, kept]}
    assert not SearchDocument.objects.filter(model="people.Caller").exists()


class FormerNote(SealedRow):
    enterprise_id = models.BigIntegerField(null=True)
    phone = EncryptedTextField(null=True)

    class Meta:
        app_label = "alias_test"
        db_table = "alias_former"


class Note(SealedRow):
    enterprise_id = models.BigIntegerField(null=True)
    telephone = EncryptedTextField(null=True, db_column="phone", sealed_as="alias_former|phone")

    class Meta:
        app_label = "alias_test"
        db_table = "alias_note"


class Forgotten(SealedRow):
    enterprise_id = models.BigIntegerField(null=True)
    phone = EncryptedTextField(null=True)

    class Meta:
        app_label = "alias_test"
        db_table = "alias_note"


def test_a_sealed_value_opens_in_the_table_it_moved_to(db):
    sql, _params = connection.SchemaEditorClass(connection, collect_sql=True).table_sql(FormerNote)
    with connection.cursor() as cursor:
        cursor.execute(sql)
    old = FormerNote.objects.create(enterprise_id=1, phone="13800000000")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE alias_former RENAME TO alias_note")
    assert Note.objects.get(pk=old.pk).telephone == "13800000000"
    new = Note.objects.create(enterprise_id=1, telephone="13900000000")
    assert Note.objects.get(pk=new.pk).telephone == "13900000000"
    with pytest.raises(CorruptData):
        Forgotten.objects.get(pk=old.pk).phone  # noqa: B018


def test_where_a_field_is_sealed_goes_with_it_into_migrations():
    field = Note._meta.get_field("telephone")
    assert field.deconstruct()[3]["sealed_as"] == "alias_former|phone"
    assert field.clone().sealed_as == "alias_former|phone"
    assert "sealed_as" not in Forgotten._meta.get_field("phone").deconstruct()[3]


def test_a_place_that_is_none_is_said_by_the_checks():
    field = EncryptedTextField(sealed_as="somewhere")
    field.set_attributes_from_name("phone")
    field.model = Note
    assert [error.id for error in field.check()] == ["kernel.E002"]
