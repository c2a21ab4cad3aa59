"""When a cell stands out on its sheet: conditional formats, declared with their column."""

from dataclasses import dataclass
from typing import Literal, get_args

from qcity_xl.core.schema.words import BLUE, GREEN, RED, YELLOW

# good, waiting for somebody, bad, done with, of no weight; low is a number below what could be.
Tone = Literal["good", "waiting", "bad", "done", "quiet", "low"]
# What is written before the value, where no word shows the meaning.
Sign = Literal["", "▼", "！", "逾期"]
SIGNS: tuple[Sign, ...] = get_args(Sign)


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell shows in `tone` where the formula `test` holds; {field} is a cell of its row."""

    tone: Tone
    test: str
    sign: Sign = ""


def says(field: str, word: str) -> str:
    """Test: the cell holds just this word."""
    return f'{{{field}}}="{word}"'


def begins(field: str, word: str) -> str:
    """Test: the cell begins with this word."""
    return f'LEFT({{{field}}},{len(word)})="{word}"'


def light_marks(field: str) -> tuple[Mark, ...]:
    """The colours of a light, which its sign and word say too."""
    tones: dict[Tone, str] = {"bad": RED, "waiting": YELLOW, "good": GREEN, "done": BLUE}
    return tuple(Mark(tone, begins(field, light)) for tone, light in tones.items())


def below_points(field: str) -> tuple[Mark, ...]:
    """The mark of a score that is lower than 分值."""
    return (Mark("low", f"AND(ISNUMBER({{{field}}}),{{{field}}}<{{points}})", "▼"),)
