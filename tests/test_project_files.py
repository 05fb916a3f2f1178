import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_layering import house_sources, imported_modules

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
REQUIREMENTS = PROJECT["dependencies"]


def readme_examples() -> list[str]:
    """Its examples in Python, in order."""
    return re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_requirements_are_those_of_the_package_and_nothing_else():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == REQUIREMENTS


def test_every_library_that_the_code_imports_is_required():
    extras = sum(PROJECT["optional-dependencies"].values(), [])  # JAX and Ray are asked for
    required = {Requirement(line).name for line in REQUIREMENTS + extras}
    providers = packages_distributions()
    for file, source in house_sources():
        for module in imported_modules(file, source):
            library = module.split(".")[0]
            if library in {"tfplay", *sys.stdlib_module_names}:
                continue
            names = {canonicalize_name(name) for name in providers.get(library, [library])}
            assert names & required, f"{file} imports {module}"


@pytest.mark.parametrize("ending", ["-m pytest -n logical", "streamlit run streamlit_app.py"])
def test_readme_gives_each_of_the_two_commands_once(ending):
    assert len(re.findall(rf"{ending}$", README, re.MULTILINE)) == 1


def test_readme_python_examples_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    published, layers, shown, chat, _ = readme_examples()  # the last is run beside a server
    exec(published, {})
    exec(layers, {})
    assert (tmp_path / "m.keras").exists()
    exec(shown, {})
    assert (tmp_path / "attention.html").exists()
    capsys.readouterr()
    exec(chat, {})
    assert capsys.readouterr().out.strip()


def test_every_page_is_in_the_wheel():
    carried = SETTINGS["tool"]["setuptools"]["data-files"]
    for folder in {path.parent.name for path in (ROOT / "pages").glob("*/*.py")}:
        assert carried[f"share/tfplay/pages/{folder}"] == [f"pages/{folder}/*.py"]
