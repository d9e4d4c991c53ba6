"""The words of what is found and compared, in `finder_wording.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("finder_wording.yml")


@dataclass(frozen=True)
class FinderWording:
    relays: Mapping[str, str]
    refinements: Mapping[str, Any]
    fields: Mapping[str, str]
    comparison: Mapping[str, Any]

    @classmethod
    @cache
    def load(cls) -> "FinderWording":
        return cls(**yaml.safe_load(_FILE.read_text("utf-8")))
