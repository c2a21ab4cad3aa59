"""Letters from the office's templates: filled in, told where they can't be."""

import datetime as dt

import pytest

from qcity_xl.core.mail.letters import (
    COURSE,
    MOST_LINES,
    PLACEHOLDERS,
    USES,
    Item,
    Template,
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


def test_a_mail_is_a_whole_document_with_its_font_in_each_cell() -> None:
    page = fill(Template("下发", PARTS), {"日期": "2016年5月3日"}, ITEMS).html
    assert page.startswith('<!doctype html>\n<html lang="zh-CN">')
    assert '<meta charset="utf-8">' in page
    assert "max-width:720px" in page
    cells = [line for line in page.split("<t")[1:] if line[:2] in ("d ", "h ")]
    assert len(cells) == 9
    assert all("font-family" in cell and "font-size" in cell for cell in cells)
    assert [cell.partition(">")[2][:2] for cell in cells[:3]] == ["编号", "事项", "情况"]
    assert all("nowrap" in cell for cell in (cells[3], cells[5]))
    assert "<p>质量办<br>2016年5月3日</p>" in page


def test_the_deadline_stands_out_with_its_weekday_but_in_the_subject() -> None:
    parts = ("{截止日期}前报送", "请于 {截止日期} 前报送。", "")
    letter = fill(Template("下发", parts), {"截止日期": "2016年12月9日（周五）"}, ())
    assert letter.subject == "2016年12月9日前报送"
    assert "请于 <b>2016年12月9日（周五）</b> 前报送。" in letter.html
    assert "请于 2016年12月9日（周五） 前报送。" in letter.text


@pytest.mark.parametrize(
    ("contact", "to"),
    [("王敏", "市商务局（王敏同志）："), ("赵科长", "市商务局（赵科长）："), ("", "市商务局：")],
)
def test_whom_a_letter_is_to(contact: str, to: str) -> None:
    values = {"单位": "市商务局", "联系人": contact}
    assert fill(Template("提醒", ("函", "{单位}{联系人}：", "")), values, ()).body == (to,)


@pytest.mark.parametrize(
    ("course", "said"),
    [("", "截至今天未报。"), ("经催办，", "经催办，截至今天未报。")],
)
def test_only_what_went_before_is_said_to_have_gone(course: str, said: str) -> None:
    template = Template("督办", ("函", "经提醒、催办，截至今天未报。", ""))
    assert fill(template, {COURSE: course}, ()).body == (said,)


def test_a_line_of_the_signature_that_would_say_nothing_is_left_out() -> None:
    template = Template("督办", ("函", "正文", "质量办\n联系人：{办公室联系人}\n{日期}"))
    assert fill(template, {"日期": "2016年5月3日"}, ()).signature == ("质量办", "2016年5月3日")


def test_a_list_is_at_most_a_page_and_says_how_much_more_there_is() -> None:
    many = [Item(f"任务{n}", "统筹安排专项经费" * 4, "未填完成情况") for n in range(1, 41)]
    letter = fill(Template("催办", PARTS), {}, many)
    *listed, rest = letter.items
    assert listed == many[: len(listed)]
    assert rest == Item("其他", f"另有{40 - len(listed)}项，见填报表")
    assert 2 * len(listed) <= MOST_LINES
    assert fill(Template("催办", PARTS), {}, ITEMS).items == ITEMS


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
    assert values["截止日期"] == "2016年11月30日（周三）"
    assert set(values) <= set(PLACEHOLDERS)
