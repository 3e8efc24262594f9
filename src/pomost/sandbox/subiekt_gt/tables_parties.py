"""Tables of a Subiekt GT database: customers, addresses, phones and mail."""

from sqlalchemy import Index, Table, UniqueConstraint

from pomost.sandbox.subiekt_gt.columns import bit, moment, newer, required, varchar, whole
from pomost.sandbox.subiekt_gt.tables_common import metadata
from pomost.sandbox.subiekt_gt.tables_goods import OWN_FIELDS

kh_kontrahent = Table(
    "kh__Kontrahent",
    metadata,
    whole("kh_Id", key=True),
    required("kh_Symbol", 20),
    whole("kh_Rodzaj", default=0),
    whole("kh_IdGrupa", null=True, to="sl_GrupaKh.grk_Id"),
    whole("kh_IdBranza", null=True, to="sl_CrmBranza.bra_Id"),
    whole("kh_IdRegion", null=True, to="sl_CrmRegion.reg_Id"),
    whole("kh_IdOpiekun", null=True, to="pd_Uzytkownik.uz_Id"),
    bit("kh_Zablokowany"),
    bit("kh_Jednorazowy"),
    bit("kh_Potencjalny"),
    bit("kh_Osoba"),
    varchar("kh_Imie", 20),
    varchar("kh_Nazwisko", 51),
    bit("kh_OdbDet"),
    varchar("kh_EMail", 255),
    varchar("kh_Uwagi", 255),
    whole("kh_Cena", null=True),
    whole("kh_IdFormaP", null=True, to="sl_FormaPlatnosci.fp_Id"),
    *(varchar(f"kh_Pole{number}", 50) for number in OWN_FIELDS),
    bit("kh_AdresKoresp"),
    bit("kh_AdresDostawy"),
    bit("kh_KlientSklepuInternetowego"),
    whole("kh_IdDodal", null=True),
    whole("kh_IdZmienil", null=True),
    moment("kh_DataDodania"),
    moment("kh_DataZmiany"),
    newer(whole("kh_SKPodmiotReprezentujacy", null=True)),
)
kh_parametr_g = Table(
    "kh_ParametrG",
    metadata,
    whole("khp_Id", key=True),
    *(varchar(f"khp_Nazwa{number}", 20) for number in OWN_FIELDS),
)
kh_cecha_kh = Table(
    "kh_CechaKh",
    metadata,
    whole("ck_Id", key=True),
    whole("ck_IdKhnt", to="kh__Kontrahent.kh_Id"),
    whole("ck_IdCecha", to="sl_CechaKh.ckh_Id"),
    Index("IX_kh_CechaKh_Khnt", "ck_IdKhnt"),
)
# One table for addresses of all kinds of objects: 1 seat, 2 correspondence, 11 delivery, 7 warehouse, 8 own company.
adr_ewid = Table(
    "adr__Ewid",
    metadata,
    whole("adr_Id", key=True),
    whole("adr_IdObiektu"),
    whole("adr_TypAdresu"),
    varchar("adr_Nazwa", 53),
    varchar("adr_NazwaPelna", 255),
    varchar("adr_Telefon", 35),
    varchar("adr_Faks", 35),
    varchar("adr_Ulica", 60),
    varchar("adr_NrDomu", 10),
    varchar("adr_NrLokalu", 10),
    # Computed by SQL Server; a plain column filled by the sandbox, so that every database has it.
    varchar("adr_Adres", 82),
    varchar("adr_Kod", 8),
    varchar("adr_Miejscowosc", 40),
    varchar("adr_Poczta", 40),
    whole("adr_IdWojewodztwo", null=True, to="sl_Wojewodztwo.woj_Id"),
    whole("adr_IdPanstwo", null=True, to="sl_Panstwo.pa_Id"),
    varchar("adr_NIP", 20),
    varchar("adr_Symbol", 20),
    whole("adr_IdWersja", null=True),
    whole("adr_IdZmienil", null=True),
    moment("adr_DataZmiany"),
    newer(varchar("adr_GLN", 13, null=True)),
    UniqueConstraint("adr_IdObiektu", "adr_TypAdresu", name="IX_adr__Ewid"),
)
adr_historia = Table(
    "adr_Historia",
    metadata,
    whole("adrh_Id", key=True),
    whole("adrh_IdAdresu", to="adr__Ewid.adr_Id"),
    varchar("adrh_Nazwa", 53),
    required("adrh_NazwaPelna", 255),
    varchar("adrh_Ulica", 60),
    varchar("adrh_NrDomu", 10),
    varchar("adrh_NrLokalu", 10),
    varchar("adrh_Adres", 82),
    varchar("adrh_Kod", 8),
    varchar("adrh_Miejscowosc", 40),
    varchar("adrh_NIP", 20),
    varchar("adrh_Symbol", 20),
    moment("adrh_DataZmiany"),
)
adr_email = Table(
    "adr_Email",
    metadata,
    whole("am_Id", key=True),
    whole("am_IdAdres", to="adr__Ewid.adr_Id"),
    varchar("am_Email", 100),
    whole("am_Rodzaj", default=1),
    bit("am_Podstawowy"),
)
tel_ewid = Table(
    "tel__Ewid",
    metadata,
    whole("tel_Id", key=True),
    whole("tel_IdAdresu", to="adr__Ewid.adr_Id"),
    bit("tel_Faks"),
    whole("tel_Rodzaj", default=1),
    varchar("tel_Nazwa", 50),
    required("tel_Numer", 35),
    bit("tel_Podstawowy"),
    bit("tel_SMS"),
)
