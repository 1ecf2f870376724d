"""The conformity page: the tree of clauses with evidence counted live, gaps first, one click to the records."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from keqiao.conformity.clauses import Clause, find
from keqiao.conformity.fulfilment import Period
from keqiao.conformity.papers.report import report
from keqiao.conformity.queries import TONES, Counted, Line, Status, entries_of, lines, may_read
from keqiao.documents.pdf import render_pdf
from keqiao.documents.word import render_word
from keqiao.faces.access import View, actor_of, signed_in
from keqiao.faces.figures import Shown, period_figures
from keqiao.faces.page import Link, Page, render_page
from keqiao.faces.pictures import Drawn, drawn
from keqiao.faces.resource import resource_of
from keqiao.faces.web.filters import IN_FORCE_ON
from keqiao.kernel.models import Entry
from keqiao.kernel.platform import clock, policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.aliases import model_named
from keqiao.kernel.platform.errors import Invalid, NotFound
from keqiao.kernel.platform.typed_yaml import DataError
from keqiao.kernel.platform.written_fields import DayField
from keqiao.kernel.steps import operation

MOST_LACKING = 50
WORDS = {
    Status.MISSING: gettext_lazy("No evidence"),
    Status.LACKING: gettext_lazy("In part"),
    Status.OUTSIDE: gettext_lazy("Outside"),
    Status.MET: gettext_lazy("Evidence"),
    Status.NOT_DUE: gettext_lazy("Nothing due"),
    Status.NOT_OFFERED: gettext_lazy("Not offered"),
}
SHOWN = (Status.MET, Status.LACKING, Status.MISSING, Status.OUTSIDE, Status.NOT_DUE, Status.NOT_OFFERED)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def for_readers(view: View) -> View:
    """Managers and auditors; for others the page doesn't exist."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read(actor_of(request)):
            raise NotFound
        return view(request, *args, **kwargs)

    return signed_in(guarded)


class PeriodForm(forms.Form):
    begins = DayField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends = DayField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("begins") and cleaned.get("ends") and cleaned["ends"] < cleaned["begins"]:
            self.add_error("ends", _("The period ends before it begins."))
        return cleaned


def period_of(request: HttpRequest) -> tuple[PeriodForm, Period]:
    """The period asked for; this calendar year when none or a wrong one is."""
    today = clock.today()
    usual = Period(date(today.year, 1, 1), today)
    form = PeriodForm(
        request.GET if "begins" in request.GET else {"begins": usual.begins, "ends": usual.ends}
    )
    if not form.is_valid():
        return form, usual
    cleaned = form.cleaned_data
    return form, Period(cleaned.get("begins") or usual.begins, cleaned.get("ends") or usual.ends)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one line of evidence comes to; `url` lists the records counted, `fails` where it isn't met."""

    note: str
    count: int | None
    last: datetime | None
    as_of: date | None
    url: str
    taken: Any
    kind: str
    tone: str
    fails: bool


@dataclass(frozen=True, kw_only=True)
class ClauseRow:
    """A clause in the reader's language; headings have no `status`."""

    line: Line
    id: str
    title: str
    parts: list[Part]
    depth: int
    status: Any


@dataclass(frozen=True, kw_only=True)
class OverviewPage(Page):
    form: PeriodForm
    period: Period
    query: str
    in_period: list[Shown]
    pictures: list[Drawn]
    gaps: list[ClauseRow]
    rows: list[ClauseRow]
    asked: int
    standing: list[tuple[str, int]]  # how many of these clauses stand how; together they are all of them


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """What keeps a measure from being met: rows by name, and stretches of a rhythm that were missed."""

    note: str
    rows: list[Link]
    failed: Any
    next_on: date | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """An entry; `detail` names what it was done to, where the reader may see it."""

    at: datetime
    actor: str
    label: str
    clause: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ClausePage(Page):
    row: ClauseRow
    clause: Clause
    form: PeriodForm
    lacking: list[Lacking]
    entries: list[Step]
    page: Any
    query: str


@for_readers
def overview(request: HttpRequest) -> HttpResponse:
    form, period = period_of(request)
    rows = lines(period)
    asked = [row for row in rows if not row.clause.is_heading]
    counts = Counter(row.status for row in asked)
    page = OverviewPage(
        title=_("Conformity"),
        form=form,
        period=period,
        query=f"begins={period.begins}&ends={period.ends}",
        in_period=period_figures(actor_of(request), period.begins, period.ends),
        pictures=drawn("conformity", (rows, period), actor_of(request)),
        gaps=[shown(row, period) for row in asked if row.is_gap],
        rows=[shown(row, period) for row in rows],
        asked=len(asked),
        standing=[(str(WORDS[status]), count) for status in SHOWN if (count := counts[status])],
    )
    return render_page(request, "conformity/overview.html", page)


