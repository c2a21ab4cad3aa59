import pytest

from qcity_xl.core.reading.methods import is_methods, parse_methods


@pytest.mark.parametrize(
    ("cell", "methods"),
    [
        ("听取汇报查阅文件现场检查", ("听取汇报", "查阅文件", "现场检查")),
        ("听取企业\n\n工作汇报\n\n随机抽查", ("听取企业工作汇报", "随机抽查")),
        ("听取汇报\n查阅文件\n会议纪要", ("听取汇报", "查阅文件", "会议纪要")),
        ("查阅台账与村民代表交流", ("查阅台账", "与村民代表交流")),
        ("查阅监督检查记录", ("查阅监督检查记录",)),
        ("查阅文件和资料、实地查看", ("查阅文件和资料", "实地查看")),
        ("现场查看问卷调查", ("现场查看", "问卷调查")),
        ("", ()),
    ],
)
def test_methods_begin_with_a_verb(cell: str, methods: tuple[str, ...]) -> None:
    assert parse_methods(cell) == methods
    assert is_methods(cell) is bool(methods)


@pytest.mark.parametrize("text", ["县教育局", "调查队", "质量强县", "检查2次以上（5分）", "20"])
def test_other_texts_are_no_methods(text: str) -> None:
    assert not is_methods(text)


def test_a_method_said_twice_is_listed_once() -> None:
    assert parse_methods("查阅文件、走访企业\n查阅文件") == ("查阅文件", "走访企业")


def test_a_method_of_more_than_24_characters_is_a_sentence() -> None:
    assert is_methods("查阅" + "台" * 22)
    assert not is_methods("查阅" + "台" * 23)
