"""The walls of the house: who may import whom. CONTRIBUTING.md has the picture."""

import ast
import re
from pathlib import Path

import pytest

from evergrove import provenance

ROOT = Path(__file__).resolve().parent.parent
STAGES = sorted(path.stem for path in (ROOT / "scripts").glob("*.py"))
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "evergrove").rglob("*.py")
)
# third-party package -> the modules that may import it
OWNERS = {
    "matplotlib": ("evergrove.figures",),
    "statsmodels": ("evergrove.cross_check",),
    "pymare": ("evergrove.cross_check",),
    "snakemake": (),
    "pptx": ("evergrove.figures.slides",),
    "jinja2": ("evergrove.page",),
    "docx": ("evergrove.figures.document", "evergrove.reports"),
    "sklearn": ("evergrove.screening_order",),
    "threadpoolctl": ("evergrove.screening_order",),
}
LIGHT = ("parse_citations", "match_reports", "screen", "extract")
HEAVY = {"numpy", "scipy", "pandas", "matplotlib", "sklearn", "threadpoolctl"}
# Modules that a light stage may import because they import HEAVY packages inside functions only,
# when there are waiting reports to put in order.
LAZY = ("evergrove.screening_order", "evergrove.screening_recall")


def _within(module, owners):
    return any(module == owner or module.startswith(f"{owner}.") for owner in owners)


@pytest.mark.parametrize("package", OWNERS)
def test_a_package_is_known_to_its_owner_only(package):
    users = [module for module in MODULES if package in provenance.third_party(module)]
    assert [module for module in users if not _within(module, OWNERS[package])] == []


def test_no_stage_imports_another_stage():
    for stage in STAGES:
        reached = provenance.closure((f"evergrove.{stage}",))
        others = {f"evergrove.{other}" for other in STAGES if other != stage}
        assert reached & others == set(), stage


@pytest.mark.parametrize("stage", LIGHT)
def test_reading_matching_and_screening_need_no_numeric_package(stage):
    for module in provenance.closure((f"evergrove.{stage}",)):
        found = provenance.third_party(module)
        if module in LAZY:
            found = _imported_at_once(module)
        assert not found & HEAVY, module


@pytest.mark.parametrize("module", LAZY)
def test_a_lazy_module_imports_numeric_packages_inside_functions_only(module):
    assert provenance.third_party(module) & HEAVY
    assert not _imported_at_once(module) & HEAVY
    # Nor through another module of the package.
    for other in provenance.closure((module,)):
        assert other in LAZY or not provenance.third_party(other) & HEAVY, other


def _imported_at_once(module):
    """The top-level names that a module imports when it is itself imported."""
    path = provenance.file_of(module)
    assert path is not None
    found, todo = set(), list(ast.parse(path.read_text()).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            todo.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
        todo.extend(ast.iter_child_nodes(node))
    return found


def test_tables_and_errors_lie_at_the_bottom():
    assert provenance.imports("evergrove.errors") == set()
    assert provenance.imports("evergrove.tables") <= {"evergrove", "evergrove.errors"}


def test_rule_script_and_module_have_one_name():
    rules = "\n".join(path.read_text() for path in (ROOT / "workflow/rules").glob("*.smk"))
    named = set(re.findall(r'"\.\./\.\./scripts/(\w+)\.py"', rules))
    assert named == set(STAGES)
    for stage in STAGES:
        assert f"evergrove.{stage}" in MODULES
        assert re.search(rf"(rule|checkpoint) {stage}:|draw_figures_", rules)


def test_every_rule_depends_on_the_code_of_its_own_stage():
    rules = "\n".join(path.read_text() for path in (ROOT / "workflow/rules").glob("*.smk"))
    for block in re.split(r"(?m)^(?= *(?:rule|checkpoint)\b)", rules)[1:]:
        script = re.search(r"scripts/(\w+)\.py", block)
        if script is None:
            assert not re.search(r"(?m)^ +(shell|run):", block)
            continue
        stage = script[1]
        assert re.search(rf'code=(STAGE_CODE\["{stage}"\]|STAGE_CODE),', block), stage


def test_a_script_calls_its_own_module_and_is_short():
    for stage in STAGES:
        text = (ROOT / f"scripts/{stage}.py").read_text()
        tree = ast.parse(text)
        imported = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for name in [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        }
        ours = {name for name in imported if name in MODULES}
        # A script that imports more than its stage would hide code from the rule's hash.
        reached = provenance.closure((f"evergrove.{stage}",))
        assert ours <= reached | {"evergrove", "evergrove.tables", "evergrove.stages"}, stage
        assert f"evergrove.{stage}" in ours
        body = [line for line in text.splitlines() if line.strip()]
        assert len(body) <= 60, stage


def test_no_module_gives_one_name_to_two_things():
    # The linter sees a function that is defined again; a list of words it does not see.
    for path in (ROOT / "evergrove").rglob("*.py"):
        names = []
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.append(node.name)
            elif isinstance(node, ast.Assign):
                names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        assert sorted(names) == sorted(set(names)), path.name


def test_no_file_of_the_project_names_a_machine_or_a_registry():
    pattern = re.compile(
        r"(?:^|[^\w.])/(?:work|farm|root)/|index-url|https?://\S*(?:simple/|registry)"
    )
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if parts[0] in {".venv", ".git", ".snakemake", "results", "logs"} or not path.is_file():
            continue
        if path == Path(__file__) or path.suffix not in {
            ".py",
            ".md",
            ".smk",
            ".yaml",
            ".yml",
            ".toml",
            ".lock",
            ".R",
            ".csv",
            ".json",
        }:
            continue
        assert not pattern.search(path.read_text(encoding="utf-8", errors="replace")), path


# The packages of reading/ from left to right, as CONTRIBUTING.md draws them.
READING = ["text", "numbers", "measures", "times", "arms", "sizes", "kinds", "linking", "records"]


def test_a_package_of_reading_uses_those_to_its_left_with_counted_exceptions():
    to_the_right = 0
    for module in MODULES:
        own = module.split(".")
        if own[:2] != ["evergrove", "reading"] or own[2:3] == [] or own[2] not in READING:
            continue
        path = provenance.file_of(module)
        assert path is not None
        used = re.findall(r"^from evergrove\.reading\.(\w+)\.\w+ import", path.read_text(), re.M)
        to_the_right += sum(READING.index(one) > READING.index(own[2]) for one in used)
    assert to_the_right <= 90, "a new import to the right: move the module, or lower the picture"
    said = re.search(
        r"(\d+) of [\d,]+ imports go to the right", (ROOT / "CONTRIBUTING.md").read_text()
    )
    assert said is not None
    assert int(said[1]) == to_the_right, "CONTRIBUTING.md tells another number"
