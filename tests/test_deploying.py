"""What is written for Docker Compose and Kubernetes names settings, verbs, ports and paths that the program has."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.core import TyperGroup

from bot.cli import app
from bot.serving import LAST_RESORT
from bot.settings import Settings, read

ROOT = Path(__file__).parent.parent
SETTINGS = set(Settings.model_fields)
IMAGE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
PORT = re.findall(r"PORT=(\d+)", IMAGE)[0]
FOLDER = re.findall(r"^WORKDIR (/data)$", IMAGE, re.MULTILINE)[0]


def compose(*, teams: bool = False) -> Mapping[str, Any]:
    """The services by name, and the rest of the file; with `teams` once the signs before its lines are gone."""
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    if teams:
        text = re.sub(r"^( +)# (- teams_|teams_|  file: secrets/teams_)", r"\1\2", text, flags=re.MULTILINE)
    return yaml.safe_load(text)  # type: ignore[no-any-return]


def kubernetes() -> Mapping[str, Any]:
    """Every object of the page by its kind; there is one of each."""
    blocks = re.findall(r"^```yaml\n(.*?)^```", page(), re.MULTILINE | re.DOTALL)
    objects = [one for block in blocks for one in yaml.safe_load_all(block)]
    assert len({one["kind"] for one in objects}) == len(objects)
    return {one["kind"]: one for one in objects}


def page() -> str:
    return (ROOT / "docs" / "kubernetes.md").read_text(encoding="utf-8")


def pods() -> Iterator[Mapping[str, Any]]:
    """The pod of everything that runs one."""
    objects = kubernetes()
    yield objects["Deployment"]["spec"]["template"]["spec"]
    yield objects["Job"]["spec"]["template"]["spec"]
    yield objects["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]


def probes() -> set[str]:
    """The paths at which the program says how it is, from its own source."""
    return set(re.findall(r'"(/(?:healthz|readyz|metrics))"', (ROOT / "bot" / "web.py").read_text(encoding="utf-8")))


def test_compose_runs_postgresql_and_two_replicas_that_wait_for_it() -> None:
    services = compose()["services"]
    assert services["postgres"]["image"] == "postgres:18"
    bot = services["alongside"]
    assert bot["deploy"]["replicas"] == 2
    assert bot["depends_on"]["postgres"]["condition"] == "service_healthy"
    (ports,) = bot["ports"]
    first, last = map(int, re.fullmatch(rf"127\.0\.0\.1:(\d+)-(\d+):{PORT}", ports).groups())  # type: ignore[union-attr]
    assert last - first + 1 == bot["deploy"]["replicas"]
    assert bot["volumes"] == [f"data:{FOLDER}"]


@pytest.mark.parametrize("teams", [False, True])
def test_compose_names_settings_that_exist_and_keeps_secrets_in_files(teams: bool) -> None:
    told = compose(teams=teams)
    bot = told["services"]["alongside"]
    assert {name.lower() for name in bot["environment"]} - {"secrets_dir"} <= SETTINGS
    assert bot["environment"]["SECRETS_DIR"] == "/run/secrets"
    assert set(bot["secrets"]) <= SETTINGS
    assert {"database_url", "slack_bot_token", "mentor_keys"} <= set(bot["secrets"])
    of_teams = {"teams_app_id", "teams_app_password", "teams_tenant_id"}
    assert of_teams & set(bot["secrets"]) == (of_teams if teams else set())
    assert {*bot["secrets"], *told["services"]["postgres"]["secrets"]} == set(told["secrets"])
    assert not re.search(r"xox|postgresql\+", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    described = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    for name in told["secrets"]:
        assert f"secrets/{name}" in described


def test_compose_asks_whether_a_replica_is_ready_and_gives_it_time_to_end() -> None:
    bot = compose()["services"]["alongside"]
    (path,) = re.findall(rf"127\.0\.0\.1:{PORT}(/\w+)", bot["healthcheck"]["test"][-1])
    assert path == "/readyz"
    assert path in probes()
    compile(bot["healthcheck"]["test"][-1], "healthcheck", "exec")
    assert int(bot["stop_grace_period"].removesuffix("s")) == 45 > LAST_RESORT


def test_an_empty_address_leaves_the_word_to_the_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The image names a file in DATABASE_URL; both ways to deploy empty it."""
    assert "DATABASE_URL=sqlite" in IMAGE
    (tmp_path / "database_url").write_text("postgresql+psycopg://alongside@postgres/alongside\n")
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    assert read().database_url == "postgresql+psycopg://alongside@postgres/alongside"
    assert compose()["services"]["alongside"]["environment"]["DATABASE_URL"] == ""


def test_kubernetes_runs_two_replicas_that_are_probed_and_have_time_to_end() -> None:
    objects = kubernetes()
    deployment = objects["Deployment"]["spec"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    assert deployment["replicas"] == 2
    assert pod["terminationGracePeriodSeconds"] == 45 > LAST_RESORT
    assert container["livenessProbe"]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "http"}
    assert {"/healthz", "/readyz"} <= probes()
    assert container["ports"] == [{"name": "http", "containerPort": int(PORT)}]
    labels = deployment["template"]["metadata"]["labels"]
    assert deployment["selector"]["matchLabels"] == labels
    assert objects["Service"]["spec"]["selector"] == labels
    assert objects["Service"]["spec"]["ports"][0]["targetPort"] == "http"
    assert objects["PodDisruptionBudget"]["spec"] == {"minAvailable": 1, "selector": {"matchLabels": labels}}


def test_everything_on_kubernetes_gets_its_settings_from_the_secret() -> None:
    secret = kubernetes()["Secret"]
    assert set(secret["stringData"]) <= SETTINGS
    for pod in pods():
        (container,) = pod["containers"]
        names = {one["name"]: one["value"] for one in container["env"]}
        assert names.keys() == {"SECRETS_DIR", "DATABASE_URL"}
        assert names["DATABASE_URL"] == ""
        mounts = {one["mountPath"]: one["name"] for one in container["volumeMounts"]}
        volumes = {one["name"]: one for one in pod["volumes"]}
        assert volumes[mounts[names["SECRETS_DIR"]]]["secret"] == {"secretName": secret["metadata"]["name"]}
        assert volumes[mounts[FOLDER]].keys() & {"emptyDir", "persistentVolumeClaim"}
        user = pod["securityContext"]["runAsUser"]
        assert f"USER {user}:{user}" in IMAGE


def test_jobs_run_verbs_of_the_command_line_and_keep_what_they_write() -> None:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    claim = kubernetes()["PersistentVolumeClaim"]["metadata"]["name"]
    commands = []
    for pod in list(pods())[1:]:
        program, verb = pod["containers"][0]["command"]
        commands.append(verb)
        assert program == "alongside"
        assert {"persistentVolumeClaim": {"claimName": claim}, "name": "backups"} in pod["volumes"]
    assert commands == ["migrate", "backup"]
    assert set(commands) <= set(group.commands)
