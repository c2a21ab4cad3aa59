"""What a button tells: a sentence in a window with one button, or in one of Excel's own."""

from collections.abc import Sequence

from qcity_xl.adapters.windows.dialogs import CANCEL, MORE, OK, Field, Windows, tell
from qcity_xl.adapters.windows.message import Message


class OtherVersions(Windows):
    """Windows that are only written down."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, tuple[str, ...]]] = []

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:  # noqa: ARG002
        self.shown.append((title, message.text(), tuple(buttons)))
        return len(buttons) - 1


def test_a_sentence_is_told_with_one_button() -> None:
    said = OtherVersions()
    tell(said, "重算得分", "总表没有改动。")
    assert said.shown == [("重算得分", "总表没有改动。", (OK,))]


def test_buttons_say_different_things() -> None:
    assert len({OK, CANCEL, MORE}) == 3


def test_a_field_holds_nothing_unless_it_is_told() -> None:
    plain = Field("since", "只看这天及以后", "date")
    assert (plain.value, plain.choices, plain.many, plain.all_chosen) == (None, (), False, False)
