"""schemathesis against the application: requests made from the OpenAPI document, right and wrong, and what comes back held against it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.schemas import BaseSchema
from starlette.testclient import TestClient

from tests.faces.api.conftest import HERE, PLENTY
from whosays.faces import server
from whosays.faces.api.table import OPERATIONS
from whosays.faces.service import Service

pytestmark = pytest.mark.slow

EXAMPLES = 12
"""Requests for each operation, of those that are right and of those that are wrong."""


@pytest.fixture(scope="session")
def described(samples: Service, api: TestClient) -> BaseSchema:
    """The document as schemathesis reads it, with the application behind it."""
    read = schemathesis.openapi.from_dict(api.get("/api/v1/openapi.json").json())
    read.app = server.app(samples, limits=PLENTY)
    read.config.update(base_url=HERE)
    return read


RIGHT, WRONG = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
CASES = [(one.name, RIGHT) for one in OPERATIONS] + [
    (one.name, WRONG) for one in OPERATIONS if one.query.__struct_fields__ or one.takes
]
"""What takes neither parameters nor a body cannot be asked wrongly."""


@pytest.mark.parametrize(("name", "mode"), CASES)
def test_no_fault(described: BaseSchema, name: str, mode: schemathesis.GenerationMode) -> None:
    operation = described.find_operation_by_id(name)

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def hold(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Host": HERE.removeprefix("http://")})

    hold()
