"""Letters from the office's templates: filled in, told where they can't be."""

import datetime as dt

import pytest

from qcity_xl.core.mail.letters import (
    PLACEHOLDERS,
    USES,
    Item,
    Template,
    chinese_date,
    common_values,
    fill,
    load_templates,
    template_problems,
)
from qcity_xl.core.schema import MAIL
from qcity_xl.core.values import Value
from tests.core.builders import Entry, build, embedded, setting, unit

ITEMS = (Item("任务3.1", "排查小作坊", "11月底前"), Item("任务3.2", "公布<红黑>榜"))
PARTS = ("请{单位}填报{轮次}", "{联系人}：\n{任务清单}\n谢谢。", "{城市}质量办\n{日期}")


def template(**parts: Value) -> Entry:
    values: dict[str, Value] = {"use": "下发", "subject": "填报", "text": "正文", "signature": None}
    return Entry(MAIL, "M下发", {**values, **parts})


def test_placeholders_are_filled_and_unknown_values_left_blank() -> None:
    letter = fill(Template("下发", PARTS), {"单位": "市商务局", "轮次": "第2轮"}, ITEMS)
    assert letter.subject == "请市商务局填报第2轮"
    assert letter.text == (
        "：\n  任务3.1　排查小作坊（11月底前）\n  任务3.2　公布<红黑>榜\n谢谢。\n\n质量办\n"
    )


def test_the_same_words_as_html_without_foreign_tags() -> None:
    letter = fill(Template("下发", PARTS), {"联系人": "李<b>雷"}, ITEMS)
    assert "公布&lt;红黑&gt;榜</td>" in letter.html
    assert "<p>李&lt;b&gt;雷：</p>" in letter.html


def test_full_width_braces_are_braces() -> None:
    letter = fill(Template("下发", ("致｛单位｝", "见附件", "")), {"单位": "市商务局"}, ())
    assert letter.subject == "致市商务局"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"text": "请{单位名称}填报"}, "{单位名称} 不认识"),
        ({"subject": "{任务清单}"}, "主题里不能放 {任务清单}"),
        ({"text": None}, "正文是空的"),
    ],
)
def test_a_template_that_cannot_be_filled_is_told(parts: dict[str, Value], words: str) -> None:
    (problem,) = template_problems(build(template(**parts)), ["下发"])
    assert words in problem.found


def test_a_template_that_is_missing_is_told() -> None:
    (problem,) = template_problems(build(template()), ["下发", "督办"])
    assert problem.found == "没有“督办”的模板"


def test_the_letters_of_a_new_master_are_sound() -> None:
    assert list(template_problems(embedded(), USES)) == []
    assert set(load_templates(embedded())) == set(USES)


def test_what_every_letter_knows() -> None:
    master = build(unit("市商务局", contact="李雷"), setting("总表", "城市", "常州市"))
    row: dict[str, Value] = {"unit": "市商务局", "round": "第2轮", "due": "2016-11-30"}
    values = common_values(master, row, 2, dt.date(2016, 11, 1))
    assert values["联系人"] == "李雷"
    assert values["截止日期"] == "2016年11月30日"
    assert set(values) <= set(PLACEHOLDERS)
    assert chinese_date(dt.date(2016, 1, 5)) == "2016年1月5日"
