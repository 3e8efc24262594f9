"""The hallway: the operations doors may call, each a sentence over the rooms below."""

from pomost.app.document import read as read_settings
from pomost.app.document import secret_fields, sections_for
from pomost.app.operations import Pomost, default_home, open_pomost, panel_key
from pomost.app.results import (
    Change,
    CheckResult,
    CustomerExplanation,
    CustomersReport,
    ErrorGroup,
    Explanation,
    NearCustomer,
    OrderExplanation,
    OrderRow,
    RunReport,
    SettingsMoved,
    SettingsWrong,
    StoreFault,
    SwitchedOff,
    UnknownChannel,
)
from pomost.connectors import ERPS, SHOPS
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.runs.planning import SettingsRefused
from pomost.runs.session import Busy, Progress, StopAsked
from pomost.store.database import StoreError
from pomost.store.leases import LeaseLost

__all__ = [
    "ERPS",
    "SHOPS",
    "Busy",
    "Change",
    "CheckResult",
    "CustomerExplanation",
    "CustomersReport",
    "ErrorGroup",
    "Explanation",
    "Fault",
    "LeaseLost",
    "NearCustomer",
    "OrderExplanation",
    "OrderRow",
    "Pomost",
    "Progress",
    "Refused",
    "RunReport",
    "SettingsMoved",
    "SettingsRefused",
    "SettingsWrong",
    "StopAsked",
    "StoreError",
    "StoreFault",
    "SwitchedOff",
    "Unavailable",
    "UnknownChannel",
    "default_home",
    "open_pomost",
    "panel_key",
    "read_settings",
    "secret_fields",
    "sections_for",
]
