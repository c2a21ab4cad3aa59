"""What 换用新表 gives is what it declares, whether it went on or not."""

from pathlib import Path
from typing import get_type_hints

from qcity_xl.steps.new import new
from qcity_xl.steps.shared.adopt_data import AdoptData, QuestionData, RevisedData
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.revising import REFUSED, revise_table
from tests.steps.books import NEW_TABLE, OLD_TABLE, table_for
from tests.steps.conftest import context

__all__ = ["context"]


def test_what_is_given_is_what_is_declared(context: Context, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    new(path, context, document=table_for(tmp_path, "旧版.csv", OLD_TABLE))
    rows = list(NEW_TABLE)
    rows[-1] = (*rows[-1][:2], "3.1 召开质量分析例会及调度", *rows[-1][3:])
    table = table_for(tmp_path, "新版.csv", tuple(rows))
    asked = revise_table(path, table, context)
    assert asked.status == REFUSED
    done = revise_table(path, table, context, pairs="1.1=3.1")
    for data in (asked.data, done.data):
        assert set(data) == set(get_type_hints(AdoptData))
    assert set(asked.data["questions"][0]) == set(get_type_hints(QuestionData))
    assert set(done.data["revised"][0]) == set(get_type_hints(RevisedData))
