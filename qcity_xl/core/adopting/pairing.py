"""Which row of a table is which row of its newer version: by what they say and what holds them.

| the two                                                    | they are               |
|------------------------------------------------------------|------------------------|
| say the same, under the same number in the same place      | the same row           |
| the office has said so                                     | the same row           |
| say the same; several: in the same place and order         | the same row           |
| much the same, and no other is nearly as like              | the same row, reworded |
| half the same under one number in one place, no other so   | the same row, reworded |
| somewhat the same, or another is nearly as like            | asked of the office    |
| little the same, but under one number in one place         | asked of the office    |
| anything else                                              | gone; new              |

A number alone never makes two rows the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcity_xl.core.adopting.likeness import Texts, bare

# So like two texts must be: anywhere, in the same place, under the same number there. Of a table of
# 270 rows in its official and in other words none was paired wrongly by these.
_SURE, _SURE_HERE, _SURE_NUMBER = 0.75, 0.6, 0.5
_ASKED, _ASKED_HERE = 0.5, 0.35  # so like, to be asked of the office
_SAME_NUMBER = 0.2  # the same under one number in one place
_AHEAD = 0.1  # so much more like than the next one
_HERE = 0.1  # what the same place counts for
_NEAREST = 6  # others that a row is held against


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row of a table: its number and text, and what it is part of.

    `within` names that by its row in the older table, on both sides. `more` is all that stands
    under it: two rows may be the same by that, too.
    """

    key: str
    no: str
    text: str
    within: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class UnsurePair:
    """Two rows that may be the same, by their keys, and how like they are (0 to 1)."""

    old: str
    new: str
    like: float


@dataclass(slots=True)
class Pairs:
    """Older rows with their newer ones; what is asked; what the office said to no purpose."""

    same: dict[str, str] = field(default_factory=dict)
    doubts: list[UnsurePair] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)


def pair(
    old: Sequence[NumberedRow],
    new: Sequence[NumberedRow],
    said: Mapping[str, str],
    fresh: Iterable[str] = (),
) -> Pairs:
    """Pair two tables. `said` gives newer keys for older ones, "" for none; `fresh` are new."""
    pairing = _Pairing(old, new)
    pairing.unchanged()
    pairing.as_said(said, fresh)
    pairing.same_text()
    pairing.much_alike()
    pairing.ask()
    return pairing.found


