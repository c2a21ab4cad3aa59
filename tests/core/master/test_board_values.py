"""What the lists on 看板 show, against what a person would say of the same rows."""

import datetime as dt

from qcity_xl.core.master.board_values import board_values
from qcity_xl.core.master.formula_values import roll_up
from qcity_xl.core.schema import LOG, ROUNDS, SCORE_LINES
from qcity_xl.core.values import Value
from tests.core.builders import Entry, assignment, build, criterion, indicator, section, task

TODAY = Entry(LOG, "L1", {"operation": 1, "time": "2016-11-28 09:30"})


def shown(*entries: Entry) -> dict[str, Value]:
    master = build(TODAY, *entries)
    return board_values(master, roll_up(master))


def column(values: dict[str, Value], name: str) -> list[Value]:
    found = (values.get(f"{name}.{n}") for n in range(20))
    return [value for value in found if value not in (None, "")]


def sent(unit: str, due: dt.date | None, state: str = "已生成", name: str = "第1轮") -> Entry:
    row: dict[str, Value] = {"round": name, "unit": unit, "due": due, "state": state}
    return Entry(ROUNDS, f"R{name}/{unit}", row)


def test_the_latest_unit_stands_first_and_those_that_returned_last() -> None:
    values = shown(
        sent("甲局", dt.date(2016, 11, 1), name="试填"),
        sent("乙局", dt.date(2016, 11, 30)),
        sent("丙局", dt.date(2016, 11, 20), "已回收"),
        sent("丁局", dt.date(2016, 11, 27)),
        sent("戊局", dt.date(2016, 11, 8)),
        sent("己局", dt.date(2016, 11, 8), "已回收"),
        assignment("1.1", "丙局"),
        assignment("1.2", "己局", progress="已完成"),
    )
    assert column(values, "qc_units_2") == ["戊局", "丁局", "乙局", "丙局", "己局"]
    assert column(values, "qc_units_3") == ["逾期未报", "逾期未报", "未报", "不全", "已报"]
    assert column(values, "qc_units_4") == [20, 1]
    assert values["qc_returns"] == "第1轮下发5件：已报2（不全1），未报3（逾期2）"


def test_before_the_first_round_it_says_so() -> None:
    values = shown()
    assert values["qc_returns"] == "还没有下发；下发后这里列出各单位"
    assert values["qc_heading"] == "　尚未下发　还没有计分"
    assert column(values, "qc_units_2") == []
    assert values["qc_units_at_1.0"] == 0


def test_the_heading_names_the_day_that_is_left_for() -> None:
    due = dt.date(2016, 12, 12)
    assert "第1轮　截止12月12日（周一）还有14天" in str(shown(sent("甲局", due))["qc_heading"])
    past = shown(sent("甲局", dt.date(2016, 11, 27)))
    assert "已过1天" in str(past["qc_heading"])
    assert "就是今天" in str(shown(sent("甲局", dt.date(2016, 11, 28)))["qc_heading"])


def test_what_is_due_in_thirty_days_and_not_done_the_nearest_first() -> None:
    days = (0, 30, 31, -1, 12)
    tasks = [
        task(f"1.{n}", due_on=dt.date(2016, 11, 28) + dt.timedelta(day))
        for n, day in enumerate(days, 1)
    ]
    done = task("1.9", due_on=dt.date(2016, 12, 1), progress="已完成")
    values = shown(*tasks, done, task("2.1"))
    numbers = [str(line).split()[0] for line in column(values, "qc_soon_1")]
    assert numbers == ["1.1", "1.5", "1.2"]
    assert values["qc_soon_title"] == "30天内到期、还没有完成的任务：3项"


def test_what_can_still_be_gained_the_most_first() -> None:
    values = shown(
        section(1, 60),
        indicator(1, 10),
        indicator(2, 30),
        indicator(3, 20),
        criterion("1(1)", 10, ceiling=10, evidenced=10),
        criterion("2(1)", 30, ceiling=30, evidenced=5, answer="达成", evidence="缺：文件"),
        criterion("3(1)", 20, ceiling=20, owner="市农委"),
    )
    assert column(values, "qc_gains_1") == [2, 3]
    assert column(values, "qc_gains_3") == [25, 20]
    assert column(values, "qc_gains_5") == ["1项缺佐证", "1项未自评"]


def test_a_score_is_held_against_the_last_one_of_an_earlier_round() -> None:
    def line(number: int, name: str, claimed: float | None) -> Entry:
        day = dt.date(2016, 11, number)
        return Entry(SCORE_LINES, f"R{number}", {"date": day, "round": name, "claimed": claimed})

    due = dt.date(2016, 12, 12)
    rows = (section(1, 30), indicator(1, 30), criterion("1(1)", 30, claimed=20), sent("甲局", due))
    first = (line(1, "试填", 3), line(2, "试填", 12.5), line(3, "第1轮", 19))
    values = shown(*rows, *first)
    assert values["qc_claimed_change"] == "较上轮+7.5"
    assert values["qc_evidenced_change"] == ""
    assert [values[f"qc_trend_1.{n}"] for n in range(8, 12)] == [0, 3, 12.5, 19]
    assert shown(*rows, line(2, "试填", 20))["qc_claimed_change"] == "较上轮持平"
    assert shown(*rows, line(2, "第1轮", 12))["qc_claimed_change"] == ""


def test_indicators_stand_beside_their_section_with_what_is_evidenced() -> None:
    values = shown(
        section(1, 40),
        section(2, 10),
        indicator(10, 20),
        indicator(9, 20),
        indicator(11, 10, section=2),
        criterion("9(1)", 20, evidenced=5),
        criterion("10(1)", 20, evidenced=20),
    )
    assert [values[f"qc_heat_{n}.0"] for n in (1, 2, 3)] == [9, 10, ""]
    assert [values[f"qc_heat_share_{n}.0"] for n in (1, 2, 3)] == [0.25, 1, ""]
    assert (values["qc_heat_1.1"], values["qc_heat_share_1.1"]) == (11, "")
    assert values["qc_heat_1.2"] == ""
