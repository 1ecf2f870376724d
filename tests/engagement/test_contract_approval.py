"""6.2: approval by a second person, sending, the signed copy."""

import hashlib
from datetime import date

import pytest
from tests.documents.reading import pdf_text, squeezed, word_text
from tests.factories import contracts as make

from keqiao.accounts.models import Role
from keqiao.engagement.contracting.contract_texts import filled_elements
from keqiao.engagement.contracting.operations.contract import write_contract_element
from keqiao.engagement.contracting.operations.contract_approval import (
    approve_contract,
    recall_contract,
    return_contract,
    send_contract,
    store_signed_contract,
)
from keqiao.engagement.models import Contract, Engagement, Letter
from keqiao.enterprises.models import Contact
from keqiao.kernel.files import vault
from keqiao.kernel.models import Entry, Outbox
from keqiao.kernel.platform.errors import Conflict, Invalid, NotAllowed, Refusal, WrongState
from keqiao.kernel.steps.operation import run

pytestmark = pytest.mark.usefixtures("site")
TITLES = (
    "第一条　服务内容",
    "第二条　服务方式、期限和地点",
    "第三条　双方权利和义务",
    "第四条　服务费用",
    "第五条　技术资料和样品的保管",
    "第六条　风险责任的承担",
    "第七条　技术成果的归属",
    "第八条　服务质量要求和验收方法",
    "第九条　提前终止、变更和解除的条件",
    "第十条　保密内容、保密期限和泄密责任",
)


def hashes(operation):
    entry = Entry.objects.get(operation=operation)
    return sorted(entry.files.values_list("sha256", flat=True))


def content(blob):
    with vault.open_blob(blob) as stream:
        return stream.read()


def test_a_manager_who_wrote_none_of_it_approves():
    contract = make.in_approval()
    manager = make.staff(Role.MANAGER)
    approve_contract(contract=contract, actor=manager)
    found = Contract.objects.get(pk=contract.pk)
    assert (found.state, found.approved_by, found.approved_at) == ("approved", manager, make.NOON)


def test_the_drafter_never_approves_not_even_as_manager():
    one = make.engagement(consultant=make.staff(Role.CONSULTANT, Role.MANAGER))
    contract = make.in_approval(one=one)
    with pytest.raises(NotAllowed):
        approve_contract(contract=contract, actor=one.consultant)


def test_a_manager_who_wrote_an_element_does_not_approve():
    contract = make.drafted()
    manager = make.staff(Role.MANAGER)
    write_contract_element(contract=contract, actor=manager, letter=Letter.C, text="双方权利和义务如下。")
    Contract.objects.update(state="in_approval")
    with pytest.raises(NotAllowed):
        approve_contract(contract=contract, actor=manager)


@pytest.mark.parametrize(
    ("roles", "clearance"), [((Role.CONSULTANT,), 1), ((Role.AUDITOR,), 1), ((Role.MANAGER,), 0)]
)
def test_others_do_not_approve(roles, clearance):
    contract = make.in_approval()
    with pytest.raises(NotAllowed):
        approve_contract(contract=contract, actor=make.staff(*roles, clearance=clearance))


def test_of_two_approvals_one_wins():
    contract = make.in_approval()
    first, second = Contract.objects.get(pk=contract.pk), Contract.objects.get(pk=contract.pk)
    winner = make.staff(Role.MANAGER)
    approve_contract(contract=first, actor=winner)
    with pytest.raises(WrongState):
        approve_contract(contract=second, actor=make.staff(Role.MANAGER))
    assert Contract.objects.get(pk=contract.pk).approved_by == winner
    assert Entry.objects.filter(operation="approve_contract").count() == 1


def test_who_looked_at_an_older_version_is_told():
    contract = make.in_approval()
    with pytest.raises(Conflict):
        run(
            approve_contract,
            actor=make.staff(Role.MANAGER),
            contract=contract,
            expected_version=contract.version - 1,
        )


def test_a_returned_contract_is_written_on_with_the_reason():
    contract = make.in_approval()
    return_contract(contract=contract, actor=make.staff(Role.MANAGER), reason="验收标准不明")
    found = Contract.objects.get(pk=contract.pk)
    assert (found.state, found.returned_reason) == ("drafting", "验收标准不明")


