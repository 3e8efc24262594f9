"""`make mutants`: bugs planted in the rules one by one (mutmut), and which of them tests/rules did not notice.

At least 95 in a hundred have to be noticed. What survives is listed with its reason in docs/mutants.md, function by
function; what is not listed there is printed.
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ENOUGH = 0.95
MUTMUT = str(Path(sys.executable).with_name("mutmut"))
STATS = Path("mutants/mutmut-cicd-stats.json")
REASONS = Path("docs/mutants.md")
_ALIVE = re.compile(r"^\s*pomost\.rules\.(\S+)__mutmut_\d+: (?:survived|no tests)$", re.MULTILINE)
_LISTED = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


def plain(name: str) -> str:
    """`units.x_resolve` and `diff.xǁScopeǁforced` as a reader of the code would write them."""
    module, _, function = name.partition(".")
    return f"{module}.{function.removeprefix('x').removeprefix('_').replace('ǁ', '.').removeprefix('.')}"


def main() -> int:
    subprocess.run([MUTMUT, "run", *sys.argv[1:]], check=True)
    subprocess.run([MUTMUT, "export-cicd-stats"], check=True, stdout=subprocess.DEVNULL)
    told = json.loads(STATS.read_text())
    results = subprocess.run([MUTMUT, "results"], check=True, capture_output=True, text=True).stdout
    alive = Counter(plain(name) for name in _ALIVE.findall(results))
    total, noticed = told["total"], told["killed"] + told["timeout"]
    listed = set(_LISTED.findall(REASONS.read_text()))
    print(f"{noticed} of {total} noticed ({noticed / total:.1%}); {sum(alive.values())} survived")
    for name, count in sorted(alive.items()):
        if name not in listed:
            print(f"  without a reason in {REASONS}: {name}, {count}")
    return 0 if noticed >= ENOUGH * total else 1


if __name__ == "__main__":
    sys.exit(main())
