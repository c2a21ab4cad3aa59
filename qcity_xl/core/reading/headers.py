"""Which row of a table holds its headers, and what each column means beside the others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qcity_xl.core.reading.columns import Meaning, meaning_of, own_meaning, place_of
from qcity_xl.core.reading.grids import Line, Square
from qcity_xl.core.reading.methods import is_methods
from qcity_xl.core.reading.names import looks_like_units
from qcity_xl.core.reading.parts import is_scoring
from qcity_xl.core.text import fold, one_line

Words = Sequence[tuple[str, Meaning]]  # the office's own header words
_FEW = 3  # so many known headers in one row make it a header row
_NAMES: tuple[Meaning, ...] = ("section", "level1", "level2", "level3", "title")
_OUTER: tuple[Meaning, ...] = ("section", "level1")
_UNITS: tuple[Meaning, ...] = ("leads", "partners", "units")
_HALF = 0.5
_ONCE: frozenset[Meaning] = frozenset(("title", "task", "rule", "leads", "points"))
_OF_SECTION = "所在部分的分值"
_SAMPLE = 60  # so many cells of a column tell what it holds


@dataclass(slots=True)
class HeadedColumn:
    """One column: its header as written and what it was taken for; None for an unknown one."""

    place: int
    header: str
    meaning: Meaning | None
    why: str = ""  # what settled an ambiguous header, "" where the word alone does
    own: Meaning | None = None  # what the office says it means: nothing else settles that


@dataclass(slots=True)
class Head:
    """The headers of a table: their rows, and the columns in order."""

    first: int
    last: int
    columns: list[HeadedColumn]
    keys: frozenset[str] = field(default=frozenset())

    def places(self, *meanings: Meaning) -> list[int]:
        """The columns of these meanings, in order."""
        return [column.place for column in self.columns if column.meaning in meanings]

    def place(self, meaning: Meaning) -> int | None:
        """The first column of a meaning."""
        return next(iter(self.places(meaning)), None)

    def repeats(self, line: Line) -> bool:
        """Whether a row says these headers once more, as at each page break."""
        texts = {fold(square.text) for square in line.own()}
        return len(texts) > 1 and texts <= self.keys

    @property
    def plans(self) -> bool:
        """Whether the columns can hold a plan: what is to be done or graded, and more."""
        meanings = {column.meaning for column in self.columns}
        named = meanings & {"title", "content", "level2", "level3", "level1"}
        if "task" in meanings or "rule" in meanings:
            return len(meanings & {*_UNITS, "points", "deadline", "rule", *named}) > 0
        return bool(named) and "points" in meanings


def find_head(lines: Sequence[Line], start: int, own: Words = ()) -> Head | None:
    """The first header row from `start` on, with a second one below it where headers branch."""
    for at in range(start, len(lines)):
        line = lines[at]
        squares = list(line.own())
        if not _is_head(squares, own):
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        second = below if below and _branches(line, below, own) else None
        columns = _columns(line, second, own)
        texts = [*squares, *(second.own() if second else ())]
        keys = frozenset(fold(square.text) for square in texts)
        return Head(line.row, second.row if second else line.row, columns, keys)
    return None


def _is_head(squares: Sequence[Square], own: Words) -> bool:
    if any(len(square.flat) > _SAMPLE for square in squares):
        return False
    known = {meaning_of(square.text, own) for square in squares} - {None}
    if len(known) >= _FEW:
        return 2 * sum(meaning_of(s.text, own) is not None for s in squares) >= len(squares)
    pair = len(squares) == len(known) == _FEW - 1
    return pair and bool(known & {"task", "rule", "title"}) and bool(known & {*_UNITS, "points"})


def _branches(line: Line, below: Line, own: Words) -> bool:
    """Whether the row below divides some of these headers."""
    squares = list(below.own())
    if not squares:
        return False
    fresh = [
        square
        for square in squares
        if not line.text(square.column) or line.at[square.column].width > 1
    ]
    if len(fresh) < len(squares):
        return False
    wide = any(line.at[s.column].width > 1 for s in squares if s.column in line.at)
    known = [meaning_of(square.text, own) for square in squares]
    return all(known) or (wide and all(len(square.flat) < 12 for square in squares))


def _columns(line: Line, second: Line | None, own: Words) -> list[HeadedColumn]:
    columns = []
    above = ""
    for place in sorted({*line.at, *(second.at if second else ())}):
        square = line.at.get(place)
        text = one_line(square.text) if square else ""
        above = text or above
        header = text
        if second and (branch := second.text(place)):
            header = one_line(branch)
            meaning = meaning_of(header, own) or meaning_of(above, own)
        else:
            meaning = meaning_of(text, own)
        by_place = (m for word, m in own if place_of(word) == place)
        said = next(by_place, None) or own_meaning(header, own)
        columns.append(HeadedColumn(place, header, said or meaning, own=said))
    return columns


def name_before(head: Head, line: Line) -> Square | None:
    """What names an indicator whose own cell is blank: 加分项 in a column before it."""
    title = head.place("title")
    if title is None or line.text(title) or not line.begins(title):
        return None
    if not any(map(line.text, head.places("rule"))):
        return None
    before = sorted(p for p in head.places("content") if p < title and line.text(p))
    return line.at[before[-1]] if before else None


def settle(head: Head, body: Sequence[Line]) -> None:
    """Give the columns the meaning that their neighbours and their content leave."""
    samples = {column.place: _sample(body, column.place) for column in head.columns}
    _join_wide(head, body)
    _settle_units(head, samples)
    _settle_rules(head, samples)
    _settle_names(head, body, samples)
    _settle_points(head)
    _keep_own(head)
    _settle_deadlines(head)


def _settle_deadlines(head: Head) -> None:
    """A task has one deadline: of several columns the office's own or the first is it."""
    columns = [column for column in head.columns if column.meaning == "deadline"]
    columns.sort(key=lambda column: column.own is None)  # stable: the first of each
    for column in columns[1:]:
        column.meaning, column.why = "remarks", "完成时限不止一列"


