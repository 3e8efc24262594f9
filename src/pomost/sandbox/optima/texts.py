"""What the company writes about its goods in three languages."""

from html import escape

from pomost.sandbox.optima.books import Row
from pomost.sandbox.optima.company import LANGUAGES

_GOODS = {
    "Piwo": ("piwo z browaru, podawać schłodzone", "beer, best served cold", "Bier, gut gekühlt servieren"),
    "Alkohole": ("alkohol dla osób pełnoletnich", "alcohol for adults only", "Alkohol, nur für Erwachsene"),
    "Napoje": ("napój bezalkoholowy", "a soft drink", "ein alkoholfreies Getränk"),
    "Kawa i herbata": ("do zaparzenia w kilka minut", "ready in a few minutes", "in wenigen Minuten fertig"),
    "Nabiał": ("przechowywać w lodówce", "keep refrigerated", "gekühlt lagern"),
    "Mięso i wędliny": ("przechowywać w lodówce", "keep refrigerated", "gekühlt lagern"),
    "Pieczywo": ("pieczone co rano", "baked every morning", "jeden Morgen frisch gebacken"),
    "Słodycze": ("słodka przekąska", "a sweet snack", "eine süße Nascherei"),
    "Przyprawy i sosy": ("do kuchni i na stół", "for the kitchen and the table", "für Küche und Tisch"),
    "Spożywcze": ("do codziennej kuchni", "for everyday cooking", "für die tägliche Küche"),
}
_WORDS = {
    "pl": ("", "Składniki i alergeny są na opakowaniu.", "Kup w hurtowni Pod Mostem"),
    "en": (" (Poland)", "Ingredients and allergens are on the pack.", "Buy it at Pod Mostem wholesale"),
    "de": (" (Polen)", "Zutaten und Allergene stehen auf der Packung.", "Im Großhandel Pod Mostem kaufen"),
}


def description(name: str, kind: str) -> str:
    """The plain Polish description on the card (`Twr_Opis`)."""
    return f"{name}: {_GOODS[kind][0]}. {_WORDS['pl'][1]}"


def text_row(code: str, name: str, kind: str, language: str) -> Row:
    """Texts of one product in one language, each within the length of its column."""
    place = list(LANGUAGES).index(language)
    suffix, closing, title = _WORDS[language]
    phrase = _GOODS[kind][place]
    full = f"{name}{suffix}"[:255]
    return {
        "TwrJ_JezykID": LANGUAGES[language],
        "TwrJ_Nazwa": full,
        "TwrJ_NazwaHTML": escape(full) if len(escape(full)) <= len(full) else "",
        "TwrJ_Opis": f"{full}: {phrase}. {closing}",
        "TwrJ_OpisHTML": f"<p><b>{escape(full)}</b>: {phrase}.</p><p>{closing}</p>",
        "TwrJ_OpisKrotki": phrase.capitalize(),
        "TwrJ_MetaTytul": full[:100],
        "TwrJ_MetaSlowaKluczowe": f"{kind.lower()}, {code.lower()}",
        "TwrJ_MetaOpis": f"{title}: {full}"[:320],
        "TwrJ_Link": f"{language}-{code.lower()}",
        "TwrJ_Szukaj": f"{code} {full}"[:512],
    }
