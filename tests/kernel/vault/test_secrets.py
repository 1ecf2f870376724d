"""A sealed field reads like any other, lies unreadable in the database, and opens in its own place only."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models

from keqiao.kernel.files import keys
from keqiao.kernel.files.file_errors import CorruptData
from keqiao.kernel.files.secrets import EncryptedTextField, Sealed, SealedRow, blind_index

pytestmark = pytest.mark.django_db
PHONE = "13800000000"


class SealedContact(SealedRow):
    enterprise_id = models.BigIntegerField(null=True)
    phone = EncryptedTextField(null=True)
    address = EncryptedTextField(default="")

    class Meta:
        app_label = "sealed_field_test"


class Unkeyed(models.Model):
    phone = EncryptedTextField()

    class Meta:
        app_label = "sealed_field_test"
        abstract = True


@pytest.fixture(autouse=True)
def table(db):
    sql, _params = connection.SchemaEditorClass(connection, collect_sql=True).table_sql(SealedContact)
    with connection.cursor() as cursor:
        cursor.execute(sql)


def contact(**values):
    return SealedContact.objects.create(
        **{"enterprise_id": 1, "phone": PHONE, "address": "示例路1号", **values}
    )


def raw(row, column="phone"):
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from sealed_field_test_sealedcontact where id = %s", [row.pk])
        return cursor.fetchone()[0]


def overwrite(row, column, value):
    with connection.cursor() as cursor:
        cursor.execute(
            f"update sealed_field_test_sealedcontact set {column} = %s where id = %s", [value, row.pk]
        )


def again(row):
    return SealedContact.objects.get(pk=row.pk)


@pytest.mark.parametrize("value", [PHONE, "", "多行\n文字 😀", "x" * 100_000, None])
def test_what_is_written_is_read(suite, value):
    row = contact(phone=value)
    assert row.phone == value
    assert again(row).phone == value


def test_the_database_holds_it_sealed_and_differently_each_time():
    one, two = contact(), contact()
    assert raw(one).startswith("kq1:")
    assert PHONE not in raw(one)
    assert raw(one) != raw(two)


def test_rows_written_in_bulk_are_sealed_too():
    SealedContact.objects.bulk_create([SealedContact(enterprise_id=2, phone=str(n)) for n in range(3)])
    assert [row.phone for row in SealedContact.objects.order_by("pk")] == ["0", "1", "2"]
    assert [raw(row)[:4] for row in SealedContact.objects.all()] == ["kq1:"] * 3


def test_saving_again_after_reading_and_without_reading_keeps_the_value():
    row = contact()
    untouched = again(row)
    untouched.save()
    changed = again(row)
    changed.phone = "13900000000"
    changed.save(update_fields=["phone"])
    assert (again(row).phone, again(row).address) == ("13900000000", "示例路1号")


def test_a_deferred_field_is_opened_when_it_is_asked_for():
    contact()
    row = SealedContact.objects.only("pk").get()
    assert row.phone == PHONE


def test_what_goes_round_the_model_stays_sealed():
    contact()
    value = SealedContact.objects.values_list("phone", flat=True).get()
    assert isinstance(value, Sealed)
    assert (str(value), repr(value)) == ("••••••", "••••••")


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: SealedContact.objects.update(phone="1"),
        lambda: SealedContact.objects.filter(phone=PHONE).exists(),
        lambda: SealedContact.objects.bulk_update([contact()], ["phone"]),
    ],
)
def test_writing_or_searching_in_the_clear_is_an_error(attempt):
    with pytest.raises(FieldError):
        attempt()


def test_rows_without_a_value_can_be_found():
    empty = contact(phone=None)
    contact()
    assert SealedContact.objects.get(phone__isnull=True) == empty


def test_a_value_copied_to_another_row_field_or_enterprise_does_not_open():
    one, two, other = contact(), contact(), contact(enterprise_id=2)
    for target, column in ((two, "phone"), (one, "address"), (other, "phone")):
        overwrite(target, column, raw(one))
        with pytest.raises(CorruptData):
            getattr(again(target), column)


def test_a_row_moved_to_another_enterprise_by_hand_does_not_open():
    row = contact()
    overwrite(row, "enterprise_id", 2)
    with pytest.raises(CorruptData) as fault:
        _ = again(row).phone
    assert fault.value.facts == {"where": f"sealed_field_test_sealedcontact|phone|{row.pk}"}


def test_a_row_is_handed_over_by_resealing():
    row = again(contact())
    row.reseal_for(2)
    row.save()
    moved = again(row)
    assert (moved.enterprise_id, moved.phone, moved.address) == (2, PHONE, "示例路1号")


@pytest.mark.parametrize(
    "token", ["", "plain text", "kq1:x", "kq2:{uid}:{data}", "kq1:{uid}:!!!", "kq1:{uid}:AAAA"]
)
def test_a_damaged_value_is_named(token):
    row = contact()
    _mark, uid, data = raw(row).split(":")
    overwrite(row, "phone", token.format(uid=uid, data=data))
    with pytest.raises(CorruptData):
        _ = again(row).phone


def test_values_sealed_before_a_rotation_still_open():
    row = contact()
    keys.rotate_enterprise_key(enterprise_id=1)
    keys.forget_keys()
    assert again(row).phone == PHONE
    again(row).save()
    assert raw(row).split(":")[1] == keys.current_key(enterprise_id=1).uid


def test_a_model_without_a_row_key_fails_the_system_check():
    field = EncryptedTextField()
    field.model, field.name = Unkeyed, "phone"
    assert [error.id for error in field._check_row()] == ["kernel.E001"]
    assert SealedContact._meta.get_field("phone")._check_row() == []


def test_the_blind_index_finds_equal_values_only():
    index = blind_index(field="phone", value=PHONE)
    assert len(index) == 64
    assert index == blind_index(field="phone", value=" １３８００００００００ ")
    assert index != blind_index(field="phone", value="13800000001")
    assert index != blind_index(field="fax", value=PHONE)
    assert index != blind_index(field="phone", value=PHONE, enterprise_id=1)
    assert blind_index(field="mail", value="A@Example.com") == blind_index(
        field="mail", value="a@example.com"
    )


def test_the_blind_index_outlives_rotations():
    index = blind_index(field="phone", value=PHONE)
    keys.rotate_enterprise_key(enterprise_id=None)
    keys.rotate_master_key()
    keys.forget_keys()
    assert blind_index(field="phone", value=PHONE) == index
