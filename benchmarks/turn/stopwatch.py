"""How long named parts take, without a change to what is measured."""

import inspect
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

Naming = Callable[..., str]


class Stopwatch:
    """Adds up milliseconds by part. Parts that hold others count them too."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    @contextmanager
    def on(self, part: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.spent[part] += (time.perf_counter() - began) * 1000

    def watch(self, owner: object, method: str, part: str | Naming) -> None:
        """Time each call of `owner`'s method; a callable names the part from the arguments."""
        called = getattr(owner, method)

        def named(*given: Any, **options: Any) -> str:
            return part if isinstance(part, str) else part(*given, **options)

        @wraps(called)
        def timed(*given: Any, **options: Any) -> Any:
            with self.on(named(*given, **options)):
                return called(*given, **options)

        @wraps(called)
        async def awaited(*given: Any, **options: Any) -> Any:
            with self.on(named(*given, **options)):
                return await called(*given, **options)

        setattr(owner, method, awaited if inspect.iscoroutinefunction(called) else timed)
