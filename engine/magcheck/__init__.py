"""magcheck: a rule-based safety checker for magnesium supplements."""

from magcheck._version import __version__
from magcheck.check import Checker, check
from magcheck.errors import EngineFault, InputError, MagcheckError, RulesError
from magcheck.profile import Profile
from magcheck.report import Report

__all__ = [
    "Checker",
    "EngineFault",
    "InputError",
    "MagcheckError",
    "Profile",
    "Report",
    "RulesError",
    "__version__",
    "check",
]
