"""Sentences and advice for reasons that speak of settings and of what became of a change."""

from collections.abc import Iterable

from pomost.model.reason import Finding, Reason, Sentence, Weight
from pomost.model.sentences import CARDS, UNITS, say_as
from pomost.model.sentences_of_customers import SENTENCES as OF_CUSTOMERS
from pomost.model.sentences_of_entries import SENTENCES as OF_ENTRIES
from pomost.model.sentences_of_orders import SENTENCES as OF_ORDERS
from pomost.model.sentences_of_sources import OF_SOURCES
from pomost.model.text import Language
from pomost.model.words_of_entries import FACT_WORDS, WORDED_FACTS

_CONFIG, _SKIP, _WARN = Weight.CONFIGURATION, Weight.SKIP, Weight.WARN
_TOLD = frozenset({_WARN, _SKIP})


SETTINGS = {
    Reason.QUALIFICATION_UNSET: say_as(
        _CONFIG,
        "nie wybrano kwalifikacji towarów.",
        "no qualification was chosen for products.",
        "W zakładce Towary wybierz „Wszystkie towary” albo podaj warunki.",
        "Under Goods choose “all products” or give conditions.",
    ),
    Reason.QUALIFICATION_EMPTY: say_as(
        _CONFIG,
        "wybrano kwalifikację według warunków, ale nie podano żadnego warunku.",
        "qualification by conditions was chosen, but no condition given.",
        "Dodaj co najmniej jeden warunek albo wybierz „Wszystkie towary”.",
        "Add at least one condition, or choose “all products”.",
    ),
    Reason.CONDITION_UNKNOWN: say_as(
        _CONFIG,
        "warunek kwalifikacji wskazuje wartość, której nie ma w ERP: {condition}.",
        "a condition names a value the ERP does not have: {condition}.",
        "Wybierz istniejącą cechę, grupę lub pole.",
        "Choose a trait, group or field that exists.",
    ),
    Reason.OWN_FIELD_UNKNOWN: say_as(
        _CONFIG,
        "ustawienie „{setting}” wskazuje pole własne, którego nie ma w ERP: {value}.",
        "setting “{setting}” names an own field the ERP does not have: {value}.",
        "Wybierz pole z listy pól własnych (pomost choices KANAŁ own-fields).",
        "Choose a field from the list (pomost choices CHANNEL own-fields).",
    ),
    Reason.DICTIONARY_KEY_IS_UNIT: say_as(
        _CONFIG,
        "Słownik jednostek tłumaczy „{unit}”, a to jest jednostka sklepu.",
        "the unit dictionary translates “{unit}”, which is a unit of the shop itself.",
        "Usuń ten wiersz: jednostka jest rozpoznawana bez tłumaczenia.",
        "Remove this row: the unit is recognised without it.",
    ),
    Reason.DICTIONARY_TARGET_UNKNOWN: say_as(
        _CONFIG,
        "Słownik jednostek tłumaczy „{unit}” na „{target}”, a sklep nie ma takiej jednostki ({allowed}).",
        "the unit dictionary translates “{unit}” into “{target}”, which the shop does not have ({allowed}).",
        "Wybierz jednostkę z tabeli jednostek sklepu.",
        "Choose a unit of the shop's table.",
    ),
    Reason.PRICE_LEVEL_UNKNOWN: say_as(
        _CONFIG,
        "poziomu cen „{level}” nie ma w ERP.",
        "the ERP has no price level “{level}”.",
        "Wybierz poziom w zakładce Ceny (pomost choices KANAŁ price-levels).",
        "Choose a level under Prices (pomost choices CHANNEL price-levels).",
    ),
    Reason.PRICE_LEVEL_CURRENCY: say_as(
        _CONFIG,
        "poziom cen „{level}” jest w walucie {currency}, a oferta w {wanted}.",
        "price level “{level}” is in {currency}, the offer in {wanted}.",
        "Wybierz poziom cen w walucie oferty; Pomost nie przelicza walut.",
        "Choose a level in the offer's currency; Pomost converts no currencies.",
    ),
    Reason.BRANCH_NONE: say_as(
        _CONFIG,
        "nie ma żadnego oddziału.",
        "there is no branch.",
        "W zakładce Oddziały dodaj oddział z magazynem.",
        "Under Branches add a branch with a warehouse.",
    ),
    Reason.BRANCH_REPEATED: say_as(
        _CONFIG,
        "nazwa lub ID oddziału powtarza się: {branch}.",
        "a branch's name or ID is repeated: {branch}.",
        "Nadaj oddziałom różne nazwy i różne ID (wielkość liter nie rozróżnia).",
        "Give branches different names and IDs (letter case does not tell them apart).",
    ),
    Reason.BRANCH_UNNAMED: say_as(
        _CONFIG,
        "oddział nie ma nazwy lub ID.",
        "a branch has no name or no ID.",
        "Uzupełnij nazwę i ID oddziału.",
        "Fill in the branch's name and ID.",
    ),
    Reason.BRANCH_WITHOUT_WAREHOUSE: say_as(
        _CONFIG,
        "oddział {branch} nie ma magazynu dla ZK.",
        "branch {branch} has no main warehouse.",
        "Wybierz „Magazyn dla ZK” w ustawieniach oddziału.",
        "Choose the branch's main warehouse.",
    ),
    Reason.BRANCH_NOT_IN_SHOP: say_as(
        _CONFIG,
        "sklep nie ma oddziału o ID {branch}; jego stany nie będą wysyłane.",
        "the shop has no branch with ID {branch}; its stock will not be sent.",
        "Załóż oddział w panelu sklepu albo popraw jego ID w ustawieniach.",
        "Create the branch in the shop's panel, or correct its ID in the settings.",
    ),
    Reason.WAREHOUSE_UNKNOWN: say_as(
        _CONFIG,
        "oddział {branch} wskazuje magazyn {warehouse}, którego nie ma w ERP.",
        "branch {branch} names warehouse {warehouse}, which the ERP does not have.",
        "Wybierz istniejący magazyn (pomost choices KANAŁ warehouses).",
        "Choose a warehouse that exists (pomost choices CHANNEL warehouses).",
    ),
    Reason.WAREHOUSE_MAIN_TWICE: say_as(
        _CONFIG,
        "magazyn {warehouse} jest magazynem dla ZK dwóch oddziałów: {branch}.",
        "warehouse {warehouse} is the main one of two branches: {branch}.",
        "Każdy oddział musi mieć własny magazyn dla ZK.",
        "Each branch needs a main warehouse of its own.",
    ),
    Reason.WAREHOUSE_EXTRA_IS_MAIN: say_as(
        _CONFIG,
        "dodatkowy magazyn {warehouse} oddziału {branch} jest magazynem dla ZK innego oddziału.",
        "extra warehouse {warehouse} of branch {branch} is another branch's main one.",
        "Usuń go z listy dodatkowych magazynów: ten sam towar pokazano by dwa razy.",
        "Take it off the list of extra warehouses: the same goods would be shown twice.",
    ),
    Reason.WAREHOUSE_SHARED: say_as(
        _WARN,
        "dodatkowy magazyn {warehouse} należy do kilku oddziałów: {branch}; ten sam towar pokazano kilka razy.",
        "extra warehouse {warehouse} belongs to several branches: {branch}; the same goods are shown repeatedly.",
        "Zostaw tak tylko, jeśli świadomie oferujesz wspólny zapas.",
        "Keep it only if you mean to offer a common stock.",
    ),
}

