"""Work done in a process of its own: its imports, its memory and its noise stay there."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from bot.quiet import send_noise_to

_Args = ParamSpec("_Args")
_T = TypeVar("_T")


def apart(work: Callable[_Args, _T], *args: _Args.args, **options: _Args.kwargs) -> _T:
    """Run a module's function in a new, quiet process. What it raises is raised here."""
    spawn = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn, initializer=_hush) as pool:
        return pool.submit(work, *args, **options).result()


def _hush() -> None:
    """Nothing to the terminal: progress bars and C++ libraries ask no logger."""
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    send_noise_to(None)
