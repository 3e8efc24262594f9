"""Sandbox of a company that works in Comarch ERP Optima: its databases, and the people who change them.

**How a reader opens it.** `filling.build(folder)` makes a folder that plays the SQL server. In it one SQLite file,
`NAME.db`, is the database NAME: `CDN_Hurtownia_Pod_Mostem.db` is the company, and the configuration database is named
by row 1002 of the company's `CDN.SystemCDN`, as in the real program. A file keeps its tables without a schema. Open
an empty database in memory and attach the file to it under the name CDN:

    connection = sqlite3.connect(":memory:", uri=True)
    connection.execute("ATTACH DATABASE ? AS CDN", ("file:///folder/CDN_Hurtownia_Pod_Mostem.db?mode=ro",))
    connection.execute("SELECT Twr_Kod FROM CDN.Towary")

(`connection.open_readonly` does just that.) With SQLAlchemy, tables of the schema `CDN` need nothing more than an
engine over such connections: `create_engine("sqlite://", creator=..., poolclass=QueuePool)`. The pool must be named,
because otherwise SQLAlchemy takes the database for one that lives in a single connection. One connection sees one
database: the company and the configuration are two connections, as they are two databases on the server.

**What is different from SQL Server.** Through plain sqlite3 decimals come as integers or as the nearest binary
fractions, so rounding to the column's places gives them back; an integer divided by an integer stays one. Moments are
texts, `YYYY-MM-DD HH:MM:SS.ffffff`, and compare as such. Uniqueness takes NULLs for different.

**Writing** goes through `sandbox.OptimaSandbox`. Its connections bring the functions `getdate()` and
`triggers_enabled()`, without which the triggers that move the stamps (`triggers`) cannot run.
"""
