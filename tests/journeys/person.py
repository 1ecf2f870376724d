"""Someone at a browser: opens pages, takes steps by the buttons that are there, and hears what the browser complains of."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import translation
from tests.journeys.barriers import barriers, too_wide

from keqiao.kernel.steps.operation import get

CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass
class Person:
    page: Any
    name: str
    complaints: list[str] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)  # kinds of page, by whoever has such a screen
    PASSWORD = "示例口令-journey-2026"

    def __post_init__(self) -> None:
        self.page.on(
            "console",
            lambda said: said.type == "error" and self.complaints.append(f"{self.page.url}: {said.text}"),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on(
            "response",
            lambda answer: answer.status >= 500 and self.complaints.append(f"{answer.url}: {answer.status}"),
        )

    def sign_in(self) -> None:
        self.open("/accounts/login/")
        self.page.fill("input[name=login]", self.name)
        self.page.fill("input[name=password]", self.PASSWORD)
        self.page.locator("form button[type=submit], form button[data-main]").first.click()
        self.page.wait_for_url(lambda url: "/login" not in url)
        self.look()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        """Each kind of page is judged once a screen: Chinese, nothing wider than the screen, no barrier for anyone.
        Colours are judged by tests/house/test_every_page.py."""
        kind = re.sub(r"\d+|[A-Za-z0-9_-]{30,}", "#", self.page.url.split("?")[0])
        if kind in self.judged:
            return
        self.judged.add(kind)
        self.complaints += [f"{kind}: {fault}" for fault in self.faults()]

    def faults(self) -> list[str]:
        language = self.page.locator("html").get_attribute("lang")
        other = [f"language {language}"] if language != "zh-hans" else []
        return barriers(self.page, colours=False) + too_wide(self.page) + other

    def take(self, step: str, slug: str, pk: int, /, **values: Any) -> None:
        """Take a step: by its button on the page of the object, under its Chinese name; then its form, filled and sent."""
        address = f"/{slug}/{pk}/do/{step}/"
        self.open(f"/{slug}/{pk}/")
        button = self.page.locator(f'a[href^="{address}"]:visible').first
        asked = button.locator("xpath=ancestor::ul[contains(@class, 'kq-asks')]").count()
        with translation.override("zh-hans"):
            label = str(get(step).label)
        said = button.inner_text()
        # What is asked of a client is said in the client's words, everything else under the name of the step.
        assert CHINESE.search(said), (step, said)
        assert asked or label in said, (step, label, said)
        button.click()
        self.page.wait_for_url(lambda url: address in url)
        self.look()
        self.fill(values)
        self.send(step)

    def fill(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self.put(name, value)

    def put(self, name: str, value: Any) -> None:
        if isinstance(value, list):
            for row, columns in enumerate(value):
                self.fill({f"{name}-{row}-{column}": cell for column, cell in columns.items()})
            return
        control = self.page.locator(f'[name="{name}"]').first
        kind = control.evaluate("one => one.tagName === 'INPUT' ? one.type : one.tagName")
        if isinstance(value, Path):
            control.set_input_files(str(value))
        elif kind == "SELECT":
            control.evaluate(
                "(one, value) => { if (one.tomselect) one.tomselect.setValue(value);"
                " else { one.value = value; one.dispatchEvent(new Event('change', {bubbles: true})); } }",
                str(value),
            )
        elif kind == "radio":
            self.page.locator(f'[name="{name}"][value="{value}"]').first.check(force=True)
        elif kind == "checkbox":
            control.set_checked(bool(value), force=True)
        else:
            control.fill(str(value))

    def send(self, name: str = "") -> None:
        before = self.page.url
        self.page.locator("form button[data-main]").first.click()
        self.page.wait_for_load_state("load")
        refused = self.page.locator(".kq-wrong:visible, .kq-errors:visible").all_inner_texts()
        assert refused == [], (name, before, refused)
        if "/do/" in before:
            self.page.wait_for_url(lambda url: url != before)
        self.look()

    def text(self) -> str:
        return str(self.page.locator("body").inner_text())

    def download(self, address: str, target: Path) -> Path:
        answer = self.page.request.get(address)
        assert answer.status == 200, (address, answer.status)
        target.write_bytes(answer.body())
        return target
