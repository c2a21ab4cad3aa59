"""A pack damaged at random is a pack or told why not; `tests.returns.fuzz` goes on for hours."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.returns.conftest import Round
from tests.returns.fuzz import PAYLOADS, Mutation, check, mutated

MUTATIONS = st.builds(
    Mutation,
    part=st.integers(-1, 40),
    place=st.floats(0, 1),
    cut=st.integers(0, 500),
    payload=st.integers(0, len(PAYLOADS) - 1),
    copied=st.integers(0, 3_000),
)
FEW = settings(
    max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@FEW
@given(mutations=st.lists(MUTATIONS, min_size=1, max_size=4))
@example(mutations=[Mutation(0, 0.0, 0, 0)])
def test_a_damaged_pack(sent: Round, mutations: list[Mutation]) -> None:
    check(mutated(sent.honest, mutations), sent.master)


@FEW
@given(head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]), data=st.binary())
def test_any_bytes(sent: Round, head: bytes, data: bytes) -> None:
    assert not check(head + data, sent.master)
