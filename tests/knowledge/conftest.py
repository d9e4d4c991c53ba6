from pathlib import Path

import pytest
from small_knowledge import SmallKnowledge


@pytest.fixture
def small(tmp_path: Path) -> SmallKnowledge:
    return SmallKnowledge.write(tmp_path)
