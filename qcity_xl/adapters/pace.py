"""How long the rest of some work takes, told so that it doesn't jump."""

import math
import time
from collections.abc import Callable, Sequence
from itertools import accumulate

_FIRST = 3.0  # seconds before anything is said: what was done until then says too little
_LEAST = 5.0  # seconds left that are worth a word
_APART = 0.25  # of what is left, and
_SECONDS_APART = 10.0  # at least: so far off an end that was told is told anew
_OPENED = 1 << 16  # bytes that pass in the time that it takes to open a file
_UNITS = (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10))


class Pace:
    """The pace of one stage of work."""

    def __init__(
        self, of: int, sizes: Sequence[int] = (), clock: Callable[[], float] = time.monotonic
    ) -> None:
        """It begins now, with so many things to do; `clock` gives seconds.

        `sizes` are the bytes of each: a huge file is then more of the work than a small one.
        """
        self._clock, self._begun = clock, clock()
        self._end: float | None = None
        self._of = of
        self._bytes = [0, *accumulate(sizes)] if sum(sizes) else []
        self._unit, self._each = next(
            (pair for pair in _UNITS if self._bytes and self._bytes[-1] >= pair[1]), ("字节", 1)
        )

    def place(self, at: int) -> str:
        """3/12, where the work is at its third thing; where sizes are known the bytes before it:
        1.2/57.0GB.
        """
        if not self._bytes:
            return f"{at}/{self._of}"
        done, everything = self._bytes[max(at - 1, 0)], self._bytes[-1]
        digits = 0 if self._each == 1 else 1
        return f"{done / self._each:.{digits}f}/{everything / self._each:.{digits}f}{self._unit}"

    def left(self, done: int) -> str:
        """约剩40秒 or 约剩3分钟 for what is left after so many things, "" while nobody can know.

        It goes down like a clock; only an estimate far off it makes it leap.
        """
        now = self._clock()
        gone = now - self._begun
        if done < 1 or gone < _FIRST or done >= self._of:
            return ""
        end = now + gone / self._work(done) * (self._work(self._of) - self._work(done))
        if self._end is None or abs(end - self._end) > max(
            _SECONDS_APART, _APART * (self._end - now)
        ):
            self._end = end
        left = self._end - now
        if left < _LEAST:
            return ""
        if left <= 90:
            return f"约剩{math.ceil(left / 10) * 10}秒"
        return f"约剩{math.ceil(left / 60)}分钟"

    def _work(self, done: int) -> int:
        return self._bytes[done] + done * _OPENED if self._bytes else done
