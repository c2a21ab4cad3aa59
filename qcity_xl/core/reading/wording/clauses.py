"""A wording cut into clauses: text, then the phrase that says what it earns or costs.

Nothing is lost: the clauses lie one after the other and cover the wording.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qcity_xl.core.quantities import parse_number_word
from qcity_xl.core.reading.wording import grammar as g
from qcity_xl.core.rules.comparisons import plain

EDGES = ";。,、: \n"
_RAW_EDGES = f"{EDGES}；，："
_OTHERWISE = re.compile(r"(?<=[^,。;])[,;](?=否则[^,。;]{0,6}\Z)")
_SQUARE = str.maketrans("【】〔〕［］[]", "()()()()")
# [90%，100%], （80%，90%]: brackets that say whether the end belongs.
_INTERVAL = re.compile(
    r"(?=[\[［【]|[^\])］】）]{3,24}[\]］】])[\[［【(（][\d.]+[^\d\s\[\](),，]{0,4}[,，~～—–-][\d.]+[^\d\s\[\](),，]{0,4}[\])］】）]"
    r"|[\[［【(（][^\s\[\](),，]{1,8}[,，][+＋-]?[\d.]*[^\s\[\](),，]{0,4}∞?[\])］】）](?<=∞[)）\]］】])"
    r"|[(（][-－]?∞[,，][\d.]+[^\d\s\[\](),，]{0,4}[\])］】）]"
)
_ENDS = str.maketrans("【】［］", "[][]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `kind` is a letter of the grammar; `text` its text in plain letters, edges and
    item numbers stripped; `parts` are the named parts of the phrase.

    `start` to `middle` is the text and `middle` to `end` the phrase in the wording. `item` where a
    number such as ① begins it; `lead` is the mark that stands before the text, "" if none.
    """

    kind: str
    text: str
    start: int
    middle: int
    end: int
    item: bool = False
    lead: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """The points that the phrase names, 0 if none."""
        named = next(
            (self.parts[name] for name in ("n", "m", "p", "s", "w") if name in self.parts), "0"
        )
        return parse_number_word(named) or 0.0


def flatten(wording: str) -> str:
    """The wording in plain letters, one for one: half-width digits and signs, round brackets."""
    flat = wording.translate(_SQUARE)
    for found in _INTERVAL.finditer(wording):
        if "分" in found[0] and not re.search("[,，]", found[0]):
            continue  # 【5-8分】 is what people may give
        kept = found[0].translate(_ENDS)
        flat = flat[: found.start()] + kept + flat[found.end() :]
    return plain(flat)


def bare(words: str) -> str:
    """Words of the document without the marks around them; brackets that pair stay."""
    words = words.strip(_RAW_EDGES).lstrip("）)")
    counted = _INTERVAL.sub("", words)
    opened, closed = (sum(map(counted.count, pair)) for pair in ("（(", "）)"))
    while closed > opened and words.endswith(("）", ")")):
        words, closed = words[:-1].strip(_RAW_EDGES), closed - 1
    return words.strip(_RAW_EDGES)


def cut(flat: str) -> list[Clause]:
    """The clauses of a flattened wording; the last one may be text alone."""
    clauses: list[Clause] = []
    label = g.LABEL.match(flat)
    end = label.end() if label else 0
    hidden = g.TOPIC.sub("□" * 4, flat)
    for kind, match, parts in g.phrases(hidden, end):
        if kind == g.MARK and not parse_number_word(parts["n"]):
            kind, parts = g.ZERO, {}
        if kind == g.EACH:
            *texts, last = _split(flat, kind, end, match.start(), match.end(), parts)
            clauses += [*texts, *_parted(last, flat)]
            end = match.end()
        elif kind != g.QUIET:
            if kind == g.ZERO and (other := _OTHERWISE.search(flat, end, match.start())):
                clauses += _split(flat, g.TEXT, end, other.start(), other.start(), {})
                end = other.start()
            clauses += _split(flat, kind, end, match.start(), match.end(), parts)
            end = match.end()
    if flat[end:].strip(EDGES + ")"):
        clauses += _split(flat, g.TEXT, end, len(flat), len(flat), {})
    return clauses


def _split(
    flat: str, kind: str, start: int, middle: int, end: int, parts: Mapping[str, str]
) -> list[Clause]:
    """The clause; whole sentences before its own are clauses of text."""
    pieces = [piece for piece in re.finditer("[^。;]*[。;]?", flat[start:middle]) if piece[0]]
    while len(pieces) > 1 and not pieces[-1][0].strip(EDGES):
        pieces.pop()  # a mark after its full stop
    clauses = []
    for n, piece in enumerate(pieces or [re.match("", "")]):
        assert piece is not None  # noqa: S101
        last = n == len(pieces) - 1 or not pieces
        here = start + piece.start()
        upto = middle if last else start + piece.end()
        clauses.append(
            _clause(
                flat,
                kind if last else g.TEXT,
                here,
                upto,
                end if last else upto,
                parts if last else {},
            )
        )
    return [clause for clause in clauses if clause.kind != g.TEXT or clause.text]


def _parted(clause: Clause, flat: str) -> list[Clause]:
    """A clause for each thing of a list of which each earns the same."""
    start = clause.start
    pieces = list(re.finditer("[^、]+", flat[start : clause.middle].strip(EDGES)))
    start += len(flat[start : clause.middle]) - len(flat[start : clause.middle].lstrip(EDGES))
    if len(pieces) < 2 or re.search(r"\d", clause.text):
        return [replace(clause, kind=g.LOUD)]
    parts = {**clause.parts, "more": "各"}
    found = [
        _clause(flat, g.AWARD, start + p.start(), start + p.end(), start + p.end(), parts)
        for p in pieces
    ]
    return [*found[:-1], replace(found[-1], middle=clause.middle, end=clause.end)]


def _clause(
    flat: str, kind: str, start: int, middle: int, end: int, parts: Mapping[str, str]
) -> Clause:
    written = flat[start:middle]
    text = (
        written.lstrip(EDGES + ")")
        if written.count(")") > written.count("(")
        else written.lstrip(EDGES)
    )
    lead = written[: len(written) - len(text)][:1]
    number = g.ITEM.match(text)
    text = text[number.end() :] if number else text
    return Clause(kind, text.strip(EDGES), start, middle, end, number is not None, lead, parts)


def joined(flat: str, clauses: list[Clause]) -> Clause:
    """Clauses of text and the one after them as one clause."""
    last = clauses[-1]
    if len(clauses) == 1:
        return last
    text = flat[clauses[0].start : last.middle].strip(EDGES)
    number = g.ITEM.match(text)
    text = text[number.end() :].strip(EDGES) if number else text
    return replace(
        last, text=text, start=clauses[0].start, item=clauses[0].item, lead=clauses[0].lead
    )
