"""Clause 4: registers of the institution, all kept by managers."""

from datetime import UTC, date, datetime

from tests.declared import row, seen, topic
from tests.every_operation.example import MANAGERS, NOBODY, example, retiring


def kept_by_managers(stem, values, *, retire=False, **how):
    example(f"create_{stem}", by="manager", allowed=MANAGERS, values=values, **how)
    example(f"update_{stem}", by="manager", allowed=MANAGERS, values=values, **how)
    if retire:
        retiring(stem, by="manager", allowed=MANAGERS)


kept_by_managers("institution", lambda w, s: {"name": "示例服务中心二部（虚构）"})
kept_by_managers("post", lambda w, s: {"name": "示例新岗位", "duties": "示例职责"}, retire=True)
kept_by_managers("competence", lambda w, s: {"code": "example-new", "name": "示例新能力"}, retire=True)
kept_by_managers(
    "staff_profile",
    lambda w, s: {"user": w.person("outsider"), "post": w.of(post()), "since": date(2026, 1, 1)},
    others=lambda w, s: {"since": date(2026, 2, 1)},
)
kept_by_managers(
    "staff_competence",
    lambda w, s: {
        "user": w.person("outsider"), "competence": w.of(competence()), "valid_from": date(2026, 1, 1), "evidence": "示例证书",
    },
)  # fmt: skip
kept_by_managers("expert", lambda w, s: {"name": "示例新专家", "fields": "新材料"}, retire=True)
kept_by_managers(
    "undertaking",
    lambda w, s: {"user": w.person("outsider"), "signed_on": date(2026, 1, 1), "text_version": "2"},
)

kept_by_managers(
    "holiday",
    lambda w, s: {"day": date(2031, 5, 1), "is_working": False, "name": "劳动节", "source": "示例通知"},
)
kept_by_managers("holiday_year", lambda w, s: {"year": 2032, "source": "示例通知"})
for verb, pattern in (
    ("create", ("contract", "HT{year}-{n:04d}")),
    ("update", ("commission", "WTS-{year}-{n:05d}")),
):
    example(
        f"{verb}_number_format", by="manager", allowed=MANAGERS,
        values=lambda w, s, said=pattern: dict(zip(("kind", "pattern"), said, strict=True)),
    )  # fmt: skip

topic("rhythm organisation.restore_drill", "the day of the next drill follows from the last")
RESTORED = {
    "kind": "drill", "held_on": date(2026, 5, 4), "backup_at": datetime(2026, 5, 4, 2, tzinfo=UTC), "entries": 120,
    "files": 7, "findings": 0, "seconds": 12,
}  # fmt: skip
example(
    "record_restoration", by="system", allowed=NOBODY, values=lambda w, s: RESTORED, others=lambda w, s: {"files": 8},
    not_exposed="written by the commands drill and restore",
)  # fmt: skip
row(lambda _world: restoration().objects.create(**RESTORED))


def restoration():
    from keqiao.organisation.models import Restoration

    return Restoration


def post():
    from keqiao.organisation.models import Post

    return Post


def competence():
    from keqiao.organisation.models import Competence

    return Competence


OWN = ("institution", "posts", "staff", "competences", "staff-competences", "experts", "undertakings")
KEPT = ("holidays", "holiday-years", "number-formats", "restorations")
for slug in (*OWN, *KEPT):
    seen(slug, reference=True)
