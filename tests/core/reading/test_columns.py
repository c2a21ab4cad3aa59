import pytest

from qcity_xl.core.reading.columns import Meaning, header_key, meaning_of, role_of


def test_headers_of_any_office() -> None:
    assert [role_of(text) for text in ("分值（分）", "考核评分方法", "责任\n单位", "质量")] == [
        *["points", "rule", "leads", None]
    ]


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("主责部门：", "leads"),
        ("Ⅰ级指标", "level1"),
        ("Ⅲ级指标", "level3"),
        ("基本要求", "content"),
        ("创建标准", "content"),
        ("加扣分标准", "rule"),
        ("协办单位（可多个）", "partners"),
        ("评分标准及说明", "rule"),
        ("取数渠道", "methods"),
        ("考核部门", "judges"),
        ("完成 时限*", "deadline"),
        ("权值", "points"),
        ("考核权重（%）", "points"),
        ("最高分", "points"),
        ("初评分", "score"),
        ("上年得分", "score"),
        ("年度重点工作", "task"),
        ("完成年月", "deadline"),
        ("项次", "serial"),
        ("评价项目名称", "title"),
        ("指标与任务", "title"),
        ("考评内容及要求", "content"),
        ("验证方法", "methods"),
        ("考核评价方法", "methods"),
        ("治理措施", "task"),
        ("规定完成时间", "deadline"),
        ("限期", "deadline"),
        ("联合部门", "partners"),
        ("牵头", "leads"),
        ("配合", "partners"),
        ("评判标准", "rule"),
        ("考评得分", "score"),
        ("建设任务", "task"),
        ("年度目标", "target"),
        ("困难和建议", "progress"),
        ("质量强市领导小组", None),
        ("", None),
    ],
)
def test_a_header_means_what_all_of_it_says(header: str, meaning: Meaning | None) -> None:
    assert meaning_of(header) == meaning


def test_the_words_that_the_office_explained_come_first() -> None:
    own: list[tuple[str, Meaning]] = [("备注", "rule"), ("基数", "points")]
    assert meaning_of("备注") == "remarks"
    assert [meaning_of(header, own) for header in ("备注（细则）", "基 数", "分值")] == [
        *("rule", "points", "points")
    ]
    assert header_key("基 数（分）：") == "基数"


def test_an_office_s_note_is_a_header_all_the_same() -> None:
    assert role_of("联系电话") == "other"
    assert role_of(None) is None
