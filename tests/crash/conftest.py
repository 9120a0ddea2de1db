"""All of this runs the workflow or parts of it in processes of their own."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "/crash/" in str(item.path):
            item.add_marker(pytest.mark.workflow)
