"""Settings of the office, kept on sheet 设置, read into one frozen record."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qcity_xl.core.problems import Problem
from qcity_xl.core.schema.setting import (
    DAY,
    TEXT,
    YES_OR_NO,
    Kind,
    SettingRow,
    initial_rows,
    number,
    read_settings,
    setting,
    whole,
)
from qcity_xl.core.schema.words import FINISHED, UNDER_WAY
from qcity_xl.core.text import entries, fold
from qcity_xl.core.values import Value, parse_date

_METHODS = "验收方式"
_KINDS = {  # the kind of evidence that each 验收方式 asks for in a new master
    "听取汇报": "",
    "听取企业工作汇报": "汇报材料",
    "查阅文件": "文件",
    "查阅资料": "文件",
    "会议纪要": "会议纪要",
    "现场检查": "现场照片",
    "现场抽查": "现场照片",
    "随机抽查": "现场照片",
    "查阅影像": "影像",
    "查阅记载活动的文件和资料": "活动资料",
    "查阅执法办案记录": "执法记录",
    "查阅报告": "分析报告",
    "调取权威机构数据": "数据证明",
    "群众走访": "走访记录",
    "与社会质量监督员交流": "走访记录",
}
_KIND_NOTE = "这样验收的，要哪类佐证；留空的不逐条要，如听取汇报"


def years_in(text: str) -> tuple[int, ...]:
    """The years of 2016, 2016-2017, 2016—2017年, 2016、2018; empty where no year is named."""
    years: set[int] = set()
    for part in entries(text):
        found = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(part))]
        years |= set(range(found[0], found[-1] + 1)) if found else set()
    return tuple(sorted(years))


def _read_years(text: str) -> tuple[tuple[int, ...] | None, Sequence[str]]:
    years = years_in(text)
    return (years, ()) if years else (None, (text,))


_YEARS: Kind[tuple[int, ...]] = Kind("年份，如 2016、2016-2017", _read_years)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of a returned file; sizes in megabytes."""

    file_mb: float = setting(
        "读取限制", "文件大小", 50, number(0.01, 1000), "兆字节；更大的回收件不读"
    )
    unpacked_mb: float = setting("读取限制", "解压大小", 500, number(0.01, 4000), "兆字节")
    ratio: float = setting("读取限制", "压缩比", 200, number(1, 100_000), "解压后与压缩前之比")
    parts: int = setting("读取限制", "部件数", 200, whole(1, 20_000), "工作簿内的部件个数")
    rows: int = setting("读取限制", "行数", 1_048_576, whole(1, 1_048_576), "每张表最多读到第几行")
    columns: int = setting("读取限制", "列数", 64, whole(1, 16_384), "每张表最多读多少列")


@dataclass(frozen=True, slots=True)
class Milestone:
    """By the end of this day of its year a task is in this state (of 完成情况)."""

    month: int
    day: int
    state: str

    def __str__(self) -> str:
        """As it is written on 设置: 3月31日推进中."""
        return f"{self.month}月{self.day}日{self.state}"


_MILESTONE = re.compile(r"(\d{1,2})月(\d{1,2})日前?(\w+)")


def _read_milestones(text: str) -> tuple[tuple[Milestone, ...] | None, Sequence[str]]:
    found: list[Milestone] = []
    faults: list[str] = []
    for part in entries(text):
        match = _MILESTONE.fullmatch(fold(part))
        state = match[3] if match else ""
        if match and state in (UNDER_WAY, FINISHED) and _is_day(int(match[1]), int(match[2])):
            found.append(Milestone(int(match[1]), int(match[2]), state))
        else:
            faults.append(part)
    return (None if faults else tuple(found)), faults


def _is_day(month: int, day: int) -> bool:
    return parse_date(f"2016-{month}-{day}") is not None  # a leap year


_USUAL = (Milestone(3, 31, UNDER_WAY), Milestone(11, 30, FINISHED))
_MILESTONES: Kind[tuple[Milestone, ...]] = Kind(
    f"几月几日{UNDER_WAY}或{FINISHED}，如 {'、'.join(map(str, _USUAL))}，几个用、隔开",
    _read_milestones,
)


