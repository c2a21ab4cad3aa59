"""Which of many texts is most like another: by the pairs of characters that they share."""

import re
from collections import Counter
from collections.abc import Mapping

from qcity_xl.core.text import fold


def bare(text: str) -> str:
    """A text for comparing: its letters and digits alone."""
    return re.sub(r"\W", "", fold(text))


def _pairs(text: str) -> Counter[str]:
    flat = f"^{bare(text)}$"
    return Counter(flat[n : n + 2] for n in range(len(flat) - 1))


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: twice their common pairs over all pairs (Dice)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * (first & second).total() / (first.total() + second.total())


class Texts:
    """Texts by their keys, to be searched."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Keys and texts; a blank text is like nothing."""
        self._pairs = {key: _pairs(text) for key, text in texts.items() if bare(text)}
        self._same: dict[str, list[str]] = {}
        self._holding: dict[str, list[str]] = {}
        for key, pairs in self._pairs.items():
            self._same.setdefault(bare(texts[key]), []).append(key)
            for pair in pairs:
                self._holding.setdefault(pair, []).append(key)

    def same(self, text: str) -> list[str]:
        """The keys of the texts that say just this."""
        return self._same.get(bare(text), [])

    def nearest(self, text: str, most: int = 2) -> list[tuple[float, str]]:
        """The texts most like this one, best first, each with its likeness and key."""
        pairs = _pairs(text)
        shared: Counter[str] = Counter()
        for pair, count in pairs.items():
            for key in self._holding.get(pair, ()):
                shared[key] += min(count, self._pairs[key][pair])
        scored = (
            (2 * common / (pairs.total() + self._pairs[key].total()), key)
            for key, common in shared.items()
        )
        return sorted(scored, key=lambda found: -found[0])[:most]
