"""A wording as criteria: cut into clauses, gathered into groups, each group read whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

from qcity_xl.core.quantities import parse_quantity
from qcity_xl.core.reading.drafts import Draft, Open
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.cases import read_marked_cases
from qcity_xl.core.reading.wording.clauses import EDGES, Clause, bare, cut, flatten, joined
from qcity_xl.core.reading.wording.gains import START
from qcity_xl.core.reading.wording.group import Group, denies, is_rest, tiers_of
from qcity_xl.core.reading.wording.grouping import apart, marked, opens, shifted
from qcity_xl.core.reading.wording.plain import UNREADABLE, unreadable
from qcity_xl.core.reading.wording.rules import read_group
from qcity_xl.core.reading.wording.tiers import measure_of
from qcity_xl.core.rules.comparisons import find_spans, masked, plain

_ABSENT = Open(
    "缺项",
    "合理缺项的这部分分值怎样计算，文件未写",
    "折算",
    "折算后其余得分点按比例补足，与没有缺项的可比",
    ("满分", "剔除", "折算"),
)
_EVENT = re.compile("(?:如|若|凡)?(?:出现|发生|存在|有|被|因|弄虚作假|虚报|瞒报|造成)")
_MOST_SENTENCES = 8
_ANY_ITEM = re.compile(
    "(?:其中|凡|如)?每?(?:缺|少|缺少|未完成|有)(?:1|一)(?:项|个|条)(?:未?(?:完成|做到|落实|达标)|不达标)?的?"
)
_OF_THESE = re.compile("[,。;: ]*其中[:,]?")
_VETO = Open(
    "一票否决",
    "发生这种情形后怎样处理，文件未写明",
    "只作提示",
    "否决的后果由领导小组定，程序先只作提示",
    ("取消评选资格", "全部得分清零", "本项不得分", "只作提示"),
)


@dataclass(frozen=True, slots=True)
class Understood:
    """The criteria of one wording; `rest` is what stands after the last phrase, not understood."""

    drafts: tuple[Draft, ...]
    rest: str = ""


def read_wording(wording: str, points: float | None) -> Understood:
    """The criteria of a wording; the review scores what no reading takes whole.

    `points` are those of the indicator, None if the document lost them.
    """
    flat = flatten(wording)
    minus = bool((label := g.LABEL.match(flat)) and label["minus"])
    reader = _Reader(flat, wording, 0.0 if minus else points)
    return reader.read()


class _Reader:
    def __init__(self, flat: str, raw: str, points: float | None) -> None:
        self._flat, self._raw, self._points = flat, raw, points
        self._rest = ""
        self._events: list[Draft] = []

    def read(self) -> Understood:
        clauses = cut(self._flat)
        vetoes = [clause for clause in clauses if clause.kind == g.VETO]
        others = [clause for clause in clauses if clause.kind != g.VETO]
        if vetoes and all(c.kind == g.TEXT and c.start >= vetoes[0].end for c in others):
            # What follows, as in 一票否决，等次定为差, says what comes of it.
            ends = [*(clause.start for clause in vetoes[1:]), len(self._flat)]
            vetoes = [replace(c, end=end) for c, end in zip(vetoes, ends, strict=True)]
            others = []
        drafts = [self._veto(clause) for clause in vetoes]
        if any(not clause.text for clause in vetoes):
            return Understood((unreadable(self._raw.strip(), self._points or 0),))
        if not others:
            return Understood(tuple(drafts), self._rest)
        read = self._graded(self._without_total(others))
        return Understood((*read, *drafts, *self._events), self._rest)

    def _veto(self, clause: Clause) -> Draft:
        words = bare(self._raw[clause.start : clause.end])
        phrase = self._flat[clause.middle : clause.end]
        own = "own" in clause.parts and not re.search("资格|否决", phrase)
        return Draft(words, 0, "一票否决", "本项" if own else "全部", open=[] if own else [_VETO])

    def _without_total(self, clauses: list[Clause]) -> list[Clause]:
        """The clauses without one that only says what all are worth: 共6分, 本项满分6分."""
        first, *rest = clauses
        stated = first.kind == g.CAP and first.points == self._points and not first.text
        if rest and stated and not START.search(self._flat[first.middle : first.end]):
            head = _OF_THESE.match(self._flat, rest[0].start, rest[0].middle)
            return [_begun(rest[0], head.end()) if head else rest[0], *rest[1:]]
        whole = [c for c in clauses if "s" not in c.parts or c.text or c.points != self._points]
        return whole or clauses

    def _graded(self, clauses: list[Clause]) -> list[Draft]:
        lack = self._lacked(clauses)
        if lack and any(c.points != lack.points for c in clauses if c.kind in "ABFM"):
            return [unreadable(bare(self._raw), self._points or 0)]
        if lack:
            clauses = clauses[: clauses.index(lack)]
        groups = self._groups(clauses)
        if len(groups) > 1 and (draft := self._one_of(clauses)):
            return [draft]
        if len(groups) == 1 and self._adds_up(groups[0]):
            groups = apart(groups[0])
        drafts = [
            draft
            for group in groups
            for draft in self._below(group) or [self._drafted(group, alone=len(groups) == 1)]
        ]
        if len(groups) == 1 and UNREADABLE in drafts[0].open:
            drafts = self._by_sentences(groups[0]) or drafts
        if self._points not in (None, sum(draft.points for draft in drafts)):
            single = [_exclusive(draft) for draft in drafts]
            if sum(draft.points for draft in single) == self._points:
                return single
        return drafts

    def _lacked(self, clauses: list[Clause]) -> Clause | None:
        """What says that a missing item costs, where each has points of its own: 缺一项扣2分.

        Of items worth just that it says nothing new.
        """
        earning = [c for c in clauses if c.kind in "ABFM"]
        last = next((c for c in reversed(clauses) if c.kind != g.UNTIL), None)
        if last is None or last.kind != g.DEDUCT or not _ANY_ITEM.fullmatch(last.text):
            return None
        items = len(earning) > 1 and len(earning) == len(clauses[: clauses.index(last)])
        whole = self._points == sum(c.points for c in earning)
        return last if items and whole else None

    def _by_sentences(self, clauses: list[Clause]) -> list[Draft]:
        """A criterion for each run of sentences, where one way alone to divide them adds up."""
        starts = [n for n, c in enumerate(clauses) if n and c.text and opens(self._flat, c)]
        if self._points is None or not starts or len(starts) > _MOST_SENTENCES:
            return []
        cuts = [0, *starts, len(clauses)]

        @cache
        def read(one: int, other: int) -> Draft | None:
            run = clauses[cuts[one] : cuts[other]]
            if not set("ABFR") & {c.kind for c in run} or _continues(run[0]):
                return None
            kept = (self._rest, list(self._events))
            draft = self._drafted(run, alone=False)
            whole = (self._rest, self._events) == kept and UNREADABLE not in draft.open
            self._rest, self._events = kept
            return draft if whole and draft.points else None

        def ways(start: int, points: float) -> Iterator[list[Draft]]:
            if start == len(cuts) - 1 and not points:
                yield []
            for end in range(start + 1, len(cuts)):
                draft = read(start, end)
                if draft and draft.points <= points:
                    for rest in ways(end, round(points - draft.points, 6)):
                        yield [draft, *rest]

        found = list(islice(ways(0, self._points), 2))
        return found[0] if len(found) == 1 else []

    def _below(self, group: list[Clause]) -> list[Draft]:
        """The criteria under a heading, 组织领导（4分）：…, where they come to its points."""
        head, *rest = group
        if head.kind != g.MARK or not head.text or measure_of(head.text):
            return []
        if not rest or not {c.kind for c in rest} & set("ABF"):
            return []
        if rest[0].lead != ":" and not opens(self._flat, rest[0]):
            return []
        reader = _Reader(self._flat, self._raw, head.points)
        drafts = reader._graded(rest)
        known = all(UNREADABLE not in draft.open for draft in drafts) and not reader._rest
        whole = sum(draft.points for draft in drafts) == head.points
        self._events += reader._events if known and whole else []
        return drafts if known and whole else []

    def _one_of(self, clauses: list[Clause]) -> Draft | None:
        """Marked cases of which the best is worth all there is: one criterion."""
        worths = [clause.points for clause in clauses if clause.kind == g.MARK]
        if not worths or max(worths) != self._points or sum(worths) == self._points:
            return None
        last = max(n for n, clause in enumerate(clauses) if clause.kind != g.TEXT) + 1
        draft = read_marked_cases(Group(self._flat, self._raw, clauses[:last], self._points))
        if draft and clauses[last:]:
            self._rest = bare(self._raw[clauses[last].start :])
        return replace(draft, source=self._raw.strip()) if draft else None

    def _drafted(self, group: list[Clause], *, alone: bool) -> Draft:
        absent = [clause for clause in group if clause.kind == g.LACK]
        settled = [clause for clause in group if clause.kind == g.SETTLE]
        kept = [_unfilled(clause) for clause in group]
        made = Group(
            self._flat,
            self._raw,
            [
                clause
                for clause in kept
                if clause.kind not in "LSTN" and (clause.kind != g.TEXT or clause.text)
            ],
            self._points if alone else None,
            part=_part(settled[0]) if len(settled) == 1 else "",
            step=settled[0].parts["q"] if settled else "",
            ties=any(clause.kind == g.TIES for clause in group),
            notes=tuple(map(_note, (clause for clause in group if clause.kind == g.NOTE))),
        )
        whole = Group(self._flat, self._raw, group, None)
        draft = self._read(made) if len(settled) < 2 and made.clauses else None
        if draft is None and alone and made.clauses:
            draft = self._without_events(made)
        if draft is None:
            draft = unreadable(whole.text, self._stated(made, alone=alone))
        draft.source = whole.text if len(group) > 1 else self._raw[group[0].start : group[0].end]
        if absent:
            draft.open.append(_ABSENT)
        return draft

    def _without_events(self, group: Group) -> Draft | None:
        """The criterion without what takes all its points at once, which becomes a veto."""
        events = [c for c in group.of(g.ZERO) if _EVENT.match(c.text) and not find_spans(c.text)]
        if not events or not group.of("DP"):
            return None
        draft = self._read(replace(group, clauses=[c for c in group.clauses if c not in events]))
        if draft is not None:
            words = (bare(self._raw[c.start : c.end]) for c in events)
            self._events += [Draft(each, 0, "一票否决", "本项") for each in words]
        return draft

    def _read(self, group: Group) -> Draft | None:
        """The criterion; text after the last phrase that no reading takes is told."""
        draft = read_group(group)
        known = None if group.of(g.MARK) else group.worth
        if draft is not None and known not in (None, draft.points) and _short(draft):
            return None
        if draft is not None or not group.letters.endswith("t") or not group.letters.strip("t"):
            return draft
        last = max(n for n, clause in enumerate(group.clauses) if clause.kind != g.TEXT)
        short = replace_clauses(group, group.clauses[: last + 1])
        draft = read_group(short)
        if draft is not None:
            rest = bare(self._raw[group.clauses[last + 1].start :])
            self._rest = "；".join(filter(None, (self._rest, rest)))
        return draft

    def _stated(self, group: Group, *, alone: bool) -> float:
        """The points of a group that was not understood."""
        if alone and self._points is not None:
            return self._points
        marks = group.of(g.MARK)
        found = [clause.points for clause in marks or group.of("ABCHM")]
        return max(found, default=0)

    def _groups(self, clauses: list[Clause]) -> list[list[Clause]]:
        kinds = "".join(clause.kind for clause in clauses)
        if kinds[0] == g.MARK and not clauses[0].text and not kinds.strip("Mt"):
            return shifted(clauses)
        if g.MARK in kinds:
            total = sum(clause.points for clause in clauses if clause.kind == g.MARK)
            return marked(clauses, "" if total == self._points else self._flat)
        starts = [n for n, clause in enumerate(clauses) if clause.item]
        parts = [clauses[a:b] for a, b in pairwise([*starts, len(clauses)])]
        if len(parts) > 1 and all(set("ABFRQ") & {c.kind for c in part} for part in parts):
            head = clauses[: starts[0]]
            total = sum(self._worth(part) for part in parts)
            best = max(self._worth(part) for part in parts)
            if not head and (self._points is None or total == self._points or best != self._points):
                return parts
        return self._capped(clauses) or [clauses]

    def _capped(self, clauses: list[Clause]) -> list[list[Clause]]:
        """Parts that each count things up to a maximum of their own, which add up to all points."""
        ends = [n + 1 for n, clause in enumerate(clauses) if clause.kind == g.CAP]
        parts = [clauses[a:b] for a, b in pairwise([0, *ends])]
        each = all(any("每" in c.text for c in part if c.kind in "AB") for part in parts)
        whole = sum(clauses[n - 1].points for n in ends) == self._points
        return parts if len(parts) > 1 and each and whole and ends[-1] == len(clauses) else []

    def _worth(self, part: list[Clause]) -> float:
        capped = [clause.points for clause in part if clause.kind == g.CAP]
        return max(capped or [clause.points for clause in part if clause.kind in "ABR"] or [0])

    def _adds_up(self, clauses: list[Clause]) -> bool:
        """Whether cases are parts of a sum: 再加4分, or their sum is what the whole is worth."""
        kinds = {clause.kind for clause in clauses}
        earning = [clause for clause in clauses if clause.kind in "ABF"]
        if not kinds <= set("ABFZtLDXN") or len(earning) < 2:
            return False
        if {g.DEDUCT} & kinds and (clauses[0].kind == g.DEDUCT or self._of_all(clauses)):
            return False
        group = Group(self._flat, self._raw, clauses, self._points)
        done = ""
        for clause in clauses:
            if clause.kind == g.ZERO and not denies(clause.text, done):
                return False
            done = clause.text if clause.kind in "ABF" else done
        tiers = tiers_of(group, earning)
        if tiers is None or any("每" in masked(tier.text) for tier in tiers):
            return False
        total, best = sum(t.points for t in tiers), max(t.points for t in tiers)
        more = any("more" in clause.parts for clause in earning[1:])
        if self._points is None:
            return more
        return total == self._points != best

    def _of_all(self, clauses: list[Clause]) -> bool:
        """Whether what is deducted stands in a sentence of its own behind all that earns.

        按时上报得5分，质量较高得5分；迟报一次扣1分 does not say from which of them.
        """
        last = max(n for n, clause in enumerate(clauses) if clause.kind in "ABF")
        losses = [n for n, clause in enumerate(clauses) if clause.kind == g.DEDUCT]
        between = self._flat[clauses[last].end : clauses[losses[0]].middle]
        apart = re.match("[;。]", between) is not None and not clauses[losses[0]].item
        return losses[0] > last and apart


def _short(draft: Draft) -> bool:
    """Whether a draft that is not worth all there is was misread: levels, or one of many things."""
    counted = "每" in masked(plain(draft.text))
    return draft.kind == "分档" or (draft.kind == "达成" and counted)


def _exclusive(draft: Draft) -> Draft:
    """The draft with the best of its adding bands alone."""
    bands = draft.params.removesuffix("；累进")
    if bands == draft.params:
        return draft
    best = max(float(band.rpartition("：")[2]) for band in bands.split("；"))
    return replace(draft, points=best, params=bands, open=[])


def replace_clauses(group: Group, clauses: list[Clause]) -> Group:
    """The group with other clauses."""
    return replace(group, clauses=clauses)


def _continues(clause: Clause) -> bool:
    """Whether a sentence goes on with the measure or the cases of the one before."""
    measure = measure_of(clause.text)
    return is_rest(clause.text) or (measure is not None and not measure.subject.strip(EDGES))


def _begun(clause: Clause, start: int) -> Clause:
    """A clause of which the words before `start` are left out."""
    left = clause.text[-(clause.middle - start) :] if clause.middle > start else ""
    return replace(clause, start=start, text=left.strip(EDGES))


def _note(clause: Clause) -> str:
    """What a sentence such as 就高不就低 ("") or 不重复计分 says, in one word."""
    return "不封顶" if "top" in clause.parts else next(iter(clause.parts.values()), "")


def _part(clause: Clause) -> str:
    """What a sentence on less than a step says: 扣一步 where it counts as one, else 不扣."""
    if "q2" not in clause.parts:
        return "不扣"
    one, other = parse_quantity(clause.parts["q"]), parse_quantity(clause.parts["q2"])
    return "扣一步" if one == other else "?"


def _unfilled(clause: Clause) -> Clause:
    """A phrase on 合理缺项 with text before it leaves the text."""
    if clause.kind in "LSTN" and clause.kind != g.TEXT and clause.text:
        return replace(clause, kind=g.TEXT, end=clause.middle)
    return clause


__all__ = ["Understood", "joined", "read_wording"]
