"""How long the rest of some work takes, told so that it doesn't jump."""

import math
import time
from collections.abc import Callable

_FIRST = 3.0  # seconds before anything is said: what was done until then says too little
_LEAST = 5.0  # seconds left that are worth a word
_APART = 0.25  # of what is left, and
_SECONDS_APART = 10.0  # at least: so far off an end that was told is told anew


class Pace:
    """The pace of one stage of work."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """It begins now; `clock` gives seconds."""
        self._clock, self._begun = clock, clock()
        self._end: float | None = None

    def left(self, done: int, of: int) -> str:
        """约剩40秒 or 约剩3分钟 for what is left of the work, "" while nobody can know.

        It goes down like a clock; only an estimate far off it makes it leap.
        """
        now = self._clock()
        gone = now - self._begun
        if done < 1 or gone < _FIRST or done >= of:
            return ""
        end = now + gone / done * (of - done)
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
