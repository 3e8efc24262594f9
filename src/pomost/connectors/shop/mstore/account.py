"""What the account's answer says: which rights the key has, and the service's own time."""

from datetime import UTC, datetime, timedelta

from pomost.connectors.shop.mstore.rows import Account
from pomost.ports.capability import Can, no, yes

OVERLAP = timedelta(minutes=2)  # writes that were on their way while a reading ended


def allowed(account: Account, *scopes: str) -> Can:
    """Yes where the key may; a service that tells nothing of its keys is believed to let us."""
    missing = [scope for scope in scopes if account.scopes and scope not in account.scopes]
    if not missing:
        return yes()
    listed = ", ".join(missing)
    return no(f"klucz API nie ma praw: {listed}", f"the API key lacks rights: {listed}")


def cursor_of(account: Account) -> str:
    """The cursor for what changes from now on: a little before the service's own time."""
    return moment(account.server_time - OVERLAP)


def moment(at: datetime) -> str:
    """A moment as the service writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
