"""Every address that needs nothing in it, in a real browser: the content policy is never broken, no script fails."""

import pytest
from tests.faces.test_web_rules import PLAIN
from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# What is no page to look at: files to save, answers for programs, what only takes a form, doors that lead on.
NO_PAGE = ("/api/", "/accounts/", "/export", "/imports/template", "/views/", "/bulk/", "/seen/")
NO_PAGE += ("/language/", "/conformity/report")
LISTEN = """document.addEventListener('securitypolicyviolation', one =>
    console.error('policy: ' + one.violatedDirective + ' ' + one.blockedURI))"""
PAGES = [path for path in PLAIN if not any(part in path for part in NO_PAGE)]


def walk(person, pages):
    person.page.add_init_script(LISTEN)
    for path in pages:
        answer = person.page.goto(path)
        person.page.wait_for_load_state("load")
        if answer.status == 404:  # what isn't this person's is absent; the browser says so, and that is right
            person.complaints[:] = [one for one in person.complaints if f"{path}: Failed to load" not in one]


@pytest.mark.parametrize(("key", "width"), [("manager", 1440), ("client", 390)])
def test_no_page_breaks_the_policy_or_throws(enter, key, width):
    person = enter(key, width=width)
    walk(person, PAGES)
    assert person.complaints == []


def test_for_a_visitor_neither(browser, site):
    person = Person(page=browser(), name="")
    walk(person, ["/accounts/login/", "/accounts/password/reset/", "/nothing/here/"])
    assert person.complaints == []


@pytest.mark.parametrize(
    ("event", "does"),
    [
        (
            "console",
            "const one = document.createElement('script'); one.textContent = '1'; document.body.append(one)",
        ),
        ("console", "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')"),
        (
            "console",
            "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://attacker.example/x.png\">')",
        ),
        ("pageerror", "setTimeout(() => { throw new Error('x') })"),
    ],
    ids=["script", "style", "elsewhere", "error"],
)
def test_the_control_what_breaks_it_is_heard(browser, site, event, does):
    person = Person(page=browser(), name="")
    walk(person, ["/accounts/login/"])
    assert person.complaints == []
    with person.page.expect_event(event):
        person.page.evaluate(f"() => {{ {does} }}")
    assert person.complaints != []
