"""A wrong declaration of a module is refused at start, with its place and what to do: no page is the first to find it."""

from dataclasses import replace
from typing import Annotated

import pytest
from django.apps import apps
from django.db.models import Q, TextChoices
from django.urls import URLPattern
from tests.factories.declarations import taken_back
from tests.factories.declared import COMPETENCES, declared, of_competence

from keqiao.accounts.permissions import is_service_staff
from keqiao.config.urls import urlpatterns
from keqiao.conformity import references
from keqiao.conformity import registry as measures
from keqiao.conformity.registry import none_open, share, timely
from keqiao.engagement.models import Engagement
from keqiao.enterprises.models import Contact, Enterprise, Tag
from keqiao.faces import panels, pictures, portal, resource
from keqiao.faces.areas import Area, Menu
from keqiao.faces.defaults import default_operations
from keqiao.faces.resource import OF_THE_HOUSE, Custom, Fields, Related, Resource
from keqiao.faces.web.urls import common_urls
from keqiao.kernel.models import Outbox
from keqiao.kernel.platform import policy, said_once, search
from keqiao.kernel.steps import declarations, held_together, modules
from keqiao.kernel.steps.deadlines.declaration import Remind
from keqiao.kernel.steps.deadlines.people import person
from keqiao.kernel.steps.declarations import DeclarationError
from keqiao.kernel.steps.gates import gate
from keqiao.kernel.steps.holdings import held_by
from keqiao.kernel.steps.operation import operation
from keqiao.kernel.steps.pack_parts import pack_part
from keqiao.kernel.steps.params import Prompt
from keqiao.kernel.steps.reactions import reaction
from keqiao.kernel.steps.served import served
from keqiao.kernel.steps.states import Tone, must_keep, table
from keqiao.kernel.steps.ties import tie

pytestmark = pytest.mark.once
NO_CLAUSE = r"expected the number of a clause, such as 6\.1\.3 or 6\.2\.a, came '{}'\. Look the number up in conformity/clauses"
COPIED = (
    (policy, "_policies"), (said_once, "_told"), (search, "_describe"), (declarations, "_clauses"), (measures, "_measures"),
    (resource, "_registry"), (resource, "_origins"), (resource, "_added"), (panels, "_workspace"), (pictures, "_pictures"),
    (portal, "_pages"), (portal, "_actions"), (portal, "_entries"),
)  # fmt: skip


class Light(TextChoices):
    ON = "on", "an"
    OFF = "off", "aus"


MOVES = {Light.ON: (Light.OFF,), Light.OFF: ()}
LIGHT = table(Light, MOVES, tones={Light.ON: Tone.CURRENT, Light.OFF: Tone.DONE})


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    """Each test declares on copies, and what is to be held at the end is only what it declares itself."""
    for module, name in COPIED:
        kept = getattr(module, name)
        copied = {key: list(many) for key, many in kept.items()} if name == "_told" else kept.copy()
        monkeypatch.setattr(module, name, copied)
    resource._registry.pop(Contact)
    monkeypatch.setattr(modules, "_at_the_end", [held_together.check, references.check_references])
    with taken_back():
        yield


def start():
    """What the last of the modules does when all are read."""
    for check in list(modules._at_the_end):
        check()


def open_to_all(_actor, _verb):
    return policy.EVERYTHING


def nothing(*_of):
    return ()


def contacts(**how):
    resource.register(Resource(**{"model": Contact, "slug": "people", "columns": ("name",)} | how))


def panel(shown):
    panels.add_panel(Enterprise, shown)


def due(**how):
    with declared(of_competence(**how), belonging=(COMPETENCES,)):
        start()


def step(**how):
    def light_up(*, tag: Tag, actor: object) -> Tag: ...

    operation(**{"clause": "6.5", "on": Tag, "permission": is_service_staff, "label": "x"} | how)(light_up)


def engagement_step(**how):
    def light_up(*, engagement: Engagement, actor: object) -> Engagement: ...

    operation(clause="6.5", on=Engagement, permission=is_service_staff, label="x", **how)(light_up)


def asks(hint):
    def light_up(*, tag: Tag, actor: object, colour: hint) -> Tag: ...

    operation(clause="6.5", on=Tag, permission=is_service_staff, label="x")(light_up)


def pack_parts():
    for _time in range(2):
        pack_part(of=Engagement, name="Lamps", cases=nothing)


