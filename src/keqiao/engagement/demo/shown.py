"""Which engagements are shown in which state, and the packs of those that are archived."""

import shutil
from datetime import timedelta
from pathlib import Path

from keqiao.accounts.models import Kind
from keqiao.catalogue.models import ServiceItem
from keqiao.engagement.case.states import Stage
from keqiao.engagement.demo.besides import BESIDES
from keqiao.engagement.demo.story import Story
from keqiao.engagement.models import Archive
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.files import vault
from keqiao.kernel.steps.demo import Demo, scene

S = Stage
# Item of the catalogue, state to show, days before today on which it began.
SHOWN = (
    ("5.3.c", S.ARCHIVED, 130), ("5.3.d", S.DELIVERED, 60), ("5.5.d", S.IMPLEMENTING, 70), ("5.1.f", S.IMPLEMENTING, 55),
    ("5.2.g", S.PLANNING, 40), ("5.4.c", S.INVESTIGATING, 34), ("5.6.b", S.CONTRACTED, 26), ("5.7.a", S.ACCEPTED, 18),
    ("5.3.e", S.REVIEWED, 9), ("5.5.b", S.SUBMITTED, 4), ("5.1.e", S.CORRECTING, 8), ("5.2.d", S.DRAFT, 2),
    ("5.3.b", S.DECLINED, 45), ("5.6.a", S.CANCELLED, 50), ("5.4.a", S.SUSPENDED, 75), ("5.7.b", S.ENDED_EARLY, 80),
    ("5.3.a", S.SUBMITTED, 20), ("5.5.c", S.PLANNING, 60), ("5.2.a", S.INVESTIGATING, 60), ("5.3.f", S.ACCEPTED, 40),
)  # fmt: skip


@scene(needs=("catalogue.offers", "organisation.experts", "enterprises.tags", "enterprises.imported"))
def engagements(demo: Demo) -> None:
    for number, (firm, (code, state, days)) in enumerate(
        zip(demo.left["enterprises.clients"], SHOWN, strict=False)
    ):
        play(demo, number, firm, code, state, days)


def play(demo: Demo, number: int, firm: Enterprise, code: str, state: Stage, days: int) -> None:
    name = "client" if number == 0 else f"client{number + 1}"
    client = demo.account(username=name, name=f"{firm.name[:2]}联系人", kind=Kind.CLIENT, enterprise=firm)
    assert firm.owner is not None
    engagement = Story(
        demo=demo, enterprise=firm, item=ServiceItem.objects.get(code=code), consultant=firm.owner,
        manager=demo.people["manager"], expert=demo.people["expert"], client=client,
        begins=demo.today - timedelta(days=days), until=state, fee=30_000 + 5_000 * number, besides=BESIDES.get(code, {}),
    ).play()  # fmt: skip
    if engagement.state != state:
        raise RuntimeError(
            f"the story of {engagement.number} was to stop in {state}, and stands in {engagement.state}"
        )


@scene(needs=("engagement.engagements",))
def packs(demo: Demo) -> list[Path]:
    """Copies of the archive packs, for who wants to check one at once."""
    demo.work()
    paths = []
    for archive in Archive.objects.exclude(blob=None).select_related("blob"):
        assert archive.blob is not None
        path = demo.folder / f"archive-{archive.number}.zip"
        with vault.open_blob(archive.blob) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        demo.say(f"finished archive: {path}")
        paths.append(path)
    return paths
