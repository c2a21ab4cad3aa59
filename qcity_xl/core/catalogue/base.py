"""The shape of a step's record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

OptionKind = Literal[
    "flag",
    "text",
    "number",
    "unit",
    "round",
    "operation",
    "subject",
    "date",
    "folder",
    "file",
    "paths",
]
Asked = Literal["first", "button", "more", "never"]
StepEffect = Literal["reads", "writes", "hands out", "makes"]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that a step offers; `name` is the parameter of the step's function.

    On the command line it is `flag`, or an argument by its place if there is none. A click asks for
    it `first`, by a `button` beside the preview (a file), behind 更多选项 (`more`), or never, and
    then gives `in_click`; where there are `choices` it offers these. Options with the same `one_of`
    exclude each other; a `required` one among them is enough. A file or folder that may be `stored`
    can lie on storage as well.
    """

    name: str
    label: str
    kind: OptionKind
    help: str
    flag: str = ""
    many: bool = False
    required: bool = False
    asked: Asked = "more"
    in_click: object = None
    one_of: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """How a step looks in the ribbon; `keytip` is typed after Alt and the tab's own.

    A `rare` one stands in the menu of its group.
    """

    group: str
    label: str
    screentip: str
    supertip: str
    keytip: str
    icon: str
    large: bool = False
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """Where the rare buttons of a group are."""

    label: str
    supertip: str
    keytip: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a user can do; its function has the name `id` in `qcity_xl.steps.<module>`.

    `title` names it in the log and above windows. A step `reads`, `writes` the master, `hands out`
    files or mail besides (the workbook is then saved), or `makes` files alone. `act` is the verb on
    the button that carries it out. `sheet` is shown afterwards. `leaves`: it can't be called back.
    `example` and `day` are its lines in the office's day on 使用说明.
    """

    id: str
    title: str
    short: str
    help: str
    effect: StepEffect = "writes"
    options: tuple[Option, ...] = ()
    button: Button | None = None
    module: str = ""
    act: str = ""
    sheet: str = ""
    leaves: bool = False
    example: str = ""
    day: str = ""
    target: str = "总表"

    @property
    def macro(self) -> str:
        """The name of its VBA procedure, and of the button."""
        return f"Qc{self.id.capitalize()}"

    def option(self, name: str) -> Option:
        """The option of this name."""
        return next(option for option in self.options if option.name == name)

    def alternatives(self, one_of: str) -> tuple[Option, ...]:
        """The options that exclude each other."""
        return tuple(option for option in self.options if option.one_of == one_of)

    def clash(self, asked: Mapping[str, object]) -> tuple[Option, ...]:
        """Options that are asked for together and exclude each other."""
        groups = {option.one_of for option in self.options if option.one_of}
        for group in groups:
            given = tuple(o for o in self.alternatives(group) if asked.get(o.name))
            if len(given) > 1 and not any(o.required for o in given):
                return given
        return ()

    def lacking(self, asked: Mapping[str, object]) -> tuple[Option, ...]:
        """Alternatives of which one is needed and none is asked for."""
        needed = {option.one_of for option in self.options if option.one_of and option.required}
        for group in needed:
            if not any(asked.get(o.name) for o in self.alternatives(group)):
                return self.alternatives(group)
        return ()


SCHEDULER = Option(
    *("scheduler", "集群", "text", "在这个 Dask 集群上做，如 tcp://10.0.0.5:8786。", "--scheduler"),
    asked="never",
)
FORCE = Option(
    *("force", "带有数字签名也写", "flag", "总表带有数字签名也写（签名会失效）。", "--force"),
    asked="never",
)
