"""名次: points by place, also minus per place."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from qcity_xl.core.rules import spoken
from qcity_xl.core.rules.base import (
    AnswerError,
    Earned,
    Measure,
    ParamsError,
    Rulings,
    measure,
    points_text,
    ruled_number,
    segments,
)
from qcity_xl.core.rules.spans import Span
from qcity_xl.core.rules.spoken import ruled
from qcity_xl.core.text import fold
from qcity_xl.core.values import Value, parse_number

_SPAN = Span(1, whole=True)
# 第12位, 并列第2; of which list it is (全省第3) is not for us to judge
_SPOKEN = re.compile(r"(?:排名|排在|位列|位居|名列|列)?(?:并列)?第?(\d+)[名位]?")


@dataclass(frozen=True, slots=True)
class Place:
    """Places up to `last` (a number, or a word such as 前列 whose bound is a ruling; "" for all).

    `points` for such a place; with `per_place`, `points` less that much for each place lost.
    """

    last: str
    points: float
    per_place: float = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """Places, best first. The last one may be 其余.

    Rulings: each word (前列, 中游) as a number of places; 边界 (上档, 下档) says where a place
    belongs that two bands name.
    """

    places: tuple[Place, ...]

    name: ClassVar[str] = "名次"
    example: ClassVar[str] = "≤10：20；≤20：每名-1；其余：0，或 前列：30；中游：15；其余：5"
    reviewed_only: ClassVar[bool] = False

    @classmethod
    def parse(cls, params: str, points: float) -> Self:
        """Pairs of a bound and points; 每名-1 counts down from the points of the band before."""
        places: list[Place] = []
        for head, tail in segments(params):
            falling = re.fullmatch(r"每名[-−－](\d+(?:\.\d+)?)", tail)
            worth = places[-1].points if falling and places else parse_number(tail)
            if worth is None or not 0 <= worth <= points:
                raise ParamsError(cls.name, params, cls.example)
            numbered = re.fullmatch(r"(?:≤|<=|前)?(\d+)[名位]?", fold(head))
            last = numbered[1] if numbered else "" if head == "其余" else head
            places.append(Place(last, worth, float(falling[1]) if falling else 0))
        if not places:
            raise ParamsError(cls.name, params, cls.example)
        return cls(tuple(places))

    def score(self, answer: Value, rulings: Rulings) -> Earned:
        """Points of the band that holds the place, given as a number or as the band's word."""
        text = fold(str(answer))
        for place in self.places:
            named = text == fold(place.last or "其余") and not place.per_place
            if named and parse_number(place.last) is None:
                return Earned(place.points, f"{text}，{points_text(place.points)}")
        spoken = _SPOKEN.fullmatch(text)
        value = measure(spoken[1] if spoken else answer, "名", self.allowed(rulings), _SPAN)
        points = self._points_at(int(value), rulings)
        return Earned(points, f"第{int(value)}名，{points_text(points)}")

    def _points_at(self, rank: int, rulings: Rulings) -> float:
        first_lost = 1 if rulings.get("边界") == "下档" else 0
        previous = 0.0
        for place in self.places:
            bound = parse_number(place.last) or ruled_number(rulings, place.last, rank)
            following_takes = first_lost and rank == bound and self._falls_after(place)
            if (bound is None and not place.last) or (
                bound is not None and rank <= bound and not following_takes
            ):
                lost = max(0.0, rank - previous + first_lost) * place.per_place
                return round(max(0.0, place.points - lost), 2)
            if bound is None:
                raise AnswerError(
                    rank, f"{self.allowed(rulings)}（“{place.last}”的名次见待定事项）"
                )
            previous = bound
        return 0.0

    def _falls_after(self, place: Place) -> bool:
        index = self.places.index(place) + 1
        return index < len(self.places) and self.places[index].per_place > 0

    def choices(self, rulings: Rulings) -> tuple[str, ...]:
        """None: a dropdown would refuse the number of a place."""
        return ()

    def allowed(self, rulings: Rulings) -> str:
        """A place, or one of the words where the wording knows no numbers."""
        words = [place.last or "其余" for place in self.places]
        named = parse_number(self.places[0].last) is None
        return "名次（整数）" + (f"，或 {'、'.join(words)}" if named else "")

    @property
    def measure(self) -> Measure:
        """A place; a word where the wording knows no numbers."""
        return Measure("名", _SPAN)

    def says(self, rulings: Rulings) -> str:
        """Each run of places with its points, the words with the places that they stand for."""
        listed, first = [], "1"
        for place in self.places:
            bound, where = self._run(place, first, rulings)
            worth = f"得{spoken.points(place.points)}"
            if place.per_place:
                each = spoken.points(place.per_place)
                worth = f"从{spoken.points(place.points)}起每退后一名减{each}"
            listed.append(f"{where}{worth}")
            first = f"{int(float(bound)) + 1}" if parse_number(bound) is not None else ""
        edge = f"；两档都有的一名归{ruled(rulings, '边界', '上档')}" if "边界" in rulings else ""
        return f"按名次计分（第1名起的整数，并列的按公布的名次）：{'；'.join(listed)}{edge}"

    def _run(self, place: Place, first: str, rulings: Rulings) -> tuple[str, str]:
        """The last place of a band as far as it is known, and the band in words."""
        if not place.last:
            return "", "其余"
        if parse_number(place.last) is not None:
            return place.last, f"第{first}至{place.last}名" if first else f"到第{place.last}名为止"
        bound = rulings.get(place.last, "")
        means = f"到第{bound}名为止，见待定事项" if bound else "到第几名未定"
        return bound, f"“{place.last}”（{means}）"

    def trials(self, rulings: Rulings) -> tuple[str, ...]:
        """The last place of each band and the one behind it."""
        found = [parse_number(place.last or "") for place in self.places]
        found += [parse_number(rulings.get(place.last, "")) for place in self.places]
        bounds = {int(bound) for bound in found if bound}
        tried = sorted({bound + more for bound in bounds for more in (0, 1)})
        return tuple(f"第{bound}名" for bound in tried)

    def signature(self) -> tuple[object, ...]:
        """The bands."""
        return (self.name, *self.places)
