"""A small table inside a form: the field for a list of a dataclass. Inputs are named `name-<row>-<column>`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.kernel.platform.whole_numbers import whole_number

SPARE = 3  # empty rows offered below those that are filled
MOST = 100  # rows of one answer; their cells stay below the number of fields that Django reads
MORE = "more_rows"  # the button that, without scripts, asks for the page with more empty rows
NEXT = "__next__"  # stands for the number of a row that a script adds


class RowsWidget(forms.Widget):
    template_name = "faces/rows.html"

    def __init__(self, columns: dict[str, forms.Field], least: int) -> None:
        super().__init__()
        self.columns = columns
        self.least = least
        self.spare = 0  # empty rows asked for below the filled ones
        self.needs_multipart_form = any(field.widget.needs_multipart_form for field in columns.values())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        prefix = f"{name}-"
        sent = (*data, *(files or ()))
        places = (key[len(prefix) :].split("-")[0] for key in sent if key.startswith(prefix))
        numbers = sorted({n for place in places if (n := whole_number(place)) is not None})
        rows = [self._row(data, files, f"{name}-{number}") for number in numbers[: MOST + 1]]
        return [row for row in rows if any(value not in (None, "", False) for value in row.values())]

    def _row(self, data: Any, files: Any, prefix: str) -> dict[str, Any]:
        return {
            column: field.widget.value_from_datadict(data, files, f"{prefix}-{column}")
            for column, field in self.columns.items()
        }

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        filled = value if isinstance(value, list) else []
        total = max(self.least, len(filled) + (self.spare or (1 if filled else SPARE)))
        context["columns"] = [{"label": f.label, "required": f.required} for f in self.columns.values()]
        context["rows"] = [
            self._cells(f"{name}-{i}", i + 1, filled[i] if i < len(filled) else {}) for i in range(total)
        ]
        context |= {
            "empty": self._cells(f"{name}-{NEXT}", NEXT, {}),
            "next": NEXT,
            "most": MOST,
            "more": MORE,
        }
        return context

    def _cells(self, prefix: str, number: int | str, row: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "label": field.label,
                "html": field.widget.render(
                    f"{prefix}-{column}",
                    field.prepare_value(row.get(column)),
                    {
                        **field.widget_attrs(field.widget),
                        "aria-label": f"{field.label} {number}",
                        "class": _css(field),
                    },
                ),
            }
            for column, field in self.columns.items()
        ]


def _css(field: forms.Field) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(field.widget, forms.Select) else "form-control"


class RowsField(forms.Field):
    """Cleans to a list of `row` instances. Errors name the row and the column."""

    widget: RowsWidget

    def __init__(self, *, row: Any, columns: dict[str, forms.Field], least: int, **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(columns, least), **kwargs)
        self.row = row
        self.columns = columns
        self.least = least

    def clean(self, value: Any) -> list[Any]:
        filled = value if isinstance(value, list) else []
        if len(filled) > MOST:
            raise forms.ValidationError(_("At most %(n)s rows at once."), params={"n": MOST})
        errors: list[str] = []
        rows = [self._clean_row(number, row, errors) for number, row in enumerate(filled, start=1)]
        if errors:
            raise forms.ValidationError(errors)
        if len(rows) < max(self.least, 1 if self.required else 0):
            raise forms.ValidationError(
                _("At least %(least)s rows are needed; %(given)s are filled."),
                params={"least": max(self.least, 1), "given": len(rows)},
            )
        return rows

    def _clean_row(self, number: int, row: Any, errors: list[str]) -> Any:
        cleaned: dict[str, Any] = {}
        for name, field in self.columns.items():
            try:
                cleaned[name] = field.clean(row.get(name) if isinstance(row, dict) else None)
            except forms.ValidationError as error:
                where = _("Row %(number)s, %(label)s:") % {"number": number, "label": field.label}
                errors += [f"{where} {message}" for message in error.messages]
        return None if errors else self.row(**cleaned)


def asks_for_more(form: forms.Form) -> bool:
    """Whether the button that was pressed asks for more rows rather than to take the step."""
    return isinstance(form.fields.get(form.data.get(MORE, "")), RowsField)


def with_more(form: forms.Form) -> forms.Form:
    """The form as it was typed, not judged yet, with more empty rows in the table that asked for them."""
    wanted = form.fields[form.data[MORE]].widget
    assert isinstance(wanted, RowsWidget)
    wanted.spare = SPARE
    typed = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.disabled
    }
    form.is_bound, form.initial = False, {**form.initial, **typed}
    return form
