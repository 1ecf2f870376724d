"""The clauses against the standard: numbers and strengths were read off it by a person."""

import shutil

import pytest
from django.apps import apps

from keqiao.catalogue.shipped import catalogue
from keqiao.conformity import clauses, references
from keqiao.kernel.platform.typed_yaml import DataError
from keqiao.kernel.steps import operation

STRENGTHS = {
    "4.1.1": "S",
    "4.1.2": "S",
    "4.1.3": "S",
    "4.1.4": "S",
    "4.1.5": "S",
    "4.1.6": "H",
    "4.2.1": "S",
    "4.2.2": "S/H",
    "4.2.3": "S",
    "4.2.4": "S",
    "4.2.5": "S/H",
    "4.3": "S",
    "4.4.1": "S",
    "4.4.2": "S",
    "6.1.1": "S",
    "6.1.2": "S",
    "6.1.3": "S",
    "6.2": "S",
    "6.3.1": "S/H",
    "6.3.2": "S",
    "6.3.3": "S",
    "6.3.4": "S",
    "6.4.1": "S",
    "6.4.2": "S",
    "6.5": "S",
    "7.1": "S",
    "7.2": "S",
    "7.3": "S",
}
LETTERED = {
    ("4.1.6", "abcdefg", "H"),
    ("4.4.1", "abc", "S"),
    ("6.2", "abcdefghij", "S"),
    ("6.3.4", "abcdef", "S"),
}
SERVICES = {
    "5.1": "abcdef",
    "5.2": "abcdefg",
    "5.3": "abcdef",
    "5.4": "abc",
    "5.5": "abcde",
    "5.6": "abcd",
    "5.7": "abc",
}
HEADINGS = ["4", "4.1", "4.2", "4.4", "5", "6", "6.1", "6.3", "6.4", "7"]


def strengths_of_the_standard():
    expected = dict(STRENGTHS)
    for parent, letters, strength in LETTERED:
        expected |= {f"{parent}.{letter}": strength for letter in letters}
    for family, letters in SERVICES.items():
        expected |= {family: "M"} | {f"{family}.{letter}": "M" for letter in letters}
    return expected


def evidence():
    return [(clause.id, one) for clause in clauses.clauses() for one in clause.evidence]


def test_every_clause_is_there_with_its_strength():
    came = {one.id: one.strength for one in clauses.clauses()}
    assert came == strengths_of_the_standard()
    assert len(came) == 95


def test_headings_ask_for_nothing():
    every = [one for chapter in clauses.load() for one in chapter.walk()]
    assert [one.id for one in every if one.is_heading] == HEADINGS


def test_every_clause_has_evidence():
    assert [one.id for one in clauses.clauses() if not one.evidence] == []


def unmet(steps, models):
    """Evidence that names no step or model there is: the clause would stay at 0 for ever."""
    known = {"operation": steps, "record": models}
    return sorted(
        f"{clause}: {one.ref}"
        for clause, one in evidence()
        if one.kind in known and one.ref not in known[one.kind]
    )


def registered():
    steps = {one.name for one in operation.operations()}
    models = {f"{one._meta.app_label}.{one.__name__}" for one in apps.get_models()}
    return steps, models


def test_every_step_and_record_named_as_evidence_exists():
    assert unmet(*registered()) == []


def test_the_control_a_renamed_step_or_model_is_found():
    steps, models = registered()
    assert unmet(steps - {"send_survey"}, models) == ["6.4.2: send_survey"]
    assert unmet(steps, models - {"organisation.Expert"}) == ["4.2.5: organisation.Expert"]


def test_every_step_is_recorded_under_a_clause_of_the_standard():
    under = {one.clause.replace(" ", ".") for one in operation.operations()}
    known = {one.id for chapter in clauses.load() for one in chapter.walk()}
    assert under - known == set()


def test_the_services_are_met_by_steps_on_engagements():
    """Only such a step has a case that says for which service it was."""
    models = {one.ref: operation.get(one.ref).model for _, one in evidence() if one.item}
    assert {name: model.__name__ for name, model in models.items()} == {
        "accept_commission": "Engagement",
        "confirm_plan": "Plan",
        "accept_deliverable": "Deliverable",
    }
    assert [name for name, model in models.items() if not hasattr(model, "journal_case")] == []


def test_records_named():
    assert {one.ref for _, one in evidence() if one.kind == "record"} == {
        "catalogue.Offer",
        "engagement.Engagement",
        "kernel.Entry",
        "organisation.Expert",
        "organisation.Post",
        "organisation.StaffProfile",
        "organisation.Undertaking",
    }


def test_only_by_hand_for_now():
    alone = [c.id for c in clauses.clauses() if {one.kind for one in c.evidence} == {"by_hand"}]
    assert alone == [
        "4.1.3",
        "4.1.6.b",
        "4.1.6.c",
        "4.1.6.e",
        "4.1.6.f",
        "4.1.6.g",
        "4.2.4",
        "4.3",
        "4.4.1",
        "4.4.1.a",
        "4.4.1.c",
        "7.3",
    ]


def test_what_is_kept_by_hand_says_where():
    vague = [clause for clause, one in evidence() if one.kind == "by_hand" and "保存" not in one.note]
    assert vague == []


def test_service_clauses_count_their_own_catalogue_item():
    found = clauses.find(clause="5.3.c")
    assert [(one.ref, one.item) for one in found.evidence] == [
        ("accept_commission", "5.3.c"),
        ("confirm_plan", "5.3.c"),
        ("accept_deliverable", "5.3.c"),
    ]


def test_service_clauses_are_the_catalogue():
    came = {one.id for one in clauses.clauses() if one.id.startswith("5.")}
    assert came == {item.code for item in catalogue.items()} | {one.code for one in catalogue.load()}


