"""The institution's own registers are read by its staff and by nobody else (4.1.5)."""

import pytest

from keqiao.engagement.models import ContractText, StageLimit
from keqiao.enterprises.models import Tag
from keqiao.kernel.models import Holiday, HolidayYear, NumberFormat
from keqiao.kernel.platform import policy
from keqiao.organisation.models import Competence, Expert, Institution, Post

REGISTERS = (
    Holiday, HolidayYear, NumberFormat, StageLimit, ContractText, Institution, Tag, Post, Competence, Expert,
)  # fmt: skip
STAFF = ("consultant", "outsider", "manager", "low manager", "auditor", "system administrator")
OTHERS = ("visitor", "client", "other client", "expert", "other expert")


@pytest.mark.parametrize("model", REGISTERS)
def test_staff_read_a_register_and_nobody_else_does(world, db, model):
    rows = model.objects.count()
    seen = {key: policy.visible(model, world.person(key)).count() for key in (*STAFF, *OTHERS)}
    assert seen == dict.fromkeys(STAFF, rows) | dict.fromkeys(OTHERS, 0)
    assert rows > 0
