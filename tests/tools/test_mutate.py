"""The mutation tool finds its places, changes one thing at each, and remembers why a survivor may live."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from mutants import table
from mutants.choose import KINDS, chosen
from mutants.evidence import lines_of, measures
from mutants.guards import guards
from mutants.intervals import intervals
from mutants.locks import locks
from mutants.policies import policies
from mutants.source import Edit, Mutant, Source
from mutants.states import elsewhere, looks, moves

CODE = """
@rule(_("Only a manager."))
def is_manager(actor, _subject):
    return "manager" in actor.roles


def open_to(actor, verb) -> Q:
    return Q(level__lte=actor.clearance, retired_on__isnull=True)


policy.register(Lamp, scope=open_to, fields={"secret": is_ours})


class Lamp(Record):
    class Meta:
        constraints = [models.UniqueConstraint(fields=["slip"], name="one_slip")]


def not_lent(lamp):
    if lamp.lent_on:
        return [Missing(_("Lent already."), "4.1.3")]
    return []


@operation(clause="4.1.3", on=Lamp, when=S.REQUESTED, then=S.LENT, permission=is_manager & is_near, guard=not_lent)
def lend(*, lamp, actor, due_on):
    if due_on < clock.today():
        raise Invalid(_("Passed."), field="due_on")
    if lamp.state == S.RETURNED or len(lamp.rows) > 3:
        lamp = Lamp.objects.select_for_update().get(pk=lamp.pk)
    return lamp
"""
STATES = (
    "LAMP = table(LampState, {S.REQUESTED: (S.LENT,), S.LENT: (S.RETURNED,), S.RETURNED: ()}, tones={})\n"
)
MEASURES = """
share("lamps.slips", of=Lamp, at="lent_on", has=Q(slip__isnull=False))
timely("lamps.returns", of=Lamp, due="due_on", done="returned_on", when=Q(lent_on__isnull=False))
"""
EVIDENCE = """version: 1
evidence:
  "4.1.3":
    - {kind: operation, ref: lend, note: 借出, note_en: "lent"}
  "6.5":
    - {kind: operation, ref: lend, note: 借出, note_en: "lent"}
    - {kind: record, ref: lamps.Lamp, note: 登记, note_en: "on file"}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "src/keqiao/lamps"
    (folder / "migrations").mkdir(parents=True)
    (folder / "migrations/0003_last.py").write_text("")
    for name, text in (("models", CODE), ("states", STATES), ("measures", MEASURES)):
        (folder / f"{name}.py").write_text(text)
    (folder / "evidence.yaml").write_text(EVIDENCE)
    return tmp_path


def source(home: Path, name: str) -> Source:
    return Source(home, f"src/keqiao/lamps/{name}.py")


def changes(home: Path, mutants: list[Mutant]) -> list[tuple[str, str]]:
    """What is no longer there, and what is there instead, by lines; what is changed still compiles."""
    found = []
    for mutant in mutants:
        edit = mutant.edits[0]
        before = (home / edit.path).read_bytes()
        after = edit.applied(before)
        if edit.path.endswith(".py"):
            ast.parse(after)
        old, new = (Counter(text.decode().splitlines()) for text in (before, after))
        gone, come = ("\n".join(map(str.strip, one - other)) for one, other in ((old, new), (new, old)))
        found.append((gone, come))
    return found


def test_policies(home):
    register = 'policy.register(Lamp, scope=open_to, fields={"secret": is_ours})'
    scope = "return Q(level__lte=actor.clearance, retired_on__isnull=True)"
    step = '@operation(clause="4.1.3", on=Lamp, when=S.REQUESTED, then=S.LENT, permission={}, guard=not_lent)'
    both = step.format("is_manager & is_near")
    assert sorted(changes(home, list(policies(source(home, "models"))))) == sorted(
        [
            ("", "return True"),
            (scope, "return Q(retired_on__isnull=True)"),
            (scope, "return Q(level__lte=actor.clearance)"),
            (register, register.replace("open_to", "lambda _actor, _verb: policy.EVERYTHING")),
            (register, "policy.register(Lamp, scope=open_to, fields={})"),
            (both, step.format("is_near")),
            (both, step.format("is_manager")),
        ]
    )


def test_guards(home):
    step = '@operation(clause="4.1.3", on=Lamp, when=S.REQUESTED, then=S.LENT, permission=is_manager & is_near{})'
    assert sorted(changes(home, list(guards(source(home, "models"))))) == [
        (step.format(", guard=not_lent"), step.format("")),
        ("if due_on < clock.today():", "if False:"),
        ("if lamp.lent_on:", "if False:"),
    ]


