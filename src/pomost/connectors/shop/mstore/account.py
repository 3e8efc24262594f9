"""What the account's answer says: which rights the key has, and the service's own time."""

from datetime import UTC, datetime, timedelta

from pomost.connectors.shop.mstore.rows import Account

OVERLAP = timedelta(minutes=2)  # writes that were on their way while a reading ended
_SET_BACK = timedelta(days=1)
_NEEDED = (
    *("catalogue:read", "branches:read", "offers:read", "offers:write", "stocks:read", "stocks:write"),
    *("branches:write", "customers:read", "customers:write", "segments:read", "segments:write"),
    *("orders:read", "orders:write"),
)
"""Rights a run with everything switched on uses, by the contract's names (section 17)."""


def lacking(account: Account) -> list[str]:
    """Rights the key seems to lack: where the service uses one of our names of a resource, those it does not list.

    The real service may name its rights otherwise, so that one of our names is missing proves nothing: whoever wants
    something tries, and believes the service's 403.
    """
    listed = {scope.partition(":")[0] for scope in account.scopes if scope in _NEEDED}
    return [name for name in _NEEDED if name.partition(":")[0] in listed and name not in account.scopes]


def cursor_of(account: Account) -> str:
    """The cursor for what changes from now on: a little before the service's own time."""
    return moment(account.server_time - OVERLAP)


def since_of(cursor: str, account: Account) -> str:
    """The cursor to read from. After the service's clock was set back, what has changed bears times before it."""
    ahead = cursor and datetime.fromisoformat(cursor) > account.server_time
    return moment(account.server_time - _SET_BACK) if ahead else cursor


def moment(at: datetime) -> str:
    """A moment as the service writes it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
