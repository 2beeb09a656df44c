import pytest

# The suites are imported by the modules that run them; their asserts should tell as much as any.
pytest.register_assert_rewrite("tests.contract.store_suite", "tests.contract.jobs_suite", "tests.contract.index_suite")
