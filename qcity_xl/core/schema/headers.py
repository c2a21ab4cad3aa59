"""Which column a header means: one way to know it, for masters and returned packs alike."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from qcity_xl.core.changes import KEY
from qcity_xl.core.schema.base import Table
from qcity_xl.core.text import fold

_NOTE = re.compile(r"[(【\[〔][^)】\]〕]*[)】\]〕]")
_MARKS = "*:★※"


@dataclass(frozen=True, slots=True)
class LostHeader:
    """A header that is gone, and the place where another stands in its stead; 0: nowhere."""

    field: str
    place: int = 0


def match_headers(table: Table, texts: Mapping[int, str]) -> dict[str, int]:
    """The place of each field whose header is among these texts, by their places.

    Blanks, line breaks, letters without width and full-width forms count for nothing; nor do
    notes in brackets and marks, as in 进展说明（必填）, where just one text fits without them.
    """
    exact = table.by_header
    places: dict[str, int] = {}
    for place, text in texts.items():
        if text in exact:
            places.setdefault(exact[text], place)
    for alike in (fold, _bare):
        taken = set(places.values())
        others = {i: alike(text) for i, text in texts.items() if i not in taken}
        if len(places) == len(exact) or not others:
            break
        if table.folded_headers.isdisjoint(others.values()):
            continue
        for header, field in exact.items():
            near = [i for i, text in others.items() if text == fold(header)]
            if field not in places and (len(near) == 1 or (near and alike is fold)):
                places[field] = near[0]
    return places


def may_name(table: Table, texts: Collection[str]) -> bool:
    """Whether a row of these texts may be the table's header: a look that costs little."""
    if len(texts) * 2 <= len(table.columns):
        return False
    ours = table.folded_headers
    return len(table.columns) < 2 * sum([not ours.isdisjoint(_forms(text)) for text in texts])


def names_table(table: Table, places: Mapping[str, int]) -> bool:
    """Whether so many of its columns are there that this can only be this table: of those that it
    always had.
    """
    always = [column.field for column in table.columns if not column.optional]
    return sum(field in places for field in always) * 2 > len(always)


def lost_headers(
    table: Table, places: Mapping[str, int], texts: Mapping[int, str], *, had_all: bool
) -> Iterator[LostHeader]:
    """The columns that are there under a header that says something else.

    A stranger that stands between the neighbours of a missing column is taken for it. Right of all
    others stand the columns that users add: a stranger is one of theirs there, unless the table
    `had_all` columns of the schema before. Without its key column a table is lost in any case.
    """
    known = set(places.values())
    before, run = 0, list[str]()
    for field in (*table.fields, ""):
        if field and field not in places:
            run.append(field)
            continue
        after = places[field] if field else max(texts, default=0) + 1
        strangers = [i for i in sorted(texts) if before < i < after and i not in known]
        at_end = not field
        taken = strangers[: len(run)] if not at_end or had_all else []
        if at_end and len(strangers) < len(run):
            taken = []
        yield from (LostHeader(name, place) for name, place in zip(run, taken, strict=False))
        if KEY in run and not taken:
            yield LostHeader(KEY)
        before, run = after, []


@lru_cache(maxsize=1 << 11)  # headers, and what stands above them, come again
def _forms(text: str) -> tuple[str, str]:
    folded = fold(text)
    return folded, _without_notes(folded)


def _bare(text: str) -> str:
    return _without_notes(fold(text))


def _without_notes(folded: str) -> str:
    return _NOTE.sub("", folded).strip(_MARKS)
