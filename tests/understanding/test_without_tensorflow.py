"""Serving must not load TensorFlow: seconds of start-up and hundreds of megabytes."""

import subprocess
import sys

_CODE = """
from bot.understanding.without_tensorflow import leave_tensorflow_out
leave_tensorflow_out()
import sys, bot.understanding.engine
print(len([name for name in sys.modules if name.startswith("tensorflow.python")]))
"""


def test_rasa_is_imported_without_it() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _CODE], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
