"""Tables of an Optima company: product cards, groups, prices, stocks, units, codes, texts."""

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint

from pomost.sandbox.optima.columns import (
    beyond,
    decimal,
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
from pomost.sandbox.optima.tables_common import metadata

producenci = table(
    metadata,
    "Producenci",
    key("Prd_PrdId"),
    varchar(40, "Prd_Kod"),
    nvarchar(250, "Prd_Nazwa"),
    varchar(250, "Prd_URL", null=True),
    number("Prd_Logo", null=True),
    moment("Prd_TS_Mod"),
    UniqueConstraint("Prd_Kod"),
)
marki = table(
    metadata,
    "Marki",
    key("Mrk_MrkId"),
    refers("Mrk_PrdId", "Producenci.Prd_PrdId", null=True),
    varchar(250, "Mrk_Nazwa"),
    number("Mrk_Logo", null=True),
    moment("Mrk_TS_Mod"),
)
# Both the group tree (TwG_GIDTyp = -16) and product membership rows (TwG_GIDTyp = 16).
twr_grupy = table(
    metadata,
    "TwrGrupy",
    key("TwG_TwGID"),
    small("TwG_GIDTyp"),
    number("TwG_GIDNumer"),
    small("TwG_GrOTyp"),
    number("TwG_GrONumer"),
    varchar(50, "TwG_Kod"),
    nvarchar(255, "TwG_Nazwa"),
    number("TwG_CzasModyfikacji", "TwG_eSklepLp", null=True),
    UniqueConstraint("TwG_GrOTyp", "TwG_GrONumer", "TwG_GIDTyp", "TwG_Kod"),
    Index(None, "TwG_GIDTyp", "TwG_GIDNumer", "TwG_GrOTyp", "TwG_GrONumer"),
)
# Product card.
towary = table(
    metadata,
    "Towary",
    key("Twr_TwrId"),
    tiny("Twr_Typ"),
    small("Twr_Produkt"),
    varchar(50, "Twr_Kod", required=True),
    nvarchar(40, "Twr_NumerKat"),
    varchar(20, "Twr_SWW"),
    varchar(40, "Twr_EAN"),
    nvarchar(255, "Twr_Nazwa", required=True),
    memo("Twr_Opis"),
    number("Twr_TwGGIDNumer"),
    varchar(254, "Twr_URL"),
    nvarchar(20, "Twr_JM", "Twr_JMZ"),
    decimal(15, 2, "Twr_JMPrzelicznikL", default=1),
    decimal(7, 0, "Twr_JMPrzelicznikM", default=1),
    tiny("Twr_JMCalkowite"),
    number("Twr_TwCNumer"),
    decimal(5, 2, "Twr_Stawka"),
    small("Twr_Flaga"),
    tiny("Twr_BezRabatu", "Twr_NieAktywny"),
    tiny("Twr_ESklep", null=True),
    small("Twr_ESklepBezRabatu", "Twr_ESklepStatus", "Twr_ESklepDostepnosc"),
    number("Twr_ESklepFantomID", null=True),
    tiny("Twr_CenaZCzteremaMiejscami"),
    number("Twr_PrdID", "Twr_MrkID", null=True),
    nvarchar(50, "Twr_ProducentKod"),
    number("Twr_KatId", "Twr_KntId", null=True),
    decimal(15, 4, "Twr_WagaKG", null=True),
    decimal(15, 4, "Twr_IloscMin"),
    tiny("Twr_SplitPay"),
    small("Twr_GIDTyp", null=True),
    number("Twr_GIDNumer", "Twr_OpeModID", null=True),
    stamp("Twr_TS_Zal", "Twr_TS_Mod"),
    UniqueConstraint("Twr_Kod"),
    Index(None, "Twr_EAN"),
    Index(None, "Twr_TwGGIDNumer"),
    Index(None, "Twr_GIDNumer"),
    Index(None, "Twr_ESklepFantomID"),
)
# Per-product "changed for the shop" stamp (own table, real name).
twr_ts_mod_esklep = table(
    metadata,
    "TwrTSModEsklep",
    refers("TwTS_TwrId", "Towary.Twr_TwrId"),
    stamp("TwTS_TS_ModESklep"),
    PrimaryKeyConstraint("TwTS_TwrId"),
)
# One row per product and price level; TwC_TwCNumer joins DefCeny.DfC_DfCId; TwC_Typ 1 net, 2 gross.
twr_ceny = table(
    metadata,
    "TwrCeny",
    key("TwC_TwCID"),
    refers("TwC_TwrID", "Towary.Twr_TwrId"),
    number("TwC_TwCNumer", default=None),
    tiny("TwC_Typ"),
    decimal(17, 4, "TwC_Wartosc"),
    varchar(3, "TwC_Waluta"),
    tiny("TwC_Aktualizacja"),
    decimal(7, 4, "TwC_Zaokraglenie"),
    decimal(7, 2, "TwC_Marza"),
    number("TwC_Punkty"),
    UniqueConstraint("TwC_TwrID", "TwC_TwCNumer"),
)
# Dated stock balances; TwI_MagId NULL = company total; newest TwI_Data per (product, warehouse) is the current one.
twr_ilosci = table(
    metadata,
    "TwrIlosci",
    key("TwI_TwIId"),
    refers("TwI_TwrId", "Towary.Twr_TwrId"),
    refers("TwI_MagId", "Magazyny.Mag_MagId", null=True),
    moment("TwI_Data", null=True),
    decimal(15, 4, "TwI_Ilosc"),
    decimal(15, 2, "TwI_Wartosc"),
    decimal(15, 4, "TwI_Braki", "TwI_Rezerwacje", "TwI_Zamowienia", "TwI_RezerwacjeZlecenia"),
    UniqueConstraint("TwI_TwrId", "TwI_MagId", "TwI_Data"),
    Index(None, "TwI_MagId", "TwI_Data"),
)
# Stock layers (deliveries).
twr_zasoby = table(
    metadata,
    "TwrZasoby",
    key("TwZ_TwZId"),
    number("TwZ_TrSIdDost", null=True),
    refers("TwZ_TwrId", "Towary.Twr_TwrId"),
    refers("TwZ_MagId", "Magazyny.Mag_MagId"),
    moment("TwZ_Data", null=True),
    decimal(15, 4, "TwZ_Ilosc", "TwZ_Quan"),
    decimal(15, 2, "TwZ_Wartosc"),
    decimal(17, 4, "TwZ_Cena"),
)
twr_jmz = table(
    metadata,
    "TwrJMZ",
    key("TwJZ_TwJZId"),
    refers("TwJZ_TwrID", "Towary.Twr_TwrId"),
    nvarchar(20, "TwJZ_JM"),
    decimal(15, 2, "TwJZ_JMPrzelicznikL", default=1),
    decimal(7, 0, "TwJZ_JMPrzelicznikM", default=1),
    number("TwJZ_eSklepID"),
    tiny("TwJZ_eSklepDomyslna", "TwJZ_CenaJednostkowa"),
    number("TwJZ_Lp", null=True),
    UniqueConstraint("TwJZ_TwrID", "TwJZ_JM", "TwJZ_eSklepID"),
)
twr_ean = table(
    metadata,
    "TwrEan",
    key("TwE_TwEId"),
    refers("TwE_TwrID", "Towary.Twr_TwrId"),
    varchar(40, "TwE_EAN"),
    nvarchar(100, "TwE_Opis"),
    tiny("TwE_Domyslny"),
    nvarchar(20, "TwE_JM"),
    UniqueConstraint("TwE_TwrID", "TwE_EAN"),
    Index(None, "TwE_EAN"),
)
twr_jezyk_obcy = table(
    metadata,
    "TwrJezykObcy",
    number("TwrJ_TwrJID"),
    refers("TwrJ_TwrID", "Towary.Twr_TwrId"),
    number("TwrJ_eSklepID", default=None),
    small("TwrJ_JezykID", default=None),
    nvarchar(255, "TwrJ_Nazwa", "TwrJ_NazwaHTML"),
    memo("TwrJ_Opis", "TwrJ_OpisHTML"),
    nvarchar(500, "TwrJ_OpisKrotki"),
    nvarchar(100, "TwrJ_MetaTytul"),
    nvarchar(500, "TwrJ_MetaSlowaKluczowe"),
    nvarchar(320, "TwrJ_MetaOpis"),
    nvarchar(100, "TwrJ_Link"),
    nvarchar(512, "TwrJ_Szukaj"),
    PrimaryKeyConstraint("TwrJ_TwrID", "TwrJ_JezykID", "TwrJ_eSklepID"),
)
zamienniki = table(
    metadata,
    "Zamienniki",
    key("ZAM_ZamId"),
    refers("ZAM_TwrId", "Towary.Twr_TwrId"),
    number("ZAM_ZamTwrId"),
    number("ZAM_Lp", null=True),
    UniqueConstraint("ZAM_TwrId", "ZAM_ZamTwrId"),
)
# VAT rates of other countries, for sales to consumers abroad.
twr_stawki_vat = table(
    metadata,
    "TwrStawkiVAT",
    beyond(key("TwV_TwVID"), assumed=True),
    beyond(refers("TwV_TwrID", "Towary.Twr_TwrId")),
    beyond(varchar(2, "TwV_KodKraju")),
    beyond(decimal(5, 2, "TwV_Stawka")),
    beyond(small("TwV_Flaga")),
    UniqueConstraint("TwV_TwrID", "TwV_KodKraju"),
)
# Prices of the past, for the lowest price of the thirty days before a reduction.
twr_przeceny = table(
    metadata,
    "TwrPrzeceny",
    beyond(key("TPC_TPCID"), assumed=True),
    beyond(refers("TPC_TwrID", "Towary.Twr_TwrId")),
    beyond(number("TPC_TwCNumer")),
    beyond(moment("TPC_Data")),
    beyond(decimal(17, 4, "TPC_Wartosc")),
    beyond(varchar(3, "TPC_Waluta")),
    Index(None, "TPC_TwrID", "TPC_TwCNumer", "TPC_Data"),
)
# The table is known by its name alone; its columns follow those of TwrJezykObcy.
twr_grupy_jezyk_obcy = table(
    metadata,
    "TwrGrupyJezykObcy",
    beyond(number("TwGJ_GIDNumer", default=None), assumed=True),
    beyond(number("TwGJ_eSklepID", default=None), assumed=True),
    beyond(small("TwGJ_JezykID", default=None), assumed=True),
    beyond(nvarchar(255, "TwGJ_Nazwa"), assumed=True),
    beyond(memo("TwGJ_Opis"), assumed=True),
    beyond(nvarchar(100, "TwGJ_MetaTytul"), assumed=True),
    beyond(nvarchar(500, "TwGJ_MetaSlowaKluczowe"), assumed=True),
    beyond(nvarchar(320, "TwGJ_MetaOpis"), assumed=True),
    beyond(nvarchar(100, "TwGJ_Link"), assumed=True),
    PrimaryKeyConstraint("TwGJ_GIDNumer", "TwGJ_JezykID", "TwGJ_eSklepID"),
)
