"""`python -m benchmarks NAME [--data DIR] [--split dev] [--json]`, and `all`, which holds the figures against floors.json.

A benchmark is a module of this package with one function, `run(data: Path, split: str) -> dict[str, Figure]`
(and, where a long form makes sense, `run_long`). It prints what a person wants to see; the last line with --json is one
JSON object of figures, all numbers: NAME, with NAME_n (what it rests on) and, where there is one, a 95 % bootstrap interval over
documents, NAME_low and NAME_high. `all` puts the benchmark before each: `claims.detect`.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from pathlib import Path

from benchmarks.figures import Figure, hold, plain, show

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WHOSAYS_SHARED") or HERE.parent.parent / "shared")
BENCHMARKS = {
    "claims": SHARED / "gold" / "dev",
    "samples": None,
    "pages": SHARED / "data",
    "comments": SHARED / "data",
    "toponyms": SHARED / "data",
    "times": SHARED / "data",
}
"""Name → where its data lies unless --data says otherwise (None: in the package)."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*BENCHMARKS, "all"])
    parser.add_argument(
        "--data", type=Path, help="a folder of dataset folders like ../shared/data; for `claims` a folder of gold pages"
    )
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    options = parser.parse_args()
    names = list(BENCHMARKS) if options.name == "all" else [options.name]
    figures: dict[str, dict[str, Figure]] = {}
    for name in names:
        data = options.data or BENCHMARKS[name]
        if data is not None and not data.is_dir():
            print(f"{name}: NO DATA at {data} (set WHOSAYS_SHARED or --data)", file=sys.stderr)
            if options.name != "all":
                return 2
            continue
        started = time.perf_counter()
        figures[name] = importlib.import_module(f"benchmarks.{name}").run(data, options.split)
        show(name, figures[name], seconds=time.perf_counter() - started)
    failures = hold(figures, HERE / "floors.json") if options.name == "all" else []
    if options.json:
        one = figures.get(options.name)
        flat = plain(one) if one is not None else {f"{n}.{k}": v for n in figures for k, v in plain(figures[n]).items()}
        print(json.dumps(flat))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