CHANGES = {
    Reason.ERP_REFUSED: say_as(
        _SKIP,
        "ERP odrzucił dokument: {detail}",
        "the ERP refused the document: {detail}",
        "Usuń przyczynę podaną przez ERP; zamówienie wejdzie przy następnej synchronizacji.",
        "Mend what the ERP names; the order enters with the next run.",
    ),
    Reason.ERP_LATER: say_as(
        _SKIP,
        "ERP chwilowo nie przyjął dokumentu: {detail}",
        "the ERP could not take the document now: {detail}",
        "Nic nie trzeba robić: następna synchronizacja spróbuje ponownie.",
        "Nothing to do: the next run tries again.",
    ),
    Reason.ERP_SILENT: say_as(
        _SKIP,
        "ERP nie odpowiedział, czy zapisał dokument.",
        "the ERP gave no answer whether it saved the document.",
        "Nic nie trzeba robić: następna synchronizacja najpierw poszuka tego dokumentu w ERP.",
        "Nothing to do: the next run looks for the document in the ERP first.",
    ),
    Reason.SHOP_REFUSED: say_as(
        _SKIP,
        "sklep odrzucił zmianę ({code}): {detail}",
        "the shop refused the change ({code}): {detail}",
        "Popraw dane według komunikatu sklepu, potem „spróbuj ponownie”.",
        "Correct the data as the shop says, then try again.",
    ),
    Reason.SHOP_LATER: say_as(
        _SKIP,
        "sklep chwilowo nie przyjął zmiany ({code}): {detail}",
        "the shop could not take the change now ({code}): {detail}",
        "Nic nie trzeba robić: zmiana zostanie wysłana w następnej synchronizacji.",
        "Nothing to do: the change goes out in the next run.",
    ),
    Reason.SHOP_SILENT: say_as(
        _SKIP,
        "sklep nie odpowiedział na tę pozycję; wynik jest nieznany.",
        "the shop gave no answer for this item; the result is unknown.",
        "Nic nie trzeba robić: pozycja zostanie wysłana jeszcze raz.",
        "Nothing to do: the item is sent again.",
    ),
    Reason.SHOP_FORBIDDEN: say_as(
        _SKIP,
        "sklep odmówił: klucz API nie ma prawa do tej zmiany ({detail}).",
        "the shop refused: the API key has no right to this change ({detail}).",
        "Poproś operatora sklepu o klucz z tym prawem; następna synchronizacja spróbuje ponownie.",
        "Ask the shop for a key with this right; the next run tries again.",
    ),
    Reason.OFFER_NOT_ACCEPTED: say_as(
        _SKIP,
        "stanu nie wysłano, bo sklep nie przyjął oferty.",
        "the stock was not sent because the shop did not take the offer.",
        "Najpierw usuń przyczynę odrzucenia oferty.",
        "First mend what the offer was refused for.",
    ),
    Reason.STOCK_NOT_ACCEPTED: say_as(
        _SKIP,
        "jednostki i ceny nie zmieniono, bo sklep nie przyjął stanu w nowej jednostce.",
        "unit and price were not changed because the shop did not take the stock in the new unit.",
        "Najpierw usuń przyczynę odrzucenia stanu.",
        "First mend what the stock was refused for.",
    ),
    Reason.CANNOT_TAKE: say_as(
        _SKIP,
        "sklep nie przyjmuje zmian tego rodzaju: {why}",
        "the shop takes no changes of this kind: {why}",
        "Nic nie trzeba robić.",
        "Nothing to do.",
    ),
    Reason.HELD: say_as(
        _SKIP,
        "pozycja jest wstrzymana po cofnięciu synchronizacji.",
        "the item is held after a rollback.",
        "Zwolnij ją (pomost retry), gdy przyczyna cofnięcia zostanie usunięta.",
        "Release it (pomost retry) once the cause of the rollback is mended.",
    ),
    Reason.OUTDATED: say_as(
        _SKIP,
        "sklep ma już nowszy stan niż odczytany w tej synchronizacji.",
        "the shop already holds a newer stock than this run read.",
        "Nic nie trzeba robić: następna synchronizacja wyśle bieżący stan.",
        "Nothing to do: the next run sends the current stock.",
    ),
}

