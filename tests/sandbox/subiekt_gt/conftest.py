"""One built company for the tests that only look, a fresh empty one for those that change."""

import pytest

from pomost.sandbox.subiekt_gt.filling import build, minimal


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    sandbox = build(tmp_path_factory.mktemp("company") / "gt.db")
    yield sandbox
    sandbox.engine.dispose()


@pytest.fixture
def empty(tmp_path):
    sandbox = minimal(tmp_path / "gt.db")
    yield sandbox
    sandbox.engine.dispose()
