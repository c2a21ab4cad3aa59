"""What `score` says of the round before has the keys that its page says."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from qcity_xl.adapters.master_file.workbook import WorkbookFile
from qcity_xl.core.changes import Change
from qcity_xl.core.schema import CRITERIA
from qcity_xl.steps.score import score
from qcity_xl.steps.shared.history_data import SinceData
from qcity_xl.steps.shared.outcome import Context
from qcity_xl.steps.split import split
from tests.steps.conftest import context, master
from tests.steps.shared.test_data import fits

__all__ = ["context", "master"]


def test_what_changed_since_the_last_round(master: Path, context: Context) -> None:
    assert score(master, context).data["since"] is None
    split(master, master.parent / "下发", context, round_name="第1轮", units=["市质监局"])
    file = WorkbookFile.open(master)
    file.apply([Change(CRITERIA.name, "C2.3", "answer", None, "达成")])
    file.save()
    later = replace(context, now=context.now + dt.timedelta(days=9))
    since = score(master, later).data["since"]
    assert fits(since, SinceData)
    assert since is not None
    assert (since["round"], since["date"]) == ("", "2016-11-22")
    claimed = [gain for gain in since["gains"] if gain["score"] == "自评"]
    assert [(g["section"], g["before"], g["now"]) for g in claimed] == [
        ("", None, 10),
        ("1", None, 10),
    ]
