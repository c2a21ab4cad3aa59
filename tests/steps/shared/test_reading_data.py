"""What `new` puts out is what its types say, with a document and without."""

from pathlib import Path
from typing import get_type_hints

from qcity_xl.steps.new import new
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.reading_data import ColumnData, NewData, RuleData

PLAN = """街道考核任务清单
指标\t分值\t评分标准\t牵头单位
1.垃圾分类\t10\t覆盖率95%以上得10分\t市城管局
"""


def test_keys_are_those_of_the_types(tmp_path: Path, context: Context) -> None:
    (tmp_path / "清单.txt").write_text(PLAN, "utf-8")
    plain = new(tmp_path / "甲.xlsx", context)
    read = new(tmp_path / "乙.xlsx", context, document=tmp_path / "清单.txt")
    assert plain.data.keys() == read.data.keys() == get_type_hints(NewData).keys()
    assert read.data["columns"][0].keys() == get_type_hints(ColumnData).keys()
    assert read.data["rules"][0].keys() == get_type_hints(RuleData).keys()
