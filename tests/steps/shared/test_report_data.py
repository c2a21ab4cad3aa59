"""What `report` and `inspect` put out is what their types say."""

from pathlib import Path
from typing import get_type_hints

from qcity_xl.steps.inspect import inspect
from qcity_xl.steps.report import report
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.shared.report_data import InspectData, MissingData, ReportData


def test_keys_are_those_of_the_types(master: Path, context: Context, tmp_path: Path) -> None:
    made = report(master, context, "网页")
    assert made.data.keys() == get_type_hints(ReportData).keys()
    filed = inspect(master, context, tmp_path / "迎检包")
    assert filed.data.keys() == get_type_hints(InspectData).keys()
    assert filed.data["missing"][0].keys() == get_type_hints(MissingData).keys()
    checked = inspect(master, context, tmp_path / "迎检包", check=True)
    assert checked.data.keys() == filed.data.keys()
