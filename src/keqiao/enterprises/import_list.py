"""Lists of enterprises, as bureaus and tax systems send them, of their figures and contacts, and of tags."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from keqiao.accounts.permissions import is_service_staff
from keqiao.enterprises.codes import number, told
from keqiao.enterprises.models import Contact, Enterprise, Size, Tag, YearlyFigure, check_credit_code
from keqiao.enterprises.permissions import is_responsible
from keqiao.enterprises.reference import wording
from keqiao.enterprises.relations import used
from keqiao.imports.bulk import Bulk
from keqiao.imports.columns import Column, Kind, column_of
from keqiao.imports.declaring import declare
from keqiao.imports.lists import ImportList, Known, Note
from keqiao.imports.rows import Row
from keqiao.kernel.platform import policy
from keqiao.kernel.platform.actors import Actor
from keqiao.kernel.platform.policy import rule
from sheets.cells import Rounded
from sheets.written import read_code


def credit_code(cell: str) -> str:
    if isinstance(cell, Rounded):
        raise ValueError(  # noqa: TRY004 - a bad cell, not a bad type
            _now(
                "Excel kept this code as a number and lost digits; format the column as text and enter it again."
            )
        )
    code = read_code(cell)
    try:
        check_credit_code(code)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return code


def region(cell: str) -> str:
    """A code, a name, or both as our export writes them; a county is kept as its prefecture."""
    code = wording.region_of(cell)
    if code is None:
        raise ValueError(
            _now("No region has this code or name; GB/T 2260 is expected, such as 4403 or 广东省深圳市.")
        )
    return code


def industry(cell: str) -> str:
    code = wording.industry_of(cell)
    if code is None:
        raise ValueError(
            _now(
                "No industry has this code or name; a letter or two digits of GB/T 4754 are expected, such as 39."
            )
        )
    return code


def size(cell: str) -> str:
    value = wording.size_of(cell)
    if value is None:
        raise ValueError(_now("The size is 大型, 中型, 小型 or 微型."))
    return value


# Both languages, since lists come from Chinese tax and bureau systems and from our own export.
COLUMNS = (
    Column(
        "name",
        label=_("enterprise name"),
        required=True,
        max_length=160,
        also=("单位名称", "企业", "名称", "服务对象", "enterprise", "name"),
    ),
    Column(
        "uscc",
        label=_("unified social credit code"),
        required=True,
        also=("信用代码", "社会信用代码", "uscc", "credit code"),
        read=credit_code,
    ),
    Column(
        "region",
        label=_("region"),
        also=("所在地区",),
        codes=("地区代码", "行政区划代码", "region code"),
        read=region,
        help=_("The code or the name in GB/T 2260, such as 4403 or 广东省深圳市."),
    ),
    Column(
        "industry",
        label=_("industry"),
        also=("所属行业",),
        codes=("行业代码", "industry code"),
        read=industry,
        help=_("The code or the name in GB/T 4754, such as 39."),
    ),
    Column(
        "size",
        label=Enterprise._meta.get_field("size").verbose_name,
        kind=Kind.CHOICE,
        choices=tuple(Size.choices),
        also=("企业规模",),
        read=size,
    ),
    Column("registered_on", label=_("registered on"), kind=Kind.DAY, also=("注册日期", "founded on")),
    Column("address", label=_("address"), max_length=200, also=("注册地址",)),
    Column("representative", label=_("legal representative"), max_length=80, also=("法人",)),
)


@rule(_("This record was merged into another."))
def still_stands(_actor: Actor, enterprise: Any) -> bool:
    return enterprise.merged_into_id is None


def judge(row: Row, there: Enterprise | None, actor: Actor) -> None:
    del actor  # who isn't told of a record finds none there
    if there is None:
        return
    stays = there.merged_into
    if stays is not None:
        text = _("This record was merged into “%(name)s”; use its code.") % {"name": stays.name}
        row.refuse("uscc", there.uscc, text)


def namesakes(batch: list[Row], known: Known, actor: Actor) -> Iterator[Note]:
    """A new code under a name that is there already: perhaps the same enterprise with a code mistyped before."""
    new = {row.values["name"]: row for row in batch if not row.errors and (row.values["uscc"],) not in known}
    for twin in policy.visible(Enterprise, actor).filter(name__in=new).order_by("pk"):
        text = _("An enterprise of this name has the code %(code)s; look whether it is the same.")
        yield new[twin.name], "name", twin.name, text % {"code": twin.uscc}


def own(enterprise: Enterprise, actor: Actor) -> None:
    enterprise.owner_id = actor.pk


declare(
    ImportList(
        model=Enterprise,
        slug="enterprises",
        key=("uscc",),
        columns=COLUMNS,
        clause="6.5",
        permission=is_service_staff,
        judge=judge,
        notes=namesakes,
        write=Bulk(
            model=Enterprise,
            permission=is_responsible & still_stands,
            fields=tuple(column.name for column in COLUMNS),
            fill=own,
            used=used,
            number=number,
        ),
        seen=told,
        related=("merged_into",),
    )
)

# By the code: two enterprises may be called alike. One sheet with both serves the list of enterprises and these.
OF_ENTERPRISE = replace(
    column_of(YearlyFigure, "enterprise", by="uscc"),
    label=_("unified social credit code"),
    also=("信用代码", "社会信用代码", "uscc", "credit code"),
)
declare(
    ImportList(
        model=YearlyFigure,
        slug="figures",
        key=("enterprise", "year", "kind"),
        columns=(OF_ENTERPRISE, "year", "kind", "amount", "source", "source_date"),
        clause="4.1.4",
        permission=is_service_staff,
    )
)
declare(
    ImportList(
        model=Contact,
        slug="contacts",
        key=("enterprise", "name"),
        columns=(
            OF_ENTERPRISE,
            replace(column_of(Contact, "name"), label=_("contact"), also=("联系人姓名", "姓名")),
            replace(column_of(Contact, "title"), also=("职务", "联系人职务")),
            replace(column_of(Contact, "phone"), also=("联系电话", "手机", "电话")),
            replace(column_of(Contact, "email"), also=("邮箱", "电子邮箱")),
            "is_primary",
        ),
        clause="6.5",
        permission=is_service_staff,
    )
)
declare(ImportList(model=Tag, slug="tags", key=("name",), clause="6.5", permission=is_service_staff))