def shown(row: Line, period: Period) -> ClauseRow:
    chinese = (get_language() or "").startswith("zh")
    parts = [
        Part(
            note=counted.evidence.note if chinese else counted.evidence.note_en,
            count=counted.count,
            last=counted.last,
            as_of=counted.as_of,
            url=records_of(counted, period),
            taken=counted.taken,
            kind=counted.evidence.kind,
            tone=TONES[counted.status],
            fails=counted.status is Status.LACKING,
        )
        for counted in row.counted
    ]
    return ClauseRow(
        line=row,
        id=row.clause.id,
        title=title_of(row.clause),
        parts=parts,
        depth=min(row.depth, 3),
        status="" if row.clause.is_heading else WORDS[row.status],
    )


def records_of(counted: Counted, period: Period) -> str:
    """The list with just the records that were counted; steps are listed on the page of the clause."""
    evidence = counted.evidence
    if evidence.kind != "record" or evidence.ref is None:
        return ""
    resource = resource_of(apps.get_model(evidence.ref))
    if resource is None:
        return ""
    ends = {f"{evidence.dated}_after": period.begins, f"{evidence.dated}_before": period.ends}
    return f"{resource.list_url()}?{urlencode(ends if evidence.dated else {IN_FORCE_ON: counted.as_of})}"


def title_of(clause: Clause) -> str:
    return clause.title if (get_language() or "").startswith("zh") else clause.title_en


@for_readers
def clause_page(request: HttpRequest, clause_id: str) -> HttpResponse:
    try:
        clause = find(clause=clause_id)
    except DataError as error:
        raise NotFound from error
    form, period = period_of(request)
    entries = Paginator(entries_of(clause, period), 50).get_page(request.GET.get("page"))
    line = next(row for row in lines(period) if row.clause.id == clause.id)
    page = ClausePage(
        title=f"{clause.id} {title_of(clause)}",
        crumbs=[(_("Conformity"), "/conformity/")],
        row=shown(line, period),
        clause=clause,
        form=form,
        lacking=[
            lacking_rows(counted, actor_of(request)) for counted in line.counted if counted.taken is not None
        ],
        entries=entry_rows(list(entries.object_list), actor_of(request)),
        page=entries,
        query=f"begins={period.begins}&ends={period.ends}",
    )
    return render_page(request, "conformity/clause.html", page)


def lacking_rows(counted: Counted, actor: Actor) -> Lacking:
    """Of the rows those that the reader may see."""
    taken = counted.taken
    assert taken is not None
    model = taken.lacking.model
    resource = resource_of(model)
    seen = resource.rows(actor) if resource is not None else policy.visible(model, actor)
    rows = list(seen.filter(pk__in=taken.lacking.values("pk"))[:MOST_LACKING])
    chinese = (get_language() or "").startswith("zh")
    return Lacking(
        note=counted.evidence.note if chinese else counted.evidence.note_en,
        rows=[Link(str(row), resource.url(row) if resource else "") for row in rows],
        failed=taken.failed,
        next_on=taken.next_on,
    )


def entry_rows(entries: list[Entry], actor: Actor) -> list[Step]:
    labels = {op.name: str(op.label) for op in operation.operations()}
    names = _names(entries, actor)
    unknown = Link("", "")
    rows = []
    for entry in entries:
        subject = names.get((entry.subject_label, entry.subject_id), unknown)
        row = Step(
            at=entry.at,
            actor=entry.by,
            label=labels.get(entry.step, entry.step),
            clause=entry.clause,
            detail=subject.label,
            url=subject.url,
        )
        rows.append(row)
    return rows


def _names(entries: list[Entry], actor: Actor) -> dict[tuple[str, int], Link]:
    names: dict[tuple[str, int], Link] = {}
    for kind in {entry.subject_label for entry in entries}:
        model = model_named(kind)
        resource = resource_of(model) if model else None
        if resource is None:
            continue
        wanted = {entry.subject_id for entry in entries if entry.subject_label == kind}
        for item in resource.rows(actor).filter(pk__in=wanted):
            names[kind, item.pk] = Link(str(item), resource.url(item))
    return names


@for_readers
def download(request: HttpRequest, form: str) -> HttpResponse:
    asked, period = period_of(request)
    if not asked.is_valid():  # a paper is never of another period than was asked for
        name, errors = next(iter(asked.errors.items()))
        raise Invalid(str(errors[0]), field=name)
    with translation.override("zh-hans"):  # as the rest of the paper
        shown = period_figures(actor_of(request), period.begins, period.ends)
        figures = [(str(figure.label), f"{figure.value.normalize():f}") for figure in shown]
    paper = report(lines(period), period, figures)
    data, media = (
        (render_pdf(document=paper), "application/pdf")
        if form == "pdf"
        else (render_word(document=paper), WORD)
    )
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = (
        f'attachment; filename="conformity-{period.begins}-{period.ends}.{form}"'
    )
    return response