class _Pairing:
    def __init__(self, old: Sequence[NumberedRow], new: Sequence[NumberedRow]) -> None:
        self._old = {item.key: item for item in old}
        self._new = {item.key: item for item in new}
        self.found = Pairs()

    def _take(self, old: str, new: str) -> None:
        self.found.same[old] = new
        del self._old[old], self._new[new]

    def unchanged(self) -> None:
        """What says the same under the same number in the same place."""
        by_all = {(bare(i.text), i.no, i.within): i.key for i in self._new.values() if i.text}
        for item in list(self._old.values()):
            new = by_all.pop((bare(item.text), item.no, item.within), "")
            if new:
                self._take(item.key, new)

    def as_said(self, said: Mapping[str, str], fresh: Iterable[str]) -> None:
        """What the office has said of rows that are not settled by themselves."""
        for old, new in said.items():
            if old not in self._old or (new and new not in self._new):
                self.found.idle.append(old)
            elif new:
                self._take(old, new)
            else:
                del self._old[old]
        for new in fresh:
            self._new.pop(new, None)

    def same_text(self) -> None:
        """What says the same; of several those in the same place, in their order."""
        olds, news = _by_text(self._old.values()), _by_text(self._new.values())
        for words, mine in olds.items():
            theirs = news.get(words, [])
            self._in_order(_within(mine, theirs))
            mine, theirs = self._left(mine, theirs)
            if len(mine) == len(theirs):
                self._in_order([(mine, theirs)])
            else:
                self._ask_of(zip(mine, theirs, strict=False))

    def _left(
        self, mine: list[NumberedRow], theirs: list[NumberedRow]
    ) -> tuple[list[NumberedRow], list[NumberedRow]]:
        return [i for i in mine if i.key in self._old], [i for i in theirs if i.key in self._new]

    def _in_order(self, groups: Iterable[tuple[list[NumberedRow], list[NumberedRow]]]) -> None:
        for mine, theirs in groups:
            if len(mine) == len(theirs):
                for one, other in zip(mine, theirs, strict=True):
                    self._take(one.key, other.key)

    def _ask_of(self, both: Iterable[tuple[NumberedRow, NumberedRow]]) -> None:
        for one, other in both:
            self.found.doubts.append(UnsurePair(one.key, other.key, 1.0))
            del self._old[one.key], self._new[other.key]

    def much_alike(self) -> None:
        """What is much the same, again and again: each pair leaves fewer to mistake it for."""
        while sure := [c for c in self._candidates() if c.sure]:
            for one in sure:
                if one.old.key in self._old and one.new.key in self._new:
                    self._take(one.old.key, one.new.key)

    def ask(self) -> None:
        """What is left and is somewhat the same, the most like first."""
        for one in self._candidates():
            self._ask_if(one.old, one.new, one.like, _ASKED_HERE if one.here else _ASKED)
        by_number = {(i.no, i.within): i for i in self._new.values()}
        for item in list(self._old.values()):
            other = by_number.get((item.no, item.within))
            if other:
                self._ask_if(item, other, _like(item, other), _SAME_NUMBER)

    def _ask_if(self, old: NumberedRow, new: NumberedRow, like: float, least: float) -> None:
        if like >= least and old.key in self._old and new.key in self._new:
            self.found.doubts.append(UnsurePair(old.key, new.key, like))
            del self._old[old.key], self._new[new.key]

    def _candidates(self) -> list["_Candidate"]:
        """Pairs of what is left, the most like first; sure is one that both sides prefer."""
        scored = sorted(self._scored(), key=lambda c: (-c.score, c.old.key, c.new.key))
        best: dict[str, list[float]] = {}
        for one in scored:
            for key in (f"<{one.old.key}", f">{one.new.key}"):
                best.setdefault(key, []).append(one.score)
        for one in scored:
            first = one.score == best[f"<{one.old.key}"][0] == best[f">{one.new.key}"][0]
            ahead = all(
                len(of) < 2 or of[0] - of[1] >= _AHEAD
                for of in (best[f"<{one.old.key}"], best[f">{one.new.key}"])
            )
            one.sure = first and ahead and one.like >= one.least
        return scored

    def _scored(self) -> Iterator["_Candidate"]:
        near: dict[tuple[str, str], float] = {}
        for part in ("text", "more"):
            held = Texts({i.key: getattr(i, part) for i in self._old.values()})
            for item in self._new.values():
                words = getattr(item, part)
                for like, key in held.nearest(words, _NEAREST) if bare(words) else ():
                    near[key, item.key] = max(like, near.get((key, item.key), 0.0))
        for (key, new), like in near.items():
            yield _Candidate(self._old[key], self._new[new], like)


@dataclass(slots=True)
class _Candidate:
    old: NumberedRow
    new: NumberedRow
    like: float
    sure: bool = False

    @property
    def here(self) -> bool:
        return self.old.within == self.new.within

    @property
    def least(self) -> float:
        """So like the two must be."""
        if not self.here:
            return _SURE
        return _SURE_NUMBER if self.old.no == self.new.no else _SURE_HERE

    @property
    def score(self) -> float:
        return self.like + (_HERE if self.here else 0.0)


def _like(one: NumberedRow, other: NumberedRow) -> float:
    found = Texts({"": one.text}).nearest(other.text, 1) if bare(other.text) else []
    return found[0][0] if found else 0.0


def _by_text(items: Iterable[NumberedRow]) -> dict[str, list[NumberedRow]]:
    found: dict[str, list[NumberedRow]] = {}
    for item in items:
        if words := bare(item.text):
            found.setdefault(words, []).append(item)
    return found


def _within(
    mine: list[NumberedRow], theirs: list[NumberedRow]
) -> list[tuple[list[NumberedRow], list[NumberedRow]]]:
    """The same rows place by place."""
    places = dict.fromkeys(item.within for item in mine)
    return [
        ([i for i in mine if i.within == place], [i for i in theirs if i.within == place])
        for place in places
    ]
