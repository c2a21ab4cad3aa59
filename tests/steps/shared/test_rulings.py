"""What steps tell of 待定事项."""

from qcity_xl.core.scoring.effects import Effect
from qcity_xl.core.scoring.evaluate import evaluate
from qcity_xl.steps.shared.rulings import heaviest_first, open_notice, ruling_data
from tests.core.builders import build, criterion, indicator, ruling, section


def effects(choice: str | None = None) -> dict[str, Effect]:
    master = build(
        section(1, 26),
        indicator(1, 26),
        criterion("1(1)", 6, "部分达成", "3项", answer="2/3"),
        criterion("1(2)", 20, "部分达成", "2项", answer="1/2"),
        ruling("1(1)", "部分", "按比例", options="按比例 / 全部达到才得分"),
        ruling("1(2)", "部分", "按比例", choice, options="按比例 / 全部达到才得分"),
        ruling("1", "标题", "完善检测网络"),
    )
    return dict(evaluate(master, {}).effects)


def test_the_heaviest_comes_first_and_what_weighs_nothing_is_left_out() -> None:
    assert [e.matter.subject for e in heaviest_first(effects().values())] == ["1(2)", "1(1)"]


def test_programs_get_each_option_in_points() -> None:
    first = ruling_data(effects())[0]
    assert (first["subject"], first["value"], first["weight"]) == ("1(2)", "按比例", 10)
    (option,) = first["options"]
    assert (option["option"], option["claimed"], option["ceiling"]) == ("全部达到才得分", -10, 0)


def test_people_are_told_how_many_are_open_and_which_weighs_most() -> None:
    (notice,) = open_notice(effects())
    assert notice.startswith("还有2项影响得分的待定事项没有裁定")
    assert "1(2)的“部分”" in notice
    (notice,) = open_notice(effects("同意"))
    assert notice.startswith("还有1项")
    assert open_notice({}) == ()
