"""The text sources in macros/: written from the table of commands, read when building."""

import sys
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from qcity_xl.addin.commands import (
    COMMANDS,
    FUNCTIONS,
    GROUPS,
    TAB_KEYTIP,
    TAB_LABEL,
    Command,
    Function,
)

RIBBON_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
_PACKAGE = Path(__file__).resolve().parents[1]


def macros_folder() -> Path:
    """macros/: in the package once installed, beside it in a checkout."""
    installed = _PACKAGE / "macros"
    return installed if installed.is_dir() else _PACKAGE.parent / "macros"


def generated() -> dict[str, str]:
    """File name -> text of the sources that follow from the table; the rest is written by hand."""
    return {
        "customUI14.xml": _ribbon_xml(),
        "QcityRibbon.bas": _ribbon_module(),
        "QcityFunctions.bas": _functions_module(),
    }


def _ribbon_xml() -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f'<customUI xmlns="{RIBBON_NAMESPACE}">',
        "  <ribbon>",
        "    <tabs>",
        f'      <tab id="QcityTab" label={quoteattr(TAB_LABEL)} keytip="{TAB_KEYTIP}">',
    ]
    for number, group in enumerate(GROUPS, start=1):
        lines.append(f'        <group id="QcityGroup{number}" label={quoteattr(group)}>')
        lines += [_button(command) for command in COMMANDS if command.group == group]
        lines.append("        </group>")
    return "\n".join([*lines, "      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""])


def _button(command: Command) -> str:
    attributes = {
        "id": command.macro,
        "label": command.label,
        "screentip": command.screentip,
        "supertip": command.supertip,
        "keytip": command.keytip,
        "imageMso": command.icon,
        "size": "large" if command.large else "normal",
        "onAction": command.macro,
    }
    return f"          <button {_attributes(attributes.items())}/>"


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in pairs)


def _ribbon_module() -> str:
    lines = ['Attribute VB_Name = "QcityRibbon"', "Option Explicit", ""]
    for command in COMMANDS:
        run = f'    RunPython "import qcity_xl.ribbon as r; r.{command.callback}()"'
        lines += [f"Sub {command.macro}(control As IRibbonControl)", run, "End Sub", ""]
    return "\n".join(lines)


def _functions_module() -> str:
    lines = ['Attribute VB_Name = "QcityFunctions"', "Option Explicit", ""]
    return "\n".join([*lines, *(line for f in FUNCTIONS for line in _function(f))])


def _function(function: Function) -> list[str]:
    names = [name for name, _ in function.arguments]
    needed = len(names) - function.optional
    declared = ", ".join([*names[:needed], *(f"Optional {name}" for name in names[needed:])])
    array = f"Array({', '.join(names)})"
    return [
        f"Public Function {function.name}({declared})",
        f'    {function.name} = CallQcity("{function.name}", {array}, Application.Caller)',
        "End Function",
        "",
    ]


def main(folder: Path) -> None:
    """Write the generated sources into a folder."""
    for name, text in generated().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
