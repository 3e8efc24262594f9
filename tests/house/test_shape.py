"""The shape of the house: no import loops of any kind, no overgrown file, one sentence at every door, no drawers."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "pomost"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
DRAWERS = ("Manager", "Helper", "Service")


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    """Modules of ours a file imports anywhere: at its top, inside functions, and for the type checker alone."""
    known = {module_name(one) for one in MODULES}
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {
                f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in known else node.module
                for alias in node.names
            }
    return (found & known) - {module_name(path)}


def loops(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Strongly connected rooms with more than one room in them (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(room: str) -> None:
        index[room] = low[room] = len(index)
        stack.append(room)
        for other in arrows[room]:
            if other not in index:
                visit(other)
                low[room] = min(low[room], low[other])
            elif other in stack:
                low[room] = min(low[room], index[other])
        if low[room] == index[room]:
            place = stack.index(room)
            if len(stack) - place > 1:
                found.append(stack[place:])
            del stack[place:]

    for room in arrows:
        if room not in index:
            visit(room)
    return found


def test_no_import_loop_of_any_kind() -> None:
    assert loops({module_name(path): imports_of(path) for path in MODULES}) == []


def test_a_loop_would_be_found() -> None:
    assert loops({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []


def python_files() -> list[Path]:
    return [path for folder in ("src", "tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_file_is_longer_than_it_may_be() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("path", [one for one in MODULES if "migrations" not in one.parts], ids=module_name)
def test_every_module_says_what_it_is_for_and_holds_no_drawer(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module opens with one sentence"
    assert "utils" not in path.stem
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in names if name.endswith(DRAWERS)] == []


FORBIDDEN_CALLS = {("datetime", "now"), ("datetime", "utcnow"), ("time", "time"), ("date", "today")}


def test_decisions_and_nouns_ask_no_clock_no_chance_and_no_float() -> None:
    wrong = []
    for path in MODULES:
        if path.parts[len(SOURCE.parts)] not in {"model", "rules", "ports"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            callee = node.func
            if isinstance(callee, ast.Name) and callee.id == "float":
                wrong.append(f"{path}:{node.lineno} float")
            if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Name):
                pair = (callee.value.id, callee.attr)
                if pair in FORBIDDEN_CALLS or callee.value.id == "random":
                    wrong.append(f"{path}:{node.lineno} {pair}")
    assert wrong == []


def tracked_texts() -> list[Path]:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    names = [name for name in told.stdout.splitlines() if not name.endswith((".svg", ".csv", ".png"))]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def test_no_file_names_a_package_registry_or_a_folder_outside() -> None:
    hosts = ("pypi" + ".org", "files." + "pythonhosted", "registry." + "npmjs", "deb." + "debian", "--index" + "-url")
    outside = ("../" + "shared", "/work/" + "shared")
    wrong = [
        f"{path.relative_to(ROOT)}: {sign}"
        for path in tracked_texts()
        for sign in (*hosts, *outside)
        if sign in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert wrong == []
