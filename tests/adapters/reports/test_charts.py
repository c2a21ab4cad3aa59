"""The chart of the sections shows what the overview says."""

from qcity_xl.adapters.reports.charts import section_bars
from tests.core.reports.test_overview import answered, overview


def test_scores_that_nobody_has_are_left_out() -> None:
    bars = section_bars(overview(answered()))
    assert [(name, list(values)) for name, _, values in bars.series] == [
        ("分值", [30]),
        ("自评", [10]),
        ("佐证", [10]),
    ]
    assert bars.words.endswith("30分，自评10分")
