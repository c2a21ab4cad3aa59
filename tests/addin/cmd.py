"""How cmd.exe reads a line after /C: variables first, then what stands between & and |.

As far as it concerns names in quotes; after "How does the Windows Command Interpreter parse
scripts" (phases 1 and 2) and Microsoft's reference of cmd.
"""

import re
from collections.abc import Mapping

_VARIABLES = {"PATH": r"C:\Windows", "USERPROFILE": r"C:\Users\li wei"}


def commands(line: str, variables: Mapping[str, str] = _VARIABLES) -> list[str]:
    """The commands that it would run, in turn."""
    known = {**variables, "CMDCMDLINE": line}
    read = line.partition(" /C ")[2]
    read = re.sub("%([^%]+)%", lambda match: known.get(match[1].upper(), match[0]), read)
    found, quoted, escaped = [""], False, False
    for letter in read:
        if escaped:
            found[-1] += letter
            escaped = False
        elif letter == "^" and not quoted:
            escaped = True
        elif letter in "&|" and not quoted:
            found.append("")
        else:
            quoted ^= letter == '"'
            found[-1] += letter
    return [command.strip() for command in found if command.strip()]
