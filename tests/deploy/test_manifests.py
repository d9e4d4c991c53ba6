"""What the deployment files promise: no root, nothing written, probes, a budget, a policy."""

import shutil
import subprocess
from typing import Any

import pytest
import yaml

from bot.settings import ROOT, Settings
from bot.stopping import LONGEST

FOLDER = ROOT / "deploy"


def kubernetes() -> dict[str, dict[str, Any]]:
    found = {}
    for file in sorted((FOLDER / "kubernetes").glob("*.yml")):
        for document in yaml.safe_load_all(file.read_text("utf-8")):
            found[document["kind"]] = document
    return found


def test_the_container_runs_as_nobody_and_writes_nowhere() -> None:
    pod = kubernetes()["Deployment"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    app = yaml.safe_load((FOLDER / "compose.yml").read_text("utf-8"))["services"]["app"]
    assert app["read_only"]
    assert app["cap_drop"] == ["ALL"]
    assert "USER 10001:10001" in (FOLDER / "Containerfile").read_text("utf-8")


def test_the_probes_ask_what_is_honest_of_what_may_be_killed_and_what_not() -> None:
    [container] = kubernetes()["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert "/readyz" in (FOLDER / "Containerfile").read_text("utf-8")


def test_what_runs_it_waits_longer_than_its_stop_may_last() -> None:
    pod = kubernetes()["Deployment"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    _, before = container["lifecycle"]["preStop"]["exec"]["command"]
    assert pod["terminationGracePeriodSeconds"] > int(before) + LONGEST
    app = yaml.safe_load((FOLDER / "compose.yml").read_text("utf-8"))["services"]["app"]
    assert int(app["stop_grace_period"].removesuffix("s")) > LONGEST
    guide = (ROOT / "docs" / "exploitation.md").read_text("utf-8")
    assert f"en {LONGEST:.0f} secondes au plus" in guide


def test_it_scales_survives_a_node_and_speaks_only_to_whom_it_must() -> None:
    kinds = kubernetes()
    assert kinds["HorizontalPodAutoscaler"]["spec"]["minReplicas"] >= 2
    assert kinds["PodDisruptionBudget"]["spec"]["maxUnavailable"] == 1
    assert set(kinds["NetworkPolicy"]["spec"]["policyTypes"]) == {"Ingress", "Egress"}


def test_no_secret_stands_in_them_and_every_setting_exists() -> None:
    settings = {f"QVE_{name.upper()}" for name in Settings.model_fields}
    named = set(kubernetes()["ConfigMap"]["data"])
    for line in (FOLDER / "exemple.env").read_text("utf-8").splitlines():
        name, _, value = line.lstrip("#").partition("=")
        if name.startswith("QVE_"):
            named.add(name)
        if name in ("POSTGRES_PASSWORD", "QVE_SECRET_KEYS", "QVE_METRICS_TOKEN"):
            assert value == "", name
    assert len(named) > 6
    assert named - settings == set()
    assert "Secret" not in kubernetes()


def test_the_guide_names_every_setting() -> None:
    guide = "".join(file.read_text("utf-8") for file in (ROOT / "docs").glob("*.md"))
    missing = [name for name in Settings.model_fields if f"QVE_{name.upper()}" not in guide]
    assert missing == []


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
def test_kustomize_can_put_them_together() -> None:
    done = subprocess.run(
        ["kubectl", "kustomize", str(FOLDER / "kubernetes")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "registre.exemple.ca/quebec-ville-etudes:0.1.0" in done.stdout
