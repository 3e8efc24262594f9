"""Who may do what in the panel: a viewer sees, an operator also runs and approves, an owner also changes settings."""

from enum import StrEnum

from pomost.model.text import Text


class Role(StrEnum):
    """Each role may do all that those before it may."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    OWNER = "owner"

    def covers(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


ROLE_NAMES = {
    Role.VIEWER: Text("podgląd", "viewer"),
    Role.OPERATOR: Text("operator", "operator"),
    Role.OWNER: Text("właściciel", "owner"),
}
ROLE_RIGHTS = {
    Role.VIEWER: Text(
        "widzi kanały, ich przebiegi i ustawienia, niczego nie zmienia",
        "sees channels, their runs and settings; changes nothing",
    ),
    Role.OPERATOR: Text(
        "także uruchamia, zatwierdza i ponawia synchronizacje", "also starts, approves and retries synchronisations"
    ),
    Role.OWNER: Text("także zmienia ustawienia i ludzi", "also changes settings and people"),
}
