"""How a sheet is declared: one table, its columns, who may edit what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from qcity_xl.core.changes import KEY
from qcity_xl.core.schema.marks import Mark
from qcity_xl.core.text import fold
from qcity_xl.core.values import ColumnType

# Who fills a column: the office, a unit through its pack, the program, a live Excel formula.
Editor = Literal["office", "unit", "program", "formula"]
_WRITERS: dict[Editor, str] = {"office": "办公室", "unit": "单位经填报表"}


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One column: `width` in characters; `choices` feed dropdown, check and help alike.

    A hidden one is for the program: hashes and the like, which say nothing to people. An optional
    one may be lacking, in a master made before it was there: its cells are blank then. A private
    one stands last in its table and is not printed: a password, a long text for the screen. Of its
    `marks` the first that holds counts.
    """

    field: str
    header: str
    type: ColumnType = "text"
    width: int = 12
    editor: Editor = "program"
    choices: tuple[str, ...] = ()
    help: str = ""
    formula: str = ""
    wrap: bool = False
    hidden: bool = False
    optional: bool = False
    private: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Table:
    """One Excel table on a sheet of its own; its first column is the hidden row id.

    `purpose` and `filled_by` are what its sheet and the guide say of it. The columns up to the
    field `in_view` stay when people scroll sideways; without one, the first that they see. `tab`
    says by whose colour they know the sheet. A shipped one has rows that come with the program: an
    older master gets those that it lacks. The rows of one that is not `printed` would make hundreds
    of pages: who wants some prints a selection.
    """

    name: str
    sheet: str
    title: str
    columns: tuple[FieldColumn, ...]
    purpose: str = ""
    filled_by: str = ""
    in_view: str = ""
    tab: Editor = "office"
    shipped: bool = False
    printed: bool = True

    @property
    def writers(self) -> str:
        """Who fills it: as declared, else by the editors of its columns."""
        editors = {column.editor for column in self.columns}
        names = [name for editor, name in _WRITERS.items() if editor in editors]
        return self.filled_by or f"{'、'.join(names) or '自动生成'}。"

    @property
    def about(self) -> str:
        """The line under the sheet's title."""
        return f"{self.purpose}　填写：{self.writers}".strip()

    def column(self, field: str) -> FieldColumn:
        """The column with this field name. KeyError without one."""
        return self._by_field[field]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Field names, in order."""
        return tuple(column.field for column in self.columns)

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Header by field."""
        return {column.field: column.header for column in self.columns}

    @cached_property
    def by_header(self) -> Mapping[str, str]:
        """Field by header."""
        return {column.header: column.field for column in self.columns}

    @cached_property
    def folded_headers(self) -> frozenset[str]:
        """The headers as they are compared."""
        return frozenset(fold(header) for header in self.by_header)

    @cached_property
    def _by_field(self) -> dict[str, FieldColumn]:
        return {column.field: column for column in reversed(self.columns)}


KEY_COLUMN = FieldColumn(KEY, "行键", "key", 10, help="程序用来认行，请勿改动")
