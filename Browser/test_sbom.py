"""The list of what the program is made of is one that programs can read, and leaves nothing out."""

import json
import re
import subprocess

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from house import BINARY, ROOT


@pytest.fixture(scope="module")
def text():
    return subprocess.run([ROOT / "Scripts/sbom", BINARY], check=True, capture_output=True, text=True).stdout


def test_it_is_valid_cyclonedx(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    broken = text.replace('"bomFormat": "CycloneDX"', '"bomFormat": "ours"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None, "The validator finds nothing."


def test_every_dependency_is_in_it_with_its_exact_version_and_licence(text):
    components = {component["bom-ref"]: component for component in json.loads(text)["components"]}
    declared = re.findall(r'url: "https://(\S+?)\.git", exact: "([^"]+)"', (ROOT / "Package.swift").read_text())
    assert len(declared) == (ROOT / "Package.swift").read_text().count(".package(url:"), "A version is not exact."
    for place, version in declared:
        assert f"pkg:swift/{place}@{version}" in components, place
    swift = [component for ref, component in components.items() if ref.startswith("pkg:swift/")]
    assert len(swift) == len(json.loads((ROOT / "Package.resolved").read_text())["pins"])
    assert all(component["licenses"] for component in swift), [c["name"] for c in swift if not c["licenses"]]


def test_every_library_that_the_program_loads_is_in_it(text):
    listed = {
        entry["value"]
        for component in json.loads(text)["components"]
        for entry in component.get("properties", [])
        if entry["name"] == "motcua:library"
    }
    loaded = subprocess.run(["ldd", BINARY], check=True, capture_output=True, text=True).stdout
    names = {line.split()[0] for line in loaded.splitlines() if "=>" in line}
    assert names == listed
    assert any(name.startswith("libpoppler") for name in listed)


def test_it_tells_nothing_of_the_machine_it_was_made_on(text):
    assert str(ROOT) not in text and "/usr/" not in text and "/opt/" not in text
    hosts = set(re.findall(r"https?://([^/\"]+)", text))
    assert hosts == {"github.com", "cyclonedx.org"}


def test_it_is_the_same_each_time_but_for_its_time(text):
    again = subprocess.run([ROOT / "Scripts/sbom", BINARY], check=True, capture_output=True, text=True).stdout
    without_time = [re.sub(r'"timestamp": ".*?"', "", one) for one in (text, again)]
    assert without_time[0] == without_time[1]
