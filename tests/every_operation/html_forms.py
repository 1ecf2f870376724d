"""Values of an example as a page sends them, and what stands in the form that comes back."""

import dataclasses
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from tests.every_operation.sending import as_json

from keqiao.kernel.steps.operation import Operation
from keqiao.kernel.steps.params import ParamKind


def as_form(op: Operation, values: dict[str, Any]) -> dict[str, Any]:
    """One item a control, a table as `name-row-column`; a box that isn't ticked sends nothing, a verdict its answer."""
    verdicts = {param.name for param in op.params if param.of is ParamKind.FLAG and param.required}
    said = {name: str(value) if name in verdicts else value for name, value in values.items()}
    return {name: sent for key, value in said.items() for name, sent in _controls(key, value)}


def _controls(name: str, value: Any) -> list[tuple[str, Any]]:
    if value is None or value is False:
        return []
    if value is True:
        return [(name, "on")]
    if isinstance(value, UploadedFile):
        value.seek(0)
        return [(name, value)]
    if isinstance(value, list) and all(isinstance(one, Model) for one in value):
        return [(name, [str(one.pk) for one in value])]
    if isinstance(value, list):
        rows = [(f"{name}-{place}", row) for place, row in enumerate(value)]
        return [
            one
            for prefix, row in rows
            for field in dataclasses.fields(row)
            for one in _controls(f"{prefix}-{field.name}", getattr(row, field.name))
        ]
    return [(name, str(as_json(value)))]


class Controls(HTMLParser):
    """`typed`: under the name of each control what it would send. `wrong`: under the name of a field the words beside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.typed: dict[str, list[str]] = defaultdict(list)
        self.wrong: dict[str, str] = defaultdict(str)
        self.texts: list[str] = []
        self._select = self._textarea = self._error = ""
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("name"):
            self._input(given)
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and "selected" in given and self._select:
            self.typed[self._select].append(given.get("value", ""))
        elif tag == "textarea":
            self._textarea = given["name"]
            self.typed[self._textarea].append("")
        elif tag == "div" and given.get("id", "").endswith("_error"):
            self._error = given["id"].removeprefix("id_").removesuffix("_error")
            self._depth = 0
        if tag == "div" and self._error:
            self._depth += 1

    def _input(self, given: dict[str, str]) -> None:
        box = given.get("type") in {"checkbox", "radio"}
        if not box or "checked" in given:
            self.typed[given["name"]].append(given.get("value", "on" if box else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            typed = self.typed[self._textarea]
            typed[-1] = typed[-1].removeprefix("\n")  # as a browser does with what stands right after the tag
            self._textarea = ""
        elif tag == "div" and self._error:
            self._depth -= 1
            self._error = self._error if self._depth else ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.typed[self._textarea][-1] += data
        if self._error:
            self.wrong[self._error] += data.strip()
        self.texts.append(data.strip())
