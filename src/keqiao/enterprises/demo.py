"""Forty invented enterprises with contacts, yearly figures, files and tags, and three more from a list."""

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import uscc

from keqiao.accounts.models import User
from keqiao.enterprises.models import Enterprise, FigureKind, Size
from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.demo import LABEL, Demo, scene
from keqiao.kernel.steps.operation import get

NAMES = (
    "云杉智能装备", "青禾生物", "星野光电", "澜图数据", "砺石新材料", "拓野机器人", "北辰传感", "和木环保", "曜石半导体", "知行软件",
    "微澜医疗", "远岫航空", "禾川能源", "栖梧农业", "万象检测", "鲸跃海工", "朗润精密", "素问药业", "砚池信息", "烽台安防",
    "澄心水务", "极目视觉", "稷下教育", "白泽网络", "赤霄激光", "玄圃园林", "银汉卫星", "墨斗建科", "金石铸造", "绿洲储能",
    "飞廉风电", "重明照明", "扶光光伏", "沧溟仪器", "九章算力", "天工模具", "御风物流", "灵枢康复", "凌云复材", "归墟深海",
)  # fmt: skip
REGIONS = ("50", "5101", "4403", "3201", "3301", "4201", "6101", "3702")
INDUSTRIES = ("35", "27", "39", "65", "30", "34", "40", "77")
SIZES = (Size.SMALL, Size.MICRO, Size.MEDIUM, Size.SMALL)
TAGS = (("专精特新培育", 5), ("知识产权重点", 7))  # a tag, and how many enterprises apart it stands
LIST = ("松涛智控", "海岳精仪", "春山材料")
BEGINNING = 200  # days before today
OWNERS = ("consultant", "consultant2", "consultant4")
REVENUE = Decimal(8_600_000)


def credit_code(number: int) -> str:
    """An invented code with a right check digit: its body says DEMO as far as the alphabet allows."""
    body = f"91500000MADEM{number:04d}"
    return body + str(uscc.calc_check_digit(body))


@scene(needs=("organisation.staff",), days_ago=BEGINNING)
def clients(demo: Demo) -> list[Enterprise]:
    owners = [demo.people[name] for name in OWNERS]
    return [
        enterprise(demo, number, name, owners[number % len(owners)])
        for number, name in enumerate(NAMES, start=1)
    ]


@scene(needs=("enterprises.clients",), days_ago=BEGINNING)
def tags(demo: Demo) -> None:
    firms = demo.left["enterprises.clients"]
    for name, apart in TAGS:
        tag = get("create_tag")(actor=firms[0].owner, name=name + LABEL)
        for firm in firms[::apart]:
            get("tag_enterprise")(enterprise=firm, actor=firm.owner, tag=tag)


@scene(needs=("enterprises.clients",), days_ago=BEGINNING)
def imported(demo: Demo) -> None:
    """A list as a bureau would send it: checked, then applied by the job."""
    by = demo.people["consultant3"]
    rows = ["企业名称,统一社会信用代码,地区,行业,规模"]
    rows += [
        f"{name}有限公司{LABEL},{credit_code(900 + n)},50,35,小型" for n, name in enumerate(LIST, start=1)
    ]
    file = SimpleUploadedFile(f"园区新增企业名单{LABEL}.csv", "\n".join(rows).encode())
    checked = get("check_import_of_enterprises")(actor=by, file=file)
    get("apply_import")(source=checked, actor=by)
    demo.work()


def enterprise(demo: Demo, number: int, name: str, owner: User) -> Enterprise:
    firm: Enterprise = get("create_enterprise")(
        actor=owner,
        name=f"{name}有限公司{LABEL}",
        uscc=credit_code(number),
        region=REGIONS[number % len(REGIONS)],
        industry=INDUSTRIES[number % len(INDUSTRIES)],
        size=SIZES[number % len(SIZES)],
        registered_on=date(2012 + number % 12, 1 + number % 12, 1 + number % 28),
        address=f"某市科技园{number}号楼{LABEL}",
        representative=f"{name[:1]}总{LABEL}",
        owner=owner,
        level=Level.TRADE_SECRET if number % 9 == 0 else Level.INTERNAL,
        tags=[],
    )
    get("create_contact")(
        actor=owner, enterprise=firm, name=f"{name[:1]}女士{LABEL}", title="总经办主任", phone=f"000-0000{number:04d}",
        email=f"contact{number}@demo.invalid", is_primary=True,
    )  # fmt: skip
    figures(firm, number, owner)
    if number <= 6:  # noqa: PLR2004 - some have files, most don't
        get("add_enterprise_file")(
            enterprise=firm,
            actor=owner,
            file=demo.paper(f"营业执照-{name}", "演示用材料，不是真实证照。"),
            note="营业执照" + LABEL,
        )
    return firm


def figures(firm: Enterprise, number: int, owner: User) -> None:
    for back, year in enumerate((2025, 2024, 2023)):
        base = REVENUE * number * (100 - 12 * back) / 100
        for kind, share in (
            (FigureKind.REVENUE, 1),
            (FigureKind.RD_EXPENSE, Decimal("0.062")),
            (FigureKind.STAFF_TOTAL, None),
        ):
            amount = (
                Decimal(20 + 3 * number - 2 * back)
                if share is None
                else (base * share).quantize(Decimal("0.01"))
            )
            get("create_yearly_figure")(
                actor=owner, enterprise=firm, year=year, kind=kind, amount=amount,
                source=f"{year}年度审计报告{LABEL}", source_date=date(year + 1, 4, 20),
            )  # fmt: skip
