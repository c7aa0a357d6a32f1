"""`python -m benchmarks NAME [--data DIR] [--split dev] [--claims N] [--json] [--long]`, and `all`, which holds the figures
against floors.json.

A benchmark is a module of this package with one function, `run(data: Path | None, split: str) -> dict[str, Figure]`, and, where a
longer form makes sense, `run_long`, which goes on where it was stopped and whose figures are kept, with commit and processor, in
benchmarks/results/NAME.json. It prints what a person wants to see; the last line with --json is one JSON object of figures, all
numbers: NAME, with NAME_n (what it rests on) and, where there is one, a 95 % bootstrap interval over documents, NAME_low and
NAME_high. `all` puts the benchmark before each: `claims.detect`.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import reading
from benchmarks.figures import Figure, hold, plain, show

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WHOSAYS_SHARED") or HERE.parent.parent / "shared")
BENCHMARKS = {
    "claims": SHARED / "gold" / "dev",
    "confidence": SHARED / "gold" / "dev",
    "events": SHARED / "data",
    "other_news": SHARED / "data",
    "relevance": SHARED / "data",
    "samples": None,
    "pages": SHARED / "data",
    "comments": SHARED / "data",
    "attribution": SHARED / "data",
    "nested": None,
    "syntax": SHARED / "data",
    "mentions": SHARED / "data",
    "re3d": SHARED / "data",
    "event_place": SHARED / "data",
    "factuality": SHARED / "data",
    "coreference": SHARED / "data",
    "speed_language": SHARED / "data",
    "gazetteer": None,
    "toponyms": SHARED / "data",
    "resolve": SHARED / "data",
    "times": SHARED / "data",
    "ledger": None,
    "weigh_truth": None,
    "control": SHARED / "data",
    "weigh_scale": None,
    "disputes": SHARED / "gold" / "dev",
    "reprints": SHARED / "data",
    "serve_speed": None,
    "newcomer": None,
    "throughput": SHARED / "data",
    "growth": SHARED / "data",
    "engines": SHARED / "data",
    "faults": SHARED / "data",
    "fuzz": None,
}
"""Name → where its data lies unless --data says otherwise; None: it needs none."""


def main() -> int:
    options = arguments()
    reading.WEIGHTS[:] = [options.weights] if options.weights else []
    figures: dict[str, dict[str, Figure]] = {}
    for name in list(BENCHMARKS) if options.name == "all" else [options.name]:
        data = options.data or BENCHMARKS[name]
        if data is not None and not data.is_dir():
            print(f"{name}: NO DATA at {data} (set WHOSAYS_SHARED or --data)", file=sys.stderr)
            if options.name != "all":
                return 2
            continue
        started = time.perf_counter()
        module = importlib.import_module(f"benchmarks.{name}")
        size = {"claims": options.claims} if options.claims and name == options.name else {}
        figures[name] = (module.run_long if options.long else module.run)(data, options.split, **size)
        show(name, figures[name], seconds=time.perf_counter() - started)
        if options.long:
            keep(name, figures[name])
    broken = hold(figures, HERE / "floors.json") if options.name == "all" else []
    if options.json:
        one = figures.get(options.name)
        flat = plain(one) if one is not None else {f"{n}.{k}": v for n in figures for k, v in plain(figures[n]).items()}
        print(json.dumps(flat))
    return 1 if broken else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*BENCHMARKS, "all"])
    parser.add_argument(
        "--data", type=Path, help="a folder of dataset folders like ../shared/data; for `claims` a folder of gold pages"
    )
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument(
        "--weights", type=Path, help="a folder written by `training.export --to`, instead of the pack's"
    )
    parser.add_argument("--long", action="store_true", help="the longer form, for benchmarks that have one")
    parser.add_argument(
        "--claims", type=int, metavar="N", help="size of the generated ledger, for benchmarks that make one"
    )
    options = parser.parse_args()
    module = importlib.import_module(f"benchmarks.{options.name}") if options.name != "all" else None
    if options.long and not hasattr(module, "run_long"):
        parser.error(f"{options.name} has no longer form")
    if options.claims and "claims" not in inspect.signature(module.run).parameters:
        parser.error(f"{options.name} makes no ledger of a size that one could choose")
    return options


def keep(name: str, figures: dict[str, Figure]) -> None:
    """Write the figures of a long measure with what they were measured on."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    ).stdout.strip()
    where = {"commit": commit, "processor": processor(), "cores": os.cpu_count(), "python": platform.python_version()}
    path = HERE / "results" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(where | {"figures": plain(figures)}, indent=2) + "\n")
    print(f"kept in {path}")


def processor() -> str:
    """Its name, where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    names = (
        [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        if cpuinfo.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()


if __name__ == "__main__":
    sys.exit(main())