def _keep_own(head: Head) -> None:
    """What the office says of a column holds, and no other column has taken its part."""
    for column in head.columns:
        if column.own:
            column.meaning, column.why = column.own, ""
    said = {column.own for column in head.columns}
    title = head.place("title") or 0
    for column in head.columns:
        if column.own or column.meaning not in said & _ONCE or column.why == _OF_SECTION:
            continue
        outer = column.meaning == "title" and column.place < title
        column.meaning = (
            "section" if outer else "score" if column.meaning == "points" else "remarks"
        )
        column.why = "另有一列由办公室指定"


def _sample(body: Iterable[Line], place: int) -> list[str]:
    found: list[str] = []
    for line in body:
        if text := line.text(place):
            found.append(text)
        if len(found) == _SAMPLE:
            break
    return found


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    """How many of the texts pass, 0 to 1."""
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0


def _join_wide(head: Head, body: Sequence[Line]) -> None:
    """A header over two columns names both only where the rows below divide them."""
    for one, two in pairwise(head.columns):
        if not two.header or one.header != two.header:
            continue
        apart = sum(line.at.get(one.place) is not line.at.get(two.place) for line in body)
        if 2 * apart <= len(body):
            two.meaning, two.header = None, ""
        elif one.meaning in ("title", "level2"):
            one.meaning = "section"


