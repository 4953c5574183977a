"""Gives the tests a data folder of their own, before settings are read, so that no test meets real data or keys.

Loaded by pytest as a plug-in (`-p tests.environment`): a conftest would come too late.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "JOINDOTS_TESTS_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="joindots-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["JOINDOTS_TESTS_DATA"] = os.environ["JOINDOTS_DATA"] = folder
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # each worker of a parallel run has keys and files of its own
    os.environ["JOINDOTS_DATA"] = str(Path(os.environ["JOINDOTS_TESTS_DATA"]) / worker)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser library runs an event loop
