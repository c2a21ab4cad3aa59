import pytest

from qcity_xl.core.reading.headings import (
    is_minus,
    is_note,
    is_total,
    label_heading,
    same_title,
    section_heading,
    stated_total,
)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("四、品牌建设（35分）", (4, "品牌建设", 35, False)),
        ("（三）消费环境（满分22.5分）", (3, "消费环境", 22.5, False)),
        ("第六章 质量文化 (１８分)", (6, "质量文化", 18, False)),
        ("IX. 检验检测（本部分40分）", (9, "检验检测", 40, False)),
        ("附加项：质量奖获奖（8分）", (5, "附加项：质量奖获奖", 8, True)),
        ("第二类 园区建设", (2, "园区建设", None, False)),
        ("四、计量基础与检测能力提升工程【35分】", (4, "计量基础与检测能力提升工程", 35, False)),
        ("第六章 全市窗口服务质量监测 18分", (6, "全市窗口服务质量监测", 18, False)),
        ("（三）标准引领22分", (3, "标准引领", 22, False)),
        ("二、监督抽查：满分20分", (2, "监督抽查", 20, False)),
        ("三、加大对12分局的支持", (3, "加大对12分局的支持", None, False)),
        ("IX. 检验检测（本部分40分，不含附加）", (9, "检验检测", 40, False)),
    ],
)
def test_headings_of_many_styles(text: str, heading: tuple[int, str, float | None, bool]) -> None:
    found = section_heading(text, 5)
    assert found is not None
    assert found[:4] == heading


@pytest.mark.parametrize("text", ["品牌建设", "3. 品牌建设（35分）", "35分", ""])
def test_what_is_not_numbered_like_a_section_is_no_heading(text: str) -> None:
    assert section_heading(text, 5) is None


def test_a_label_alone_gets_the_number_that_follows() -> None:
    assert label_heading("组织领导\n（25分）", 3)[:4] == (3, "组织领导", 25, False)
    assert label_heading("组织领导", 3)[:4] == (3, "组织领导", None, False)
    assert label_heading("七、组织领导（25分）", 3)[:4] == (7, "组织领导", 25, False)


def test_totals_and_the_numbers_in_them() -> None:
    assert [is_total(text) for text in ("合 计", "本部分小计：45分", "总分值", "合计分工")] == [
        *(True, True, True, False)
    ]
    assert [stated_total(text) for text in ("总计１２０分", "小计：7.5", "合计", "120分")] == [
        *(120, 7.5, None, None)
    ]


def test_notes_and_sections_that_take_points_away() -> None:
    assert [is_note(text) for text in ("注：按月报送", "※ 含园区", "注册商标20件")] == [
        *(True, True, False)
    ]
    assert [is_minus(text) for text in ("六、扣分项", "一票否决事项", "加分项")] == [
        *(True, True, False)
    ]


def test_two_labels_of_one_section() -> None:
    assert same_title("质量 文化", "培育质量文化")
    assert not same_title("质量文化", "质量安全")
    assert not same_title("质", "质量安全")  # one character is no name
    assert not same_title("质量文化", "")
