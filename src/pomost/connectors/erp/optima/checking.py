"""The connection check: what is tried, in what order, and what to do where it fails."""

from collections.abc import Iterator

from pomost.connectors.erp.optima.company import Company, missing
from pomost.connectors.erp.optima.sql import goods, lists, tables
from pomost.connectors.erp.optima.translation.groups import tree
from pomost.connectors.erp.sql_server import fault_of
from pomost.model.text import Text
from pomost.ports.checking import CheckStep
from pomost.ports.fault import Fault
from pomost.transport.sql import SqlFailure

PROGRAM = "Comarch ERP Optima"
_CONNECT = Text("Połączenie z serwerem SQL", "Connection to the SQL server")
_SHOP = Text("Konfiguracja stanowiska e-Sklep", "Configuration of the shop")
_EXTRAS = {
    "foreign_vat": Text("stawki VAT innych krajów", "VAT rates of other countries"),
    "group_texts": Text("teksty grup w językach", "texts of groups in languages"),
    "customer_attributes": Text("atrybuty kontrahentów", "attributes of customers"),
    "consents": Text("zgody", "consents"),
    "link_addresses": Text("adresy pod zdjęciami", "addresses behind pictures"),
}


def steps(company: Company) -> Iterator[CheckStep]:
    """Connect, look for every table and column that is read, find the configuration and the shop, count products."""
    try:
        yield from _of_company(company)
    except SqlFailure as failure:
        fault = fault_of(failure, company.settings, PROGRAM)
        yield CheckStep(_CONNECT, passed=False, found=fault.text, advice=fault.advice)
    except Fault as fault:
        yield CheckStep(_CONNECT, passed=False, found=fault.text, advice=fault.advice)


def _of_company(company: Company) -> Iterator[CheckStep]:
    lacking = list(missing(company.reader, tables.READ))
    name = next((str(value) for key, value in _system(company, lacking) if key == 1), "-")
    yield CheckStep(_CONNECT, passed=True, found=Text(name, name))
    schema = Text("Tabele Optimy", "Tables of Optima")
    if lacking:
        yield CheckStep(
            schema,
            passed=False,
            found=Text("brak: {names}", "missing: {names}").fill(names=", ".join(lacking[:8])),
            advice=Text(
                "To nie jest baza firmowa Comarch ERP Optima albo wersja jest za stara.",
                "This is not a company database of Comarch ERP Optima, or its version is too old.",
            ),
        )
        return
    yield CheckStep(schema, passed=True, found=_without(company))
    yield _of_configuration(company)
    try:
        station = company.station
        _ = company.zone
    except Fault as fault:
        yield CheckStep(_SHOP, passed=False, found=fault.text, advice=fault.advice)
        return
    told = f"{station.id} ({station.name})"
    yield CheckStep(_SHOP, passed=True, found=Text(told, told), advice=_taken(busy=station.busy))
    yield from _of_shop(company)


def _system(company: Company, lacking: list[str]) -> list[tuple[int, str]]:
    return [] if tables.SYSTEM.name in lacking else company.reader.rows(lists.system())


def _without(company: Company) -> Text:
    """What this version has no tables for, and is therefore not sent."""
    lacks = [text for name, text in _EXTRAS.items() if not getattr(company.extras, name)]
    if not lacks:
        return Text("", "")
    pl, en = (", ".join(getattr(one, language) for one in lacks) for language in ("pl", "en"))
    return Text(f"ta wersja nie ma, więc nie są wysyłane: {pl}", f"this version lacks, and so are not sent: {en}")


def _of_configuration(company: Company) -> CheckStep:
    """Without it cards can still be read; only lists of companies and operators come from there."""
    step = Text("Baza konfiguracyjna", "Configuration database")
    try:
        lacking = list(missing(company.configuration, tables.READ_OF_CONFIGURATION))
        names = [] if lacking else [one[0] for one in company.companies() if one[2]]
    except (SqlFailure, Fault):
        lacking, names = ["?"], []
    if lacking:
        return CheckStep(
            step,
            passed=True,
            found=Text(
                "niedostępna: listy firm i operatorów nie będzie; towary są czytane",
                "not to be had: no lists of companies and operators; products are read",
            ),
            advice=Text(
                "Nadaj loginowi prawo odczytu bazy konfiguracyjnej albo wpisz jej nazwę w ustawieniach.",
                "Give the login the right to read the configuration database, or type its name in the settings.",
            ),
        )
    return CheckStep(step, passed=True, found=Text("firmy: {names}", "companies: {names}").fill(names=", ".join(names)))


def _taken(*, busy: bool) -> Text:
    if not busy:
        return Text("", "")
    return Text(
        "Optima zaznacza, że sama synchronizuje ten e-Sklep albo że to przerwała: wyłącz jej automat.",
        "Optima marks that it exchanges with this shop itself, or broke off: switch its own service off.",
    )


def _of_shop(company: Company) -> Iterator[CheckStep]:
    reader, station = company.reader, company.station
    parts = (
        (
            Text("Grupa główna e-Sklepu", "Root group of the shop"),
            len(tree(reader.rows(goods.groups()), station.root)),
            Text("grup: {count}", "groups: {count}"),
            Text(
                "Wskaż grupę w konfiguracji stanowiska e-Sklep w Optimie.",
                "Choose a group in the shop's configuration in Optima.",
            ),
        ),
        (
            Text("Magazyny e-Sklepu", "Warehouses of the shop"),
            len(company.warehouses()),
            Text("magazynów: {count}", "warehouses: {count}"),
            Text(
                "Dodaj magazyn w konfiguracji stanowiska e-Sklep w Optimie.",
                "Add a warehouse to the shop's configuration in Optima.",
            ),
        ),
        (
            Text("Ceny sprzedaży", "Sale prices"),
            len(reader.rows(lists.price_levels())),
            Text("poziomów: {count}", "levels: {count}"),
            Text("Włącz w Optimie choć jeden cennik sprzedaży.", "Switch on at least one sale price level in Optima."),
        ),
    )
    for name, count, found, advice in parts:
        yield CheckStep(name, passed=count > 0, found=found.fill(count=count), advice=advice)
        if not count:
            return
    count = reader.rows(goods.count_offered(station.id))[0][0]
    told = Text("udostępnionych w e-Sklepie: {count}", "shown in the shop: {count}").fill(count=count)
    yield CheckStep(Text("Odczyt towarów", "Reading products"), passed=True, found=told)
    if company.settings.file_folders:
        yield _of_folders(company)


def _of_folders(company: Company) -> CheckStep:
    """A folder that is not to be reached stops nothing but its own files."""
    step, away = Text("Foldery z plikami", "Folders of files"), company.folders.missing()
    if not away:
        count = Text("folderów: {count}", "folders: {count}").fill(count=len(company.settings.file_folders))
        return CheckStep(step, passed=True, found=count)
    return CheckStep(
        step,
        passed=True,
        found=Text("nieosiągalne: {names}", "not to be reached: {names}").fill(names=", ".join(away)),
        advice=Text(
            "Sprawdź ścieżkę i prawo odczytu użytkownika, na którego koncie działa Pomost.",
            "Check the path, and that the user Pomost runs as may read it.",
        ),
    )
