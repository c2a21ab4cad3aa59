"""Run by `onlyoffice.py`: types into a workbook and saves it, all in ONLYOFFICE's engine.

On standard input stands one JSON object: `path`, `out`, `formulas` (sheet and cell of each formula
that is to be wiped and typed anew, in that order), `cells` (sheet, cell and the text typed).
"""

import json
import os
import sys

import docbuilder


def main() -> None:
    request = json.load(sys.stdin)
    builder = docbuilder.CDocBuilder()
    builder.OpenFile(request["path"], "")
    api = builder.GetContext().GetGlobal()["Api"]
    wiped = []
    for sheet, cell in request["formulas"]:
        place = api.GetSheet(sheet).GetRange(cell)
        wiped.append((place, place.GetFormula()))
        place.SetValue("-77")
    for place, formula in wiped:
        place.SetValue(formula)
    for sheet, cell, text in request["cells"]:
        api.GetSheet(sheet).GetRange(cell).SetValue(text)
    builder.SaveFile("xlsx", request["out"])
    os._exit(0)  # its own end crashes now and then


if __name__ == "__main__":
    main()
