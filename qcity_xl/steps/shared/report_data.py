"""The keys of `--json` for what is made for leaders and inspectors, typed as those in data.py."""

from typing import Annotated, TypedDict

from qcity_xl.steps.shared.score_data import Total


class MissingData(TypedDict):
    """缺的或没有收入的一件材料."""

    criterion: Annotated[str, "得分点"]
    unit: Annotated[str, "单位"]
    material: Annotated[str, "材料名称；缺的为空"]
    reason: Annotated[str, "缺什么，或为什么没有收入"]


class InspectData(TypedDict):
    """迎检包."""

    files: Annotated[list[str], "生成的文件夹和文件"]
    copied: Annotated[int, "这次复制的材料文件数"]
    kept: Annotated[int, "没有变、没有再复制的；核对时为与清单一致的"]
    dropped: Annotated[int, "不再需要、已去掉的文件数"]
    missing: Annotated[list[MissingData], "得分点还缺的材料"]
    left: Annotated[list[MissingData], "有这一行佐证，但没有收入迎检包的"]
    changed: Annotated[list[str], "核对时：内容与清单不同的文件"]
    gone: Annotated[list[str], "核对时：清单上有、文件夹里没有的"]
    extra: Annotated[list[str], "核对时：文件夹里有、清单上没有的"]


class ReportData(TypedDict):
    """通报、月报等."""

    files: Annotated[list[str], "生成的文件"]
    kinds: Annotated[list[str], "生成的种类"]
    left: Annotated[dict[str, str], "没有生成的种类 → 原因"]


class CityData(TypedDict):
    """一份总表；null 为未评."""

    master: Annotated[str, "文件"]
    city: Annotated[str, "城市；没有填城市的是文件名"]
    round: Annotated[str, "最近一轮"]
    claimed: Annotated[Total, "自评"]
    evidenced: Annotated[Total, "佐证"]
    reviewed: Annotated[Total, "核定"]
    ceiling: Annotated[Total, "最高可得"]
    lacking: Annotated[int, "缺佐证的得分点"]
    tasks: Annotated[int, "任务数"]
    finished: Annotated[int, "已完成任务数"]
    red: Annotated[int, "亮红灯的任务数"]
    yellow: Annotated[int, "亮黄灯的任务数"]


class LostData(TypedDict):
    """没有读成的一份文件."""

    file: Annotated[str, "文件"]
    reason: Annotated[str, "为什么"]


class RollupData(TypedDict):
    """汇总."""

    cities: Annotated[list[CityData], "各份总表，佐证得分高的在前"]
    unreadable: Annotated[list[LostData], "没有读成的"]
    files: Annotated[list[str], "生成的文件"]
