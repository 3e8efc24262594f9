"""The whole schema of the sandbox company: the truth about the names of tables and columns."""

from sqlalchemy import MetaData, Table

from pomost.sandbox.subiekt_gt import tables_documents, tables_goods, tables_parties
from pomost.sandbox.subiekt_gt.tables_common import metadata

__all__ = ["VIEWS", "column_names", "metadata", "optional_columns", "schema", "tables"]

VIEWS = frozenset({tables_goods.price_levels.name})


def schema() -> MetaData:
    """All tables and views; reading any module of tables alone would leave some out."""
    assert {tables_documents.dok_dokument.name, tables_parties.kh_kontrahent.name} <= set(metadata.tables)
    return metadata


def tables() -> list[Table]:
    """Every table, parents first, without the views."""
    return [table for table in schema().sorted_tables if table.name not in VIEWS]


def column_names() -> dict[str, list[str]]:
    """Names of the columns by name of the table or view."""
    return {name: [column.name for column in table.columns] for name, table in schema().tables.items()}


def optional_columns() -> list[tuple[str, str]]:
    """Pairs (table, column) which only newer versions of the program have."""
    return [
        (table.name, column.name)
        for table in tables()
        for column in table.columns
        if column.info.get("optional", False)
    ]
