import pytest

from keqiao.enterprises.reference import industries, regions, sizes
from keqiao.kernel.platform.typed_yaml import DataError


def test_thirty_four_provinces():
    names = {one.code: one.name for one in regions.load()}
    assert len(names) == 34
    assert (names["11"], names["50"], names["81"]) == ("北京市", "重庆市", "香港特别行政区")


@pytest.mark.parametrize(
    ("code", "count"), [("11", 0), ("31", 0), ("44", 21), ("32", 13), ("37", 16), ("33", 11)]
)
def test_prefectures_of_a_province(code, count):
    (province,) = (one for one in regions.load() if one.code == code)
    assert len(province.parts) == count


def test_333_prefectures_as_the_state_counts_them():
    parts = [part for one in regions.load() for part in one.parts]
    assert len([part for part in parts if not part.code.endswith("90")]) == 333


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("44", "广东省"),
        ("4403", "广东省深圳市"),
        ("4206", "湖北省襄阳市"),
        ("5227", "贵州省黔南布依族苗族自治州"),
        ("6505", "新疆维吾尔自治区哈密市"),
        ("4290", "湖北省省直辖县级行政单位"),
    ],
)
def test_name_in_force(code, name):
    assert regions.name(code=code) == name


@pytest.mark.parametrize("code", ["3712", "5102", "10", "1101", "99", "", "440304"])
def test_codes_that_ended_or_never_were(code):
    with pytest.raises(DataError, match="in force under GB/T 2260"):
        regions.name(code=code)


def test_twenty_sections_and_ninety_seven_divisions():
    sections = industries.load()
    assert "".join(one.code for one in sections) == "ABCDEFGHIJKLMNOPQRST"
    codes = [code for one in sections for code in one.divisions]
    assert codes == [f"{number:02d}" for number in range(1, 98)]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("C", "制造业"),
        ("05", "农、林、牧、渔专业及辅助性活动"),
        ("39", "计算机、通信和其他电子设备制造业"),
        ("58", "多式联运和运输代理业"),
        ("65", "软件和信息技术服务业"),
        ("79", "土地管理业"),
    ],
)
def test_industry_names_of_the_2017_edition(code, name):
    assert industries.name(code=code) == name


def test_an_unknown_industry_says_what_is_expected():
    with pytest.raises(DataError, match="a section A to T or a division of two digits, came '98'"):
        industries.name(code="98")


def test_sizes_from_large_to_micro():
    assert [(one.code, one.name) for one in sizes.load()] == [
        ("large", "大型"),
        ("medium", "中型"),
        ("small", "小型"),
        ("micro", "微型"),
    ]
