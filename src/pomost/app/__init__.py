"""The hallway: the operations doors may call, each a sentence over the rooms below."""

from pomost.app.operations import Pomost, open_pomost
from pomost.app.results import Change, CheckResult, ErrorGroup, Explanation, RunReport, SettingsWrong, UnknownChannel

__all__ = [
    "Change",
    "CheckResult",
    "ErrorGroup",
    "Explanation",
    "Pomost",
    "RunReport",
    "SettingsWrong",
    "UnknownChannel",
    "open_pomost",
]
