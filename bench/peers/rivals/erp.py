"""What is on offer, as two SQL statements over a Subiekt GT database: the same for every rival.

The sales unit, the price of one sales unit and the whole sales units in stock are worked out in SQL, for the rivals
have no rules of the trade. `:since` compares with the change register of the cards, the one timestamp there is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

_TIMES = "CASE WHEN t.tw_Pole1 <> '' THEN CAST(t.tw_Pole2 AS INTEGER) ELSE 1 END"
_CARDS = """
    FROM tw_ZmianaTw z
    JOIN tw__Towar t ON t.tw_Id = z.twz_TowarId AND t.tw_Zablokowany = 0 AND t.tw_Usuniety = 0
    JOIN tw_CechaTw q ON q.cht_IdTowar = t.tw_Id AND q.cht_IdCecha = 1
"""

OFFERS = f"""
    SELECT t.tw_Id AS id, t.tw_PodstKodKresk AS ean, t.tw_Symbol AS sku,
           CASE WHEN t.tw_Pole1 <> '' THEN t.tw_Pole1 WHEN t.tw_JednMiary = 'Karton' THEN 'CT' ELSE 'PCE' END AS unit,
           CASE WHEN t.tw_JednMiary = 'Karton' THEN 24 ELSE {_TIMES} END AS multiplier,
           printf('%.2f', c.tc_CenaNetto3 * {_TIMES}) AS price, v.vat_Symbol AS vat, z.twz_CzasModyf AS modified
    {_CARDS}
    JOIN tw_Cena c ON c.tc_IdTowar = t.tw_Id
    JOIN sl_StawkaVAT v ON v.vat_Id = t.tw_IdVatSp
    WHERE z.twz_CzasModyf >= :since
    ORDER BY z.twz_CzasModyf, z.twz_TowarId
"""
STOCKS = f"""
    SELECT t.tw_Id AS id, t.tw_PodstKodKresk AS ean,
           MAX(CAST((SELECT SUM(s.st_Stan - s.st_StanRez) FROM tw_Stan s WHERE s.st_TowId = t.tw_Id) / {_TIMES}
               AS INTEGER), 0) AS quantity, z.twz_CzasModyf AS modified
    {_CARDS}
    WHERE z.twz_CzasModyf >= :since
    ORDER BY z.twz_CzasModyf, z.twz_TowarId
"""


def pages(database: str, statement: str, since: str = "") -> Iterator[list[dict[str, Any]]]:
    with closing(sqlite3.connect(database)) as connection:
        cursor = connection.execute(statement, {"since": since})
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(5000):
            yield [dict(zip(names, row, strict=True)) for row in rows]