AFTERWARDS = {
    Reason.NOT_KEPT: say_as(
        _SKIP,
        "sklep potwierdził zmianę, ale jej nie zachował (wysłano: {sent}; sklep pokazuje: {shown}).",
        "the shop confirmed the change and did not keep it (sent: {sent}; it shows: {shown}).",
        "Zmiana zostanie wysłana ponownie. Jeśli się to powtarza, zgłoś to operatorowi sklepu.",
        "The change is sent again. If it recurs, report it to the shop.",
    ),
    Reason.KEPT_OTHERWISE: say_as(
        _WARN,
        "sklep zapisał zmianę po swojemu (wysłano: {sent}; sklep pokazuje: {shown}); nie będzie wysyłana w kółko.",
        "the shop kept the change in its own way (sent: {sent}; it shows: {shown}); it is not sent over and over.",
        "Sprawdź, czy to, co sklep pokazuje, można zostawić; jeśli nie, zgłoś to operatorowi sklepu.",
        "Check whether what the shop shows may stay; if not, report it to the shop.",
    ),
    Reason.READ_BACK_FAILED: say_as(
        _WARN,
        "sklep potwierdził wysłane zmiany, ale nie dał sprawdzić, czy je zachował.",
        "the shop confirmed what was sent, and could not be read to see whether it kept it.",
        "Jeśli to się powtarza, sprawdź prawa klucza do odczytu ofert; szczegóły są w dzienniku Pomostu.",
        "If this recurs, check the key's right to read offers; details are in Pomost's log.",
    ),
    Reason.SHOP_CLOCK_BACK: say_as(
        _WARN,
        "zegar sklepu pokazuje {shows}, a sklep potwierdził już stany na {confirmed}: zegar cofnięto albo wcześniej "
        "się spieszył. Stany są wysyłane jako późniejsze od potwierdzonych, więc sklep je przyjmuje.",
        "the shop's clock shows {shows}, and the shop has confirmed stock as of {confirmed}: the clock was set back, "
        "or was ahead before. Stock is sent as later than what was confirmed, so the shop takes it.",
        "Poproś operatora sklepu o ustawienie zegara serwera; ten komunikat nie będzie powtarzany.",
        "Ask the shop to set its server's clock; this is not told again.",
    ),
    Reason.LEFT_STALE: say_as(
        _WARN,
        "w ofercie są towary pomijane od co najmniej {runs} synchronizacji z rzędu ({count}: {symbols}); "
        "ich stan w sklepie może być nieaktualny.",
        "products on offer have been skipped for at least {runs} runs in a row ({count}: {symbols}); "
        "the stock the shop shows for them may be out of date.",
        "Zobacz powody (pomost errors KANAŁ) i popraw kartoteki albo wycofaj te towary w panelu sklepu.",
        "See the reasons (pomost errors CHANNEL) and mend the cards, or withdraw the products in the shop's panel.",
    ),
    Reason.STORE_WENT_BACK: say_as(
        _WARN,
        "dane Pomostu są starsze niż sklep: w sklepie jest to, co zapisał nasz klucz, a czego nie pamiętamy ({what}). "
        "Odczytano, co sklep ma teraz; to, co z tego powodu ma być wycofane, czeka na zatwierdzenie.",
        "Pomost's data are older than the shop: it holds what our key wrote and we do not remember ({what}). "
        "What the shop holds now was read; withdrawals that follow from it wait for approval.",
        "Jeśli dane przywrócono z kopii, obejrzyj plan i zatwierdź go (pomost approve). Jeśli nie, sprawdź, czy tym "
        "samym kluczem nie pracuje drugi Pomost.",
        "If the data were put back from a copy, look at the plan and approve it (pomost approve). If not, see whether "
        "another Pomost works with the same key.",
    ),
    Reason.STORE_RESTORED: say_as(
        _WARN,
        "dane Pomostu przywrócono z kopii; wszystko, co wiadomo o sklepie, zostanie wysłane od nowa.",
        "Pomost's data were put back from a copy; everything known of the shop is sent anew.",
        "Wykonaj jeszcze pełną synchronizację oferty: sklep wycofa to, czego nie ma w ERP.",
        "Make a forced full run of the offer too: the shop then drops what the ERP does not have.",
    ),
    Reason.OFFER_WITHOUT_CARD: say_as(
        _WARN,
        "w sklepie stoi oferta „{sku}”, wystawiona naszym kluczem i niepamiętana, a w ERP nie ma takiej kartoteki.",
        "the shop shows offer “{sku}”, made with our key and not remembered, and the ERP has no such card.",
        "Jeśli nie wystawia jej inny Pomost, wycofaj ją w panelu sklepu, a potem „spróbuj ponownie” (pomost retry).",
        "Unless another Pomost offers it, withdraw it in the shop's panel, then “try again” (pomost retry).",
    ),
    Reason.STILL_SOLD: say_as(
        _WARN,
        "sklep nadal sprzedaje ten towar tak, jak stał {since}; zmian z ERP nie dostaje od tej chwili.",
        "the shop still sells this product as it stood on {since}; it has had none of the ERP's changes since.",
        "Popraw kartotekę albo wycofaj towar ze sklepu.",
        "Mend the card, or take the product off the shop.",
    ),
}

SENTENCES: dict[Reason, Sentence] = {
    **UNITS,
    **CARDS,
    **SETTINGS,
    **CHANGES,
    **OF_CUSTOMERS,
    **OF_ORDERS,
    **OF_ENTRIES,
    **OF_SOURCES,
    **AFTERWARDS,
}


def say(finding: Finding, language: Language) -> str:
    """The sentence of a finding with its facts; facts that are words of the trade are said in that language."""
    facts = {name: _worded(name, value, language) for name, value in finding.facts}
    return SENTENCES[finding.reason].text.fill(**facts).into(language)


def _worded(name: str, value: str, language: Language) -> str:
    found = FACT_WORDS.get(value) if name in WORDED_FACTS else None
    return value if found is None else found.into(language)


def advise(finding: Finding, language: Language) -> str:
    """What a person may do about a finding."""
    return SENTENCES[finding.reason].advice.fill(**dict(finding.facts)).into(language)


def weight(finding: Finding) -> Weight:
    return SENTENCES[finding.reason].weight


def to_tell(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What a person should look at: warnings, and what is left out of a thing that is otherwise offered."""
    return tuple(found for found in findings if weight(found) in _TOLD)
