"""One page a unit."""

import re

import pytest

from qcity_xl.core.reports.unit_values import _fitted, _lines, unit_values
from qcity_xl.core.scoring.evaluate import evaluate
from tests.core.reports.test_overview import answered, overview


def test_what_is_finished_is_not_asked_again() -> None:
    master = answered()
    pages = unit_values(master, evaluate(master, {}).assessment, overview(master))
    assert pages["市农委"]["要办"] == []
    assert [row["任务"] for row in pages["市教育局"]["要办"]] == ["1.1"]  # type: ignore[attr-defined]  # values


@pytest.mark.parametrize(("tasks", "gaps"), [(0, 40), (40, 0), (40, 40), (3, 40), (40, 3), (8, 8)])
def test_lists_fit_a_page_and_say_how_much_is_left_out(tasks: int, gaps: int) -> None:
    both = _fitted(
        [{"任务": f"1.{n}", "内容": "公布本年度的线网图，" * (1 + n % 3)} for n in range(tasks)],
        [{"得分点": f"{n}(1)", "缺什么": "文件：缺失；" * (1 + n % 8)} for n in range(gaps)],
    )
    assert sum(map(_lines, both.values())) <= 18
    for rows, of, name in ((both["要办"], tasks, "内容"), (both["要补"], gaps, "缺什么")):
        rest = re.search(r"另有(\d+)", str(rows[-1][name])) if rows else None
        assert len(rows) - bool(rest) + int(rest[1] if rest else 0) == of
        assert len(rows) > min(of, 3) or len(rows) == of
