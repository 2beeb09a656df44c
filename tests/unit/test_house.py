"""The house's own rules: documentation is whole, files are small, nothing names a machine or a registry."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from service import __version__
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
HARD_LIMIT = 500


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def sources() -> list[Path]:
    return [
        path for room in ("corpus", "nlp", "service", "tests", "benchmarks") for path in (ROOT / room).rglob("*.py")
    ]


def test_version_is_the_newest_in_the_changelog() -> None:
    newest = re.search(r"^## \[([^]]+)]", read("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"DONDOC_{name.upper()}" in read("docs/operations.md")


def test_every_command_is_documented() -> None:
    from service.cli.main import app

    readme = read("README.md") + read("docs/operations.md")
    missing = [command.name for command in app.registered_commands if f"dondoc {command.name}" not in readme]
    assert not missing


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    reasons = read("docs/decisions/0005-dependencies.md").lower()
    names = [re.split(r"[<>=\[ ]", spec)[0] for spec in project["dependencies"]]
    assert [name for name in names if name.lower() not in reasons] == []


def test_files_stay_small() -> None:
    long = {
        path.name: n for path in sources() if (n := len(path.read_text(encoding="utf-8").splitlines())) > HARD_LIMIT
    }
    assert not long


def test_text_is_nfc() -> None:
    import unicodedata

    wrong = [str(path) for path in sources() if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))]
    # Two readers' tests need decomposed or legacy text; they build it with escapes instead of typing it.
    assert not wrong


def test_no_tracked_file_names_a_registry_or_a_home() -> None:
    pattern = re.compile(r"(pypi\.org|pythonhosted|npmjs\.(org|com)|repo1?\.maven|/root/|/home/\w+/)")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    found = [
        name
        for name in tracked
        if name.endswith((".py", ".toml", ".md", ".yml", "run", "Dockerfile", ".json"))
        and (ROOT / name).is_file()
        and pattern.search((ROOT / name).read_text(encoding="utf-8"))
        and name != "tests/unit/test_house.py"
    ]
    assert not found
