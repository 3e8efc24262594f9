"""The configuration database: companies, operators, the schedule of the automatic service and its log."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from pomost.sandbox.optima import tables_configuration as tables
from pomost.sandbox.optima.company import COMPANY_DATABASE, COMPANY_NAME, CONFIGURATION_DATABASE, SERVER
from pomost.sandbox.optima.connection import Ticking, create_empty, database_file, open_engine
from pomost.sandbox.optima.schema import configuration

_GUID = "0f0e0d0c-0000-4000-8000-{:012}"
_COMPANIES = (
    (COMPANY_NAME, COMPANY_DATABASE, 0),
    ("Firma bez sklepu", "CDN_Firma_bez_sklepu", 0),
    ("Firma archiwalna", "CDN_Firma_archiwalna", 1),
)
"""Name, database and whether it is inactive; only the first has a database in the sandbox."""


def build_configuration(folder: Path, now: datetime) -> None:
    """Make the configuration database in the folder that plays the server."""
    path = database_file(folder, CONFIGURATION_DATABASE)
    create_empty(path, configuration())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    engine = open_engine(path, Ticking(now))
    with engine.begin() as connection:
        connection.execute(
            insert(tables.bazy),
            [
                {
                    "Baz_BazID": key,
                    "Baz_Nazwa": name,
                    "Baz_NIP": f"999000000{key}",
                    "Baz_Dostep": f"NET:{database},{SERVER},NT=0",
                    "Baz_Nieaktywna": inactive,
                    "Baz_GUID": _GUID.format(key),
                }
                for key, (name, database, inactive) in enumerate(_COMPANIES, 1)
            ],
        )
        people = (("ADMIN", "Administrator", 1), ("JKO", "Kowalska Janina", 0), ("ESKLEP", "Automat e-Sklep", 0))
        connection.execute(
            insert(tables.operatorzy),
            [
                {"Ope_OpeID": key, "Ope_Kod": code, "Ope_Nazwisko": name, "Ope_Administrator": admin}
                for key, (code, name, admin) in enumerate(people, 1)
            ],
        )
        connection.execute(insert(tables.baz_zakazy), [{"BZa_OpeID": 2, "BZa_BazID": 3}])
        connection.execute(
            insert(tables.sync),
            [
                {
                    "Snc_BazID": 1,
                    "Snc_ESklep": 1,
                    "Snc_ESklepExpSlowOd": midnight + timedelta(hours=6),
                    "Snc_ESklepExpSlowDo": midnight + timedelta(hours=22),
                    "Snc_ESklepExpSlowCo": 120,
                    "Snc_ESklepIPEOd": midnight + timedelta(hours=6),
                    "Snc_ESklepIPEDo": midnight + timedelta(hours=22),
                    "Snc_ESklepIPECo": 15,
                    "Snc_ESklepExpKnt": 1,
                    "Snc_ESklepOpeID": 1,
                    "Snc_ESklepRealizacjaRO": 0,
                    "Snc_ESklepRealizacjaROData": midnight,
                    "Snc_ESklepWydrukId": 12,
                }
            ],
        )
        said = (("Info", "Synchronizacja e-Sklep: start"), ("Info", "Synchronizacja e-Sklep: koniec"))
        connection.execute(
            insert(tables.soa_logs),
            [
                {
                    "SloG_Date": midnight - timedelta(hours=10 - place),
                    "SloG_ServiceName": "e-Sklep",
                    "SloG_Level": level,
                    "SloG_DatabaseName": COMPANY_DATABASE[:30],
                    "SloG_Message": message,
                }
                for place, (level, message) in enumerate(said)
            ],
        )
    engine.dispose()
