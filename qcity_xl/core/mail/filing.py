"""Which row of 佐证 a file that came in belongs to: proposed where nothing else fits as well."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from qcity_xl.core.master.model import Row, text
from qcity_xl.core.text import fold

_DIVIDERS = re.compile(r"[；;\n]")
_SIDES = re.compile(r"[/\\]")
_QUOTES = "\"'“”‘’「」 "
_NUMBER = re.compile(r" \(\d+\)(?=(?:\.[^.]*)?$)")  # what we add to a name that is taken
_ENDING = re.compile(r"\.[0-9a-z]{1,5}$")
_MARKS = re.compile(r"[《》〈〉“”\"'「」\[\]()〔〕_-]")
_SHORTEST_NUMBER = 4  # characters of a 文号 that a file's name may be known by


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the files for it, as 存放位置 names them; `why` says what they have in common."""

    row: str
    location: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that several files fit alike, or files that fit several rows."""

    row: str
    places: tuple[str, ...]


def matched(
    places: Collection[str], rows: Mapping[str, Row], used: Collection[str] = ()
) -> tuple[list[Match], list[Doubt]]:
    """The files of one unit against its rows of 佐证 that lack their file, by id.

    `places` are paths from the master's folder, with / between. A row gets the file that its
    存放位置 names by its last parts, else the one that has its 材料名称 or its 文号 as a name. What
    is not certain (two files for a row, two rows for a title) is a doubt and no match. A file that
    is `used` by another row serves only where it is named.
    """
    free = [place for place in places if place not in used]
    matches: list[Match] = []
    doubts: list[Doubt] = []
    by_title: dict[str, list[Match]] = {}
    for key, row in rows.items():
        for fitting, why in _readings(places, free, row):
            if all(len(each) == 1 for each in fitting):
                match = Match(key, "；".join(each[0] for each in fitting), why)
                if why == _BY_PLACE:
                    matches.append(match)
                else:
                    by_title.setdefault(match.location, []).append(match)
            else:
                doubts.append(Doubt(key, tuple(place for each in fitting for place in each)))
            break
    for location, alike in by_title.items():
        if len(alike) == 1:
            matches += alike
        else:
            doubts += [Doubt(match.row, (location,)) for match in alike]
    return matches, doubts


_BY_PLACE, _BY_TITLE, _BY_NUMBER = "存放位置里的文件名", "材料名称", "文号"


def _readings(
    places: Collection[str], free: Collection[str], row: Row
) -> Iterator[tuple[list[list[str]], str]]:
    """The files that fit each place that a row names, then those of its title, of its number."""
    named = [part.strip(_QUOTES) for part in _DIVIDERS.split(text(row, "location"))]
    fitting = [_nearest(places, part) for part in named if part]
    if fitting and all(fitting):
        yield fitting, _BY_PLACE
    title, number = _bare(text(row, "title")), _bare(text(row, "number"))
    if title and (found := [place for place in free if _stem(place) == title]):
        yield [found], _BY_TITLE
    known = len(number) >= _SHORTEST_NUMBER
    if known and (found := [place for place in free if number in _stem(place)]):
        yield [found], _BY_NUMBER


def _nearest(places: Collection[str], wanted: str) -> list[str]:
    """The files of this name; of several those that lie in folders of the same names."""
    parts = _parts(wanted)
    agreeing: dict[int, list[str]] = {}
    for place in places:
        count = 0
        for own, theirs in zip(reversed(_parts(place)), reversed(parts), strict=False):
            if own != theirs:
                break
            count += 1
        if count:
            agreeing.setdefault(count, []).append(place)
    nearest = agreeing[max(agreeing)] if agreeing else []
    last = fold(_SIDES.split(wanted)[-1])
    if _NUMBER.search(wanted):  # the number is the unit's own
        return [place for place in nearest if fold(_SIDES.split(place)[-1]) == last] or nearest
    return nearest


def _parts(path: str) -> list[str]:
    *folders, name = [part for part in _SIDES.split(path) if part] or [""]
    return [*map(fold, folders), fold(_NUMBER.sub("", name))]


def _stem(place: str) -> str:
    """A file's name without its ending."""
    return _bare(_parts(place)[-1])


def _bare(words: str) -> str:
    return _MARKS.sub("", _ENDING.sub("", fold(words)))