def _settle_units(head: Head, samples: dict[int, list[str]]) -> None:
    """责任单位 is the partner beside 牵头单位, and the lead beside 配合单位 or alone."""
    meanings = {column.meaning for column in head.columns}
    for column in head.columns:
        texts = samples[column.place]
        if column.meaning != "units":
            continue
        open_word = fold(column.header).startswith(("单位", "责任人"))
        if open_word and texts and _share(texts, looks_like_units) < _HALF:
            column.meaning = "contact" if "人" in column.header else "measure"
            column.why = "按格里的内容"
            continue
        if "leads" in meanings and "partners" in meanings:
            column.meaning = "remarks"
            column.why = "牵头单位、配合单位都另有一列"
        elif "leads" in meanings:
            column.meaning = "partners"
            column.why = "旁边有牵头单位"
        elif "partners" in meanings:
            column.meaning = "leads"
        meanings.add(column.meaning)
    leads = head.places("leads")
    for place in leads[1:]:
        column = next(c for c in head.columns if c.place == place)
        column.meaning, column.why = "partners", "牵头单位不止一列"


def _settle_rules(head: Head, samples: dict[int, list[str]]) -> None:
    """A rule says how points are earned, a method how it is looked at, whatever the header."""
    for column in head.columns:
        texts = samples[column.place]
        if column.meaning == "rule" and texts and _share(texts, is_methods) > _HALF:
            if _share(texts, is_scoring) == 0:
                column.meaning, column.why = "methods", "格里写的是验收方式"
        elif column.meaning == "methods" and _share(texts, is_scoring) > _HALF:
            column.meaning, column.why = "rule", "格里写的是怎样得分"
    if head.places("rule"):
        return
    for column in reversed(head.columns):
        may = column.meaning in ("content", "title", "level3", "task", "remarks", "target", None)
        if may and _share(samples[column.place], is_scoring) > _HALF:
            column.meaning, column.why = "rule", "格里写的是怎样得分"
            return


def _settle_names(head: Head, body: Sequence[Line], samples: dict[int, list[str]]) -> None:
    """Which column names the indicators: the one whose cells are as many as the points."""
    names = [c for c in head.columns if c.meaning in _NAMES]
    inner = [c for c in names if c.meaning not in _OUTER]
    contents = [c for c in head.columns if c.meaning == "content"]
    points = [len(samples[place]) for place in head.places("points")]
    worths = min((n for n in points if n), default=0)
    if len(points) > 1:
        worths = max(points)
    choice = inner
    most = max((_runs(body, column.place) for column in inner), default=0)
    if not inner or (contents and worths and most < 0.6 * worths):
        choice = contents or inner
    if not choice:
        outer = [c for c in names if c.meaning == "level1"] or names
        choice = outer if len(names) > 1 or "task" in {c.meaning for c in head.columns} else names
        if len(names) == 1 and not head.places("points", "rule"):
            return  # a label over the tasks, no indicator
    if not choice:
        return
    gaps = [abs(_runs(body, column.place) - worths) for column in choice]
    best = min(gaps) if worths else gaps[-1]
    title = next(c for c, gap in reversed(list(zip(choice, gaps, strict=True))) if gap == best)
    title.meaning = "title"
    for column in names:
        if column is title:
            continue
        left = column.place < title.place
        if column.meaning in _OUTER and not left:
            column.meaning = "remarks"
        elif column.meaning not in _OUTER:
            outer_known = any(c.meaning in _OUTER for c in names if c is not column)
            column.meaning = "section" if left and not outer_known else "content"


def _runs(body: Sequence[Line], place: int) -> int:
    """How many different cells follow one another in a column."""
    runs, before = 0, ""
    for line in body:
        text = fold(line.text(place))
        if text and text != before:
            runs, before = runs + 1, text
    return runs


def _settle_points(head: Head) -> None:
    """Of several columns of points, the one left of the title is the section's."""
    places, title = head.places("points"), head.place("title")
    if len(places) < 2 or title is None:
        return
    after = [place for place in places if place > title]
    own = after[0] if after else places[-1]
    for column in head.columns:
        if column.meaning != "points" or column.place == own:
            continue
        if column.place < title and head.places(*_OUTER):
            column.why = _OF_SECTION
        else:
            column.meaning, column.why = "score", "另有一列分值"
