"""Statements about terms of trade: discounts as rules, promotional sets with their parts."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from pomost.connectors.erp.optima.sql import tables as t
from pomost.connectors.erp.optima.sql.goods import among_keys

Statement = t.Statement
OF_CUSTOMERS = (1, 2, 3, 4, 5, 6, 12, 13)
"""Rab_Typ of rules that name a customer or a group of customers; 7, 8 and 11 are for everybody."""
OF_ONE_CUSTOMER = (2, 5, 6, 13)


def discounts(*, of_customers: bool, today: date, keys: bool = False) -> Statement:
    """Rules that have not ended, in key order, each with whether the product and the customers it names are there.

    Rab_TwrId is a product's id, or a group's number where the rule is for a group; Rab_PodmiotId is a customer's id, or
    that of a group of customers. Without `of_customers`: rules for everybody, and of types nobody knows.
    """
    rule, card, customer, among = t.RABATY, t.TOWARY, t.KONTRAHENCI, t.GRUPY
    source = (
        rule.outerjoin(card, card.c.Twr_TwrId == rule.c.Rab_TwrId)
        .outerjoin(customer, customer.c.Knt_KntId == rule.c.Rab_PodmiotId)
        .outerjoin(among, sa.and_(among.c.Gru_GruID == rule.c.Rab_PodmiotId, among.c.Gru_Typ == t.CUSTOMER_GROUP))
    )
    columns = (
        *(rule.c.Rab_RabId, rule.c.Rab_Opis, rule.c.Rab_Typ, rule.c.Rab_TwrId, rule.c.Rab_PodmiotId),
        *(rule.c.Rab_Rabat, rule.c.Rab_RabatISklep, rule.c.Rab_Cena, rule.c.Rab_TypCenyNB, rule.c.Rab_Waluta),
        *(rule.c.Rab_DataOd, rule.c.Rab_DataDo, card.c.Twr_TwrId, customer.c.Knt_KntId),
        *(customer.c.Knt_ESklep, among.c.Gru_GruID),
    )
    statement = t.select(*columns).select_from(source)
    kind, kinds = rule.c.Rab_Typ, list(OF_CUSTOMERS)
    statement = statement.where(kind.in_(kinds) if of_customers else kind.not_in(kinds))
    if keys:
        return among_keys(statement, rule.c.Rab_RabId).order_by(rule.c.Rab_RabId)
    statement = statement.where(_not_over(rule.c.Rab_DataOd, rule.c.Rab_DataDo, today))
    if of_customers:
        # A customer who is not shown to the shop is nobody there; one who is gone is told about.
        published = sa.or_(customer.c.Knt_KntId.is_(None), customer.c.Knt_ESklep == 1)
        statement = statement.where(sa.or_(kind.not_in(list(OF_ONE_CUSTOMER)), published))
    return statement.order_by(rule.c.Rab_RabId)


def sets(*, today: date, keys: bool = False) -> Statement:
    """Promotional sets that have not ended, in key order, each with its main product if that is there."""
    whole, main = t.ZESTAWY.c, t.TOWARY.c
    columns = (
        *(whole.ZTw_ZTwId, whole.ZTw_Kod, whole.ZTw_ESklep, whole.ZTw_Nazwa, main.Twr_TwrId, whole.ZTw_TypRabatu),
        *(whole.ZTw_Wartosc, whole.ZTw_Waluta, whole.ZTw_CzyOgraniczacDaty, whole.ZTw_DataOd, whole.ZTw_DataDo),
        *(whole.ZTw_CzyOgraniczacCzas, whole.ZTw_GodzinaOd, whole.ZTw_GodzinaDo),
    )
    statement = t.select(*columns).select_from(t.ZESTAWY.outerjoin(t.TOWARY, main.Twr_TwrId == whole.ZTw_TwrId))
    if keys:
        return among_keys(statement, whole.ZTw_ZTwId).order_by(whole.ZTw_ZTwId)
    by_days = sa.func.coalesce(whole.ZTw_CzyOgraniczacDaty, 0) == 1
    going_on = sa.or_(sa.not_(by_days), _not_over(whole.ZTw_DataOd, whole.ZTw_DataDo, today))
    return statement.where(whole.ZTw_ESklep == 1, going_on).order_by(whole.ZTw_ZTwId)


def _not_over(first: sa.ColumnElement[Any], last: sa.ColumnElement[Any], today: date) -> sa.ColumnElement[bool]:
    """Whether the last day is to come, is today or is open; days that run backwards are a fault, not an end."""
    return sa.or_(last.is_(None), last >= datetime.combine(today, time()), first > last)


def parts(*, keys: bool = False) -> Statement:
    """Parts of sets by set, each with its product if that is there."""
    part, card = t.ZESTAWY_SKLADNIKI.c, t.TOWARY.c
    columns = (
        *(part.ZTS_ZTwId, card.Twr_TwrId, part.ZTS_Ilosc, part.ZTS_Jm, part.ZTS_TypRabatu, part.ZTS_Wartosc),
        part.ZTS_Waluta,
    )
    source = t.ZESTAWY_SKLADNIKI.outerjoin(t.TOWARY, card.Twr_TwrId == part.ZTS_TwrId)
    statement = t.select(*columns).select_from(source)
    if keys:
        statement = among_keys(statement, part.ZTS_ZTwId)
    return statement.order_by(part.ZTS_ZTwId, part.ZTS_ZTSId)
