"""The text sources in macros/: written from the catalogue and the functions, read when building."""

import sys
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

from qcity_xl.addin.commands import FUNCTIONS, TAB_KEYTIP, TAB_LABEL, Function
from qcity_xl.core.catalogue import BUTTONS, GROUPS, MENUS, Button, Menu, Step

RIBBON_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
_SIZE = {True: "large", False: "normal"}


def generated() -> dict[str, str]:
    """File name -> text of the sources that follow from these; the rest is written by hand."""
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
        own = [(s, s.button) for s in BUTTONS if s.button and s.button.group == group]
        lines += [_button(step, button) for step, button in own if not button.rare]
        if rare := [_button(step, button) for step, button in own if button.rare]:
            lines += [_menu(number, MENUS[group]), *(f"  {line}" for line in rare)]
            lines.append("          </menu>")
        lines.append("        </group>")
    return "\n".join([*lines, "      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""])


def _menu(number: int, menu: Menu) -> str:
    attributes = {
        "id": f"QcityMenu{number}",
        "label": menu.label,
        "screentip": menu.label,
        "supertip": menu.supertip,
        "keytip": menu.keytip,
        "itemSize": "large",  # with what each does below its name
    }
    return f"          <menu {_attributes(attributes.items())}>"


def _button(step: Step, button: Button) -> str:
    attributes = {
        "id": step.macro,
        "label": button.label,
        "screentip": button.screentip,
        "supertip": button.supertip,
        "keytip": button.keytip,
        "imageMso": button.icon,
        # In a menu all are of one size, and tell what they do at once.
        **({"description": button.screentip} if button.rare else {"size": _SIZE[button.large]}),
        "onAction": step.macro,
    }
    return f"          <button {_attributes(attributes.items())}/>"


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in pairs)


def _ribbon_module() -> str:
    lines = ['Attribute VB_Name = "QcityRibbon"', "Option Explicit", ""]
    for step in BUTTONS:
        run = f"    RunPython \"import qcity_xl.ribbon as r; r.click('{step.id}')\""
        lines += [f"Sub {step.macro}(control As IRibbonControl)", run, "End Sub", ""]
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
