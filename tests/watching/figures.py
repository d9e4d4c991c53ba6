"""Reads /metrics as Prometheus does, with its own library's parser."""

from dataclasses import dataclass

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families


@dataclass
class Figures:
    families: dict[str, Metric]

    def of(self, name: str, **labels: str) -> float | None:
        """The sample with exactly these labels; None if there is none."""
        for family in self.families.values():
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return float(sample.value)
        return None

    @property
    def names(self) -> set[str]:
        return {sample.name for family in self.families.values() for sample in family.samples}


def read(text: str) -> Figures:
    return Figures({family.name: family for family in text_string_to_metric_families(text)})


async def figures(http: httpx.AsyncClient, token: str) -> Figures:
    response = await http.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200, response.text
    return read(response.text)
