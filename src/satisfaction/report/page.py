"""The report: one HTML file that needs nothing else, to read on a screen or on paper."""

import re
from collections.abc import Iterator
from html import escape

from satisfaction.analysis import Analysis
from satisfaction.problems import Problem
from satisfaction.questionnaire.shipped import label_of
from satisfaction.report.group_tables import GroupTables
from satisfaction.report.html import bullets, figure, heading, paragraph, section
from satisfaction.report.index_picture import index_picture
from satisfaction.report.matrix_picture import matrix_picture
from satisfaction.report.path_picture import path_picture
from satisfaction.report.summary import Summary, summarise
from satisfaction.report.svg import element
from satisfaction.report.tables import Tables
from satisfaction.report.words import percent
from satisfaction.texts import DEFAULT_LANGUAGE, data_text, say


def report(result: Analysis, language: str = DEFAULT_LANGUAGE) -> str:
    """The whole page."""
    title = result.layout.model.title or say("report-title", language)
    head = element(
        "head",
        '<meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>',
        element("title", escape(title)),
        element("style", data_text("report.css")),
    )
    body = element("body", element("main", *_Page(result, language).sections(title)))
    return f'<!doctype html>\n<html lang="{language}">{head}{body}</html>\n'


class _Page:
    def __init__(self, result: Analysis, language: str) -> None:
        self._result, self._language = result, language
        self._tables = Tables(result, language)

    def sections(self, title: str) -> Iterator[str]:
        yield element("header", heading(title, 1), paragraph(self._about(), "about"))
        yield self._summary(summarise(self._result, self._language))
        yield self._index()
        yield from self._matrix()
        yield from self._paths()
        yield from self._groups()
        yield self._cautions()
        yield from self._quality()
        yield self._conventions()

    def _say(self, key: str, **facts: object) -> str:
        return say(key, self._language, **facts)

    def _about(self) -> str:
        counts = self._result.completeness
        return self._say("about", n=self._result.n, rows=counts.rows, dropped=counts.rows_dropped)

    def _summary(self, summary: Summary) -> str:
        parts = [heading(name, 3) + bullets(lines) for name, lines in summary.parts]
        return element(
            "section",
            heading(self._say("heading-summary")),
            paragraph(summary.headline, "headline"),
            *parts,
            class_="summary",
        )

    def _index(self) -> str:
        return section(
            heading(self._say("index-title")),
            paragraph(self._say("index-explained", confidence=percent(self._result.options.confidence))),
            figure(index_picture(self._result, self._language)),
            self._tables.index(),
        )

    def _matrix(self) -> Iterator[str]:
        matrix = self._result.matrix
        if matrix is None:
            return
        target = self._label(matrix.target)
        yield section(
            heading(self._say("matrix-title")),
            paragraph(self._say("matrix-explained", target=target)),
            figure(matrix_picture(matrix, self._label, self._language)),
            self._tables.matrix(matrix),
            self._tables.matrix_items(matrix),
        )

    def _label(self, construct: str) -> str:
        return label_of(self._result.layout.model, construct, self._language)

    def _paths(self) -> Iterator[str]:
        estimates = self._result.estimates
        if estimates is None:
            return
        yield section(
            heading(self._say("path-title")),
            paragraph(self._say("path-explained")),
            figure(path_picture(self._result, estimates, self._language)),
            self._tables.paths(estimates),
        )

    def _groups(self) -> Iterator[str]:
        groups = self._result.groups
        if groups is None:
            return
        tables = GroupTables(self._result, groups, self._language)
        yield section(
            heading(self._say("groups-title")),
            paragraph(self._say("groups-explained", floor=self._result.options.floor)),
            bullets(tables.findings()) if groups.comparisons else "",
            tables.indices(),
            tables.differences(),
        )

    def _cautions(self) -> str:
        lines = [self._caution(warning) for warning in self._result.warnings]
        inside = bullets(lines) if lines else paragraph(self._say("no-cautions"))
        return section(heading(self._say("cautions-title")), inside)

    def _caution(self, warning: Problem) -> str:
        space = "" if self._language == DEFAULT_LANGUAGE else " "
        return self._named(warning.text(self._language) + space + warning.remedy(self._language))

    def _named(self, words: str) -> str:
        """Constructs under the names readers know."""
        names = "|".join(map(re.escape, sorted(self._result.layout.constructs, key=len, reverse=True)))
        whole = rf"(?<![A-Za-z0-9_])({names})(?![A-Za-z0-9_])"
        return re.sub(whole, lambda match: self._label(match[0]), words)

    def _quality(self) -> Iterator[str]:
        estimates, quality = self._result.estimates, self._result.quality
        if estimates is None or quality is None:
            return
        yield section(
            heading(self._say("quality-title")),
            paragraph(self._say("quality-explained")),
            self._tables.reliability(estimates, quality),
            self._tables.htmt(quality),
            self._tables.fornell_larcker(quality),
            self._tables.items(estimates, quality),
            self._tables.crossed(estimates),
            self._path_differences(),
        )

    def _path_differences(self) -> str:
        groups = self._result.groups
        return "" if groups is None else GroupTables(self._result, groups, self._language).path_differences()

    def _conventions(self) -> str:
        return section(heading(self._say("conventions-title")), bullets(self._choices()))

    def _choices(self) -> Iterator[str]:
        result, options = self._result, self._result.options
        yield self._say(f"convention-index-{options.index_weights}")
        if result.estimates is not None:
            yield self._say(
                "convention-estimation",
                scheme=self._say(f"scheme-{options.iteration.scheme}"),
                iterations=int(result.estimates.iterations[0]),
                tolerance=f"{options.iteration.tolerance:g}",
            )
            yield self._say("convention-plsc" if options.plsc else "convention-composite")
        if result.bootstrap is not None:
            drawn = result.bootstrap
            kind = self._say(f"interval-{options.interval}")
            yield self._say("convention-bootstrap", draws=drawn.draws, seed=drawn.seed, kind=kind)
        else:
            yield self._say("convention-formula")
        yield self._say(f"convention-missing-{options.missing}")
        yield self._say("convention-thresholds")
        yield self._say("convention-grades")
        yield self._say("convention-standard")
