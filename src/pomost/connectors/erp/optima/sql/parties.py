"""Statements about customers: cards with what the shop is told of them, people who sign in, attributes, consents.

Each is in key order with the key first. Without `keys` it is about customers published to shops; with `keys` about
those of the bound list `keys`.
"""

from typing import Any

import sqlalchemy as sa

from pomost.connectors.erp.optima.sql import tables as t
from pomost.connectors.erp.optima.sql.goods import among_keys
from pomost.connectors.erp.optima.sql.tables import Extras

Statement = t.Statement
NOBODY = "!NIEOKREŚLONY!"
"""Code of the card that stands for buyers nobody knows; it is never sent."""
_CARD = t.KONTRAHENCI.c
_PUBLISHED = sa.and_(_CARD.Knt_ESklep == 1, _CARD.Knt_Kod != NOBODY)


def _among(statement: Statement, key: sa.ColumnElement[Any], *, keys: bool) -> Statement:
    published = t.select(_CARD.Knt_KntId).where(_PUBLISHED)
    return among_keys(statement, key) if keys else statement.where(key.in_(published))


def customers(shop: int, *, keys: bool = False) -> Statement:
    """One row per customer. The group is named on the card and found among the groups of customers by that name."""
    group, level, form = t.GRUPY.c, t.KNT_ESKLEPY.c, t.ESKLEP_FORMY.c
    # A form of payment may be entered for the shop twice: the first counts.
    forms = (
        t.select(form.ESF_FPlId.label("ours"), sa.func.min(form.ESF_IGFPlId).label("theirs"))
        .where(form.ESF_ESSId == shop, form.ESF_Aktywna == 1)
        .group_by(form.ESF_FPlId)
        .subquery("forms")
    )
    source = (
        t.KONTRAHENCI.outerjoin(t.GRUPY, sa.and_(group.Gru_Typ == t.CUSTOMER_GROUP, group.Gru_Nazwa == _CARD.Knt_Grupa))
        .outerjoin(t.KNT_ESKLEPY, sa.and_(level.KES_KntID == _CARD.Knt_KntId, level.KES_eSklepID == shop))
        .outerjoin(forms, forms.c.ours == _CARD.Knt_FplID)
    )
    columns = (
        *(_CARD.Knt_KntId, _CARD.Knt_Kod, _CARD.Knt_ESklep, _CARD.Knt_Nazwa1, _CARD.Knt_Nazwa2, _CARD.Knt_Nazwa3),
        *(_CARD.Knt_NipKraj, _CARD.Knt_Nip, _CARD.Knt_Ulica, _CARD.Knt_NrDomu, _CARD.Knt_NrLokalu),
        *(_CARD.Knt_KodPocztowy, _CARD.Knt_Miasto, _CARD.Knt_KrajISO, _CARD.Knt_Telefon1, _CARD.Knt_Email),
        *(_CARD.Knt_Grupa, group.Gru_GruID, level.KES_TypCenyDomyslnej, _CARD.Knt_Upust, forms.c.theirs),
        *(_CARD.Knt_Termin, _CARD.Knt_LimitFlag, _CARD.Knt_LimitKredytu, _CARD.Knt_BlokadaDok, _CARD.Knt_Finalny),
        *(_CARD.Knt_Nieaktywny, _CARD.Knt_GlID),
    )
    statement = t.select(*columns).select_from(source)
    statement = among_keys(statement, _CARD.Knt_KntId) if keys else statement.where(_PUBLISHED)
    return statement.order_by(_CARD.Knt_KntId)


def logins(*, keys: bool = False) -> Statement:
    """People of a customer who sign in to a shop."""
    person = t.KNT_OSOBY.c
    statement = t.select(
        *(person.KnO_KntId, person.KnO_EmailESklep, person.KnO_Nazwisko, person.KnO_Telefon, person.KnO_Domyslny),
        person.KnO_Nieaktywny,
    ).where(person.KnO_EmailESklep != "")
    return _among(statement, person.KnO_KntId, keys=keys).order_by(person.KnO_KntId, person.KnO_KnOId)


def customer_attributes(*, keys: bool = False) -> Statement:
    """Attributes of customers whose definition is meant for the shop."""
    value, definition = t.KNT_ATRYBUTY.c, t.DEF_ATRYBUTY.c
    statement = (
        t.select(value.KnA_PodmiotId, definition.DeA_Kod, definition.DeA_Format, value.KnA_WartoscTxt)
        .select_from(t.KNT_ATRYBUTY.join(t.DEF_ATRYBUTY, definition.DeA_DeAId == value.KnA_DeAId))
        .where(value.KnA_PodmiotTyp == t.CUSTOMER, definition.DeA_ESklep == 1, definition.DeA_Nieaktywny == 0)
    )
    return _among(statement, value.KnA_PodmiotId, keys=keys).order_by(value.KnA_PodmiotId, definition.DeA_Kod)


def consents(shop: int, *, keys: bool = False) -> Statement:
    """Consents given to this shop and taken back, the oldest first."""
    given, text = t.ZGODY.c, t.ZGODY_TRESC.c
    statement = (
        t.select(given.PRZ_PodmiotId, text.RZE_Kod, text.RZE_Wersja, given.PRZ_Zgoda, given.PRZ_Data)
        .select_from(t.ZGODY.join(t.ZGODY_TRESC, text.RZE_RZEID == given.PRZ_RZEID))
        .where(given.PRZ_PodmiotTyp == t.CUSTOMER, text.RZE_eSklepID == shop)
    )
    statement = _among(statement, given.PRZ_PodmiotId, keys=keys)
    return statement.order_by(given.PRZ_PodmiotId, given.PRZ_Data, given.PRZ_PRZID)


def beside_customers(shop: int, extras: Extras, *, keys: bool = False) -> tuple[Statement | None, ...]:
    """What hangs on customers, in this order: logins, attributes, consents."""
    return (
        logins(keys=keys),
        customer_attributes(keys=keys) if extras.customer_attributes else None,
        consents(shop, keys=keys) if extras.consents else None,
    )
