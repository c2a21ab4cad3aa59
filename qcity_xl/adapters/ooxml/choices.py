"""Validation elements: a dropdown, a number between bounds (ECMA-376 part 1, 18.3.1.32)."""

from collections.abc import Sequence
from dataclasses import dataclass

from qcity_xl.adapters.ooxml.cells import Where, value_xml, xstring
from qcity_xl.adapters.ooxml.errors import BadChoices, PromptTooLong
from qcity_xl.adapters.ooxml.markup import escape, quote

_MAX_TITLE, _MAX_TEXT = 32, 255
_SMALLEST = -9.99999999999999e307


@dataclass(frozen=True, slots=True)
class Prompts:
    """What Excel says about a validated cell: after a wrong entry, and on entering it."""

    error_title: str
    error: str
    prompt_title: str = ""
    prompt: str = ""


def list_xml(prefix: bytes, choices: Sequence[str], prompts: Prompts, where: Where) -> bytes:
    """A dropdown. Raises BadChoices, PromptTooLong."""
    text = ",".join(choices)
    if not choices or not all(choices) or any("," in c for c in choices) or len(text) > _MAX_TEXT:
        raise BadChoices(*where)
    formula = escape(xstring('"' + text.replace('"', '""') + '"'))
    return _element(prefix, b'type="list"', [formula], prompts, where)


def number_xml(
    prefix: bytes,
    bounds: tuple[float | None, float | None],
    whole: bool,
    prompts: Prompts,
    where: Where,
) -> bytes:
    """A number within bounds, None for no bound. Raises NotFinite, PromptTooLong."""
    low, high = bounds
    if low is not None and high is not None:
        operator, given = b"between", [low, high]
    elif high is not None:
        operator, given = b"lessThanOrEqual", [high]
    else:
        operator, given = b"greaterThanOrEqual", [_SMALLEST if low is None else low]
    numbers = [value_xml(b"", number, False, where)[1] for number in given]
    formulas = [number.removeprefix(b"<v>").removesuffix(b"</v>") for number in numbers]
    kind = b'type="%s" operator="%s"' % (b"whole" if whole else b"decimal", operator)
    return _element(prefix, kind, formulas, prompts, where)


def _element(
    prefix: bytes, kind: bytes, formulas: list[bytes], prompts: Prompts, where: Where
) -> bytes:
    """The element without its sqref."""
    texts = {
        b"errorTitle": (prompts.error_title, _MAX_TITLE),
        b"error": (prompts.error, _MAX_TEXT),
        b"promptTitle": (prompts.prompt_title, _MAX_TITLE),
        b"prompt": (prompts.prompt, _MAX_TEXT),
    }
    if any(len(text) > longest for text, longest in texts.values()):
        raise PromptTooLong(*where)
    tag = b'%sdataValidation %s allowBlank="1" showInputMessage="1" showErrorMessage="1"'
    said = b"".join(
        b' %s="%s"' % (name, quote(xstring(text))) for name, (text, _) in texts.items() if text
    )
    inner = b"".join(
        b"<%sformula%d>%s</%sformula%d>" % (prefix, number, formula, prefix, number)
        for number, formula in enumerate(formulas, 1)
    )
    return b"<%s>%s</%sdataValidation>" % (tag % (prefix, kind) + said, inner, prefix)
