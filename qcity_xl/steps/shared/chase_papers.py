"""Letters to late units in Word, and the list of them: what 催办 and 通报 both make."""

import datetime as dt
from collections.abc import Callable, Sequence

from qcity_xl.adapters.reports.paper import PaperTemplate
from qcity_xl.adapters.side_folder import own_name
from qcity_xl.core.mail.chasing import Late, placeholders_of
from qcity_xl.core.mail.letters import letter_to
from qcity_xl.core.master.model import Master
from qcity_xl.core.reports.letter_values import late_values, letter_values
from qcity_xl.core.schema import ROUNDS

LETTER, LATE = "督办函", "未报送名单"  # the templates


def chase_papers(
    master: Master,
    name: str,
    late: Sequence[Late],
    today: dt.date,
    template: Callable[[str], bytes],
) -> dict[str, bytes]:
    """File name -> the list, and a letter to each unit whose time has come, by its level.

    `template` gives the bytes of a template by name. Raises BadPaper.
    """
    listed, letter = (PaperTemplate(template(one), one) for one in (LATE, LETTER))
    made = {f"{LATE}.docx": listed.filled(late_values(name, late, today))}
    for one in late:
        if one.level:
            row = master.rows(ROUNDS)[one.row]
            more = placeholders_of(row, one)
            said = letter_to(master, row, one.level, one.items, today, more)
            file = own_name(one.unit, f"{one.level}函_", ".docx")
            made[file] = letter.filled(letter_values(said))
    return made
