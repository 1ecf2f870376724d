"""The institution of the demo: who it is, its posts and who is in them, what they can do, and one expert from outside."""

from datetime import date

from keqiao.accounts.models import Role, User
from keqiao.kernel.platform import clock
from keqiao.kernel.steps.demo import LABEL, Demo, scene
from keqiao.kernel.steps.operation import get
from keqiao.organisation.models import Competence

BEGINNING = 200  # days before today, when the institution opened
POSTS = {
    "manager": "服务部经理",
    "consultant": "项目咨询师",
    "consultant2": "知识产权咨询师",
    "consultant3": "科技金融咨询师",
    "consultant4": "培训与活动专员",
    "auditor": "质量审核员",
}


@scene(days_ago=BEGINNING)
def institution(demo: Demo) -> None:
    get("create_institution")(
        actor=demo.people["manager"], name="科桥演示服务中心（虚构）", uscc="", address="某市科技园演示路1号",
        representative="周敏" + LABEL, phone="000-00000000", email="demo@demo.invalid", bank="演示银行",
        account="0000 0000 0000",
    )  # fmt: skip


@scene(needs=("organisation.institution",), days_ago=BEGINNING)
def staff(demo: Demo) -> None:
    """Posts, who is in them, what they can do, and that they keep secrets."""
    manager, today = demo.people["manager"], clock.today()
    for username, name in POSTS.items():
        user = demo.people[username]
        post = get("create_post")(
            actor=manager, name=name, duties=f"{name}的岗位职责{LABEL}", is_management=Role.MANAGER in user.roles,
            competences=[],
        )  # fmt: skip
        get("create_staff_profile")(
            actor=manager,
            user=user,
            post=post,
            since=today,
            education="本科",
            experience="从事科技服务多年" + LABEL,
        )
        get("create_undertaking")(
            actor=manager, user=user, signed_on=today, valid_until=None, text_version="2026-1"
        )
        if user.roles & {Role.CONSULTANT, Role.MANAGER}:
            competences(manager, user, today)


def competences(manager: User, user: User, on: date) -> None:
    record = get("create_staff_competence")
    for competence in Competence.objects.order_by("code"):
        record(
            actor=manager, user=user, competence=competence, valid_from=on, valid_until=date(on.year + 3, on.month, 28),
            evidence=f"内部能力评价记录{LABEL}", assessed_by=manager.name,
        )  # fmt: skip


@scene(needs=("organisation.staff",), days_ago=BEGINNING)
def experts(demo: Demo) -> None:
    get("create_expert")(
        actor=demo.people["manager"], user=demo.people["expert"], name="郑衡" + LABEL, title="教授级高工",
        employer="某研究院" + LABEL, fields="智能制造，新材料", credentials="演示用专家，非真实人物",
    )  # fmt: skip
