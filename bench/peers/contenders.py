"""Who takes part: how each is set up and started, and what its user had to write."""

import ast
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
BATCH = 500  # items in one request, the most the shop's account takes; one connection each


@dataclass(frozen=True, slots=True)
class Place:
    """Where a contender works: its folder, its company's file, its account at the shop."""

    home: Path
    database: Path
    url: str
    key: str
    warehouses: int


@dataclass(frozen=True, slots=True)
class Contender:
    """`prepare` writes what a user would configure; `command` is one synchronisation; `wrote` what a user wrote."""

    name: str
    about: str
    prepare: Callable[[Place, str], None]
    command: Callable[[Place, str], list[str]]
    wrote: tuple[str, ...]

    def lines(self) -> int:
        """Lines a user had to write, without blank lines, comments and docstrings."""
        return sum(_lines(HERE / name) for name in self.wrote)


def _lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8")
    told: set[int] = set()
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
                told |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    rows = enumerate(text.splitlines(), 1)
    return sum(1 for number, row in rows if row.strip() and not row.lstrip().startswith("#") and number not in told)


def _channel(place: Place, _: str) -> None:
    """Pomost has no setting for what happens to a refused item: it is kept apart and tried again."""
    settings = (HERE / "channel.toml").read_text(encoding="utf-8")
    extra = ", ".join(f'"{number}"' for number in range(2, place.warehouses + 1))
    for name, value in {
        "database": str(place.database),
        "url": place.url,
        "key": place.key,
        "extra_warehouses": extra,
    }.items():
        settings = settings.replace("{" + name + "}", value)
    (place.home / "channel.toml").write_text(settings, encoding="utf-8")


def _pomost(place: Place, _: str) -> list[str]:
    return [f"{Path(sys.executable).parent}/pomost", "--home", f"{place.home}/pomost", "run", "peers"]


def imported(place: Place) -> list[str]:
    """The command that makes Pomost read its settings file, once before the first run."""
    return [*_pomost(place, "")[:3], "settings", "import", f"{place.home}/channel.toml"]


def _nothing(_: Place, __: str) -> None:
    """Everything is said on the command line."""


def _dlt(stock: str) -> Callable[[Place, str], list[str]]:
    return lambda place, on_refusal: [
        *(str(PEERS), "-m", "bench.peers.rivals.dlt_cursor", str(place.home), str(place.database)),
        *(place.url, place.key, stock, on_refusal),
    ]


def _dlt_history(place: Place, on_refusal: str) -> list[str]:
    where = (str(place.home), str(place.database), place.url, place.key)
    return [str(PEERS), "-m", "bench.peers.rivals.dlt_history", *where, on_refusal]


def _singer_files(stock: str) -> Callable[[Place, str], None]:
    def prepare(place: Place, on_refusal: str) -> None:
        shop = {"url": place.url, "key": place.key, "on_refusal": on_refusal}
        _write(place.home / "tap.json", {"database": str(place.database), "stock": stock})
        _write(place.home / "target.json", {**shop, "batch_size_rows": BATCH, "validate_records": False})

    return prepare


def _singer(place: Place, _: str) -> list[str]:
    return ["bash", str(HERE / "rivals" / "singer_run.sh"), str(PEERS), str(place.home)]


def _airbyte_files(stock: str) -> Callable[[Place, str], None]:
    def prepare(place: Place, on_refusal: str) -> None:
        _write(place.home / "source.json", {"database": str(place.database)})
        _write(place.home / "destination.json", {"url": place.url, "key": place.key, "on_refusal": on_refusal})
        modes = {"offers": "incremental", "stocks": "incremental" if stock == "cursor" else "full_refresh"}
        streams = [
            {
                "stream": {"name": name, "json_schema": {}, "supported_sync_modes": ["full_refresh", "incremental"]},
                "sync_mode": mode,
                "cursor_field": ["modified"],
                "destination_sync_mode": "append",
            }
            for name, mode in modes.items()
        ]
        _write(place.home / "catalog.json", {"streams": streams})

    return prepare


def _airbyte(place: Place, _: str) -> list[str]:
    return [str(PEERS), "-m", "bench.peers.rivals.airbyte_sync", str(place.home)]


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


_SHARED = ("rivals/erp.py", "rivals/mstore.py")
_SINGER = (*_SHARED, "rivals/singer_tap.py", "rivals/singer_target.py", "rivals/singer_run.sh")
_AIRBYTE = (*_SHARED, *(f"rivals/airbyte_{part}.py" for part in ("source", "destination", "sync")))
_CURSOR = "everything by the change register"
_FULL = "cards by the change register, stock in full in every run"

CONTENDERS = (
    Contender("Pomost", "compares with what the shop confirmed", _channel, _pomost, ("channel.toml",)),
    Contender("dlt", _CURSOR, _nothing, _dlt("cursor"), (*_SHARED, "rivals/dlt_cursor.py")),
    Contender("dlt, full stock", _FULL, _nothing, _dlt("full"), (*_SHARED, "rivals/dlt_cursor.py")),
    Contender(
        "dlt, history",
        "a mirror with history by row hashes (scd2), then what changed in it",
        _nothing,
        _dlt_history,
        (*_SHARED, "rivals/dlt_history.py"),
    ),
    Contender("Singer", _CURSOR, _singer_files("cursor"), _singer, _SINGER),
    Contender("Singer, full stock", _FULL, _singer_files("full"), _singer, _SINGER),
    Contender("Airbyte", _CURSOR, _airbyte_files("cursor"), _airbyte, _AIRBYTE),
    Contender("Airbyte, full stock", _FULL, _airbyte_files("full"), _airbyte, _AIRBYTE),
)
