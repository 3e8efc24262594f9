"""Kinds of goods of a food and drinks wholesaler, told from the names people typed."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What belongs to every product of the kind in the sandbox; all of it is invented."""

    group: str
    prefix: str
    vat: str
    prices: tuple[int, int]
    """Lowest and highest net price of a piece, in grosze."""
    packs: tuple[tuple[tuple[str, int], ...], ...]
    """Sets of packs the shop may offer beside the piece."""
    words: str
    licence: str | None = None
    deposit: tuple[str, str] | None = None


PU6, PU12, CT12, CT24 = ("PU", 6), ("PU", 12), ("CT", 12), ("CT", 24)
CR20, CR24, B30, B50 = ("CR", 20), ("CR", 24), ("B", 30), ("B", 50)

OTHER = Kind("Spożywcze", "SPO", "8", (199, 2999), ((), (CT12,), (CT24,), (CT12, CT24)), "")
BEER = Kind(
    "Piwo",
    "PIW",
    "23",
    (219, 799),
    ((CR20,), (CR20, CR24), (CR20, B30), (B30,), (CT24, B50), (CR20, CR24, B30)),
    r"\bpiwo|\bbeer|bi[eè]re|\blager|\bpils|\bradler|\bbirra|\bcerveza|\bwitbier|\blech\b|\bporter\b",
    licence="A",
    deposit=("1.00", "glass"),
)
SPIRITS = Kind(
    "Alkohole",
    "ALK",
    "23",
    (1499, 8999),
    ((PU6,), (PU6, CT12), (CT12,), ()),
    r"w[oó]dka|vodka|\bwino\b|\bwine\b|\brum\b|likier|whisk|[żz]o[łl][aą]dkow|ubrówk",
    licence="C",
)
DRINKS = Kind(
    "Napoje",
    "NAP",
    "23",
    (99, 899),
    ((PU6,), (PU6, PU12), (PU6, CT24), (PU12,), (PU6, PU12, CT24), (CR20, PU6), (CR20, CR24), (B30,)),
    r"\bsok|juice|\bjus\b|nekt|nap[oó]j|drink|\bwod[aęy] |\bwater|cola|syrop|sirop|lemon|tymbark|ice tea|kompot|pepsi"
    r"|energ|żywiec",
    deposit=("0.50", "PET"),
)
DAIRY = Kind(
    "Nabiał",
    "NAB",
    "5",
    (129, 1499),
    ((), (PU6,), (CT12,), (PU6, CT12)),
    r"jogurt|yog|\bser\b|serek|mlek|milk\b|twar|skyr|kefir|śmietan|mas[łl]o|cheese|fromage|activia|danio|lait\b",
)
SWEETS = Kind(
    "Słodycze",
    "SŁO",
    "23",
    (149, 1999),
    ((CT24,), (CT12,), (CT12, CT24), (), (PU12, CT24)),
    r"czekol|choco|cukier|baton|ciast|wafel|wafl|\bbar\b|cand|cook|piern|bonbon|m&m|cake|żel|\bgum|herbatni|lody|"
    r"ice cream|biscuit|pralin|delicje",
)
TEAS = Kind(
    "Kawa i herbata",
    "KAW",
    "23",
    (399, 3499),
    ((CT12,), (CT24,), (), (PU6, CT12)),
    r"herbat|\btea\b|\bte |coffee|\bkaw[ay]|\bth[eé]\b|latte|cappu",
)
MEAT = Kind(
    "Mięso i wędliny",
    "MIĘ",
    "5",
    (499, 3999),
    ((), (CT12,)),
    r"mi[eę]s|kie[łl]bas|szynk|kabanos|par[oó]w|kurcz|steak|chicken|pasztet|boczek|salami|jambon",
)
SPICES = Kind(
    "Przyprawy i sosy",
    "PRZ",
    "8",
    (149, 1299),
    ((CT24,), (CT12,), ()),
    r"przypraw|pieprz|\bs[oó]l\b|\bsos\b|ketchup|musztard|majonez|sauce|papryk|cynamon|ocet",
)
BAKERY = Kind("Pieczywo", "PIE", "5", (199, 1099), ((), (CT12,)), r"chleb|bu[łl]k|bread|pain\b|tost|bagiet|pieczyw")

KINDS = (BEER, SPIRITS, TEAS, DRINKS, DAIRY, SWEETS, MEAT, SPICES, BAKERY, OTHER)
_PATTERNS = [(kind, re.compile(kind.words, re.IGNORECASE)) for kind in KINDS if kind.words]


def kind_of(name: str) -> Kind:
    """The first kind one of whose words occurs in the name."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(name)), OTHER)
