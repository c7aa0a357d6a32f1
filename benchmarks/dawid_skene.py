"""Dawid–Skene from crowd-kit (Apache-2.0): a comparison, never needed to run whosays. `pip install -r requirements/truth.txt`.

A. P. Dawid and A. M. Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm, Applied Statistics 28 (1979).
"""

from __future__ import annotations

import importlib.util
import sys
import warnings
from collections.abc import Mapping, Sequence
from types import ModuleType

PACKAGE = "crowdkit"
ROUNDS = 100


def installed() -> bool:
    return importlib.util.find_spec(PACKAGE) is not None


def fit(tasks: Sequence[Mapping[str, str]]) -> tuple[dict[int, str], dict[str, float]]:
    """Of tasks, each worker → label: number of task → the likeliest label; worker → how often he is right, as the model has it:
    the diagonal of his confusion matrix, weighted by how likely the labels are. Tasks without any label have no answer."""
    import pandas

    rows = [(n, worker, label) for n, task in enumerate(tasks) for worker, label in sorted(task.items())]
    model = _library().DawidSkene(n_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what pandas 4 will no longer take from the library
        model.fit(pandas.DataFrame(rows, columns=["task", "worker", "label"]))
    priors = model.priors_
    skills: dict[str, float] = {}
    for (worker, label), errors in model.errors_.iterrows():
        skills[worker] = skills.get(worker, 0.0) + float(errors.get(label, 0.0) * priors.get(label, 0.0))
    return {int(task): str(label) for task, label in model.labels_.items()}, skills


def _library() -> ModuleType:
    """The one module that is wanted. The package around it would import models of text that are of no use here, and
    with them transformers and nltk: a bare package stands in for it."""
    if f"{PACKAGE}.aggregation" not in sys.modules:
        spec = importlib.util.find_spec(PACKAGE)
        folders = list(spec.submodule_search_locations or ()) if spec is not None else []
        bare = ModuleType(f"{PACKAGE}.aggregation")
        bare.__path__ = [f"{folder}/aggregation" for folder in folders]
        sys.modules[bare.__name__] = bare
    return importlib.import_module(f"{PACKAGE}.aggregation.classification.dawid_skene")
