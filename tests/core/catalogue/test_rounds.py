"""Steps of a round: what goes out, and what comes back."""

import pytest

from qcity_xl.core.catalogue import BY_ID, WAYS
from qcity_xl.core.catalogue.rounds import ROUNDS


@pytest.mark.parametrize("name", ["send", "chase"])
def test_letters_go_by_one_of_several_ways_and_only_when_told(name: str) -> None:
    step = BY_ID[name]
    assert {option.name for option in step.alternatives("way")} >= {"smtp", "eml", "outlook"}
    assert step.option("yes").in_click is True  # the preview stands before it
    assert step.option("yes").asked == "never"
    assert (step.effect, step.leaves) == ("hands out", True)


def test_alternatives_have_a_heading_in_the_window() -> None:
    assert {o.one_of for step in ROUNDS for o in step.options if o.one_of} == set(WAYS)


def test_the_steps_follow_the_course_of_a_round() -> None:
    assert [step.id for step in ROUNDS] == [
        *("split", "send", "collect", "merge", "attach", "resolve", "chase", "units"),
    ]


def test_what_is_handed_out_is_seen_in_its_table() -> None:
    assert {step.sheet for step in ROUNDS if step.effect == "hands out"} == {"轮次"}
