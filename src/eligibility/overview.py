"""Which programme versions there are: on which documents, in force when and for whom, checked by what."""

from collections.abc import Iterable, Iterator

from eligibility.kinds import KINDS, NEW
from eligibility.markdown import table_line
from eligibility.programme import Programme, Version

HEADS = {
    "zh": ("项目", "版本", "申请种类与有效期", "状态", "文件", "数据", "核对依据"),
    "en": (
        "Programme",
        "Version",
        "In force, by kind of application",
        "State",
        "Document",
        "Figures",
        "Checked by",
    ),
}
WORDS = {
    "zh": {"title": "项目版本", "new": "新申请", "reexamination": "复核", "open": "现行", "both": "新申请和复核", "colon": "：", "nobody": "未核对",
           "draft": "草案", "verified": "已核实", "superseded": "已废止", "from": "自", "until": "至",
           "about": "有效期含起始日、不含截止日。草案含凭记忆写入的数据，不得据以答复；标有虚构的为示例。"},
    "en": {"title": "Programme versions", "new": "new", "reexamination": "re-examination", "open": "in force", "both": "new and re-examination", "colon": ": ",
           "nobody": "not checked", "draft": "draft", "verified": "verified", "superseded": "superseded",
           "from": "from", "until": "until",
           "about": "Each is in force from its first day up to, not including, the day named after “until”. A draft holds figures "
                    "written from memory: answer nobody by it. What is called a sample is invented."},
}  # fmt: skip


def overview(programmes: Iterable[Programme], language: str) -> str:
    """All versions as one table in Markdown, a line for each document and what rests on it; samples come last."""
    words = WORDS[language]
    ordered = sorted(programmes, key=lambda programme: (programme.sample, programme.code))
    lines = [f"# {words['title']}", "", words["about"], "", table_line(HEADS[language])]
    lines.append(table_line(["---"] * len(HEADS[language])))
    for programme in ordered:
        for version in programme.versions:
            lines += [table_line(cells) for cells in _rows(programme, version, language)]
    return "\n".join([*lines, ""])


def _rows(programme: Programme, version: Version, language: str) -> Iterator[list[str]]:
    words = WORDS[language]
    name = f"{programme.zh if language == 'zh' else programme.en} {version.code}"
    for source in version.sources:
        told = "; ".join(filter(None, [source.checked or words["nobody"], source.note]))
        state = words[version.state]
        yield [name, version.label, _by_kind(version, language), state, source.document, source.figures, told]


def spans(version: Version, language: str) -> str:
    """In force from when until when; by kind of application where they differ."""
    words = WORDS[language]
    shown = {kind: _span(version, kind, words) for kind in KINDS}
    if len(set(shown.values())) == 1:
        return shown[NEW]
    return "; ".join(f"{words[kind]}{words['colon']}{text}" for kind, text in shown.items())


def _by_kind(version: Version, language: str) -> str:
    words = WORDS[language]
    if version.spans:
        return spans(version, language)
    return f"{words['both']}{words['colon']}{spans(version, language)}"


def _span(version: Version, kind: str, words: dict[str, str]) -> str:
    effective, until = version.span(kind)
    end = words["open"] if until is None else f"{words['until']} {until}"
    return f"{words['from']} {effective}, {end}"
