"""What is in `deploy/` is what its tools take: each file is checked by its own validator, and says what the guide needs."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from safeguarding.settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
TOOLS = Path(sys.executable).parent
KUBERNETES = "v1.33.0-local-strict"
MANIFESTS = [
    (path.name, manifest) for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")) for manifest in yaml.safe_load_all(path.read_text())
]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

KNOWN = {("CL-0019", "nginx"), ("CL-0019", "record"), ("CL-0019", "shared"), ("CL-0019", "one"), ("CL-0019", "two"), ("CL-0005", "nginx")}
"""Images are given by their digest where they are run, because a digest here would be old next week; nginx is for everybody."""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, timeout=120)


def schemas() -> Path:
    """The schemas of Kubernetes that kubernetes-validate brings; its own program wants a newer jsonschema than Rasa does."""
    package = importlib.util.find_spec("kubernetes_validate")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "kubernetes-json-schema" / KUBERNETES


def check(manifest: dict[str, Any]) -> None:
    api = re.sub(r"^([^./]*)(?:\.[^/]*)?/", r"\1-", manifest["apiVersion"])
    path = schemas() / f"{manifest['kind'].lower()}-{api}.json"
    schema, definitions = (json.loads(file.read_text()) for file in (path, path.parent / "_definitions.json"))
    resolver = jsonschema.RefResolver.from_schema(schema, store={definitions["$id"]: definitions})
    jsonschema.Draft202012Validator(schema, resolver=resolver).validate(manifest)


@pytest.mark.parametrize("manifest", [manifest for _, manifest in MANIFESTS], ids=lambda m: f"{m['kind']}-{m['metadata']['name']}")
def test_a_manifest_is_what_kubernetes_takes(manifest: dict[str, Any]) -> None:
    check(manifest)


def test_a_manifest_with_a_mistake_would_be_noticed() -> None:
    (budget,) = [
        manifest for _, manifest in MANIFESTS if manifest["kind"] == "PodDisruptionBudget" and manifest["metadata"]["name"] == "guide"
    ]
    with pytest.raises(jsonschema.ValidationError):
        check({**budget, "spec": {**budget["spec"], "minAvailible": 1}})


def pods() -> list[dict[str, Any]]:
    return [manifest["spec"]["template"]["spec"] for _, manifest in MANIFESTS if manifest["kind"] in ("StatefulSet", "Deployment")]


def test_no_pod_may_do_more_than_it_must() -> None:
    assert len(pods()) == 2
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert set(container["resources"]) == {"requests", "limits"}
            assert {"readinessProbe", "livenessProbe"} <= set(container)


def test_who_must_read_a_secret_can() -> None:
    """The files of a secret are root's. Where not everybody may read them, the group of the pod must."""
    closed = [
        (pod["securityContext"], volume["secret"]["defaultMode"])
        for pod in pods()
        for volume in pod["volumes"]
        if "secret" in volume and not volume["secret"]["defaultMode"] & 0o004
    ]
    assert closed, "the key of nginx is closed to others"
    for context, mode in closed:
        assert mode & 0o040
        assert context["fsGroup"] == context["runAsGroup"]


def test_who_must_read_the_key_under_compose_is_told() -> None:
    user = COMPOSE["services"]["nginx"]["user"].split(":")[0]
    for path in (DEPLOY / "compose.yaml", ROOT / "docs" / "scaling.md"):
        assert f"chown {user} tls.crt tls.key" in path.read_text(encoding="utf-8"), path.name


def test_pods_of_a_kind_do_not_lie_on_one_machine() -> None:
    """While there is another: one machine that ends must not take both."""
    sets = [manifest["spec"] for _, manifest in MANIFESTS if manifest["kind"] in ("StatefulSet", "Deployment")]
    assert len(sets) == 2
    for spec in sets:
        (spread,) = spec["template"]["spec"]["topologySpreadConstraints"]
        assert (spread["topologyKey"], spread["maxSkew"]) == ("kubernetes.io/hostname", 1)
        assert spread["labelSelector"] == spec["selector"]


def test_what_is_given_to_a_server_are_settings_and_no_secret_stands_in_a_file() -> None:
    known = {name.upper() for name in vars(Settings())}
    (guide,) = pods()[0]["containers"]
    given = {variable["name"]: variable for variable in guide["env"]}
    assert set(given) - {"POD_NAME"} <= known
    assert all("valueFrom" in variable for variable in given.values())
    for name in ("one", "two"):
        environment = COMPOSE["services"][name]["environment"]
        assert set(environment) <= known
        assert all("${" in environment[secret] for secret in ("DATABASE_URL", "CONVERSATIONS_URL", "LIMITS_URL", "GUIDE_ACTIONS_TOKEN"))
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert not re.search(r"://\w*:[^$@/\s]+@", path.read_text(encoding="utf-8")), f"{path.name} holds a password"


def test_the_dockerfile_has_no_traps() -> None:
    done = run("hadolint", "--no-color", "deploy/Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_holds_what_runs_and_nothing_of_this_machine() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    copied = {name for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE) for name in line.split()}
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    assert copied == {line[1:] for line in ignored if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied if not name.startswith("models/"))
    assert re.search(r"^RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/guide$", text, re.MULTILINE), "a volume takes its owner"
    assert text.index("install -d") < text.index("VOLUME")
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    assert ".env" not in copied


def test_compose_has_no_traps_but_those_that_are_meant() -> None:
    done = run("compose-lint", "check", "--format", "json", "deploy/compose.yaml")
    found = {(finding["rule_id"], finding["service"]) for finding in _findings(json.loads(done.stdout))}
    assert found <= KNOWN
    assert found, "it looked"


def _findings(told: Any) -> list[dict[str, Any]]:
    if isinstance(told, dict):
        return [told] if "rule_id" in told else [found for value in told.values() for found in _findings(value)]
    return [found for value in told for found in _findings(value)] if isinstance(told, list) else []


def test_each_service_has_limits_a_health_check_and_a_closed_root() -> None:
    assert set(COMPOSE["services"]) == {"one", "two", "nginx", "record", "shared"}
    for name, service in COMPOSE["services"].items():
        assert service["read_only"] is True, name
        assert {"mem_limit", "cpus", "pids_limit", "healthcheck", "restart"} <= set(service), name
        assert ("ports" in service) is (name == "nginx"), name


def test_nginx_finds_the_servers_of_compose() -> None:
    addresses = {COMPOSE["services"][name]["networks"]["inside"]["ipv4_address"] for name in ("one", "two")}
    assert set(re.findall(r"server ([\d.]+):5005", (DEPLOY / "nginx" / "servers.conf").read_text())) == addresses
    assert COMPOSE["x-settings"]["GUIDE_TRUSTED_PROXIES"] == COMPOSE["services"]["nginx"]["networks"]["inside"]["ipv4_address"]


def test_nginx_has_no_traps() -> None:
    """Its servers are addresses, or names with a resolver of their own, so nothing is looked up once and for all."""
    done = run("gixy", "--format", "json", "--skips", "missing_resolver", "deploy/nginx/nginx.conf")
    assert json.loads(done.stdout) == []
