"""检查规则: what the wording of the rules leaves open, and how many points hang on it."""

from qcity_xl.steps.shared.outcome import Outcome
from qcity_xl.steps.shared.rules_data import RulesData
from qcity_xl.steps.shared.rules_report import rules_report
from qcity_xl.steps.shared.target import Target, open_master


def rules(target: Target) -> Outcome[RulesData]:
    """Every finding of the linter on the master as it is; nothing is written."""
    return rules_report(open_master(target).master)