def test_what_is_sent_holds_all_ten_elements_and_the_amount_in_capitals():
    contract = make.sent()
    found = Contract.objects.get(pk=contract.pk)
    pdf, word = pdf_text(content(found.pdf)), squeezed(word_text(content(found.word)))
    for title in TITLES:
        assert squeezed(title) in pdf
        assert squeezed(title) in word
    for element, now in filled_elements(found):
        assert squeezed(now.text) in word, element.letter
    for text in (pdf, word):
        assert "总额为人民币107,000.53元（大写：人民币壹拾万柒仟元零伍角叁分）" in text  # element d
        assert "合计人民币壹拾万柒仟元零伍角叁分" in text  # under the schedule
        assert "¥107,000.53" in text
        assert "{" not in text


def test_sending_keeps_both_papers_by_their_hash_and_tells_the_client():
    one = make.engagement()
    make.client_of(one.enterprise, email="client@example.com")
    Contact.objects.create(
        enterprise=one.enterprise, name="示例", email="contact@example.com", is_primary=True
    )
    contract = make.sent(one=one)
    found = Contract.objects.get(pk=contract.pk)
    digests = sorted(hashlib.sha256(content(blob)).hexdigest() for blob in (found.pdf, found.word))
    assert hashes("send_contract") == digests
    mail = Outbox.objects.get(topic="mail").payload
    assert mail["to"] == ["client@example.com", "contact@example.com"]
    assert one.number in mail["subject"]
    assert contract.number not in mail["body"]


def test_a_contract_taken_back_is_approved_and_sent_anew_as_the_next_edition():
    contract = make.sent()
    consultant = contract.engagement.consultant
    recall_contract(contract=contract, actor=consultant, reason="客户要求修改付款节点")
    found = Contract.objects.get(pk=contract.pk)
    assert (found.state, found.approved_by, found.sent_at, found.edition) == ("drafting", None, None, 1)
    with pytest.raises(WrongState):
        send_contract(contract=found, actor=consultant)
    assert "{fee}" in found.elements.get(letter="d").text  # follows the facts again
    write_contract_element(contract=found, actor=consultant, letter=Letter.C, text="修改后的权利和义务。")
    Contract.objects.update(state="in_approval")
    approve_contract(contract=Contract.objects.get(), actor=make.staff(Role.MANAGER))
    send_contract(contract=Contract.objects.get(), actor=consultant)
    again = Contract.objects.get()
    assert again.edition == 2
    assert "修改后的权利和义务。" in pdf_text(content(again.pdf))


def test_what_is_sent_is_what_stands_in_the_elements():
    contract = make.sent()
    assert "自2026年3月9日起至2026年6月30日止" in contract.elements.get(letter="b").text


def test_an_element_emptied_behind_the_back_stops_the_sending():
    contract = make.approved()
    contract.elements.filter(letter="f").update(text="")
    with pytest.raises(Refusal) as refused:
        send_contract(contract=contract, actor=contract.engagement.consultant)
    assert [m.clause for m in refused.value.missing] == ["6.2.f"]
    assert Contract.objects.get().pdf is None


def test_the_signed_copy_is_kept_by_its_hash_and_moves_the_engagement_on():
    contract = make.sent()
    text_before = {element.letter: now.text for element, now in filled_elements(contract)}
    store_signed_contract(
        contract=contract,
        actor=contract.engagement.consultant,
        signed_copy=make.upload(),
        signed_on=make.TODAY,
    )
    found = Contract.objects.get(pk=contract.pk)
    assert found.state == "signed"
    assert (
        hashes("store_signed_contract")
        == [hashlib.sha256(make.PDF).hexdigest()]
        == [found.signed_copy.sha256]
    )
    engagement = Engagement.objects.get(pk=found.engagement_id)
    assert (engagement.state, engagement.stage_since) == ("contracted", make.TODAY)
    assert {element.letter: element.text for element in found.elements.all()} == text_before


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 3, 3)])
def test_a_contract_is_signed_after_it_was_sent_and_not_in_the_future(day):
    contract = make.sent()
    with pytest.raises(Invalid):
        store_signed_contract(
            contract=contract, actor=contract.engagement.consultant, signed_copy=make.upload(), signed_on=day
        )
    assert Engagement.objects.get().state == "accepted"


def test_a_signed_copy_is_no_text_file_and_no_page():
    contract = make.sent()
    for name, bad in (("a.pdf", b"just words"), ("a.pdf", b"<html><script>1</script></html>")):
        with pytest.raises(Invalid):
            store_signed_contract(
                contract=contract,
                actor=contract.engagement.consultant,
                signed_copy=make.upload(name, bad),
                signed_on=make.TODAY,
            )
    assert Contract.objects.get().state == "sent"
