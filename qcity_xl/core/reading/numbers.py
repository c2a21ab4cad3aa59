"""Marks by which a line tells what it is: section headings, numbers of indicators and tasks."""

import re
from typing import NamedTuple

from qcity_xl.core.numerals import chinese_number
from qcity_xl.core.text import one_line

# One character for one, so that positions in the text stay.
_HALF = str.maketrans("０１２３４５６７８９．（）％", "0123456789.()%")
_SECTION = re.compile(
    r"\s*(?:第\s*)?([一二三四五六七八九十]{1,3})(?:、|\.|\s*部分[、:：]?)\s*(\S.*)", re.S
)
_POINTS = re.compile(r"\(([^()]*?)(\d+(?:\.\d+)?)\s*分([^()]*)\)")
_TITLE = re.compile(r"\s*(\d{1,3})\s*[.、]\s*(?!\d+\s*[.])(\S.*)", re.S)
_TASK = re.compile(r"\s*(\d{1,3})\.\s?(\d{1,3})(?!\d)\s*[.、]?\s*(\S.*)", re.S)
_WORTH = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*分?\s*")
_HEADING = 120  # the points of a section stand within so many characters
_COUNTED = "个|项|家|次|名|年|天|批|%|‰|张|万|以上"


class Heading(NamedTuple):
    """A section heading; `points` None where it states none, `goal` the sentences behind it."""

    no: int
    title: str
    points: float | None
    bonus: bool
    goal: str = ""


def halved(text: str) -> str:
    """Full-width digits, points and round brackets as half-width ones, one for one."""
    return text.translate(_HALF)


def parse_heading(text: str) -> Heading | None:
    """三、标题（120分）。导语, in which 加分 marks a bonus section."""
    match = _SECTION.match(halved(text))
    no = chinese_number(match[1]) if match else None
    if match is None or no is None:
        return None
    rest = text[match.start(2) :]
    worth = _POINTS.search(halved(rest[:_HEADING]))
    title = rest[: worth.start()] if worth else re.split("[。\n]", rest)[0]
    if worth and re.search("[。；]", title):
        worth, title = None, re.split("[。；]", title)[0]
    # 加分 marks it wherever it stands: 五、改革创新加分项（20分）, 五、创新（加分项，20分）.
    bonus = bool(worth and re.search("加分|附加", title + worth[1] + worth[3]))
    points = float(worth[2]) if worth else None
    goal = rest[worth.end() if worth else len(title) :].lstrip("）)。；;：: \n")
    return Heading(no, "".join(title.split()), points, bonus, one_line(goal))


def parse_title(text: str) -> tuple[int, str] | None:
    """The number of an indicator and its title: 4. 提炼质量精神。"""
    match = _TITLE.match(halved(text))
    if match is None or parse_task(text) is not None:
        return None
    return int(match[1]), text[match.start(2) :]


def parse_task(text: str) -> tuple[int, int, str] | None:
    """The indicator, the place in it and the wording of a task: 13.10 参与国际互认。"""
    match = _TASK.match(halved(text))
    spaced = re.match(r"\s*\d{1,3}\.\s", halved(text))
    if match is None or spaced:
        return None
    return int(match[1]), int(match[2]), text[match.start(3) :]


def parse_worth(text: str) -> float | None:
    """Points that stand alone in a cell: 20, 20分."""
    match = _WORTH.fullmatch(halved(text))
    return float(match[1]) if match else None


def glued(ordinal: int, rest: str, expected: int) -> int | None:
    """How many digits of `ordinal` belong to the wording: 14.21个口岸 is 14.2 and 1个口岸."""
    written, wanted = str(ordinal), str(expected)
    if ordinal > expected and written.startswith(wanted) and re.match(_COUNTED, rest):
        return len(written) - len(wanted)
    return None
