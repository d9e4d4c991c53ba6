from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from builders import keys

from bot.settings import ROOT, Settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.understanding.training import current_model
from bot.wiring import Service, build, load_engine
from knowledge.library import Library


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def assistant() -> AsyncIterator[Service]:
    """The whole assistant, with the trained model, on a database in memory."""
    settings = Settings()
    model = current_model(ROOT, settings.model_dir)
    assert model.exists(), "train first: make train"
    database = Database("sqlite+aiosqlite://", keys)
    await migrate(database)
    yield build(settings, database, Library.load(), load_engine(model, database))
    await database.close()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load()
