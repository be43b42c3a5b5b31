"""The page on scale: its configurations are read, its recipes are YAML of the right shape."""

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from docproc.cli.app import app
from docproc.config.reading import read_config

PAGE = (Path(__file__).parents[1] / "docs" / "scale.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("text", blocks("toml"))
def test_every_configuration_is_read(text, tmp_path):
    (tmp_path / "config.toml").write_text(text, "utf-8")
    assert read_config(tmp_path / "config.toml")


def test_the_recipe_for_compose_names_one_image_and_one_volume():
    (compose,) = (each for each in map(yaml.safe_load, blocks("yaml")) if "services" in each)
    assert set(compose["services"]) == {"head", "worker", "index"}
    for service in compose["services"].values():
        assert service["image"] == "docproc-ray"
        assert service["volumes"] == ["workspace:/srv/archive"]
        assert set(service.get("depends_on", ())) <= set(compose["services"])
    assert set(compose["volumes"]) == {"workspace"}


KINDS = {"RayJob", "RayCluster", "Milvus"}


def of_kind(kind: str) -> dict:
    (found,) = (each for each in map(yaml.safe_load, blocks("yaml")) if each.get("kind") == kind)
    return found


def test_every_kind_has_one_recipe():
    every = [each for each in map(yaml.safe_load, blocks("yaml")) if "kind" in each]
    assert {each["kind"] for each in every} == KINDS
    assert len(every) == len(KINDS)


@pytest.mark.parametrize("kind", ["RayJob", "RayCluster"])
def test_the_recipes_for_kuberay_mount_the_workspace_everywhere(kind):
    found = of_kind(kind)
    assert found["apiVersion"] == "ray.io/v1"
    cluster = found["spec"].get("rayClusterSpec", found["spec"])
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        pod = group["template"]["spec"]
        volumes = {each["name"] for each in pod["volumes"]}
        for container in pod["containers"]:
            assert {each["name"] for each in container["volumeMounts"]} == volumes
            assert container["volumeMounts"][0]["mountPath"] == "/srv/archive"


def test_the_recipe_for_the_milvus_operator_is_the_address_that_the_page_names():
    found = of_kind("Milvus")
    name, space = found["metadata"]["name"], found["metadata"]["namespace"]
    assert found["apiVersion"] == "milvus.io/v1beta1"
    assert f"http://{name}-milvus.{space}.svc:19530" in PAGE
    storage = found["spec"]["dependencies"]["storage"]
    assert storage["external"]
    assert storage["secretRef"]


def test_every_command_of_the_recipes_is_one_of_ours(capsys):
    job = of_kind("RayJob")
    (compose,) = (each for each in map(yaml.safe_load, blocks("yaml")) if "services" in each)
    commands = {job["spec"]["entrypoint"], compose["services"]["index"]["command"]}
    assert len(commands) == 1
    program, name, *options = commands.pop().split()
    assert (program, name) == ("docproc", "index")
    command = get_command(app).commands[name]
    known = {option for each in command.params for option in each.opts}
    assert {each for each in options if each.startswith("--")} <= known
