"""Which criteria a title speaks of, by the words that few other criteria have."""

from collections.abc import Iterable, Iterator, Mapping

from qcity_xl.core.master.model import Master, text
from qcity_xl.core.schema import CRITERIA, INDICATORS, TASKS
from qcity_xl.core.scoring.evidence import criteria_in, criteria_labels
from qcity_xl.core.text import fold

_LENGTH = 3  # characters of a stretch: two of them are in half of all criteria
_FEW = 4  # criteria that a telling stretch stands in, at most
_SHORTEST = 4  # characters that a telling run of words has, at least


class Kinship:
    """The words of each criterion: its own, those of its indicator, of its tasks."""

    def __init__(self, master: Master) -> None:
        """Those of a master."""
        self._words = dict(_words(master))
        self._where: dict[str, set[str]] = {}
        for key, words in self._words.items():
            for stretch in _stretches(words):
                self._where.setdefault(stretch, set()).add(key)

    def shared(self, title: str) -> Mapping[str, str]:
        """Criterion (row id) -> the longest run of words that it has in common with the title.

        Only runs that are telling: at least 4 characters, of stretches that few criteria have.
        """
        folded = fold(title)
        telling = {s for s in _stretches(folded) if 0 < len(self._where.get(s, ())) <= _FEW}
        found = {}
        for key in {key for stretch in telling for key in self._where[stretch]}:
            run = _longest(folded, self._words[key])
            if len(run) >= _SHORTEST and telling & set(_stretches(run)):
                found[key] = run
        return found


def _words(master: Master) -> Iterator[tuple[str, str]]:
    titles = {text(r, "no"): text(r, "title") for r in master.rows(INDICATORS).values()}
    labels = criteria_labels(master)
    tasks: dict[str, list[str]] = {}
    for row in master.rows(TASKS).values():
        for key in criteria_in(text(row, "criteria"), labels):
            tasks.setdefault(key, []).append(text(row, "text"))
    for key, row in master.rows(CRITERIA).items():
        own = [text(row, "text"), titles.get(text(row, "indicator"), ""), *tasks.get(key, ())]
        yield key, fold("\n".join(own)).replace("\n", " ")


def _stretches(words: str) -> Iterable[str]:
    return (words[i : i + _LENGTH] for i in range(len(words) - _LENGTH + 1))


def _longest(one: str, other: str) -> str:
    """The longest run of characters that both have."""
    best = ""
    for start in range(len(one)):
        while one[start : start + len(best) + 1] in other and start + len(best) < len(one):
            best = one[start : start + len(best) + 1]
    return best