@dataclass(frozen=True, slots=True)
class Lights:
    """When 灯 on 任务 and 填报 change their colour."""

    red_days: int = setting(
        "灯", "红灯天数", 0, whole(0, 3660), "过了时限或节点超过几天亮红灯，没超过的亮黄灯"
    )
    yellow_days: int = setting("灯", "黄灯天数", 30, whole(0, 3660), "离时限或节点还有几天起亮黄灯")
    needs_evidence: bool = setting(
        "灯", "完成要佐证", True, YES_OR_NO, "填“是”时，已完成但佐证不齐的亮黄灯，齐了才亮蓝灯"
    )
    milestones: tuple[Milestone, ...] = setting(
        "灯",
        "年度节点",
        _USUAL,
        _MILESTONES,
        "时限只有年份的任务每年按这些节点看，逢休息日提前到前一个工作日；跨年的，"
        "推进中看第一年，已完成看最后一年",
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the office may set, mail left out.

    `years` is the plan's time, `review_year` what 当年 means; `kinds_of_method` gives the kind of
    evidence by 验收方式, "" where none is asked for.
    """

    master_id: str = setting(
        "总表", "总表编号", "", TEXT, "新建总表时生成，填报表凭它认总表，请勿改动"
    )
    city: str = setting("总表", "城市", "", TEXT, "填报表抬头用")
    review_year: int = setting(
        "总表", "考核年份", 0, whole(1900, 2999), "“当年”“连续3年”等周期以这一年为准"
    )
    years: tuple[int, ...] = setting(
        "总表", "任务年份", (), _YEARS, "“每年”“定期”的佐证按这几年逐年要"
    )
    header_words: str = setting(
        "总表",
        "表头的意思",
        "",
        TEXT,
        "读任务分解表时对表头的说明，如 采集分=分值；C列=牵头单位；再读新版文件时照用",
    )
    count_pending: bool = setting(
        "计分", "待审佐证计入", True, YES_OR_NO, "填“否”时只有审核通过的佐证算数"
    )
    default_method: str = setting(
        "佐证", "默认验收方式", "查阅文件", TEXT, "指标没有验收方式时按它要佐证"
    )
    inspected_on: dt.date | None = setting(
        "佐证", "检查日期", None, DAY, "上级来检查的日子；有效期在这之前的证书不算数"
    )
    effort: float = setting(
        "加分建议",
        "达标难度",
        5,
        number(0, 1000),
        "一个得分点从现在做到满分要花多少力气；得分点填了“办理难度”的按那里",
    )
    evidence_effort: float = setting(
        "加分建议", "每份佐证难度", 1, number(0, 1000), "补一份佐证要花多少力气"
    )
    more_points: float = setting(
        "加分建议", "再得几分", 30, number(0, 10_000), "没有说要再得几分时，按这么多分给建议"
    )
    blank_rows: int = setting("佐证", "空白行", 10, whole(0, 1000), "每份填报表预留的佐证空行数")
    days: int = setting("轮次", "填报天数", 15, whole(0, 3660), "下发之后多少天截止")
    contact: str = setting("轮次", "办公室联系人", "", TEXT, "印在填报表上，如：张三 0519-12345678")
    papers: str = setting(
        "汇报",
        "模板文件夹",
        "模板",
        TEXT,
        "总表旁边的文件夹；里面有同名的 Word 模板（如 通报.docx）就用它，没有则用自带的",
    )
    ranking: bool = setting(
        "汇报", "单位排名", True, YES_OR_NO, "填“否”时通报、月报里的单位不排名次，按名称列"
    )
    snapshots: int = setting(
        "存档", "快照份数", 30, whole(0, 1000), "旁边文件夹里保留多少份改动前的总表"
    )
    limits: Limits = field(default_factory=Limits)
    lights: Lights = field(default_factory=Lights)
    kinds_of_method: Mapping[str, str] = field(default_factory=dict)


def parse_settings(rows: Iterable[Mapping[str, Value]]) -> tuple[Settings, list[Problem]]:
    """The settings, and a problem for each value that can't be used (its default holds)."""
    rows = list(rows)
    settings, problems = read_settings(Settings, rows, "setting")
    limits, more = read_settings(Limits, rows, "setting")
    lights, others = read_settings(Lights, rows, "setting")
    kinds = {
        str(row.get("item")): str(row.get("value") or "")
        for row in rows
        if row.get("group") == _METHODS
    }
    settings = replace(settings, limits=limits, lights=lights, kinds_of_method=kinds)
    return settings, [*problems, *more, *others]


def office_rows() -> list[SettingRow]:
    """The rows of a new master, mail left out."""
    kinds = [(_METHODS, method, kind, _KIND_NOTE) for method, kind in _KINDS.items()]
    records = (*initial_rows(Settings), *initial_rows(Lights), *initial_rows(Limits))
    return [*records, *kinds]
