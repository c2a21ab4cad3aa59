"""Clauses gathered into groups, one for each criterion: by marks, by what earns."""

from dataclasses import replace
from itertools import pairwise

from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.reading.wording.clauses import Clause
from qcity_xl.core.reading.wording.tiers import alike, measure_of


def shifted(clauses: list[Clause]) -> list[list[Clause]]:
    """Marks that stand before their text: each takes what stands between it and the next."""
    groups = []
    for mark, following in pairwise(
        [*(n for n, c in enumerate(clauses) if c.kind == g.MARK), None]
    ):
        own = clauses[mark or 0]
        texts = clauses[(mark or 0) + 1 : None if following is None else following + 1]
        text = ";".join(clause.text for clause in texts if clause.text)
        ends = (texts[0].start, texts[-1].middle) if texts else (own.start, own.middle)
        groups.append([replace(own, text=text, start=ends[0], middle=ends[1], end=ends[1])])
    return groups


def marked(clauses: list[Clause], flat: str) -> list[list[Clause]]:
    """Each mark closes a group; what stands after it without a mark of its own belongs to it.

    But a sentence of `flat` that earns by itself is a group: "" where the marks are all there is.
    """
    groups: list[list[Clause]] = []
    waiting: list[Clause] = []
    for clause in clauses:
        if clause.kind != g.MARK:
            waiting.append(clause)
            continue
        before = [c for c in waiting if c.kind != g.TEXT]
        if groups and before and clause.text:
            upto = max(n for n, c in enumerate(waiting) if c.kind != g.TEXT) + 1
            _put(groups, waiting[:upto], flat)
            waiting = waiting[upto:]
        if not clause.text and "".join(c.kind for c in waiting) == "tZ":
            about, denial = waiting
            mark = replace(clause, text=about.text, start=about.start, middle=about.middle)
            groups.append([replace(mark, item=about.item), denial])
        elif groups and not waiting and _goes_on(groups[-1][-1], clause):
            groups[-1].append(clause)
        elif all(c.kind == g.TEXT for c in waiting):
            groups.append([joined_mark(waiting, clause)])
        else:
            groups.append([*waiting, clause])
        waiting = []
    if waiting and groups:
        _put(groups, waiting, flat)
    return groups


def opens(flat: str, clause: Clause) -> bool:
    """Whether a clause begins a sentence."""
    return flat[: clause.start].rstrip(" \n)")[-1:] in (";", "。") or clause.lead in (";", "。")


def _put(groups: list[list[Clause]], clauses: list[Clause], flat: str) -> None:
    """Clauses without a mark, as a group of their own or to the last one."""
    first = next((n for n, c in enumerate(clauses) if c.kind != g.TEXT), 0)
    if opens(flat, clauses[0]) and clauses[first].kind in "AR" and clauses[first].text:
        groups.append(clauses)
    else:
        groups[-1] += clauses


def _goes_on(before: Clause, clause: Clause) -> bool:
    """Whether a mark after a comma is the next threshold of the same measure."""
    one, other = measure_of(before.text), measure_of(clause.text)
    follows = clause.lead == "," and before.kind == g.MARK and not clause.item
    return bool(follows and one and other and alike([one, other]))


def joined_mark(texts: list[Clause], mark: Clause) -> Clause:
    """A mark with the sentences before it as its text."""
    if not texts:
        return mark
    text = "".join(f"{clause.text};" for clause in texts) + mark.text
    return replace(
        mark, text=text.strip(";"), start=texts[0].start, item=texts[0].item, lead=texts[0].lead
    )


def apart(clauses: list[Clause]) -> list[list[Clause]]:
    """A group for each case that earns, with what denies it."""
    groups: list[list[Clause]] = []
    waiting: list[Clause] = []
    for clause in clauses:
        if clause.kind == g.TEXT:
            waiting.append(clause)
        elif clause.kind in "ABF":
            groups.append([*waiting, clause])
            waiting = []
        elif groups:
            groups[-1] += [*waiting, clause]
            waiting = []
        else:
            waiting.append(clause)
    if waiting and groups:
        groups[-1] += waiting
    return groups
