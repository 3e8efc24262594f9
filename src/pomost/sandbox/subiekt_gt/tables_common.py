"""Tables of a Subiekt GT database: program, users, dictionaries, own fields, flags."""

from typing import Any

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, Table, UniqueConstraint

from pomost.sandbox.subiekt_gt.columns import bit, moment, money, required, varchar, whole

metadata = MetaData()

ins_ident = Table(
    "ins_ident",
    metadata,
    varchar("ido_nazwa", 50, key=True),
    whole("ido_wartosc", default=1),
    whole("ido_minIdValue", null=True),
)
ins_blokada = Table(
    "ins_blokada",
    metadata,
    whole("obid"),
    whole("obextra"),
    whole("obtype"),
    varchar("workstation", 50, null=True),
    varchar("username", 51, null=True),
    moment("locktime", now=True),
    whole("counter", default=1),
    PrimaryKeyConstraint("obid", "obextra", "obtype", name="PK_ins_blokada"),
)
gt_obiekt = Table("gt__Obiekt", metadata, whole("gto_Id", key=True), varchar("gto_Nazwa", 100))
pd_uzytkownik = Table(
    "pd_Uzytkownik",
    metadata,
    whole("uz_Id", key=True),
    required("uz_Identyfikator", 3),
    required("uz_Nazwisko", 30),
    varchar("uz_Imie", 20),
    varchar("uz_Login", 255),
    bit("uz_Status", default=True),
    whole("uz_IdMagazynu", null=True),
    UniqueConstraint("uz_Identyfikator"),
)

sl_panstwo = Table(
    "sl_Panstwo",
    metadata,
    whole("pa_Id", key=True),
    varchar("pa_Nazwa", 50),
    varchar("pa_KodPanstwaUE", 2),
    bit("pa_CzlonekUE"),
    varchar("pa_KodPanstwaISO", 2, null=True),
)
sl_wojewodztwo = Table("sl_Wojewodztwo", metadata, whole("woj_Id", key=True), required("woj_Nazwa", 50))
sl_magazyn = Table(
    "sl_Magazyn",
    metadata,
    whole("mag_Id", key=True),
    required("mag_Symbol", 3),
    varchar("mag_Nazwa", 50),
    # Documented as unused and always 1: there is no such thing as an inactive warehouse.
    whole("mag_Status", default=1),
    varchar("mag_Opis", 255, null=True),
    varchar("mag_Analityka", 5, null=True),
    bit("mag_Glowny"),
    bit("mag_POS"),
)
sl_stawka_vat = Table(
    "sl_StawkaVAT",
    metadata,
    whole("vat_Id", key=True),
    varchar("vat_Nazwa", 50),
    money("vat_Stawka", null=False),
    varchar("vat_Symbol", 20),
    bit("vat_CzySystemowa", default=True),
    bit("vat_CzyWidoczna", default=True),
    bit("vat_StawkaZagraniczna"),
    whole("vat_IdPanstwo", null=True),
)
sl_grupa_tw = Table(
    "sl_GrupaTw",
    metadata,
    whole("grt_Id", key=True),
    varchar("grt_Nazwa", 50),
    Column("grt_NrAnalityka", varchar("", 3).type, nullable=True, server_default=""),
)
sl_cecha_tw = Table("sl_CechaTw", metadata, whole("ctw_Id", key=True), varchar("ctw_Nazwa", 50))
sl_grupa_kh = Table(
    "sl_GrupaKh", metadata, whole("grk_Id", key=True), varchar("grk_Nazwa", 50), UniqueConstraint("grk_Nazwa")
)
sl_cecha_kh = Table("sl_CechaKh", metadata, whole("ckh_Id", key=True), varchar("ckh_Nazwa", 50))
sl_crm_branza = Table("sl_CrmBranza", metadata, whole("bra_Id", key=True), varchar("bra_Nazwa", 50))
sl_crm_region = Table("sl_CrmRegion", metadata, whole("reg_Id", key=True), varchar("reg_Nazwa", 50))
sl_kategoria = Table(
    "sl_Kategoria",
    metadata,
    whole("kat_Id", key=True),
    varchar("kat_Nazwa", 50),
    whole("kat_Typ"),
    varchar("kat_Podtytul", 60),
)
sl_waluta = Table("sl_Waluta", metadata, varchar("wl_Symbol", 3, key=True))
sl_forma_platnosci = Table(
    "sl_FormaPlatnosci",
    metadata,
    whole("fp_Id", key=True),
    varchar("fp_Nazwa", 50),
    whole("fp_Termin"),
    whole("fp_Typ"),
    bit("fp_Aktywna", default=True),
)
sl_slownik = Table("sl__Slownik", metadata, whole("sl_Id", key=True), required("sl_Nazwa", 50))
sl_wlasny = Table(
    "sl_Wlasny",
    metadata,
    whole("sw_Id", key=True),
    whole("sw_SlownikId", to="sl__Slownik.sl_Id"),
    varchar("sw_Nazwa", 50),
)

pw_pole = Table(
    "pw_Pole",
    metadata,
    whole("pwp_Id", key=True),
    whole("pwp_TypObiektu"),
    required("pwp_Pole", 128),
    whole("pwp_Typ"),
    whole("pwp_Format", default=0),
    varchar("pwp_Nazwa", 50),
    whole("pwp_RodzajSlownika", default=0),
    bit("pwp_Wymagane"),
    whole("pwp_IdSlownika", null=True, to="sl__Slownik.sl_Id"),
    varchar("pwp_Select", 8000, null=True),
)


def _values() -> list[Column[Any]]:
    """Ten columns of every kind, as the program has them."""
    numbers = [f"{number:02}" for number in range(1, 11)]
    return [
        *(moment(f"pwd_Data{number}") for number in numbers),
        *(whole(f"pwd_Liczba{number}", null=True) for number in numbers),
        *(varchar(f"pwd_Tekst{number}", 255, null=True) for number in numbers),
        *(money(f"pwd_Kwota{number}") for number in numbers),
        *(whole(f"pwd_Fk{number}", null=True) for number in numbers),
        *(bit(f"pwd_Flaga{number}", null=True) for number in numbers),
    ]


pw_dane = Table(
    "pw_Dane",
    metadata,
    whole("pwd_Id", key=True),
    whole("pwd_TypObiektu"),
    whole("pwd_IdObiektu"),
    whole("pwd_IdPozycji", null=True),
    *_values(),
    UniqueConstraint("pwd_IdObiektu", "pwd_TypObiektu", "pwd_IdPozycji", name="IX_pw_Dane"),
)

fl_grupy = Table("fl_Grupy", metadata, whole("flp_Id", key=True), varchar("flp_Nazwa", 50))
fl_flagi = Table(
    "fl__Flagi",
    metadata,
    whole("flg_Id", key=True),
    whole("flg_Numer"),
    varchar("flg_Text", 50),
    whole("flg_IdGrupy", to="fl_Grupy.flp_Id"),
    bit("flg_Domyslna"),
)
fl_wartosc = Table(
    "fl_Wartosc",
    metadata,
    whole("flw_IdGrupyFlag"),
    whole("flw_TypObiektu"),
    whole("flw_IdObiektu"),
    whole("flw_IdFlagi", null=True, to="fl__Flagi.flg_Id"),
    varchar("flw_Komentarz", 1000),
    whole("flw_IdUzytkownika"),
    moment("flw_CzasOstatniejZmiany", null=False),
    PrimaryKeyConstraint("flw_IdGrupyFlag", "flw_TypObiektu", "flw_IdObiektu", name="PK_fl_Wartosc"),
)
