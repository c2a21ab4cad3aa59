"""The clauses that make one criterion together, and small questions about their text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qcity_xl.core.quantities import parse_quantity
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import EDGES, Clause, bare

_OTHERS = re.compile(
    "^(?:其余|其他|其它|否则|除此之外|此外|以外|反之|除上述)|(?:其余|其他情[形况]|其它情[形况]|以外的?|之外的?)$"
)
_RISES = re.compile("每(?:再|多|增|超|提高|提升|高|上升|升)")
_NOT = re.compile("^(?:均|都|全部?|目前|尚|仍|既)?(?:未|没有?|无|不|缺|尚未|达不到|低于|少于|少)")


@dataclass(slots=True)
class Group:
    """Some clauses of a wording. `worth` is what they are worth together, None if nothing says so.

    `part` is what the wording says of a part of a step, "" if nothing; `ties` whether it says how
    equal places count.
    """

    flat: str
    raw: str
    clauses: list[Clause]
    worth: float | None
    part: str = ""
    ties: bool = False
    step: str = ""  # the quantity that `part` speaks of
    notes: tuple[str, ...] = ()  # 就高不就低 as "", 不重复计分 as 重复

    @property
    def letters(self) -> str:
        """The kinds of the clauses, in order."""
        return "".join(clause.kind for clause in self.clauses)

    @property
    def text(self) -> str:
        """The words of the group as they stand in the document, outer marks stripped."""
        text = bare(self.raw[self.clauses[0].start : self.clauses[-1].end])
        number = g.ITEM.match(text) or g.ITEM.match(
            self.flat[self.clauses[0].start :].lstrip(EDGES)
        )
        return bare(text[number.end() :]) if number and number.start() == 0 else text

    def of(self, kinds: str) -> list[Clause]:
        """The clauses of these kinds."""
        return [clause for clause in self.clauses if clause.kind in kinds]

    def only(self, kinds: str) -> bool:
        """Whether there are no other kinds."""
        return all(clause.kind in kinds for clause in self.clauses)

    def words(self, clause: Clause) -> str:
        """The text of a clause as it stands in the document."""
        text = bare(self.raw[clause.start : clause.middle])
        number = g.ITEM.match(self.flat[clause.start : clause.middle].lstrip(EDGES + ")"))
        return bare(text[number.end() :]) if number else text


@dataclass(frozen=True, slots=True)
class Tier:
    """A case with its points: `text` in plain letters, `words` as in the document."""

    text: str
    points: float
    words: str
    clause: Clause = field(compare=False)


def tiers_of(group: Group, clauses: Sequence[Clause]) -> list[Tier] | None:
    """The cases of clauses that award or deny points; None where a share has no whole."""
    found = []
    for clause in clauses:
        points = clause.points
        if clause.kind == g.SHARE:
            share = share_of(clause)
            if share is None or group.worth is None:
                return None
            points = round(share * group.worth, 2)
        text = re.sub("[的者]$", "", clause.text)
        found.append(Tier(text, points, re.sub("[的者]$", "", group.words(clause)), clause))
    return found


def share_of(clause: Clause) -> float | None:
    """The share of the points that 得满分, 得满分的60%, 得七成, 减半 give."""
    if "half" in clause.parts:
        return 0.5
    written = clause.parts.get("pct")
    if written is None:
        return 1.0
    if written == "一半":
        return 0.5
    share = parse_quantity(written)
    return share.number / 100 if share and 0 <= share.number <= 100 else None


_BEYOND = re.compile("(?:超过|超出|突破|超标|高于)(?:的|标准|指标|上限|规定|限值|目标|控制数)*")
_WITHIN = re.compile("以内|之内|以下|不(?:超过|超出|高于|大于|突破)|控制在|≤")


def is_rest(text: str) -> bool:
    """Whether a case is all that the others are not: 其余, 否则."""
    return bool(_OTHERS.search(text))


def denies(text: str, done: str) -> bool:
    """Whether a text is nothing but the denial of another: 未设立 of 设立举报奖励."""
    if is_rest(text) or (_BEYOND.fullmatch(text) and _WITHIN.search(done)):
        return True
    if len(text) > 1 and re.search(f"(?:未|没有?|无|不)[^,。;]{{0,3}}{re.escape(text)}$", done):
        return True  # 受到处罚 of 未受到处罚
    match = _NOT.match(text)
    if match is None or len(text) > 14 or re.search(r"\d", text):
        return False
    verb = text[match.end() :].strip(EDGES)
    return len(verb) <= 1 or verb in done or (verb[:2] in done and (verb[-2:] in done))


def worth_of(group: Group, base: Tier | None = None) -> float | None:
    """What the group is worth: by its mark, its base, its stated full points, or as it is known."""
    marks = group.of(g.MARK)
    if len(marks) == 1:
        return marks[0].points
    if base is not None:
        return base.points
    stated = [clause.points for clause in group.of(g.CAP) if not bounds_loss(group, clause)]
    return max(stated) if stated else group.worth


def bounds_loss(group: Group, clause: Clause) -> bool:
    """Whether a maximum is one of what is deducted: 最多扣6分."""
    return "扣" in group.flat[clause.middle : clause.end]


def base_of(group: Group) -> tuple[Tier | None, bool]:
    """The one case that earns before anything is deducted, if any; False if there are several."""
    earning = [c for c in group.clauses if c.kind in "AFB" or (c.kind == g.MARK and c.text)]
    if len(earning) > 1:
        return None, False
    if any(_RISES.search(clause.text) for clause in earning):
        return None, False  # 每高1个百分点加0.5分 is no base from which anything falls
    found = tiers_of(group, earning)
    return (found[0] if found else None), found is not None
