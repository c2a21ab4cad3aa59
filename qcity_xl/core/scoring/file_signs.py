"""What the path of a file says of it: criterion, year, day, document number, kind."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.core.text import fold, half_width
from qcity_xl.core.values import parse_date

# 13(3) 认证, 13.3_认证, 13-3; 13 名牌, 指标13, 第13项: at the start of a name, nothing of a date.
_CRITERION = re.compile(
    r"(?:得分点)?(\d{1,2})(?:\((\d{1,2})\)|[.\-](\d{1,2})(?![\d.\-年月日号]))", re.IGNORECASE
)
_INDICATOR = re.compile(
    r"(?:指标(\d{1,2})(?!\d)|第(\d{1,2})项|(\d{1,2})(?:[\s、_:]|[.\-](?!\d)|$))"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,15}[(\[]((?:19|20)\d{2})[)\]]第?0*(\d{1,4})号")
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2}(?:[-.年]\d{1,2}[-.月]\d{1,2}[日号]?|(?:0[1-9]|1[0-2])[0-3]\d))(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_BRACKETS = str.maketrans("〔〕【】［］（）", "[][][]()")
_AS_PRINTED = str.maketrans("[]()", "〔〕〔〕")
_PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "heic")
_FILMS = ("mp4", "avi", "mov", "wmv", "mkv", "flv", "mpg", "mpeg")
# The first word that a name has decides; a picture or film is one whatever it is called.
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("会议纪要", ("纪要", "会议记录")),
    ("走访记录", ("走访",)),
    ("执法记录", ("执法", "案卷", "处罚决定")),
    ("分析报告", ("分析报告", "质量状况", "白皮书", "分析")),
    ("汇报材料", ("汇报", "总结", "自评报告")),
    ("数据证明", ("数据", "统计", "台账", "报表", "证明")),
    ("文件", ("通知", "意见", "办法", "方案", "决定", "规划", "批复", "条例", "制度", "文件")),
    ("活动资料", ("活动", "培训", "宣传")),
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a path says; blank what it doesn't.

    `labels` are criteria or whole indicators, folded, the innermost first. `title` is the file's
    name without its ending and label.
    """

    labels: tuple[str, ...]
    title: str
    number: str = ""
    day: dt.date | None = None
    year: str = ""
    kind: str = ""


def read_signs(path: str, known: Mapping[str, object]) -> Signs:
    """The signs of a path, its parts divided by /; `known` are the folded labels there are."""
    *folders, name = path.split("/")
    stem, _, ending = name.rpartition(".")
    stem = stem or name
    parts = [stem, *reversed(folders)]
    labels = tuple(label for part in parts if (label := _label(part, known)))
    number, numbered = _document_number(parts)
    return Signs(
        labels,
        _title(stem, known),
        number,
        next((day for part in parts if (day := _day(part))), None),
        next((m[1] for part in parts if (m := _YEAR.search(_plain(part)))), numbered),
        _kind(parts, ending.lower()),
    )


def number_key(text: str) -> str:
    """A document number as one compares it, "" where there is none: 常政发(2016)5号."""
    match = _NUMBER.search(_plain(text))
    return "" if match is None else _canonical(match)


def _canonical(match: re.Match[str]) -> str:
    letters = re.match(r"[\u4e00-\u9fff]+", match[0])
    return f"{letters[0] if letters else ''}({match[1]}){match[2]}号"


def _plain(text: str) -> str:
    return half_width(text).translate(_BRACKETS)


def _label(part: str, known: Mapping[str, object]) -> str:
    match = _matched(part, known)
    return match[1] if match else ""


def _matched(part: str, known: Mapping[str, object]) -> tuple[int, str] | None:
    """Where the label at the start of a name ends, and the label."""
    words = _plain(part).lstrip()
    skipped = len(part) - len(part.lstrip())
    if match := _CRITERION.match(words):
        label = f"{int(match[1])}({int(match[2] or match[3])})"
        if fold(label) in known:
            return skipped + match.end(), fold(label)
    if (match := _INDICATOR.match(words)) and not _DAY.match(words):
        label = str(int(match[1] or match[2] or match[3]))
        if label in known:
            return skipped + match.end(), label
    return None


def _title(stem: str, known: Mapping[str, object]) -> str:
    if len(_plain(stem)) != len(stem):  # ligatures and the like: places are those of the plain text
        stem = _plain(stem)
    match = _matched(stem, known)
    rest = stem[match[0] :] if match else stem
    return rest.strip(" 　_-.、:：") or stem


def _document_number(parts: Sequence[str]) -> tuple[str, str]:
    """The number as it is written, and its year."""
    for part in parts:
        if match := _NUMBER.search(_plain(part)):
            return match[0].translate(_AS_PRINTED), match[1]
    return "", ""


def _day(part: str) -> dt.date | None:
    match = _DAY.search(_plain(part))
    return parse_date(match[1]) if match else None


def _kind(parts: Sequence[str], ending: str) -> str:
    if ending in _PICTURES:
        return "现场照片"
    if ending in _FILMS:
        return "影像"
    for part in parts:
        for kind, words in _KINDS:
            if any(word in part for word in words):
                return kind
    return "文件" if _document_number(parts)[0] else ""
