"""What the rows of the plan's tables are worth."""

from qcity_xl.core.master.model import Row
from qcity_xl.core.values import parse_number


def points_of(row: Row) -> float:
    """The points of a criterion, an indicator or a section, 0 where none can be read."""
    return parse_number(row.get("points")) or 0.0
