"""Validation elements: a dropdown, a formula (ECMA-376 part 1, 18.3.1.32)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcity_xl.adapters.ooxml.cells import Where, xstring
from qcity_xl.adapters.ooxml.errors import BadChoices, PromptTooLong
from qcity_xl.adapters.ooxml.markup import escape, quote

_MAX_TITLE, _MAX_TEXT = 32, 255


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


def formula_xml(prefix: bytes, formula: str, prompts: Prompts, where: Where) -> bytes:
    """What makes a formula true. Raises PromptTooLong."""
    return _element(prefix, b'type="custom"', [escape(formula)], prompts, where)


def rule_xml(prefix: bytes, attributes: Mapping[str, str], formula: str | None) -> bytes:
    """A validation with these attributes, as ECMA-376 names them, without its sqref."""
    tag = b"".join(
        b' %s="%s"' % (name.encode(), quote(xstring(said))) for name, said in attributes.items()
    )
    inner = b""
    if formula is not None:
        inner = b"<%sformula1>%s</%sformula1>" % (prefix, escape(xstring(formula)), prefix)
    return b"<%sdataValidation%s>%s</%sdataValidation>" % (prefix, tag, inner, prefix)


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
