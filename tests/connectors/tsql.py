"""Statements as SQL Server gets them, and what is wrong with them: names no schema has, constructs it does not take."""

import sqlglot
from sqlalchemy.dialects import mssql
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify


def compiled(statement, **lists):
    """The text SQL Server gets, with its parameters written out; `lists` are the values of bound parameters."""
    compiled_ = statement.compile(dialect=mssql.dialect())
    state = compiled_.construct_expanded_state({name: lists[name] for name in lists if name in compiled_.params})
    text = state.statement
    for name, value in sorted(state.parameters.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(f"%({name})s", repr(value)).replace(f":{name}", repr(value))
    return text.replace("[", '"').replace("]", '"')


def refused(text):
    """Constructs SQL Server does not take."""
    tree = sqlglot.parse_one(text, read="tsql")
    kinds = {exp.ILike: "ILIKE", exp.Boolean: "TRUE/FALSE", exp.DPipe: "||", exp.Limit: "LIMIT"}
    found = [name for kind, name in kinds.items() if tree.find(kind)]
    found += [
        word for word in (" LIMIT ", "IFNULL(", "||", " ILIKE ", "::", " TRUE", " FALSE") if word in f"{text.upper()} "
    ]
    return found


def checked(text, schema):
    """Parse and resolve every name; raises where the schema has none."""
    tree = sqlglot.parse_one(text, read="tsql")
    return qualify(tree, schema=schema, dialect="tsql", validate_qualify_columns=True, identify=False)


def only_reads(text):
    tree = sqlglot.parse_one(text, read="tsql")
    writes = list(tree.find_all(exp.Insert, exp.Update, exp.Delete, exp.Drop, exp.Create))
    return isinstance(tree, exp.Select | exp.Union) and not writes


def tables_of(tree):
    """Names of the tables a statement names, those it makes itself left out."""
    return {table.name for table in tree.find_all(exp.Table)} - {cte.alias for cte in tree.find_all(exp.CTE)}
