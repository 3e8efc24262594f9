"""Tables of an Optima company and of its configuration database, with the columns that are read of them.

Names and meanings: the structure of a company database of July 2025 and reports written for it. What is known by its
name alone, or seen in newer versions only, is optional: it is looked for before it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

Statement = sa.Select[Any]
SCHEMA = "CDN"
GROUP, MEMBER = -16, 16  # TwG_GIDTyp: a group, and a product in a group
PRODUCT_ATTRIBUTE = 1  # DeA_Typ
CUSTOMER = 1  # *_PodmiotTyp
CUSTOMER_GROUP = 31  # Gru_Typ of the groups customers belong to, found by name
GOODS = 1  # Twr_Typ; 0 is a service
PURCHASE = 1  # DfC_Lp of the purchase price, which never leaves the company


def select(*columns: Any) -> Statement:
    return sa.select(*columns)


def table(name: str, *columns: str) -> sa.TableClause:
    """A table of the schema CDN by its name, with the columns that are read of it."""
    return sa.table(name, *(sa.column(column) for column in columns), schema=SCHEMA)


SYSTEM = table("SystemCDN", "SYS_ID", "SYS_Wartosc")
USUNIETE = table("UsunieteObiekty", "UOb_UObID")
MAGAZYNY = table("Magazyny", "Mag_MagId", "Mag_Symbol", "Mag_Nazwa", "Mag_NieAktywny")
DEF_CENY = table("DefCeny", "DfC_DfCId", "DfC_Lp", "DfC_Nazwa", "DfC_Waluta", "DfC_Typ", "DfC_Nieaktywna")
GRUPY = table("Grupy", "Gru_GruID", "Gru_Typ", "Gru_Nazwa")
PRODUCENCI = table("Producenci", "Prd_PrdId", "Prd_Nazwa")
MARKI = table("Marki", "Mrk_MrkId", "Mrk_Nazwa")
TWR_GRUPY = table(
    "TwrGrupy",
    *("TwG_TwGID", "TwG_GIDTyp", "TwG_GIDNumer", "TwG_GrONumer", "TwG_Kod", "TwG_Nazwa", "TwG_eSklepLp"),
)
TOWARY = table(
    "Towary",
    *("Twr_TwrId", "Twr_Kod", "Twr_EAN", "Twr_Nazwa", "Twr_Opis", "Twr_Typ", "Twr_Produkt", "Twr_NieAktywny"),
    *("Twr_NumerKat", "Twr_ProducentKod", "Twr_SWW", "Twr_TwGGIDNumer", "Twr_JM", "Twr_JMCalkowite"),
    *("Twr_Stawka", "Twr_Flaga", "Twr_BezRabatu", "Twr_CenaZCzteremaMiejscami", "Twr_PrdID", "Twr_MrkID"),
    *("Twr_WagaKG", "Twr_IloscMin", "Twr_SplitPay", "Twr_ESklepFantomID", "Twr_GIDNumer", "Twr_TS_Mod"),
)
TWR_ESKLEP = table(
    "TwrESklep",
    *("Twes_ESklepId", "Twes_TwrID", "Twes_Udostepnij", "Twes_TwGGIDNumer", "Twes_ESklepDostepnosc"),
    *("Twes_ESklepStatus", "Twes_ESklepDostepnyOd", "Twes_ESklepDataDostepnosci", "Twes_ESklepBezRabatu"),
    *("Twes_ESklepZapytajOCene", "Twes_ESklepNieKontrolujStanow", "Twes_ESklepKalkulacjaDostaw"),
    *("Twes_ESklepKalkulacjaDostawWartosc", "Twes_ESklepFlaga_Nowosc", "Twes_ESklepFlaga_Promocja"),
    *("Twes_ESklepFlaga_ProduktzGazetki", "Twes_ESklepFlaga_ProduktPolecany", "Twes_ESklepFlaga_Wyprzedaz"),
    *("Twes_ESklepFlaga_SuperJakosc", "Twes_ESklepFlaga_SuperCena", "Twes_ESklepFlaga_NajlepiejOceniany"),
    *("Twes_ESklepFlaga_RekomendacjaSprzedawcy", "Twes_ESklepFlaga_Nagroda"),
)
STAMPS = table("TwrTSModEsklep", "TwTS_TwrId", "TwTS_TS_ModESklep")
TWR_CENY = table("TwrCeny", "TwC_TwrID", "TwC_TwCNumer", "TwC_Typ", "TwC_Wartosc", "TwC_Waluta", "TwC_Punkty")
TWR_ILOSCI = table(
    "TwrIlosci",
    *("TwI_TwrId", "TwI_MagId", "TwI_Data", "TwI_Ilosc", "TwI_Rezerwacje", "TwI_RezerwacjeZlecenia"),
)
TWR_JMZ = table(
    "TwrJMZ",
    *("TwJZ_TwrID", "TwJZ_JM", "TwJZ_JMPrzelicznikL", "TwJZ_JMPrzelicznikM", "TwJZ_eSklepID", "TwJZ_eSklepDomyslna"),
    *("TwJZ_Lp", "TwJZ_TwJZId"),
)
TWR_EAN = table("TwrEan", "TwE_TwEId", "TwE_TwrID", "TwE_EAN", "TwE_JM", "TwE_Domyslny")
TWR_JEZYK = table(
    "TwrJezykObcy",
    *("TwrJ_TwrID", "TwrJ_eSklepID", "TwrJ_JezykID", "TwrJ_Nazwa", "TwrJ_NazwaHTML", "TwrJ_Opis", "TwrJ_OpisHTML"),
    *("TwrJ_OpisKrotki", "TwrJ_MetaTytul", "TwrJ_MetaSlowaKluczowe", "TwrJ_MetaOpis", "TwrJ_Link", "TwrJ_Szukaj"),
)
ZAMIENNIKI = table("Zamienniki", "ZAM_TwrId", "ZAM_ZamTwrId", "ZAM_Lp")
DEF_ATRYBUTY = table(
    "DefAtrybuty",
    *("DeA_DeAId", "DeA_Typ", "DeA_Kod", "DeA_Nazwa", "DeA_Format", "DeA_ESklep", "DeA_Nieaktywny"),
)
DEF_ATR_ELEM = table("DefAtrElem", "DAE_DAEId", "DAE_DeAId", "DAE_Wartosc", "DAE_Lp")
TWR_ATRYBUTY = table(
    "TwrAtrybuty",
    *("TwA_TwAId", "TwA_DeAId", "TwA_TwrId", "TwA_Zalezny", "TwA_ESklep", "TwA_WartoscTxt", "TwA_DABID"),
    *("TwA_JezykId", "TwA_Lp", "TwA_AtrybutGrupujacyFantom"),
)
DANE_BINARNE = table(
    "DaneBinarne",
    *("DAB_DABID", "DAB_Wartosc", "DAB_NazwaPliku", "DAB_Rozszerzenie", "DAB_TS_Mod"),
)
DANE_BINARNE_LINKI = table(
    "DaneBinarneLinki",
    *("DBL_DBLID", "DBL_TwrID", "DBL_Lp", "DBL_NazwaPliku", "DBL_Sciezka", "DBL_WBazie", "DBL_DabId", "DBL_ESklep"),
    *("DBL_JezykId", "DBL_TagAlt", "DBL_TagTitle"),
)
ZESTAWY = table(
    "ZestawyTwr",
    *("ZTw_ZTwId", "ZTw_TwrId", "ZTw_Kod", "ZTw_Nazwa", "ZTw_TypRabatu", "ZTw_Wartosc", "ZTw_Waluta", "ZTw_DataOd"),
    *("ZTw_DataDo", "ZTw_GodzinaOd", "ZTw_GodzinaDo", "ZTw_ESklep", "ZTw_CzyOgraniczacDaty", "ZTw_CzyOgraniczacCzas"),
    "ZTw_TS_Mod",
)
ZESTAWY_SKLADNIKI = table(
    "ZestawyTwrSkladniki",
    *("ZTS_ZTSId", "ZTS_ZTwId", "ZTS_TwrId", "ZTS_TypRabatu", "ZTS_Wartosc", "ZTS_Waluta", "ZTS_Ilosc", "ZTS_Jm"),
)
KONTRAHENCI = table(
    "Kontrahenci",
    *("Knt_KntId", "Knt_Kod", "Knt_Grupa", "Knt_Nazwa1", "Knt_Nazwa2", "Knt_Nazwa3", "Knt_Ulica", "Knt_NrDomu"),
    *("Knt_NrLokalu", "Knt_KodPocztowy", "Knt_Miasto", "Knt_KrajISO", "Knt_NipKraj", "Knt_Nip"),
    *("Knt_Telefon1", "Knt_Email", "Knt_Upust", "Knt_FplID", "Knt_Termin", "Knt_LimitFlag", "Knt_LimitKredytu"),
    *("Knt_BlokadaDok", "Knt_Finalny", "Knt_Nieaktywny", "Knt_ESklep", "Knt_GlID", "Knt_TS_Mod"),
)
KNT_OSOBY = table(
    "KntOsoby",
    *("KnO_KnOId", "KnO_KntId", "KnO_Nazwisko", "KnO_Telefon", "KnO_EmailESklep", "KnO_Domyslny", "KnO_Nieaktywny"),
)
KNT_ESKLEPY = table("KntESklepy", "KES_KntID", "KES_eSklepID", "KES_TypCenyDomyslnej")
RABATY = table(
    "Rabaty",
    *(
        "Rab_RabId",
        "Rab_Opis",
        "Rab_Typ",
        "Rab_TypCenyNB",
        "Rab_TwrId",
        "Rab_PodmiotId",
        "Rab_Rabat",
        "Rab_RabatISklep",
    ),
    *("Rab_Cena", "Rab_Waluta", "Rab_DataOd", "Rab_DataDo"),
)
STANOWISKA = table(
    "eSklepStanowiska",
    *("ESS_ESSId", "ESS_Nazwa", "ESS_DomyslnaWaluta", "ESS_ExpZasoby"),
    *("ESS_WyslijStanWszystkieMag", "ESS_TwGNumer"),
    *("ESS_StanSynchronizacji", "ESS_Nieaktywny"),
)
ESKLEP_MAGAZYNY = table("eSklepMagazyny", "ESM_MagId", "ESM_ESSId", "ESM_Domyslny")
ESKLEP_WALUTY = table("eSklepWaluty", "ESW_ESSId", "ESW_Waluta")
ESKLEP_FORMY = table("eSklepFormyPlatnosci", "ESF_ESSId", "ESF_IGFPlId", "ESF_FPlId", "ESF_Aktywna")

READ = (
    *(SYSTEM, MAGAZYNY, DEF_CENY, GRUPY, PRODUCENCI, MARKI, TWR_GRUPY, TOWARY, TWR_ESKLEP, STAMPS, TWR_CENY),
    *(TWR_ILOSCI, TWR_JMZ, TWR_EAN, TWR_JEZYK, ZAMIENNIKI, DEF_ATRYBUTY, DEF_ATR_ELEM, TWR_ATRYBUTY, DANE_BINARNE),
    *(DANE_BINARNE_LINKI, ZESTAWY, ZESTAWY_SKLADNIKI, KONTRAHENCI, KNT_OSOBY, KNT_ESKLEPY, RABATY),
    *(STANOWISKA, ESKLEP_MAGAZYNY, ESKLEP_WALUTY, ESKLEP_FORMY, USUNIETE),
)
"""Tables a channel cannot do without; `check` looks for each of their columns."""

# Optional: known by the table's name alone, or not found in every version.
STAWKI_VAT = table("TwrStawkiVAT", "TwV_TwrID", "TwV_KodKraju", "TwV_Stawka", "TwV_Flaga")
GRUPY_JEZYK = table(
    "TwrGrupyJezykObcy",
    *("TwGJ_GIDNumer", "TwGJ_eSklepID", "TwGJ_JezykID", "TwGJ_Nazwa", "TwGJ_Opis", "TwGJ_MetaTytul"),
    *("TwGJ_MetaSlowaKluczowe", "TwGJ_MetaOpis", "TwGJ_Link"),
)
KNT_ATRYBUTY = table("KntAtrybuty", "KnA_PodmiotTyp", "KnA_PodmiotId", "KnA_DeAId", "KnA_WartoscTxt")
ZGODY_TRESC = table("RejestracjaZgodTrescESklepy", "RZE_RZEID", "RZE_eSklepID", "RZE_Kod", "RZE_Wersja")
ZGODY = table(
    "PodmiotRejestracjaZgod",
    *("PRZ_PRZID", "PRZ_PodmiotTyp", "PRZ_PodmiotId", "PRZ_RZEID", "PRZ_Zgoda", "PRZ_Data"),
)
LINKI_TAG = table(DANE_BINARNE_LINKI.name, "DBL_TagLink")


@dataclass(frozen=True, slots=True)
class Extras:
    """Which of the optional tables and columns this company's version has."""

    foreign_vat: bool = False
    group_texts: bool = False
    customer_attributes: bool = False
    consents: bool = False
    link_addresses: bool = False


OPTIONAL: dict[str, tuple[sa.TableClause, ...]] = {
    "foreign_vat": (STAWKI_VAT,),
    "group_texts": (GRUPY_JEZYK,),
    "customer_attributes": (KNT_ATRYBUTY,),
    "consents": (ZGODY_TRESC, ZGODY),
    "link_addresses": (LINKI_TAG,),
}
"""What each field of `Extras` needs."""

# Configuration database.
BAZY = table("Bazy", "Baz_Nazwa", "Baz_NazwaBazy", "Baz_NazwaSerwera", "Baz_Nieaktywna")
OPERATORZY = table("Operatorzy", "Ope_Kod", "Ope_Nazwisko", "Ope_Nieaktywny")
READ_OF_CONFIGURATION = (BAZY, OPERATORZY)


def names_of(one: sa.TableClause) -> Iterable[str]:
    return (column.name for column in one.c)
