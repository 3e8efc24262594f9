"""Tables of an Optima company: program, documents' definitions, warehouses, price levels, deleted objects."""

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from pomost.sandbox.optima.columns import (
    blank_metadata,
    decimal,
    key,
    moment,
    number,
    nvarchar,
    small,
    table,
    tiny,
    varchar,
)

metadata = blank_metadata()

system_cdn = table(
    metadata,
    "SystemCDN",
    number("SYS_ID", default=None),
    varchar(254, "SYS_Wartosc"),
    PrimaryKeyConstraint("SYS_ID"),
)
dok_definicje = table(
    metadata,
    "DokDefinicje",
    key("DDf_DDfID"),
    number("DDf_Klasa"),
    varchar(5, "DDf_Symbol"),
    nvarchar(256, "DDf_Nazwa"),
    tiny("DDf_Nieaktywna"),
    nvarchar(50, "DDf_Numeracja"),
)
magazyny = table(
    metadata,
    "Magazyny",
    key("Mag_MagId"),
    small("Mag_Typ"),
    varchar(20, "Mag_Symbol", required=True),
    nvarchar(50, "Mag_Nazwa"),
    tiny("Mag_NieAktywny"),
    number("Mag_TwCNumer"),
    moment("Mag_TS_Mod"),
    UniqueConstraint("Mag_Symbol"),
)
# Price levels; DfC_Lp = 1 is the purchase price.
def_ceny = table(
    metadata,
    "DefCeny",
    key("DfC_DfCId"),
    number("DfC_Lp", default=None),
    nvarchar(20, "DfC_Nazwa", required=True),
    varchar(3, "DfC_Waluta"),
    tiny("DfC_Typ"),
    small("DfC_Nieaktywna", null=True),
    UniqueConstraint("DfC_Lp"),
)
formy_platnosci = table(
    metadata,
    "FormyPlatnosci",
    key("FPl_FPlId"),
    nvarchar(20, "FPl_Nazwa"),
    small("FPl_Typ", "FPl_Termin", "FPl_NieAktywny"),
    decimal(5, 2, "FPl_Rabat"),
    UniqueConstraint("FPl_Nazwa"),
)
grupy = table(
    metadata,
    "Grupy",
    key("Gru_GruID"),
    small("Gru_Typ"),
    varchar(32, "Gru_Nazwa"),
    nvarchar(128, "Gru_Opis"),
    UniqueConstraint("Gru_Typ", "Gru_Nazwa"),
)
# Tombstones of deleted objects.
usuniete_obiekty = table(
    metadata,
    "UsunieteObiekty",
    key("UOb_UObID"),
    number("UOb_Typ"),
    varchar(36, "UOb_ImportRowId"),
    UniqueConstraint("UOb_Typ", "UOb_ImportRowId"),
)
