"""Who is late, how sternly they are told, and when nobody is."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from qcity_xl.adapters.calendar import is_holiday
from qcity_xl.adapters.mail.carrier import Way
from qcity_xl.core.changes import Change
from qcity_xl.core.master.model import text
from qcity_xl.core.schema import ASSIGNMENTS, CRITERIA, ROUNDS
from qcity_xl.steps.chase import chase
from qcity_xl.steps.shared.mail_orders import Orders
from qcity_xl.steps.shared.outcome import Context, Outcome
from qcity_xl.steps.shared.plain_text import text_lines
from tests.mail.conftest import Office, listed
from tests.mail.servers import Post

DUE = dt.date(2016, 12, 7)  # a Wednesday


def on(
    office: Office, day: dt.date, way: Way | None = None, word: Path | None = None
) -> Outcome[Any]:
    context = Context(dt.datetime.combine(day, dt.time(9)), "张三")
    return chase(office.path, context, Orders(way=way, go=True, sleep=lambda _: None), word=word)


@pytest.mark.parametrize(
    ("late", "level"), [(-20, ""), (0, ""), (1, "提醒"), (5, "催办"), (8, "督办"), (40, "督办")]
)
def test_levels(office: Office, late: int, level: str) -> None:
    report = on(office, DUE + dt.timedelta(days=late))
    assert {one["level"] for one in listed(report, "late")} == {level}
    assert {one["days"] for one in listed(report, "late")} == {late}
    assert report.status == 0


def test_thresholds_are_the_offices(office: Office) -> None:
    office.set(提醒=-2)
    assert listed(on(office, DUE - dt.timedelta(days=2)), "late")[0]["level"] == "提醒"


def test_each_level_goes_once(office: Office, by_smtp: Way, post: Post) -> None:
    for day, count in ((8, 4), (8, 4), (9, 4), (12, 8), (14, 8), (15, 12), (30, 12)):
        report = on(office, dt.date(2016, 12, day), by_smtp)
        assert report.status == 0, text_lines(report)
        assert len(post.messages) == count, day
    subjects = [m.data.split(b"\r\nSubject:")[1] for m in post.messages[::4]]
    assert len(set(subjects)) == 3
    assert set(office.states("chase_level").values()) == {"督办"}
    assert set(office.states("mail_state").values()) == {""}


def test_a_contact_who_was_refused_for_now_is_chased_alone_until_the_next_level(
    office: Office, by_smtp: Way, post: Post
) -> None:
    office.set(重试次数=0)
    office.unit("市科技局", email="unit0@example.com；second@example.com")

    def rest() -> str:
        return office.states("chase_rest")["市科技局"]

    def gone() -> list[list[str]]:
        mine = {"unit0@example.com", "second@example.com"}
        return [m.to for m in post.messages if mine & set(m.to)]

    post.answers["second@example.com"] = ["450 greylisted", "250 ok", "450 greylisted", "250 ok"]
    on(office, dt.date(2016, 12, 8), by_smtp)
    assert (rest(), gone()) == ("second@example.com", [["unit0@example.com"]])
    on(office, dt.date(2016, 12, 9), by_smtp)
    assert (rest(), gone()[1:]) == ("", [["second@example.com"]])
    on(office, dt.date(2016, 12, 9), by_smtp)
    assert len(gone()) == 2
    on(office, dt.date(2016, 12, 12), by_smtp)  # 催办: a letter of its own
    assert (rest(), gone()[2:]) == ("second@example.com", [["unit0@example.com"]])
    on(office, dt.date(2016, 12, 15), by_smtp)  # 督办 goes to all, whoever lacked the one before
    assert (rest(), sorted(gone()[3])) == ("", ["second@example.com", "unit0@example.com"])


def test_only_what_is_open_is_asked(office: Office) -> None:
    master = office.master_file.master
    rows = master.rows(ASSIGNMENTS)
    mine = [key for key, row in rows.items() if text(row, "unit") == "市农委"]
    office.write([Change(ASSIGNMENTS.name, mine[0], "progress", None, "推进中")])
    late = {one["unit"]: one for one in listed(on(office, DUE), "late")}
    numbers = [item["no"] for item in late["市农委"]["items"]]
    assert f"任务{text(rows[mine[0]], 'task')}" not in numbers
    assert f"任务{text(rows[mine[1]], 'task')}" in numbers


def test_a_merged_return_stops_the_chase(office: Office, by_smtp: Way, post: Post) -> None:
    master = office.master_file.master
    key = next(k for k, r in master.rows(ROUNDS).items() if text(r, "unit") == "市农委")
    office.write([Change(ROUNDS.name, key, "state", "已生成", "已回收")])
    late = {one["unit"]: one["state"] for one in listed(on(office, DUE), "late")}
    assert "市农委" not in late  # it had nothing new to say
    rows = master.rows(ASSIGNMENTS)
    first = next(k for k, row in rows.items() if text(row, "unit") == "市农委")
    office.write([Change(ASSIGNMENTS.name, first, "round", None, "第1轮")])
    late = {one["unit"]: one["state"] for one in listed(on(office, DUE), "late")}
    assert (late["市农委"], late["市科技局"]) == ("报送不全", "未报送")
    changes = [
        Change(ASSIGNMENTS.name, k, "progress", None, "已完成")
        for k, r in master.rows(ASSIGNMENTS).items()
        if text(r, "unit") == "市农委"
    ]
    changes += [
        Change(CRITERIA.name, k, "answer", None, "达成")
        for k, r in master.rows(CRITERIA).items()
        if text(r, "owner") == "市农委"
    ]
    office.write(changes)
    on(office, DUE + dt.timedelta(days=1), by_smtp)
    assert sorted(m.to[0] for m in post.messages) == [f"unit{n}@example.com" for n in range(3)]


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        (dt.date(2016, 12, 10), False),  # Saturday
        (dt.date(2017, 1, 27), False),  # Spring Festival's eve, a Friday
        (dt.date(2017, 1, 22), True),  # a Sunday worked in its place
        (dt.date(2016, 12, 12), True),
    ],
)
def test_quiet_days(office: Office, by_smtp: Way, post: Post, day: dt.date, goes: bool) -> None:
    report = on(office, day, by_smtp)
    assert bool(post.messages) is goes
    assert report.data["quiet"] is not goes
    assert listed(report, "late")


def test_the_offices_own_days(office: Office, by_smtp: Way, post: Post) -> None:
    office.set(另休="2016-12-12", 另班="2016年12月10日，\n2016-12-11")
    on(office, dt.date(2016, 12, 12), by_smtp)
    assert not post.messages
    on(office, dt.date(2016, 12, 10), by_smtp)
    assert len(post.messages) == 4


def test_years_that_the_calendar_does_not_know() -> None:
    assert is_holiday(dt.date(2190, 1, 2))  # a Saturday
    assert not is_holiday(dt.date(2190, 1, 4))


def test_letters_in_word(office: Office, tmp_path: Path) -> None:
    tones = {}
    for late in (1, 5, 8):
        folder = tmp_path / str(late)
        report = on(office, DUE + dt.timedelta(days=late), word=folder)
        assert len(listed(report, "files")) == 5
        (path,) = folder.glob("*函_市科技局.docx")
        document = Document(str(path))
        tones[path.name] = "\n".join(p.text for p in document.paragraphs)
        (table,) = document.tables
        assert table.cell(0, 1).text == "事项"
        assert len(table.rows) >= 3
    assert set(tones) == {f"{level}函_市科技局.docx" for level in ("提醒", "催办", "督办")}
    assert "逾期8天" in tones["督办函_市科技局.docx"]
    assert "关于第1轮填报工作的督办函\n\n市科技局：" in tones["督办函_市科技局.docx"]
    assert "经提醒" not in tones["督办函_市科技局.docx"]  # nothing went before
    names = Document(str(tmp_path / "8" / "未报送名单.docx")).tables[0]
    assert [row.cells[1].text for row in names.rows][1:] == [
        "市财政局",
        "市教育局",
        "市科技局",
        "市农委",
    ]
