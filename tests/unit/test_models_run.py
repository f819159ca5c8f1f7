"""The SQLMesh unit tests of the models (tests/models/*.yaml), run with the other tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.settings import PROJECT_ROOT, Home

MODEL_TESTS = PROJECT_ROOT / "tests" / "models"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory):
    """The SQLMesh project over an empty home; its tests run in a database in memory."""
    home = Home(tmp_path_factory.mktemp("models"))
    home.state.parent.mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JUESUAN_WAREHOUSE", str(home.warehouse))
        environment.setenv("JUESUAN_STATE", str(home.state))
        # Imported here because it takes more than a second.
        from sqlmesh import Context
        from sqlmesh.core.console import NoopConsole, set_console

        set_console(NoopConsole())
        context = Context(paths=[str(PROJECT_ROOT)])
        yield context
        context.close()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_all_model_tests_pass(context):
    written = context.select_tests()
    result = context.test()

    broken = [f"{test}\n{reason}" for test, reason in result.failures + result.errors]
    assert not broken, "\n\n".join(broken)
    # A test of a model that does not exist is skipped by SQLMesh with a warning only.
    assert result.testsRun == len(written) > 30


@pytest.mark.slow
def test_every_model_test_is_described_and_in_the_file_of_its_model(context):
    for test in context.select_tests():
        assert Path(test.path).parent == MODEL_TESTS
        # SQLMesh quotes the name once it has run the test.
        model = test.body["model"].replace('"', "").split(".")[-1]
        assert Path(test.path).stem == f"test_{model}", test.test_name
        assert test.body.get("description"), f"{test.test_name} has no description"
