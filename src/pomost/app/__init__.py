"""The hallway: the operations doors may call, each a sentence over the rooms below."""

from pomost.app.backups import back_up, put_back, renew_key
from pomost.app.changes import OUTCOMES, ChangeFilter, ChangesPage, Unusual
from pomost.app.closing import begin_alone
from pomost.app.document import read as read_settings
from pomost.app.document import secret_fields, sections_for
from pomost.app.endings import why_ended
from pomost.app.exporting import Sheet
from pomost.app.launching import Activity, Errand, Going, Work
from pomost.app.opening import default_home, open_pomost, panel_key
from pomost.app.operations import Pomost
from pomost.app.orders import OrdersPage
from pomost.app.qualifying import QualifiedCount
from pomost.app.reporting import ErrorsPage
from pomost.app.results import (
    Change,
    CheckResult,
    CustomerExplanation,
    CustomersReport,
    ErrorGroup,
    Explanation,
    NearCustomer,
    OrderCandidate,
    OrderExplanation,
    OrderRow,
    RunReport,
    SettingsMoved,
    SettingsWrong,
    StoreFault,
    SwitchedOff,
    UnknownChannel,
)
from pomost.app.searching import Found, Hit
from pomost.app.secrecy import HIDDEN
from pomost.app.versions import SettingChange, differences
from pomost.connectors import ERPS, SHOPS
from pomost.ports.entries import ShopBusy
from pomost.ports.fault import Fault, Refused, Unavailable
from pomost.rules.settings_of_orders import suggested_mark
from pomost.runs.planning import SettingsRefused
from pomost.runs.session import Busy, Progress, StopAsked
from pomost.store.database import StoreError
from pomost.store.launches import Launched, LaunchState
from pomost.store.leases import LeaseLost

__all__ = [
    "ERPS",
    "HIDDEN",
    "OUTCOMES",
    "SHOPS",
    "Activity",
    "Busy",
    "Change",
    "ChangeFilter",
    "ChangesPage",
    "CheckResult",
    "CustomerExplanation",
    "CustomersReport",
    "Errand",
    "ErrorGroup",
    "ErrorsPage",
    "Explanation",
    "Fault",
    "Found",
    "Going",
    "Hit",
    "LaunchState",
    "Launched",
    "LeaseLost",
    "NearCustomer",
    "OrderCandidate",
    "OrderExplanation",
    "OrderRow",
    "OrdersPage",
    "Pomost",
    "Progress",
    "QualifiedCount",
    "Refused",
    "RunReport",
    "SettingChange",
    "SettingsMoved",
    "SettingsRefused",
    "SettingsWrong",
    "Sheet",
    "ShopBusy",
    "StopAsked",
    "StoreError",
    "StoreFault",
    "SwitchedOff",
    "Unavailable",
    "UnknownChannel",
    "Unusual",
    "Work",
    "back_up",
    "begin_alone",
    "default_home",
    "differences",
    "open_pomost",
    "panel_key",
    "put_back",
    "read_settings",
    "renew_key",
    "secret_fields",
    "sections_for",
    "suggested_mark",
    "why_ended",
]
