"""What units report and how rounds go: dropdowns and records in one place."""

from qcity_xl.core.mail.delivery import CHASING, POSTING
from qcity_xl.core.mail.letters import USES
from qcity_xl.core.schema import ASSIGNMENTS, CONFLICTS, EVIDENCE, ROUNDS
from qcity_xl.core.schema.words import CHASE_LEVELS, MAIL_STATES, RESOLUTIONS
from qcity_xl.core.values import same_meaning


def test_sending_and_chasing_keep_records_of_their_own() -> None:
    for journal in (POSTING, CHASING):
        parts = {f"{journal.prefix}_{part}" for part in ("state", "at", "id", "note")}
        assert parts <= set(ROUNDS.fields)
        assert ROUNDS.column(f"{journal.prefix}_state").choices == MAIL_STATES


def test_each_level_of_chasing_has_a_letter() -> None:
    assert set(CHASE_LEVELS) <= set(USES)


def test_a_conflict_shows_all_sides_and_offers_each() -> None:
    assert {"base", "ours", "theirs", "other"} <= set(CONFLICTS.fields)
    assert CONFLICTS.column("choice").choices == RESOLUTIONS


def test_what_is_to_be_chosen_is_on_the_first_screen() -> None:
    """Some 165 characters fit 1366 pixels."""
    fields = CONFLICTS.fields
    before = CONFLICTS.columns[: fields.index("other") + 1]
    assert (
        sum(column.width for column in before if not column.hidden and column.field != "key") < 165
    )
    assert {c.field for c in CONFLICTS.columns if c.hidden} == {"row", "source", "second_id"}


def test_no_two_words_of_a_dropdown_mean_the_same() -> None:
    for table in (ASSIGNMENTS, EVIDENCE, ROUNDS, CONFLICTS):
        for column in table.columns:
            pairs = [(a, b) for a in column.choices for b in column.choices if a != b]
            assert not any(same_meaning(a, b, column.type) for a, b in pairs), column.header


def test_what_only_programs_read_is_hidden() -> None:
    hidden = {
        column.field for table in (EVIDENCE, ROUNDS) for column in table.columns if column.hidden
    }
    assert hidden == {"sha256", "base", "returned"}