def test_locks(home):
    found = list(locks(source(home, "models")))
    lock = "lamp = Lamp.objects.{}().get(pk=lamp.pk)"
    constraint = 'models.UniqueConstraint(fields=["slip"], name="one_slip")'
    assert sorted(changes(home, found)) == [
        (f"constraints = [{constraint}]", "constraints = []"),
        (lock.format("select_for_update"), lock.format("all")),
    ]
    [migration] = [edit for mutant in found for edit in mutant.edits[1:]]
    assert migration.path == "src/keqiao/lamps/migrations/0004_without_one_slip.py"
    assert "RemoveConstraint(model_name='lamp', name='one_slip')" in migration.text
    assert {(mutant.schema, mutant.postgres) for mutant in found} == {(True, False), (False, True)}


def test_intervals(home):
    assert sorted(changes(home, list(intervals(source(home, "models"))))) == [
        ("if due_on < clock.today():", "if due_on <= clock.today():"),
        (
            "return Q(level__lte=actor.clearance, retired_on__isnull=True)",
            "return Q(level__lt=actor.clearance, retired_on__isnull=True)",
        ),
    ]


def test_states_looked_at(home):
    assert changes(home, list(looks(source(home, "models")))) == [
        ("if lamp.state == S.RETURNED or len(lamp.rows) > 3:", "if True or len(lamp.rows) > 3:")
    ]


def test_states_a_step_begins_in(home):
    code, states = source(home, "models"), source(home, "states")
    step = next(node for node in code.tree.body if isinstance(node, ast.FunctionDef) and node.name == "lend")
    facts = {
        "when": ["requested"],
        "then": ["lent"],
        "enum": "LampState",
        "names": {"requested": "REQUESTED", "lent": "LENT", "returned": "RETURNED"},
        "moves": {"requested": ["lent"], "lent": ["returned"], "returned": []},
    }
    found = list(elsewhere(code, step, step.decorator_list[0], facts, dict(moves(states))))
    assert [mutant.what for mutant in found] == [
        "`lend` also begins in the state `lent` (move added)",
        "`lend` also begins in the state `returned` (move added)",
    ]
    [(_gone, decorator), _other] = changes(home, found)
    assert "when=('requested', 'lent')" in decorator
    table_of_states = found[1].edits[1].applied(states.data).decode()
    assert "S.RETURNED: (*(), 'lent')" in table_of_states


def test_evidence_and_its_measures(home):
    [first, second] = MEASURES.strip().splitlines()
    assert changes(home, list(measures(source(home, "measures")))) == [
        (first, first.replace("slip__isnull=False", "pk__in=[]").replace("has=", "has=~")),
        (second, second.replace('"returned_on"', '"due_on"')),
        (second, second.replace("Q(lent_on__isnull=False)", "~Q(pk__in=[])")),
    ]
    path = home / "src/keqiao/lamps/evidence.yaml"
    line = '- {kind: operation, ref: lend, note: 借出, note_en: "lent"}'
    assert changes(home, list(lines_of(home, path))) == [
        (f'"4.1.3":\n{line}', ""),
        (line, ""),
        ('- {kind: record, ref: lamps.Lamp, note: 登记, note_en: "on file"}', ""),
    ]


def mutant(kind: str, path: str, n: int) -> Mutant:
    return Mutant(kind, f"src/keqiao/{path}", n, f"change {n}", (Edit(path, 0, 0, ""),))


def test_the_seed_chooses_over_kinds_and_parts():
    many = [
        mutant(kind, path, n)
        for kind in KINDS
        for path, count in (("lamps/models.py", 50), ("desk/queries.py", 2))
        for n in range(count)
    ]
    taken = chosen(many, seed=7, count=24)
    assert Counter(one.kind for one in taken) == dict.fromkeys(KINDS, 4)
    assert Counter(one.app for one in taken) == {"lamps": 12, "desk": 12}
    assert chosen(list(reversed(many)), seed=7, count=24) == taken
    assert chosen(many, seed=8, count=24) != taken


def test_the_table_keeps_reasons_though_lines_move(tmp_path):
    path, there = tmp_path / "mutations.md", mutant("lock", "lamps/models.py", 3)
    lines = {table.key_of(there): table.Line("survived: a second lock holds it", "12")}
    path.write_text(table.written([there], lines, seed=7, found={"lock": 4}))
    assert "Killed: 0. Survived: 1" in path.read_text()
    assert table.read(path) == lines
    [line] = table.read(path).values()
    assert line.reason == "a second lock holds it"
