"""Load the demo into an empty site, and leave the finished pack where a visitor finds it."""

import shutil
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from keqiao.accounts.models import Kind, User
from keqiao.config.demo import clients, people
from keqiao.config.demo.jobs import work
from keqiao.config.demo.scenes import SCENES
from keqiao.config.demo.story import Story
from keqiao.engagement.case.states import Stage
from keqiao.engagement.models import Archive, ServiceItem
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.files import vault
from keqiao.kernel.platform import clock
from keqiao.kernel.record import sealing

S = Stage
# Item of the catalogue, state to show, days before today on which it began.
SHOWN = (
    ("5.3.c", S.ARCHIVED, 130), ("5.3.d", S.DELIVERED, 60), ("5.5.d", S.IMPLEMENTING, 70), ("5.1.f", S.IMPLEMENTING, 55),
    ("5.2.g", S.PLANNING, 40), ("5.4.c", S.INVESTIGATING, 34), ("5.6.b", S.CONTRACTED, 26), ("5.7.a", S.ACCEPTED, 18),
    ("5.3.e", S.REVIEWED, 9), ("5.5.b", S.SUBMITTED, 4), ("5.1.e", S.CORRECTING, 8), ("5.2.d", S.DRAFT, 2),
    ("5.3.b", S.DECLINED, 45), ("5.6.a", S.CANCELLED, 50), ("5.4.a", S.SUSPENDED, 75), ("5.7.b", S.ENDED_EARLY, 80),
    ("5.3.a", S.SUBMITTED, 20), ("5.5.c", S.PLANNING, 60), ("5.2.a", S.INVESTIGATING, 60), ("5.3.f", S.ACCEPTED, 40),
)  # fmt: skip


def peopled() -> bool:
    """Whether anyone has an account here: the demo enters an empty site only."""
    return User.objects.exists()


def finished() -> bool:
    """Whether loading came to its end; the list of accounts is written last."""
    return _accounts_file().exists()


def _accounts_file() -> Path:
    return Path(settings.VAR) / "demo/accounts.txt"


def load() -> None:
    """Play the demo. Refuses on a site that isn't a demo."""
    if not settings.DEMO:
        raise RuntimeError("demo data never enter a site that isn't a demo")
    _say("loading the demo (once) …")
    today = timezone.localdate()
    with clock.at(_morning(today - timedelta(days=200))):
        admins = people.administrators()
        staff = people.staff(admins)
        people.institution(staff["manager"])
        people.organisation(staff, today - timedelta(days=200))
        expert = people.experts(admins, staff)
        consultants = [staff["consultant"], staff["consultant2"], staff["consultant4"]]
        firms = clients.enterprises(consultants)
        clients.tag(firms)
        clients.import_list(staff["consultant3"])
    for number, (code, state, days) in enumerate(SHOWN):
        _play(
            number,
            firms[number],
            code,
            state,
            today - timedelta(days=days),
            admins=admins,
            staff=staff,
            expert=expert,
        )
    with clock.at(_morning(today)):
        work()
    sealing.seal(now=timezone.now())
    for path in finished_packs():
        _say(f"finished archive: {path}")
    _accounts_file().write_text(people.accounts())


def _play(
    number: int,
    firm: Enterprise,
    code: str,
    state: Stage,
    begins: date,
    *,
    admins: dict[str, User],
    staff: dict[str, User],
    expert: User,
) -> None:
    name = "client" if number == 0 else f"client{number + 1}"
    client = people.account(admins["sysadmin"], name, f"{firm.name[:2]}联系人", Kind.CLIENT, firm)
    consultant = firm.owner
    assert consultant is not None
    made = Story(
        enterprise=firm, item=ServiceItem.objects.get(code=code), consultant=consultant, manager=staff["manager"], expert=expert,
        client=client, begins=begins, until=state, fee=30_000 + 5_000 * number, scenes=SCENES.get(code, {}),
    ).play()  # fmt: skip
    if made.state != state:
        raise RuntimeError(f"the story of {made.number} was to stop in {state}, and stands in {made.state}")


def finished_packs() -> list[Path]:
    """Copies of the archive packs under var/demo, for who wants to check one at once."""
    folder = Path(settings.VAR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for archive in Archive.objects.exclude(blob=None).select_related("blob"):
        assert archive.blob is not None
        path = folder / f"archive-{archive.number}.zip"
        with vault.open_blob(archive.blob) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        made.append(path)
    return made


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 0)))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