WRONG = {
    "a second policy": (
        lambda: policy.register(Enterprise, scope=open_to_all),
        r"the policy of enterprises\.Enterprise said once.* enterprises/queries\.py, line \d+ says it: leave one of the two",
    ),
    "a second description for the search": (
        lambda: search.searchable(Enterprise, nothing),
        r"what enterprises\.Enterprise is found by said once.*enterprises/queries\.py, line \d+ says it",
    ),
    "a page without a policy": (
        lambda: contacts(model=Outbox, columns=("topic",)),
        r"a model with a policy, came 'kernel\.Outbox'\. Register who sees it in queries\.py",
    ),
    "a column": (lambda: contacts(columns=("nme",)), r"fields of enterprises\.Contact.*came 'nme'"),
    "an attribute without a label": (lambda: contacts(columns=("pk",)), r"attributes of it with a label, came 'pk'"),
    "a path for a column": (lambda: contacts(columns=("enterprise__name",)), r"came 'enterprise__name'"),
    "a column of the API": (lambda: contacts(api=("nme",)), r"came 'nme'\. Correct the name, or add its label"),
    "a filter": (lambda: contacts(filters=("stat",)), r"a field of enterprises\.Contact, came 'stat'"),
    "an order": (lambda: contacts(order=("-nme",)), r"a field of enterprises\.Contact, came 'nme'"),
    "what is read with it": (lambda: contacts(related=("enterprise__ownr",)), r"came 'enterprise__ownr'"),
    "a step for many rows": (lambda: contacts(bulk=("nope",)), r"a step on .*one of create_contact.*came 'nope'"),
    "a field in a panel": (lambda: contacts(panels=(Fields("x", ("nme",)),)), r"fields of enterprises\.Contact"),
    "an icon": (lambda: contacts(menu=Menu(Area.CLIENTS, "lamp")), r"an icon of the site, came 'lamp'\. Choose one of"),
    "an icon of an action": (
        lambda: portal.home_action(kind="client", label="x", route="home", icon="lamp"), r"an icon of the site"
    ),
    "an address of the house": (lambda: contacts(slug="due"), r"an address of its own name, came 'due'"),
    "an address of two words": (lambda: contacts(slug="due/people"), r"small letters and hyphens, came 'due/people'"),
    "rows of a model without a page": (lambda: panel(Related("x", Outbox, "key")), r"a model with a page.*came 'Outbox'"),
    "rows by a wrong key": (lambda: panel(Related("x", Engagement, "firm")), r"a field of engagement\.Engagement, came 'firm'"),
    "columns of rows": (lambda: panel(Related("x", Tag, "enterprises", ("nme",))), r"fields of enterprises\.Tag.*came 'nme'"),
    "a panel without its template": (lambda: panel(Custom("x", "lamps/no.html", nothing)), r"Add templates/lamps/no\.html"),
    "a picture of a model without a page": (
        lambda: pictures.picture(name="lamps", of=Outbox, draw=nothing), r"a model with a page.*came 'Outbox'"
    ),
    "a page outside of a model without one": (
        lambda: portal.model_page(Outbox, kind="client", view=nothing), r"a model with a page.*came 'Outbox'"
    ),
    "a clause of a gate": (
        lambda: gate(step="archive_engagement", name="x", clause="99.9", missing=nothing), NO_CLAUSE.format("99.9")
    ),
    "a clause of a step": (lambda: step(clause="44.4"), NO_CLAUSE.format("44.4")),
    "a clause of a deadline": (lambda: due(clause="8"), NO_CLAUSE.format("8")),
    "a family of services": (
        lambda: panels.workspace_panel(family="5.99", title="x", template="faces/empty.html", fill=nothing),
        NO_CLAUSE.format("5.99"),
    ),
    "a condition of a deadline": (lambda: due(when=Q(stte="x")), r"came .*'stte'.*Correct it: Cannot resolve keyword"),
    "a condition of another type": (lambda: due(when=Q(valid_until="soon")), r"rows of organisation\.StaffCompetence"),
    "a placeholder": (
        lambda: due(text="Renew %(nme)s"), r"no other placeholder than %\(name\)s in competence_ends, came 'Renew %\(nme\)s'"
    ),
    "a placeholder for several": (lambda: due(together="%(name)s and others"), r"no other placeholder than %\(n\)s"),
    "a day that is text": (lambda: due(day="competence__name"), r"a day or moment.*came 'competence__name'"),
    "a person who is none": (lambda: due(waits_for=person("competence")), r"a key to an account, for competence_ends"),
    "reminders after the day": (
        lambda: due(remind=Remind((-3, 1))), r"reminders 1 to 250 working days before competence_ends, came \(-3, 1\)"
    ),
    "a share of nothing": (
        lambda: share("x.y", of=Contact, at="created_at", has=Q(slipp=1)), r"rows of enterprises\.Contact.*'slipp'"
    ),
    "what is open": (lambda: none_open("x.y", of=Contact, open=lambda day: Q(due__lt=day)), r"'due__lt'.*Cannot resolve"),
    "a state that isn't there": (
        lambda: share("x.y", of=Engagement, at="created_at", has=Q(state="plannd")), r"for state, came 'plannd'"
    ),
    "one of several states": (
        lambda: share("x.y", of=Engagement, at="created_at", has=~Q(state__in=["archived", "gone"])), r"came 'gone'"
    ),
    "a state of what it hangs on": (
        lambda: served(Contact, enterprise="enterprise", line=nothing, when=Q(enterprise__engagements__state="gone")),
        r"for enterprise__engagements__state, came 'gone'",
    ),
    "a measure by no day": (lambda: timely("x.y", of=Contact, due="name", done="created_at"), r"a day or moment.*came 'name'"),
    "which services": (
        lambda: served(Contact, enterprise="enterprise", line=nothing, when=~Q(stat=1)), r"rows of enterprises\.Contact.*'stat'"
    ),
    "which holdings": (lambda: held_by(Tag, person="pk", label="x", when=Q(stat=1)), r"rows of enterprises\.Tag.*'stat'"),
    "the day of a holding": (lambda: held_by(Tag, person="pk", label="x", day="name"), r"a day or moment.*came 'name'"),
    "which ties": (
        lambda: tie("x", label="x", model=Tag, ends=((Tag, "pk"), (Tag, "pk")), when=Q(stat=1)), r"rows of enterprises\.Tag"
    ),
    "nobody's permission": (lambda: step(permission=None), r"light_up: expected a Rule of who may, came None"),
    "a state to begin in": (
        lambda: engagement_step(when="nonsense", then="archived"), r"states among draft, .*came \['nonsense'\]"
    ),
    "a state without an end": (lambda: engagement_step(when="nonsense"), r"light_up: expected states among draft, "),
    "a state of what has none": (lambda: step(when="lit"), r"a model with states, came \"when=\('lit',\), then=\(\)\""),
    "a parameter without a label": (lambda: asks(str), r"parameter colour: expected Annotated\[…, Prompt\(label=…\)\]"),
    "a parameter of no kind": (
        lambda: asks(Annotated[dict, Prompt(label="x")]), r"parameter colour: expected a kind that a form can ask for: text,"
    ),
    "a field of a plain step": (
        lambda: default_operations(Tag, fields=("nme",), clause="6.5", permission=is_service_staff),
        r"a field of enterprises\.Tag, came 'nme'",
    ),
    "a tone": (
        lambda: table(Light, MOVES, tones={Light.ON: "purple", Light.OFF: Tone.DONE}), r"a tone, one of todo, .*came 'purple'"
    ),
    "states of a model without them": (lambda: must_keep(Tag, LIGHT), r"a field `state` with the choices of Light.*'none'"),
    "states of another": (lambda: must_keep(Engagement, LIGHT), r"a field `state` with the choices of Light, for `states`"),
    "a part of the pack twice": (pack_parts, r"one part of this name in the pack of Engagement, came 'Lamps'"),
    "a reaction to nothing": (
        lambda: reaction(name="x", after=(), do=nothing, takes=("tag_enterprise",), within=True), r"the steps it comes after"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("declare", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_declaration_is_refused_at_start_with_its_place(declare, said):
    with pytest.raises(DeclarationError, match=said) as refused:
        declare()
        start()
    assert refused.value.where.startswith(
        ("kernel/test_wrong_declarations.py, line ", "factories/declared.py")
    )


def test_a_clause_of_a_module_is_one_of_the_standard(monkeypatch):
    config = apps.get_app_config("facts")
    monkeypatch.setattr(config, "about", config.about)
    wrong = replace(config.about, clauses=("41.3",))
    monkeypatch.setattr(modules, "described", lambda _name: wrong)
    config.ready()
    with pytest.raises(DeclarationError, match=NO_CLAUSE.format("41.3")) as refused:
        start()
    assert refused.value.where == "facts/module.py"


def test_what_the_site_itself_declares_stands():
    """So that a test above refuses what it says, and nothing else."""
    contacts(
        order=("-name",), filters=("enterprise",), related=("enterprise__owner",), bulk=("update_contact",)
    )
    panel(Related("x", Contact, "enterprise", ("name",)))
    start()


def test_no_list_takes_an_address_of_the_house():
    ours = {str(pattern.pattern).partition("/")[0] for pattern in common_urls} - {""}
    under = {str(one.pattern).partition("/")[0] for one in urlpatterns[:2] if not isinstance(one, URLPattern)}
    assert ours | under | {"static"} == OF_THE_HOUSE
