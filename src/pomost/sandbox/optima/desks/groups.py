"""The clerk who keeps the tree of product groups."""

from sqlalchemy import delete, select, update

from pomost.sandbox.optima import tables_goods as tables
from pomost.sandbox.optima.books import Row, whole_seconds
from pomost.sandbox.optima.cards import PRODUCT_GID
from pomost.sandbox.optima.groups import GROUP, MEMBER, ROOT, join
from pomost.sandbox.optima.office import Office, group_number, must, product_id

_GROUP = tables.twr_grupy
_FIRST_NEW = 600


class GroupsDesk:
    """Work on groups; the stamp of a group is an integer (`TwG_CzasModyfikacji`), products are not stamped."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def row(self, code: str) -> Row:
        """The (first) row of a group."""
        query = select(_GROUP).where(_GROUP.c.TwG_GIDTyp == GROUP, _GROUP.c.TwG_Kod == code)
        with self._office.engine.connect() as connection:
            found = connection.execute(query.order_by(_GROUP.c.TwG_TwGID)).mappings().first()
        if found is None:
            raise KeyError(f"no group has the code {code!r}")
        return dict(found)

    def members(self, code: str) -> list[str]:
        """Codes of the products in a group, as its member rows name them."""
        with self._office.engine.connect() as connection:
            number = group_number(connection, code)
            here = (_GROUP.c.TwG_GIDTyp == MEMBER, _GROUP.c.TwG_GrONumer == number)
            return list(
                connection.execute(select(_GROUP.c.TwG_Kod).where(*here).order_by(_GROUP.c.TwG_TwGID)).scalars()
            )

    def add(self, code: str, name: str, parent: int = ROOT) -> int:
        """Make a group and return its number."""
        with self._office.engine.begin() as connection:
            books = self._office.books(connection)
            row: Row = {"TwG_GIDTyp": GROUP, "TwG_GrOTyp": GROUP, "TwG_GrONumer": parent, "TwG_Kod": code}
            row |= {"TwG_Nazwa": name, **self._stamp()}
            number = _FIRST_NEW + books.add(_GROUP, **row)
            books.rows(_GROUP)[0]["TwG_GIDNumer"] = number
            books.write(connection)
            return number

    def rename(self, code: str, name: str) -> None:
        self._change(code, {"TwG_Nazwa": name})

    def move(self, code: str, parent: int) -> None:
        """Hang a group below another one, named by its number."""
        self._change(code, {"TwG_GrONumer": parent})

    def delete(self, code: str) -> None:
        """Delete a group; products, discounts and groups below keep naming its number."""
        with self._office.engine.begin() as connection:
            here = (_GROUP.c.TwG_GIDTyp == GROUP, _GROUP.c.TwG_Kod == code)
            must(connection, delete(_GROUP).where(*here), f"no group has the code {code!r}")

    def put_in(self, code: str, product: str) -> None:
        """Make a product a member of a group."""
        with self._office.engine.begin() as connection:
            key = product_id(connection, product)
            name = connection.execute(
                select(tables.towary.c.Twr_Nazwa).where(tables.towary.c.Twr_TwrId == key)
            ).scalar_one()
            books = self._office.books(connection)
            join(books, group_number(connection, code), product, name, number=key + PRODUCT_GID)
            books.rows(_GROUP)[0] |= self._stamp()
            books.write(connection)

    def take_out(self, code: str, product: str) -> None:
        with self._office.engine.begin() as connection:
            number = group_number(connection, code)
            here = (_GROUP.c.TwG_GIDTyp == MEMBER, _GROUP.c.TwG_GrONumer == number, _GROUP.c.TwG_Kod == product)
            gone = f"the product {product!r} is not in the group {code!r}"
            must(connection, delete(_GROUP).where(*here), gone)

    def _change(self, code: str, values: Row) -> None:
        with self._office.engine.begin() as connection:
            here = (_GROUP.c.TwG_GIDTyp == GROUP, _GROUP.c.TwG_Kod == code)
            changed = update(_GROUP).where(*here).values({**values, **self._stamp()})
            must(connection, changed, f"no group has the code {code!r}")

    def _stamp(self) -> Row:
        return {name: whole_seconds(moment) for name, moment in self._office.stamped("TwG_CzasModyfikacji").items()}
