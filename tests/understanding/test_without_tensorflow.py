"""Serving must not load what only training needs: seconds of start-up, hundreds of megabytes."""

import subprocess
import sys

import pytest

_CODE = """
from bot.understanding.without_tensorflow import leave_tensorflow_out
leave_tensorflow_out()
import sys, bot.understanding.engine, bot.understanding.components.french_features
print(len([name for name in sys.modules if name.startswith("{left_out}")]))
"""


@pytest.mark.parametrize("left_out", ["tensorflow.python", "spacy"])
def test_rasa_and_our_pipeline_are_imported_without_it(left_out: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _CODE.format(left_out=left_out)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0"
