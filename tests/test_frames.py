"""Frames hold what the sheets hold."""

from qcity_xl.adapters.resources import master_template
from qcity_xl.frames import load_frames


def test_the_embedded_table_as_frames() -> None:
    frames = load_frames(master_template())
    indicators, tasks = frames["指标"], frames["任务"]
    assert indicators.groupby("部分")["分值"].sum().tolist() == [
        *(80, 110, 120, 150, 140, 100, 100, 100, 100, 60),
    ]
    assert len(tasks) == 108
    assert tasks.loc["T13.10", "编号"] == "13.10"
    assert tasks["牵头单位"].str.contains("市质监局").sum() == 60
