"""Three loans of the invented institution: wanted, out and back."""

from datetime import timedelta

from tests.sample.models import Loan

from keqiao.kernel.platform.levels import Level
from keqiao.kernel.steps.demo import LABEL, Demo, scene
from keqiao.kernel.steps.operation import get

EQUIPMENT = ("示例光谱仪", "示例温箱", "示例示波器")


@scene(needs=("enterprises.clients",), days_ago=20)
def loans(demo: Demo) -> list[Loan]:
    firms = demo.left["enterprises.clients"]
    made = [
        get("create_loan")(
            actor=firm.owner, enterprise=firm, equipment=name + LABEL, purpose="样机测试",
            wanted_on=demo.today, level=Level(firm.level),
        )
        for firm, name in zip(firms, EQUIPMENT, strict=False)
    ]  # fmt: skip
    for loan in made[1:]:
        get("lend_equipment")(loan=loan, actor=loan.enterprise.owner, due_on=demo.today + timedelta(days=30))
    get("return_equipment")(loan=made[2], actor=made[2].enterprise.owner, condition="完好")
    return made
