"""The catalogue against the standard: names and counts were read off clause 5 by a person."""

import shutil
from pathlib import Path

import pytest

from keqiao.catalogue.shipped import catalogue
from keqiao.kernel.platform.typed_yaml import DataError

FAMILIES = {
    "5.1": ("信息咨询服务", 6),
    "5.2": ("培训服务", 7),
    "5.3": ("项目申报服务", 6),
    "5.4": ("科技成果转化服务", 3),
    "5.5": ("知识产权服务", 5),
    "5.6": ("科技金融服务", 4),
    "5.7": ("宣传推广服务", 3),
}
NAMES = {
    "5.1.a": "相关产业需求对接信息",
    "5.1.b": "合格配套产品信息",
    "5.1.c": "生产性服务机构信息",
    "5.1.d": "咨询服务机构信息",
    "5.1.e": "政策法规解读",
    "5.1.f": "区域产业分析、行业跟踪与市场研究",
    "5.2.a": "产业相关政策法规培训",
    "5.2.b": "产品质量管理培训",
    "5.2.c": "研发项目管理培训",
    "5.2.d": "财务与税务管理培训",
    "5.2.e": "人力资源管理培训",
    "5.2.f": "市场营销管理培训",
    "5.2.g": "知识产权管理培训",
    "5.3.a": "省市区重大科技创新专项申报",
    "5.3.b": "省市区工业发展专项申报",
    "5.3.c": "高新技术企业认定",
    "5.3.d": "科技型中小企业认定",
    "5.3.e": "“专精特新”中小企业认定",
    "5.3.f": "示范企业和示范产品认定",
    "5.4.a": "技术成果对接会、发布会、推介会",
    "5.4.b": "技术成果鉴定或评价",
    "5.4.c": "科技成果转化落地方案",
    "5.5.a": "专利预警辅导",
    "5.5.b": "专利检索",
    "5.5.c": "专利分析",
    "5.5.d": "知识产权申请",
    "5.5.e": "知识产权维权",
    "5.6.a": "融资服务",
    "5.6.b": "风险投资、融资策划及财务专业服务",
    "5.6.c": "普惠金融产品宣讲与特色课程",
    "5.6.d": "银政企精准对接活动",
    "5.7.a": "宣传方案定制与渠道投放",
    "5.7.b": "人才洽谈会、产品展示会、展览会",
    "5.7.c": "行业交流会",
}


def test_seven_families_in_the_order_of_the_standard():
    assert {one.code: (one.name, len(one.items)) for one in catalogue.load()} == FAMILIES


def test_thirty_four_items_by_name():
    assert {item.code: item.name for item in catalogue.items()} == NAMES
    assert len(NAMES) == 34


@pytest.mark.parametrize("code", NAMES)
def test_each_item_can_be_worked_from(code):
    item = catalogue.find(code=code)
    assert len(item.materials) >= 4
    assert len(item.required_materials) >= 2
    assert 2 <= len(item.competence) == len(set(item.competence))
    assert len(item.plan_template.objectives) == 3
    assert len(item.plan_template.milestones) >= 3
    assert len(item.deliverables) >= 2
    assert 40 <= len(item.summary) <= 90


def test_high_tech_recognition_asks_for_what_the_application_needs():
    item = catalogue.find(code="5.3.c")
    assert [one.name for one in item.required_materials] == [
        "营业执照",
        "近三年审计报告",
        "近三年研究开发费用专项审计报告",
        "近一年高新技术产品（服务）收入专项审计报告",
        "近三年企业所得税年度纳税申报表",
        "知识产权证书与缴费凭证",
        "研发活动说明",
        "高新技术产品（服务）说明",
        "科技人员名单与社保证明",
        "科技成果转化证明",
        "研究开发组织管理制度",
        "无重大事故与环境违法承诺书",
    ]


def test_technical_contract_kinds():
    kinds = {item.code: item.technical_contract_kind for item in catalogue.items()}
    assert {code: kind for code, kind in kinds.items() if kind != "none"} == {
        "5.1.f": "consulting",
        "5.4.a": "service",
        "5.4.b": "consulting",
        "5.4.c": "consulting",
        "5.5.a": "consulting",
        "5.5.b": "consulting",
        "5.5.c": "consulting",
    }


def test_reserved_trades_name_who_must_do_them():
    assert [item.code for item in catalogue.items() if item.partner] == [
        "5.3.c",
        "5.5.d",
        "5.5.e",
        "5.6.a",
        "5.6.b",
        "5.7.a",
        "5.7.b",
    ]


def test_every_competence_of_the_vocabulary_is_wanted_somewhere():
    wanted = {code for item in catalogue.items() for code in item.competence}
    assert wanted == set(catalogue.competences())


def test_an_unknown_code_says_what_a_code_looks_like():
    with pytest.raises(DataError, match=r"such as 5\.3\.c, came '5\.9\.z'"):
        catalogue.find(code="5.9.z")


CONTENT = "[event_organisation, technical_field, content_production]"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("code: 5.7.b", "code: 5.7.d", "Letter the items in order"),
        (CONTENT, "[juggling]", "5.7.c › competence: expected a code of competences.yaml, came 'juggling'"),
        ("day: 25, deliverable: 分享资料", "day: 5, deliverable: 分享资料", "came [10, 5, 35, 45]"),
        ("usual_days: 45", "usual_days: 44", "rising days from 1 to at most 44 (usual_days)"),
        ("name: 参会人员名单", "name: 交流主题建议", "5.7.c › materials: expected unique identifiers"),
        (
            "required: false, kind: legal",
            "required: maybe, kind: legal",
            "a value of type bool, came 'maybe'",
        ),
        ("form: video", "form: film", "one of pdf, image, docx, xlsx, pptx, video, event, came 'film'"),
    ],
)
def test_a_wrong_file_is_named_with_the_remedy(tmp_path, old, new, message):
    shutil.copytree(catalogue.HERE, tmp_path, dirs_exist_ok=True)
    _replace(tmp_path / "5.7.yaml", old, new)
    with pytest.raises(DataError) as error:
        catalogue.load_from(folder=tmp_path)
    assert message in str(error.value)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
