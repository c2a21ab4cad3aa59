"""What to do next, as data: the command line and the windows word it each in their own way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """A step to run: its id in the catalogue ("" for the step at hand), and when or what for.

    `options` are names of its options with the value to give, "" for one that people choose.
    """

    step: str
    when: str = ""
    options: tuple[tuple[str, str], ...] = ()
