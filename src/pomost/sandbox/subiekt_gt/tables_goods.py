"""Tables of a Subiekt GT database: product cards, prices, stocks and their parameters."""

from sqlalchemy import (
    CheckConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import Integer as SqlInteger
from sqlalchemy import cast as sql_cast
from sqlalchemy.sql.ddl import CreateView

from pomost.sandbox.subiekt_gt.columns import (
    bit,
    currency,
    long_text,
    moment,
    money,
    newer,
    picture,
    varchar,
    whole,
)
from pomost.sandbox.subiekt_gt.tables_common import metadata

LEVELS = range(1, 11)
"""Numbers of the sale price levels; level 0 is the card price."""
OWN_FIELDS = range(1, 9)
"""Numbers of the simple own fields of a card."""

tw_towar = Table(
    "tw__Towar",
    metadata,
    whole("tw_Id", key=True),
    bit("tw_Zablokowany"),
    whole("tw_Rodzaj", default=1),
    varchar("tw_Symbol", 20),
    varchar("tw_Nazwa", 50),
    varchar("tw_Opis", 255),
    whole("tw_IdVatSp", null=True, to="sl_StawkaVAT.vat_Id"),
    whole("tw_IdVatZak", null=True, to="sl_StawkaVAT.vat_Id"),
    varchar("tw_JednMiary", 10),
    varchar("tw_JednMiarySprz", 10),
    bit("tw_JMSprzInna"),
    varchar("tw_PodstKodKresk", 20),
    whole("tw_IdGrupa", null=True, to="sl_GrupaTw.grt_Id"),
    money("tw_StanMin"),
    money("tw_StanMaks"),
    varchar("tw_JednStanMin", 10, null=True),
    bit("tw_SklepInternet"),
    bit("tw_SerwisAukcyjny"),
    bit("tw_SprzedazMobilna"),
    *(varchar(f"tw_Pole{number}", 50) for number in OWN_FIELDS),
    varchar("tw_Uwagi", 255),
    varchar("tw_WWW", 255),
    long_text("tw_Charakter"),
    money("tw_Masa"),
    money("tw_Objetosc"),
    bit("tw_Usuniety"),
    # The deposit system came with the versions of 2025; only the name is known for certain.
    newer(bit("tw_ObjetySysKaucyjnym", null=True)),
    CheckConstraint('"tw_Rodzaj" IN (1, 2, 4, 8, 16)'),
    # The program keeps symbols unique by itself; no unique index was ever seen.
    Index("IX_tw__Towar_Symbol", "tw_Symbol"),
    Index("IX_tw__Towar_PodstKodKresk", "tw_PodstKodKresk"),
)
tw_kod_kreskowy = Table(
    "tw_KodKreskowy",
    metadata,
    whole("kk_Id", key=True),
    whole("kk_IdTowar", to="tw__Towar.tw_Id"),
    varchar("kk_Kod", 20),
    money("kk_Ilosc"),
    UniqueConstraint("kk_IdTowar", "kk_Kod", name="IX_tw_KodKreskowy"),
)
tw_jedn_miary = Table(
    "tw_JednMiary",
    metadata,
    whole("jm_Id", key=True),
    whole("jm_IdTowar", to="tw__Towar.tw_Id"),
    varchar("jm_IdJednMiary", 10),
    money("jm_Przelicznik", null=False),
    bit("jm_DlaNaklejek"),
    UniqueConstraint("jm_IdTowar", "jm_IdJednMiary", name="IX_tw_JednMiary"),
)
# Nothing keeps the pair (product, trait) or the name of a trait unique.
tw_cecha_tw = Table(
    "tw_CechaTw",
    metadata,
    whole("cht_Id", key=True),
    whole("cht_IdTowar", to="tw__Towar.tw_Id"),
    whole("cht_IdCecha", to="sl_CechaTw.ctw_Id"),
    Index("IX_tw_CechaTw_Towar", "cht_IdTowar"),
)
tw_zdjecie_tw = Table(
    "tw_ZdjecieTw",
    metadata,
    whole("zd_Id", key=True),
    whole("zd_IdTowar", to="tw__Towar.tw_Id"),
    picture("zd_Zdjecie"),
    bit("zd_Glowne"),
    whole("zd_CRC", null=True),
)
# kpl_IdSkladnik carries no foreign key here: after somebody's clean-up by SQL a set may name a card that is gone, and
# the sandbox must be able to show that on every database.
tw_komplet = Table(
    "tw_Komplet",
    metadata,
    whole("kpl_Id", key=True),
    whole("kpl_IdKomplet"),
    whole("kpl_IdSkladnik"),
    money("kpl_Liczba", null=False),
    Index("IX_tw_Komplet_Komplet", "kpl_IdKomplet"),
)
tw_cena = Table(
    "tw_Cena",
    metadata,
    whole("tc_Id", key=True),
    whole("tc_IdTowar", to="tw__Towar.tw_Id"),
    money("tc_CenaNetto0"),
    money("tc_CenaBrutto0"),
    *(money(f"tc_CenaNetto{level}") for level in LEVELS),
    *(money(f"tc_CenaBrutto{level}") for level in LEVELS),
    *(currency(f"tc_IdWaluta{level}") for level in LEVELS),
    UniqueConstraint("tc_IdTowar", name="IX_tw_Cena"),
)
# Clustered by product and warehouse on SQL Server; on SQLite a table without row ids is the same thing.
tw_stan = Table(
    "tw_Stan",
    metadata,
    whole("st_TowId", to="tw__Towar.tw_Id"),
    whole("st_MagId", to="sl_Magazyn.mag_Id"),
    money("st_Stan", null=False, default=0),
    money("st_StanMin", null=False, default=0),
    money("st_StanRez", null=False, default=0),
    money("st_StanMax", null=False, default=0),
    PrimaryKeyConstraint("st_TowId", "st_MagId", name="PK_tw_Stan"),
    sqlite_with_rowid=False,
)
tw_parametr = Table(
    "tw_Parametr",
    metadata,
    whole("twp_Id", key=True),
    *(varchar(f"twp_Nazwa{number}", 20) for number in OWN_FIELDS),
    *(varchar(f"twp_NazwaCeny{level}", 50) for level in LEVELS),
    *(currency(f"twp_WalutaCeny{level}") for level in LEVELS),
    bit("twp_KodUnikalny", default=True),
    bit("twp_KodNumeryczny", default=True),
    bit("twp_KodUsunPoczZera"),
)
tw_zmiana_tw = Table(
    "tw_ZmianaTw",
    metadata,
    whole("twz_TowarId"),
    whole("twz_NrZmiany"),
    moment("twz_CzasModyf", null=False, now=True),
)

price_levels = CreateView(
    union_all(
        *(
            select(
                literal(level, SqlInteger, literal_execute=True).label("IDENT"),
                tw_parametr.c[f"twp_NazwaCeny{level}"].label("NAZWA"),
                tw_parametr.c[f"twp_WalutaCeny{level}"].label("WALUTA"),
                sql_cast(null(), SqlInteger).label("RODZAJ"),
            ).where(tw_parametr.c[f"twp_NazwaCeny{level}"] != "")
            for level in LEVELS
        )
    ),
    "vwPoziomyCenWaluty",
    metadata=metadata,
).table
"""The view of named price levels: IDENT is the number of the level, from one."""
