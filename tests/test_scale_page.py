"""The page on scale: its configurations are read, its recipes are YAML of the right shape."""

import re
from pathlib import Path

import pytest
import yaml

from docproc.config import read_config

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


def test_the_recipe_for_kuberay_mounts_the_workspace_everywhere():
    (job,) = (each for each in map(yaml.safe_load, blocks("yaml")) if "kind" in each)
    assert (job["apiVersion"], job["kind"]) == ("ray.io/v1", "RayJob")
    cluster = job["spec"]["rayClusterSpec"]
    for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"]):
        pod = group["template"]["spec"]
        volumes = {each["name"] for each in pod["volumes"]}
        for container in pod["containers"]:
            assert {each["name"] for each in container["volumeMounts"]} == volumes
            assert container["volumeMounts"][0]["mountPath"] == "/srv/archive"
