"""What an opaque signature wraps; whatever else comes is no such message, and nothing fails."""

from hypothesis import given
from hypothesis import strategies as st

from qcity_xl.adapters.mail.signed import signed_content
from qcity_xl.adapters.mail.wire import content_of, message_in
from tests.mail import formats

INNER = formats.mail(("第2轮_市水务局.xlsx", bytes(range(256)) * 9))


def wrapped(*, endless: bool) -> bytes:
    message = message_in(formats.signed(INNER, endless=endless), "")
    assert message
    return content_of(message)


def test_what_was_signed_comes_out_however_its_length_is_written() -> None:
    assert signed_content(wrapped(endless=False)) == INNER
    assert signed_content(wrapped(endless=True)) == INNER


@given(st.binary(max_size=60), st.integers(0, 200))
def test_nothing_else_is_taken_for_one(noise: bytes, cut: int) -> None:
    assert signed_content(noise) is None
    assert signed_content(wrapped(endless=True)[:cut]) is None


def test_deep_nesting_has_an_end() -> None:
    assert signed_content(b"\x30\x80" * 5000) is None
