"""Tables of Optima's configuration database."""

from sqlalchemy import UniqueConstraint

from pomost.sandbox.optima.columns import (
    between,
    beyond,
    blank_metadata,
    guid,
    key,
    memo,
    moment,
    number,
    nvarchar,
    refers,
    small,
    stamp,
    table,
    tiny,
    varchar,
)

metadata = blank_metadata()

bazy = table(
    metadata,
    "Bazy",
    key("Baz_BazID"),
    varchar(120, "Baz_Nazwa", required=True),
    varchar(24, "Baz_NIP", null=True),
    varchar(254, "Baz_Dostep", required=True),
    small("Baz_Nieaktywna"),
    guid("Baz_GUID", null=False),
    # `NET:<database>,<server>,NT=0`: the two names are cut out by the database itself.
    between("Baz_NazwaBazy", "Baz_Dostep", ":", ","),
    between("Baz_NazwaSerwera", "Baz_Dostep", ",", ",NT="),
)
operatorzy = table(
    metadata,
    "Operatorzy",
    key("Ope_OpeID"),
    varchar(20, "Ope_Kod", required=True),
    nvarchar(50, "Ope_Nazwisko"),
    tiny("Ope_Administrator"),
    small("Ope_Nieaktywny"),
    nvarchar(20, "Ope_Magazyn"),
    tiny("Ope_ModulHAP", "Ope_ModulKB"),
    UniqueConstraint("Ope_Kod"),
)
baz_zakazy = table(
    metadata,
    "BazZakazy",
    beyond(refers("BZa_OpeID", "Operatorzy.Ope_OpeID", key=True)),
    beyond(refers("BZa_BazID", "Bazy.Baz_BazID", key=True)),
)
# Scheduler of the automatic service: one row per company database.
sync = table(
    metadata,
    "Sync",
    key("Snc_SncID"),
    refers("Snc_BazID", "Bazy.Baz_BazID", null=True),
    tiny("Snc_ESklep"),
    moment("Snc_ESklepExpSlowOd", "Snc_ESklepExpSlowDo", null=True),
    number("Snc_ESklepExpSlowCo", null=True),
    moment("Snc_ESklepIPEOd", "Snc_ESklepIPEDo", null=True),
    number("Snc_ESklepIPECo", "Snc_ESklepExpKnt", null=True),
    refers("Snc_ESklepOpeID", "Operatorzy.Ope_OpeID", null=True),
    number("Snc_ESklepRealizacjaRO"),
    stamp("Snc_ESklepRealizacjaROData"),
    number("Snc_ESklepWydrukId", "Snc_ESklepWydrukTyp", "Snc_ESklepGenerowanieZNP"),
    UniqueConstraint("Snc_BazID"),
)
soa_logs = table(
    metadata,
    "SoaLogs",
    key("SloG_SlogId"),
    number("SloG_ParentId", null=True),
    guid("SloG_Session"),
    moment("SloG_Date", default=None),
    number("SloG_ServiceId", null=True),
    nvarchar(512, "SloG_ServiceName", null=True),
    nvarchar(255, "SloG_Thread"),
    nvarchar(50, "SloG_Level"),
    nvarchar(1024, "SloG_Logger"),
    nvarchar(512, "SloG_User", null=True),
    varchar(30, "SloG_DatabaseName", null=True),
    varchar(36, "SloG_DatabaseGuid", null=True),
    memo("SloG_Message", "SloG_Exception", null=True),
)
