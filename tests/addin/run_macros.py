"""Runs VBA of an add-in in LibreOffice; started by a Python that can import uno.

Argument: a JSON object {soffice, folder, addin, active, macros: [module.procedure], cell}. Prints
what each macro left in the cell of the add-in's first sheet, which is emptied before it.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "libreoffice"))

from server import Office, import_uno  # type: ignore[import-not-found]  # found at run time

_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


def run(task: dict[str, Any]) -> list[str]:
    """The cell after each macro."""
    uno = import_uno()
    office = Office(uno, task["soffice"], Path(task["folder"]))

    def load(path: str, **options: object) -> Any:
        made = office._properties(options)
        return office._desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, made)

    name = "Calc MS Excel 2007 VBA XML"
    addin = load(task["addin"], FilterName=name, MacroExecutionMode=_RUN_MACROS, Hidden=True)
    active = load(task["active"], MacroExecutionMode=0)
    cell = addin.Sheets.getByIndex(0).getCellRangeByName(task["cell"])
    found = []
    for macro in task["macros"]:
        cell.String = ""
        address = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
        addin.getScriptProvider().getScript(address).invoke((), (), ())
        found.append(cell.String)
    active.close(True)
    addin.close(True)
    office.end()
    return found


if __name__ == "__main__":
    print(json.dumps(run(json.loads(sys.argv[1]))))  # noqa: T201 - its answer
