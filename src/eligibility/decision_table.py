"""A version as the decision table a policy officer knows: conditions by article, then the parts of the score."""

from html import escape

from eligibility.markdown import table_line
from eligibility.overview import spans
from eligibility.programme import Group, Leaf, Programme, Version
from eligibility.wording import points_text, worded

HEADS = {
    "zh": ("序号", "条款", "条件", "判定"),
    "en": ("No.", "Article", "Condition", "Rule"),
}
WORDS = {
    "zh": {"all": "以下须全部满足", "any": "以下满足任一项",
           "part": "评分项", "points": "分值", "else": "其他",
           "unchecked": "（未核对）", "colon": "：",
           "draft": "草案", "verified": "已核实",
           "superseded": "已废止", "source": "依据", "entered": "专家评分应在该区间内"},
    "en": {"all": "all of", "any": "any of",
           "part": "Part of the score", "points": "Points", "else": "otherwise",
           "unchecked": " (not checked)", "colon": ": ", "draft": "draft",
           "verified": "verified", "superseded": "superseded", "source": "source",
           "entered": "entered points must lie in the band"},
}  # fmt: skip
Row = tuple[str, str, str, str]
Section = tuple[str, tuple[str, ...], list[Row]]


def sections(programme: Programme, version: Version, language: str) -> list[Section]:
    """Title, heads and rows of each part of the table."""
    words = WORDS[language]
    rows: list[Row] = []
    _walk(version.require, "", language, rows)
    parts: list[Section] = [(_title(programme, version, language), HEADS[language], rows)]
    for table in version.bands.values():
        cells: list[Row] = []
        pairs = zip(table.bands.conditions, table.bands.points, strict=True)
        for number, (condition, points) in enumerate(pairs, start=1):
            cells.append((str(number), table.article, worded(condition, language), points_text(points)))
        cells.append((str(len(cells) + 1), table.article, words["else"], points_text(table.bands.otherwise)))
        note = f" · {words['entered']}" if table.entered else ""
        title = (
            f"{words['part']} · {table.text or table.name}{'' if table.checked else words['unchecked']}{note}"
        )
        parts.append((title, (*HEADS[language][:3], words["points"]), cells))
    return parts


def _title(programme: Programme, version: Version, language: str) -> str:
    words = WORDS[language]
    name = programme.zh if language == "zh" else programme.en
    return f"{name} {version.code}@{version.label} · {spans(version, language)} · {words[version.state]}"


def notes(version: Version, language: str) -> list[str]:
    """What the version rests on and how far that was verified."""
    words = WORDS[language]
    lines = []
    for source in version.sources:
        checked = (
            f"{source.figures}{words['colon']}{source.checked or words['unchecked'].strip()}"
            if source.figures
            else ""
        )
        lines.append(" · ".join(filter(None, [f"{words['source']} {source.document}", checked, source.note])))
    return lines + ([f"{words['verified']} {version.verified}"] if version.verified else [])


def _walk(member: Group | Leaf, number: str, language: str, rows: list[Row]) -> None:
    words = WORDS[language]
    if isinstance(member, Leaf):
        text = member.text + ("" if member.checked else words["unchecked"])
        rows.append((number, member.article, text, worded(member.condition, language)))
        return
    if number:
        rows.append((number, "", words[member.mode], ""))
    for place, child in enumerate(member.members, start=1):
        _walk(child, f"{number}.{place}".lstrip("."), language, rows)


def as_markdown(programme: Programme, version: Version, language: str = "zh") -> str:
    """The table in Markdown."""
    lines = []
    for place, (title, heads, rows) in enumerate(sections(programme, version, language)):
        lines += [f"{'##' if place else '#'} {title}", ""]
        for note in () if place else notes(version, language):
            lines += [note, ""]
        lines += [table_line(heads), table_line(["---"] * len(heads)), *map(table_line, rows), ""]
    return "\n".join(lines)


def as_html(programme: Programme, version: Version, language: str = "zh") -> str:
    """The table as an HTML page of its own."""
    tables = sections(programme, version, language)
    tag = "zh-Hans" if language == "zh" else "en"
    parts = [
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8"><title>{escape(tables[0][0])}</title>',
        "<style>body{font-family:sans-serif;max-width:70rem;margin:2rem auto}",
        "table{border-collapse:collapse;width:100%}",
        "th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}",
        "</style></head><body>",
    ]
    for place, (title, heads, rows) in enumerate(tables):
        level = "h2" if place else "h1"
        below = "" if place else "".join(f"<p>{escape(note)}</p>" for note in notes(version, language))
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in heads)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(
            f"<{level}>{escape(title)}</{level}>{below}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
    return "\n".join([*parts, "</body></html>", ""])
