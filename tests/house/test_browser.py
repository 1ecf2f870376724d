"""The ground the browser tests stand on: a page of the running site, styled, in a database that threads share."""

import pytest

pytestmark = pytest.mark.browser


def test_the_sign_in_page_is_reached_and_styled(browser):
    page = browser()

    page.goto("/accounts/login/")

    assert page.locator("h1").inner_text() == "登录"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100


def test_what_a_test_writes_the_server_reads(browser, transactional_db):
    from keqiao.accounts.models import User

    User.objects.create_user(
        "reader", "a long enough password", name="示例", kind="staff", email="reader@example.com"
    )
    page = browser(width=390)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "reader")
    page.fill("input[name=password]", "a long enough password")
    page.locator("button[data-main]").click()

    page.wait_for_url(lambda url: "/accounts/login/" not in url)
