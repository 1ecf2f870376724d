"""What modules declare for pages: each registry takes what can stand, and refuses the rest with file and remedy."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import translation
from tests.factories import contracts as make
from tests.factories.doors import browser_of, queries, text

from keqiao.accounts.models import Role
from keqiao.catalogue.models import ServiceItem
from keqiao.config.urls import urlpatterns
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Engagement, FeeLine
from keqiao.enterprises.models import Enterprise
from keqiao.faces import figures, panels, pictures, portal
from keqiao.faces.resource import Fields
from keqiao.faces.web.routes import refuse_unknown_routes
from keqiao.kernel.models import Seal
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import VISITOR
from keqiao.kernel.steps.declarations import DeclarationError

TEMPLATE = "faces/empty.html"


@pytest.fixture(autouse=True)
def _registries(monkeypatch):
    """Each test declares on copies: nothing stays for the next."""
    for module, names in {
        figures: ("_figures",), panels: ("_workspace", "_tabs"), pictures: ("_pictures",),
        portal: ("_sections", "_actions", "_pages", "_entries"),
    }.items():  # fmt: skip
        for name in names:
            monkeypatch.setattr(module, name, getattr(module, name).copy())


@pytest.fixture
def site(db, settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = str(tmp_path / "master.key")
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    with make.clock.at(make.NOON), translation.override("en"):
        yield


def day(days):
    return make.TODAY + timedelta(days=days)


def nobody(_actor):
    return False


def everybody(_actor):
    return True


def nothing(*_args):
    return None


def refused(declare, *, expected, came, remedy):
    with pytest.raises(DeclarationError) as found:
        declare()
    assert str(found.value).partition(": ")[2] == f"expected {expected}, came {came!r}. {remedy}"
    assert found.value.where.startswith("faces/test_slots.py, line ")


def section(**changed):
    given = {"name": "mine", "kind": "client", "template": TEMPLATE, "fill": nothing}
    portal.home_section(**given | changed)


def test_a_section_is_refused_twice_for_strangers_and_without_its_template():
    section()
    refused(section, expected="a section of its own name", came="mine", remedy="Rename one of the two.")
    section(kind="expert")  # another kind of person has its own
    refused(
        lambda: section(kind="visitor"),
        expected="a kind of person with a start page, one of client, expert", came="visitor", remedy="Correct it.",
    )  # fmt: skip
    refused(
        lambda: section(name="other", template="courses/home.html"),
        expected="a template of an app", came="courses/home.html",
        remedy="Add templates/courses/home.html to the app, or correct the name.",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["My section", "", "mine_too", "a-"])
def test_names_are_small_letters_and_hyphens(name):
    refused(
        lambda: section(name=name),
        expected="the name of a section in small letters and hyphens", came=name, remedy="Write it like open-complaints.",
    )  # fmt: skip


def test_a_section_takes_only_deadlines_that_there_are():
    with pytest.raises(DeclarationError, match=r"expected the key of a deadline, one of .*, came 'nothing'"):
        section(takes=("nothing",))


def test_sections_stand_by_rank():
    for name, rank in (("last", 99), ("first", 1)):
        section(name=name, rank=rank)
    names = [one.name for one in portal.sections_of("client")]
    assert (names[0], names[-1]) == ("first", "last")


def test_a_second_page_of_a_model_for_the_same_people_is_refused():
    refused(
        lambda: portal.model_page(Engagement, kind="client", view=nothing),
        expected="one page of Engagement for each kind of person", came="client",
        remedy="keqiao.portal.pages.engagement gives one already: remove one of the two.",
    )  # fmt: skip
    portal.model_page(Engagement, kind="expert", view=nothing)
    assert portal.page_of(Engagement, "expert") is nothing


def test_a_second_start_page_is_refused():
    from keqiao.faces.web.home import register_home

    refused(
        lambda: register_home("client", nothing),
        expected="one start page for each kind of person", came="client", remedy="Declare a home_section for it instead.",
    )  # fmt: skip


def test_a_panel_on_a_model_without_a_page_is_refused():
    refused(
        lambda: panels.add_panel(Seal, Fields("Seals", ("number",))),
        expected="a model with a page, declared before", came="Seal",
        remedy="Register a Resource for Seal in the resources of its app, below this module.",
    )  # fmt: skip


def workspace(family="5.5", title="IP case"):
    panels.workspace_panel(family=family, title=title, template=TEMPLATE, fill=lambda _engagement, _actor: {})


def test_a_service_family_has_one_panel_under_its_clause():
    workspace()
    refused(
        lambda: workspace(title="More"),
        expected="one panel for the family 5.5", came="More",
        remedy="“IP case” is declared already: put both into one panel.",
    )  # fmt: skip
    refused(
        lambda: workspace(family="ip"),
        expected="the clause of a service family",
        came="ip",
        remedy="Write it like 5.5.",
    )


def test_a_page_stands_in_one_group_of_tabs():
    refused(
        lambda: panels.tab("others", "Board", "board"),
        expected="a page in one group of tabs", came="board", remedy="Remove one of the two tabs.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "declare",
    [
        lambda: panels.tab("others", "Gone", "gone"),
        lambda: portal.home_action(kind="client", label="Gone", route="gone", icon="plus"),
        lambda: portal.public_entry(name="gone", label="Gone", text="", route="gone", icon="list"),
    ],
)
def test_a_name_of_no_page_is_refused_once_the_addresses_are_known(declare):
    refuse_unknown_routes(urlpatterns)
    declare()
    refused(
        lambda: refuse_unknown_routes(urlpatterns),
        expected="the name of a page without arguments", came="gone",
        remedy="Correct it, or add the page to the urls of the app.",
    )  # fmt: skip


def figure(**changed):
    given = {
        "name": "some",
        "label": "Some",
        "who": everybody,
        "rows": lambda a, _d: policy.visible(Engagement, a),
    }
    figures.figure(**given | {"url": lambda _a, _d: "/engagements/"} | changed)


def test_a_figure_has_rows_and_leads_to_them():
    figure()
    refused(figure, expected="a figure of its own name", came="some", remedy="Rename one of the two.")
    refused(
        lambda: figure(name="other", rows=None),
        expected="rows of the figure other", came="none",
        remedy="Give `rows` for Today, `within` for a period, or both.",
    )  # fmt: skip
    refused(
        lambda: figure(name="other", url=None),
        expected="where the figure other leads", came="no url", remedy="Give `url`: the list of just these rows.",
    )  # fmt: skip
    with pytest.raises(DeclarationError, match="expected a tone, one of todo, current, due"):
        figure(name="other", tone="red")


def test_a_second_picture_of_one_name_is_refused():
    refused(
        lambda: pictures.picture(name="engagements-by-phase", of="anywhere", draw=nothing),
        expected="a picture of its own name", came="engagements-by-phase", remedy="Rename one of the two.",
    )  # fmt: skip


def test_figures_are_counted_and_added_up_in_one_query(site, django_assert_num_queries):
    one = make.engagement()
    make.engagement(state=Stage.DRAFT)
    make.drafted(one)
    figures._figures.clear()
    manager = make.staff(Role.MANAGER)
    assert manager.roles == {Role.MANAGER}  # read once a request, before anything else
    figure(tone="late")
    figure(name="fees", rows=lambda a, _d: policy.visible(FeeLine, a), of=Sum("amount"), rank=60)
    figure(
        name="none",
        rows=lambda a, _d: policy.visible(FeeLine, a).filter(amount=1),
        of=Sum("amount"),
        tone="due",
        rank=70,
    )
    figure(name="closed", rows=lambda _a, _d: FeeLine.objects.none(), rank=80)
    figure(name="not-mine", who=nobody)
    figure(name="yearly", rows=None, url=None, within=lambda a, _f, _l: policy.visible(Engagement, a))
    with django_assert_num_queries(1):
        found = figures.today_figures(manager, make.TODAY)
    assert [(one.name, f"{one.value:.2f}", one.tone) for one in found] == [
        ("some", "2.00", "late"), ("fees", "107000.53", ""), ("none", "0.00", ""), ("closed", "0.00", ""),
    ]  # fmt: skip
    with django_assert_num_queries(1):
        year = figures.period_figures(manager, make.TODAY, make.TODAY)
    assert [(one.name, int(one.value)) for one in year] == [("yearly", 2)]


def test_each_figure_of_today_leads_to_just_its_rows(site):
    make.engagement(state=Stage.IMPLEMENTING, stage_due_on=day(-1))
    make.engagement(state=Stage.PLANNING, stage_due_on=day(2))
    make.engagement(state=Stage.ARCHIVED, stage_due_on=day(-9))
    make.in_approval(one=make.engagement(stage_due_on=day(30)))
    browser = browser_of(make.staff(Role.MANAGER))
    shown = browser.get("/").context["figures"]
    assert [(one.name, int(one.value)) for one in shown] == [
        ("late-phases", 1), ("contracts-in-approval", 1), ("due-this-week", 1), ("open-complaints", 0),
    ]  # fmt: skip
    assert [browser.get(one.url).context["table"].page.paginator.count for one in shown] == [
        int(one.value) for one in shown
    ]


def test_only_who_is_meant_sees_figures_and_today_stays_within_twelve(site):
    manager, consultant = make.staff(Role.MANAGER), make.staff()
    for _ in range(3):
        make.engagement(state=Stage.IMPLEMENTING, stage_due_on=day(-1))
    assert "kq-figures" in text(manager, "/")
    assert "kq-figures" not in text(consultant, "/")
    assert queries(manager, "/") <= 12


def test_pictures_draw_the_rows_of_the_list_and_stand_behind_it(site):
    make.engagement(state=Stage.IMPLEMENTING, stage_due_on=day(-1))
    make.engagement(state=Stage.IMPLEMENTING, stage_due_on=day(5))
    make.engagement(state=Stage.DRAFT)
    browser = browser_of(make.staff(Role.MANAGER))
    assert 'href="/engagements/pictures/?' in browser.get("/engagements/").content.decode()
    (drawn,) = browser.get("/engagements/pictures/").context["pictures"]
    rows = {row[0].text: (row[1].text, row[2].text) for row in drawn.chart.rows()}
    assert (rows["6.1 Commission and material"], rows["6.3.4 Implementation"]) == (("1", "0"), ("1", "1"))
    (narrowed,) = browser.get("/engagements/pictures/?state=draft").context["pictures"]
    assert sum(int(row[1].text) + int(row[2].text) for row in narrowed.chart.rows()) == 1
    for _label, on_time, late in drawn.chart.rows():
        found = [browser.get(cell.url).context["table"].page.paginator.count for cell in (on_time, late)]
        assert found == [int(on_time.text) + int(late.text), int(late.text)]


def test_a_model_without_pictures_has_no_page_for_them(site):
    browser = browser_of(make.staff(Role.MANAGER))
    assert browser.get("/enterprises/pictures/").status_code == 404
    assert "/enterprises/pictures/" not in browser.get("/enterprises/").content.decode()


def test_nothing_to_draw_is_said(site):
    found = text(make.staff(Role.MANAGER), "/engagements/pictures/")
    assert "There is nothing to draw yet" in found
    assert "<svg xmlns" not in found


def test_tabs_stand_on_each_page_of_their_group(site):
    browser = browser_of(make.staff(Role.MANAGER))
    for path in ("/board/", "/engagements/", "/engagements/pictures/"):
        tabs = browser.get(path).context["page_tabs"]
        assert [(tab.url, tab.active) for tab in tabs] == [
            (url, url == path) for url in ("/board/", "/engagements/", "/engagements/pictures/")
        ]
    assert browser.get("/enterprises/").context["page_tabs"] == []
    client = browser_of(make.client_of(make.enterprise()))
    assert client.get("/engagements/").context["page_tabs"] == []


def test_the_workspace_shows_the_panel_of_its_family_and_no_other(site):
    one, other = make.engagement(state=Stage.DRAFT, item=make.item("5.5")), make.engagement(state=Stage.DRAFT)
    assert other.item.family.code != "5.5"
    panels.workspace_panel(
        family="5.5", title="IP case", template=TEMPLATE,
        fill=lambda engagement, actor: {"text": f"{engagement.number} for {actor.kind}"},
    )  # fmt: skip
    manager = make.staff(Role.MANAGER)
    assert f"<h2>IP case</h2><p>{one.number} for staff</p>" in text(manager, f"/engagements/{one.pk}/")
    assert "IP case" not in text(manager, f"/engagements/{other.pk}/")


def test_a_visitor_opens_what_is_offered_and_nothing_else(site, client):
    item, gone = make.item("5.3"), make.item("5.4")
    ServiceItem.objects.filter(pk=gone.pk).update(retired_on=make.TODAY)
    landing = client.get("/public/")
    assert (landing.status_code, 'href="/public/services/"' in landing.content.decode()) == (200, True)
    listed = client.get("/public/services/").content.decode()
    assert (f"/service-items/{item.pk}/" in listed, f"/service-items/{gone.pk}/" in listed) == (True, False)
    codes = [client.get(f"/service-items/{one.pk}/").status_code for one in (item, gone)]
    assert codes == [200, 404]
    assert client.get(f"/service-items/{item.pk}/history/").status_code == 302
    assert set(policy.visible(Enterprise, VISITOR)) == set()


def test_the_pages_for_everybody_are_found_from_the_sign_in(site, client):
    assert 'href="/public/services/"' in client.get("/accounts/login/").content.decode()
