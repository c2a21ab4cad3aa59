"""What changed since the last round, in words."""

from qcity_xl.steps.shared.history_data import SinceData
from qcity_xl.steps.shared.since import compared, since_sections
from tests.core.builders import sound

SINCE: SinceData = {
    "round": "第1轮",
    "date": "2016-05-20",
    "gains": [
        {"section": "", "score": "自评", "before": 410, "now": 455.5},
        {"section": "3", "score": "核定", "before": None, "now": 20},
    ],
    "progress": [
        {"task": "8.2", "unit": "市经信委", "before": "", "now": "推进中"},
        {"task": "9.1", "unit": "市农委", "before": "推进中", "now": "已完成"},
    ],
}


def test_points_and_progress_are_tables() -> None:
    points, progress = since_sections(SINCE)
    assert points.title == "比第1轮（2016-05-20）变化的得分"
    assert points.rows == (("合计", "自评", 410, 455.5), ("第3部分", "核定", None, 20))
    assert progress.rows[0] == ("8.2", "市经信委", "没有报过", "推进中")


def test_before_there_was_a_round_there_is_nothing_to_say() -> None:
    assert compared(sound()) is None
    assert since_sections(None) == ()
    assert "第一轮之前" in since_sections({**SINCE, "round": ""})[0].title
