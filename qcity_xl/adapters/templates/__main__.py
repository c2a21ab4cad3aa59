"""Write all that is in workbook/: python -m qcity_xl.adapters.templates OUTDIR [SOURCE]."""

import sys
from pathlib import Path

from qcity_xl.adapters.templates import build_pack, build_template_bytes
from qcity_xl.adapters.templates.papers import build_papers


def main(arguments: list[str]) -> int:
    """Write all into OUTDIR from SOURCE, by default the folder source in OUTDIR."""
    if len(arguments) not in (1, 2):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    out = Path(arguments[0])
    source = Path(arguments[1]) if len(arguments) == 2 else out / "source"
    (out / "template.xlsx").write_bytes(build_template_bytes(source))
    (out / "pack.xlsx").write_bytes(build_pack())
    (out / "papers").mkdir(exist_ok=True)
    for name, data in build_papers().items():
        (out / "papers" / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
