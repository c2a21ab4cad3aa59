"""What a unit says in its other files, at hand or merged before, as one of its packs sees it.

| the other file, of the same unit             | it is  |
|----------------------------------------------|--------|
| the same file, or one that says the same     | same   |
| of an earlier round                          | older  |
| of a later round                             | newer  |
| same round, fills only cells filled here too, says the same there or was saved before | older  |
| same round, fills all cells filled here too, says the same there or was saved later | newer  |
| same round, each fills cells the other lacks (both count, and it is told) | rival  |
| same round, the same cells, other values     | rival  |
| the fuller of two was saved before the other | rival  |

Names and dates of files don't count. A workbook says when it was saved, but by a clock that may be
wrong; so that time decides nothing and only leads to a question. A file that was saved later may
have cleared a cell of the earlier one: where it has some of the earlier answers and holds another
cell as sent, the office is asked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qcity_xl.core.merge.matching import base_value, is_evidence
from qcity_xl.core.merge.versions import BY_SOURCE, CellId, Take, Version, same_in
from qcity_xl.core.rounds.pack import ReturnedPack
from qcity_xl.core.schema import EVIDENCE
from qcity_xl.core.values import Value, canonical


@dataclass(frozen=True, slots=True)
class OtherVersions:
    """The other versions of a pack, as the pack sees them; `older` holds the `same` ones too.

    `round` is the pack's, sent in the operation `sent_in`. `withdrawn` are cells that this pack
    holds as sent though one before it, saved earlier, filled them and was merged; `later` are
    rivals that may have cleared what this pack fills.
    """

    round: str = ""
    sent_in: int = 0
    same: tuple[Version, ...] = ()
    older: tuple[Version, ...] = ()
    newer: tuple[Version, ...] = ()
    rivals: tuple[Version, ...] = ()
    later: tuple[Version, ...] = ()
    withdrawn: Mapping[CellId, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def settled(self, place: CellId, value: Value) -> bool:
        """Whether this value was brought by the unit before and dealt with.

        Of an older file it is only what the pack kept: with another value in between, or sent since
        in a later round, it is a new answer though it has been one before.
        """
        before = [old for old in self.older if old.round == self.round and place in old.values]
        kept = before if all(same_in(place, old.values[place], value) for old in before) else ()
        return any(
            place in other.settled and same_in(place, other.values[place], value)
            for other in (*self.same, *self.newer, *kept)
        )

    def wrote(self, table: str, row: str) -> bool:
        """Whether a version that is no rival brought this row, and it was dealt with.

        What an earlier round brought was there, or was gone, when this pack was sent.
        """
        now = (old for old in self.older if old.round == self.round)
        known = (place for other in (*now, *self.newer) for place in other.settled)
        return any(place[:2] == (table, row) for place in known)

    def brought(self, place: CellId, value: Value) -> bool:
        """Whether another file of the unit says this, or brought it since the pack was sent."""
        now = (old for old in self.older if old.round == self.round)
        told = [
            other.values[place]
            for other in (*now, *self.newer, *self.rivals)
            if place in other.values
        ]
        told += [take.new for take in self._takes(place)]
        return any(same_in(place, one, value) for one in told)

    def superseded(self, place: CellId, value: Value) -> Version | None:
        """A newer version that says something else here."""
        return _other(self.newer, place, value)

    def disputed(self, place: CellId, value: Value) -> Version | None:
        """A rival that says something else here."""
        return _other(self.rivals, place, value)

    def cleared(self, place: CellId) -> bool:
        """Whether a file that was saved later may have cleared this cell."""
        return any(place not in other.values and place not in other.faulty for other in self.later)

    def before(self, place: CellId) -> list[Value]:
        """What older versions of the same round say here, taken by the merge or by the office."""
        same_round = (old for old in self.older if old.round == self.round)
        return [old.values[place] for old in same_round if place in old.values]

    def own(self, place: CellId, base: Value) -> Value:
        """What the cell holds if nobody but the unit itself wrote it since it was sent."""
        for take in self._takes(place):
            if same_in(place, take.old, base):
                base = take.new
        return base

    def _takes(self, place: CellId) -> Iterator[Take]:
        """What older files wrote into a cell since the pack was sent."""
        for old in self.older:
            yield from (t for t in old.takes if t.place == place and t.operation > self.sent_in)


def other_versions(
    pack: ReturnedPack,
    this: Version,
    others: Iterable[Version],
    rounds: Mapping[str, int],
    sent_in: int = 0,
) -> OtherVersions:
    """The other versions of this pack, which was sent in that operation, by what they are to it.

    `rounds` are those of its unit, in the order of sending.
    """
    same: list[Version] = []
    older: list[Version] = []
    newer: list[Version] = []
    rivals: list[Version] = []
    last = len(rounds)  # a round that is not on 轮次
    for other in others:
        if other.round != this.round:
            (
                older if rounds.get(other.round, last) < rounds.get(this.round, last) else newer
            ).append(other)
        elif other.sha256 == this.sha256 or _says_the_same(pack, this, other):
            same.append(other)
        else:
            mine, its = _cells(pack, this), _cells(pack, other)
            if its < mine and _built_upon(this, other):
                older.append(other)
            elif mine < its and _built_upon(other, this):
                newer.append(other)
            else:
                rivals.append(other)
    earlier = [v for v in rivals if _later(this, v) and _built_on(pack, v, this)]
    later = [v for v in rivals if _later(v, this) and _built_on(pack, this, v)]
    apart = [v for v in rivals if v not in earlier and v not in later]
    return OtherVersions(
        this.round,
        sent_in,
        tuple(same),
        (*same, *older),
        tuple(newer),
        tuple(rivals),
        tuple(later),
        {place: value for v in earlier for place, value in _withdrawn(pack, this, v)},
        tuple(_notes(pack, this, newer, earlier, apart)),
    )


def _later(one: Version, other: Version) -> bool:
    return bool(one.saved and other.saved) and one.saved > other.saved


def _built_upon(fuller: Version, other: Version) -> bool:
    """Whether the fuller of two versions is the newer one: saved later, as far as is known; where
    it is not known, it must not say anything else in a cell that the other fills.
    """
    if _later(fuller, other) or _later(other, fuller):
        return _later(fuller, other)
    both = set(fuller.values) & set(other.values)
    return all(same_in(place, fuller.values[place], other.values[place]) for place in both)


def _built_on(pack: ReturnedPack, one: Version, other: Version) -> bool:
    """Whether two versions have something of their own in common."""
    both = _cells(pack, one) & _cells(pack, other)
    return any(
        place in one.values
        and place in other.values
        and same_in(place, one.values[place], other.values[place])
        for place in both
    )


def _withdrawn(pack: ReturnedPack, this: Version, other: Version) -> Iterator[tuple[CellId, Value]]:
    """The sent cells that `other` brought into the master and this pack holds as sent."""
    gone = _cells(pack, other) - _cells(pack, this)
    for take in other.takes:
        if take.place in gone and not _is_new(pack, take.place):
            yield take.place, take.new


def _is_new(pack: ReturnedPack, place: CellId) -> bool:
    """Whether a cell is part of evidence that was not sent."""
    sent = pack.base.get(BY_SOURCE[place[0]].table.name, {}).get(place[1])
    return sent is None or (place[0] == EVIDENCE.name and not is_evidence(sent))


def _notes(
    pack: ReturnedPack,
    this: Version,
    newer: Iterable[Version],
    earlier: Iterable[Version],
    apart: Iterable[Version],
) -> Iterator[str]:
    """What the office should know of this file beside the other ones.

    Of rivals that stand `apart` none is known to be built on the other: both count, and what one
    of them may have cleared is told.
    """
    fuller = {
        place
        for other in newer
        if other.round == this.round
        for place in _cells(pack, other) - _cells(pack, this)
    }
    if fuller:
        yield f"本单位另一份多填{len(fuller)}格，以多的为准；这几格如是后来清空的，请在总表里清空"
    beside = {
        place
        for other in apart
        for place in _cells(pack, other) - _cells(pack, this)
        if not _is_new(pack, place)
    }
    if beside:
        yield f"本单位另一份另填{len(beside)}格，两份合起来算；这几格如是后来清空的，请在总表里清空"
    titles = {title for other in earlier for title in _new_titles(pack, other)}
    lost = titles - set(_new_titles(pack, this))
    if lost:
        yield f"比先保存的一份少{len(lost)}条佐证，已登记的没有删，请审核时留意"


def _new_titles(pack: ReturnedPack, version: Version) -> Iterator[str]:
    for place, value in version.values.items():
        if place[2] == "title" and place[0] == EVIDENCE.name and _is_new(pack, place):
            yield canonical(value)


def _cells(pack: ReturnedPack, version: Version) -> set[CellId]:
    """The cells that a version of this pack fills otherwise than sent.

    日志 names also the prefilled cells of evidence that was added; they are left out.
    """
    sent = {place for place, value in version.values.items() if _is_sent(pack, place, value)}
    return (set(version.values) | version.faulty) - sent


def _is_sent(pack: ReturnedPack, place: CellId, value: Value) -> bool:
    table, row, name = place
    pack_table = BY_SOURCE[table]
    in_pack = row in pack.base.get(pack_table.table.name, {})
    return in_pack and same_in(place, base_value(pack, pack_table, row, name), value)


def _says_the_same(pack: ReturnedPack, one: Version, other: Version) -> bool:
    cells = _cells(pack, one)
    return cells == _cells(pack, other) and all(
        place in one.values
        and place in other.values
        and same_in(place, one.values[place], other.values[place])
        for place in cells
    )


def _other(versions: Iterable[Version], place: CellId, value: Value) -> Version | None:
    """The first of these versions that says something else in this cell."""
    return next(
        (v for v in versions if place in v.values and not same_in(place, v.values[place], value)),
        None,
    )
