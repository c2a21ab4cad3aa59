"""Criteria of one wording before they get their indicator and their numbers."""

from dataclasses import dataclass, field
from typing import NamedTuple

from qcity_xl.core.rules.conditions import Condition


class Open(NamedTuple):
    """A choice that a criterion's wording leaves open: one row of 待定事项 without its subject."""

    item: str
    question: str
    default: str
    reason: str
    options: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A criterion by its wording; `source` is all the wording that periods are read from."""

    text: str
    points: float
    kind: str = "达成"
    params: str = ""
    source: str = ""
    open: list[Open] = field(default_factory=list)


PLACES = ("名", "位")
_LAST_AHEAD = Open("前列", "“前列”指前多少名", "10", "文件未定名次，暂以前10名为界，请确认")
_LAST_MIDDLE = Open("中游", "“中游”到第多少名为止", "20", "文件未定名次，暂以第20名为界，请确认")


def place_words(params: str) -> list[Open]:
    """What the words of 名次 leave open."""
    return [word for word in (_LAST_AHEAD, _LAST_MIDDLE) if f"{word.item}：" in params]


def is_place(condition: Condition) -> bool:
    """Whether a threshold is a place in a ranking."""
    return condition.op == "<=" and condition.unit in PLACES
