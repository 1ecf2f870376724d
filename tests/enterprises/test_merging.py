"""Two records of one enterprise become one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.enterprises.conftest import code

from keqiao.accounts.models import Kind, Role
from keqiao.enterprises.models import Contact, Enterprise, Tag, YearlyFigure
from keqiao.enterprises.operations.files import add_enterprise_file
from keqiao.enterprises.operations.merging import merge_enterprises
from keqiao.enterprises.relations import pointers
from keqiao.kernel.models import Entry
from keqiao.kernel.models.search import SearchDocument
from keqiao.kernel.platform.errors import Invalid, NotAllowed, Refusal
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps import operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(enterprise):
    return enterprise(1, name="并入的"), enterprise(2, name="留下的")


def merge(pair, actor):
    return merge_enterprises(
        enterprise=pair[0], into=pair[1], reason="同一统一社会信用代码的旧码", actor=actor
    )


def test_every_table_that_points_at_an_enterprise_is_known():
    """Hidden relations among them: the parts of engagements carry their enterprise without a name back."""
    found = {model.__name__ for model, _name in pointers()}
    assert {
        "Contact",
        "YearlyFigure",
        "EnterpriseFile",
        "Engagement",
        "Contract",
        "Material",
        "User",
    } <= found
    assert not {"Enterprise", "Enterprise_tags"} & found


def test_nothing_that_hangs_on_it_is_lost(pair, person, figure):
    gone, stays = pair
    manager, client = person(Role.MANAGER), person(None, kind=Kind.CLIENT, enterprise_id=gone.pk)
    Contact.objects.create(enterprise=gone, name="甲")
    Contact.objects.create(enterprise=stays, name="乙")
    figure(gone, 2024, "1.00")
    figure(gone, 2025, "2.00")
    figure(stays, 2025, "2.00")
    gone.tags.add(Tag.objects.create(name="国高"))
    merge(pair, manager)
    client.refresh_from_db()
    assert list(Contact.objects.filter(enterprise=stays).order_by("name").values_list("name", flat=True)) == [
        "乙",
        "甲",
    ]
    assert list(YearlyFigure.objects.order_by("year").values_list("year", "enterprise")) == [
        (2024, stays.pk),
        (2025, stays.pk),
    ]
    assert [tag.name for tag in stays.tags.all()] == ["国高"]
    assert (client.enterprise_id, client.credentials_version) == (stays.pk, 2)
    assert Enterprise.objects.get(pk=gone.pk).merged_into == stays


def test_two_different_amounts_are_for_a_person_to_settle(pair, person, figure):
    ours, theirs = figure(pair[0], 2025, "1.00"), figure(pair[1], 2025, "2.00")
    with pytest.raises(Invalid) as refused:
        merge(pair, person(Role.MANAGER))
    assert "into" in refused.value.fields
    assert set(YearlyFigure.objects.values_list("pk", flat=True)) == {ours.pk, theirs.pk}
    assert Enterprise.objects.filter(merged_into=None).count() == 2


def test_files_stay_readable_under_the_key_they_were_sealed_with(pair, person, seen_by):
    manager = person(Role.MANAGER)
    upload = SimpleUploadedFile("执照.txt", "营业执照的文字".encode())
    kept = add_enterprise_file(enterprise=pair[0], actor=manager, file=upload)
    merge(pair, manager)
    kept.refresh_from_db()
    assert (kept.enterprise, kept.blob.enterprise_id) == (pair[1], pair[0].pk)
    answer = seen_by(manager).get(f"/files/{kept.blob_id}/")
    assert b"".join(answer.streaming_content).decode() == "营业执照的文字"


def test_what_was_kept_closer_does_not_open_by_moving(pair, person):
    Enterprise.objects.filter(pk=pair[0].pk).update(level=Level.TRADE_SECRET)
    merge(pair, person(Role.MANAGER, clearance=Level.CORE_TRADE_SECRET))
    assert Enterprise.objects.get(pk=pair[1].pk).level == Level.TRADE_SECRET


def test_a_chain_leads_to_its_end_and_no_merged_record_is_merged_into(pair, person, enterprise):
    manager, third = person(Role.MANAGER), enterprise(3)
    merge(pair, manager)
    with pytest.raises(Refusal):
        merge_enterprises(enterprise=third, into=pair[0], reason="试", actor=manager)
    merge((pair[1], third), manager)
    assert set(Enterprise.objects.filter(merged_into=third)) == set(pair)


def test_only_a_manager_merges_and_never_into_itself(pair, person):
    with pytest.raises(NotAllowed):
        merge(pair, person())
    with pytest.raises(Invalid):
        merge((pair[0], pair[0]), person(Role.MANAGER))


def test_lists_and_search_forget_it_and_its_page_leads_on(pair, person, seen_by):
    manager = person(Role.MANAGER)
    client = seen_by(manager)
    for one in pair:
        operation.get("update_enterprise")(enterprise=one, actor=manager, **profile(one))
    assert SearchDocument.objects.filter(model="enterprises.Enterprise").count() == 2
    merge(pair, manager)
    assert [d.title for d in SearchDocument.objects.filter(model="enterprises.Enterprise")] == ["留下的"]
    assert "并入的" not in client.get("/enterprises/").content.decode()
    led = client.get(f"/enterprises/{pair[0].pk}/")
    assert (led.status_code, led.headers["Location"]) == (302, f"/enterprises/{pair[1].pk}/")


def test_a_merged_record_leads_nobody_to_what_they_may_not_see(pair, person, seen_by):
    merge(pair, person(Role.MANAGER))
    Enterprise.objects.filter(pk=pair[1].pk).update(level=Level.CORE_TRADE_SECRET)
    assert seen_by(person()).get(f"/enterprises/{pair[0].pk}/").status_code == 404


def test_the_record_of_both_goes_on_in_one(pair, person, seen_by):
    manager = person(Role.MANAGER)
    operation.get("update_enterprise")(enterprise=pair[0], actor=manager, **profile(pair[0]))
    merge(pair, manager)
    assert Entry.objects.filter(case=f"enterprise:{pair[0].pk}").count() == 2
    page = seen_by(manager).get(f"/enterprises/{pair[1].pk}/history/").content.decode()
    assert page.count("<li>") >= 2
    assert "同一统一社会信用代码的旧码" in page


def profile(one: Enterprise) -> dict:
    return {
        "name": one.name,
        "uscc": one.uscc or code(1),
        "region": "4403",
        "industry": "39",
        "size": "small",
        "registered_on": None,
        "address": "",
        "representative": "",
        "tags": [],
    }