def test_each_contract_element_counts_its_own_letter():
    letters = {clause: one.element for clause, one in evidence() if one.ref == "write_contract_element"}
    assert letters == {f"6.2.{letter}": letter for letter in "abcdefghij"}


def test_what_a_numbered_clause_asks_is_said():
    silent = {one.id for one in clauses.clauses() if one.asks is None}
    assert {one for one in silent if not one[-1].isalpha() and not one.startswith("5.")} == set()


def test_the_tree_keeps_the_order_of_the_standard():
    (four, _, six, _) = clauses.load()
    assert [one.id for one in four.children] == ["4.1", "4.2", "4.3", "4.4"]
    assert [one.id for one in six.children] == ["6.1", "6.2", "6.3", "6.4", "6.5"]
    assert [one.id for one in clauses.find(clause="6.3.4").children][-1] == "6.3.4.f"


def test_an_unknown_number_says_what_a_number_looks_like():
    with pytest.raises(DataError, match=r"such as 6\.1\.3 or 6\.2\.a, came '6\.9'"):
        clauses.find(clause="6.9")


BY_HAND = 'note_en: "findings, causes'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("strength: S", "strength: X", "strength: expected one of S, H, M, S/H, came 'X'"),
        ('id: "7.3"', 'id: "6.9"', "7 › 6.9: expected an id that begins with 7"),
        ('id: "7.3"', 'id: "7.2"', "expected unique identifiers, came '7.2'"),
        (BY_HAND, f"ref: file_complaint, {BY_HAND}", "7.3 › evidence › by_hand: expected no ref"),
        ("    strength: S\n    title: 持续", "    title: 持续", "7.3: expected a strength, or a heading"),
    ],
)
def test_a_wrong_file_is_named_with_the_remedy(tmp_path, old, new, message):
    shutil.copytree(clauses.HERE, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "7.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        clauses.load_from(folder=tmp_path, apps=clauses.evidence_files())
    assert message in str(error.value)


def test_a_clause_that_nothing_meets_is_refused(tmp_path):
    path = tmp_path / "4.yaml"
    path.write_text(
        'version: 1\nid: "4"\ntitle: 题\ntitle_en: t\n'
        'children: [{id: "4.3", strength: S, title: 场所, title_en: t}]\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"4\.3: expected evidence, came 'none'"):
        clauses.load_from(folder=tmp_path)


def test_a_step_back_alone_is_no_evidence_for_a_clause(tmp_path):
    (tmp_path / "6.yaml").write_text(
        'version: 1\nid: "6"\ntitle: 题\ntitle_en: t\nchildren: [{id: "6.2", strength: S, title: 合同, title_en: t, evidence: '
        '[{kind: operation, ref: return_contract, meets: false, note: 退回, note_en: "returned"}]}]\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"6\.2: expected evidence, came 'none that meets it'"):
        clauses.load_from(folder=tmp_path)


def own(tmp_path, text):
    """An app's evidence.yaml of its own, beside those of the house."""
    folder = tmp_path / "sample"
    folder.mkdir()
    path = folder / "evidence.yaml"
    path.write_text(f"version: 1\n{text}", encoding="utf-8")
    return path


def test_an_app_adds_its_evidence_to_the_clause(tmp_path):
    line = '{kind: operation, ref: file_complaint, note: 样例, note_en: "sample"}'
    path = own(tmp_path, f'evidence:\n  "4.3":\n    - {line}\neach:\n  - {line}\n')
    (four, five, _, _) = clauses.load_from(folder=clauses.HERE, apps=(path, *clauses.evidence_files()))
    found = {one.id: one for one in (*four.walk(), *five.walk())}
    assert [one.kind for one in found["4.3"].evidence] == ["operation", "by_hand"]
    first = found["5.1.a"].evidence[0]
    assert (first.ref, first.item) == ("file_complaint", "5.1.a")


def test_evidence_for_a_clause_that_does_not_exist_is_refused(tmp_path):
    line = '{kind: operation, ref: file_complaint, note: 样例, note_en: "sample"}'
    path = own(tmp_path, f'evidence:\n  "8.1":\n    - {line}\n')
    with pytest.raises(DataError) as error:
        clauses.load_from(folder=clauses.HERE, apps=(*clauses.evidence_files(), path))
    assert str(error.value) == (
        "sample/evidence.yaml: expected the number of a clause, such as 6.1.3 or 6.2.a, came '8.1'. "
        "Look the number up in conformity/clauses."
    )


@pytest.mark.parametrize(
    ("kind", "ref", "message"),
    [
        ("operation", "no_such_step", "expected the name of a step, came 'no_such_step'"),
        (
            "record",
            "engagement.Nothing",
            "expected a model such as organisation.Expert, came 'engagement.Nothing'",
        ),
        (
            "share",
            "engagement.nothing",
            "expected the name of a measure of kind share, came 'engagement.nothing'",
        ),
        ("share", "engagement.milestones", "came 'engagement.milestones, which is of kind timely'"),
    ],
)
def test_evidence_that_names_nothing_is_refused_at_start(tmp_path, monkeypatch, kind, ref, message):
    path = own(
        tmp_path, f'evidence:\n  "4.3":\n    - {{kind: {kind}, ref: {ref}, note: 样例, note_en: "sample"}}\n'
    )
    monkeypatch.setattr(references, "evidence_files", lambda: (path,))
    with pytest.raises(DataError) as error:
        references.check_references()
    assert message in str(error.value)
    assert str(error.value).startswith(f"sample/evidence.yaml › 4.3 › {kind}: ")
