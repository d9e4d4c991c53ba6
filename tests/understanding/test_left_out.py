"""Serving must not load what it does not use: seconds of start-up, hundreds of megabytes."""

import subprocess
import sys

from bot.understanding.left_out import LEFT_OUT

_CODE = """
from bot.understanding.left_out import leave_out_what_is_not_used
leave_out_what_is_not_used()
import sys, bot.storage.tracker_store, bot.understanding.engine
import bot.understanding.components.french_features
print(*(name for name, module in sys.modules.items() if getattr(module, "__file__", None)))
"""


def test_rasa_and_our_pipeline_are_imported_without_what_is_left_out() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _CODE], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert {"rasa", "sqlalchemy"} <= loaded
    assert not loaded & {"spacy", *LEFT_OUT}


def test_what_is_there_already_stays() -> None:
    code = "import networkx\n" + _CODE
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert "networkx.classes.graph" in done.stdout.split()
