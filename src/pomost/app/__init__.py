"""The hallway: the operations doors may call, each a sentence over the rooms below."""

from pomost.app.document import read as read_settings
from pomost.app.document import secret_fields, sections_for
from pomost.app.operations import Pomost, default_home, open_pomost
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
    SettingsWrong,
    StoreFault,
    UnknownChannel,
)
from pomost.connectors import ERPS, SHOPS
from pomost.ports.entries import ShopBusy
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
    "SettingsRefused",
    "SettingsWrong",
    "ShopBusy",
    "StopAsked",
    "StoreError",
    "StoreFault",
    "Unavailable",
    "UnknownChannel",
    "default_home",
    "open_pomost",
    "read_settings",
    "secret_fields",
    "sections_for",
]
