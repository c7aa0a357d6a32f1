"""Fixtures that many tests share. Tests that read ../shared take `shared`, and say loudly where it is absent."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("WHOSAYS_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data (WHOSAYS_SHARED, default ../shared)."""
    if not SHARED.is_dir():
        warnings.warn(
            f"SHARED DATA ABSENT: {SHARED} is no folder; set WHOSAYS_SHARED. Its tests are skipped.", stacklevel=1
        )
        pytest.skip(f"shared data absent: {SHARED}")
    return SHARED
