"""The whole schema of both databases: the truth about the names of tables and columns."""

from collections.abc import Iterator

from sqlalchemy import Column, MetaData, Table

from pomost.sandbox.optima import (
    tables_configuration,
    tables_documents,
    tables_extras,
    tables_goods,
    tables_parties,
    tables_shop,
)
from pomost.sandbox.optima.tables_common import metadata


def company() -> MetaData:
    """All tables of a company; reading any module of tables alone would leave some out."""
    modules = (tables_goods.towary, tables_extras.dane_binarne, tables_parties.rabaty, tables_shop.twr_esklep)
    assert {table.key for table in (*modules, tables_documents.tra_nag)} <= set(metadata.tables)
    return metadata


def configuration() -> MetaData:
    """All tables of the configuration database."""
    return tables_configuration.metadata


def marked(mark: str) -> list[tuple[str, str]]:
    """Pairs (table, column) which are `named` (the name alone is documented) or `assumed` (nothing is)."""
    return [(table.name, column.name) for table, column in _columns() if column.info.get(mark)]


def _columns() -> Iterator[tuple[Table, Column[object]]]:
    for table in company().sorted_tables:
        for column in table.columns:
            yield table, column
