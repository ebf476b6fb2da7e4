"""What made a result: a hash of the code that a stage runs, versions, and file hashes.

Snakemake reruns a rule when its script changes, but does not see the modules that the script
imports. Every rule therefore has ``params: code=STAGE_CODE["<rule>"]``, made by `code`.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from evergrove.errors import EvergroveError
from evergrove.tables import write_text

PACKAGE = "evergrove"
ROOT = Path(__file__).resolve().parent.parent
# Parsing the whole package takes about a second, at every start of Snakemake. What was found in a
# file is remembered by the hash of its bytes, so that a stale entry cannot be used.
MEMORY = Path(".evergrove/code.json")


def code(*modules: str) -> str:
    """A hash of the named modules and of every module of the package that they import.

    The syntax tree is hashed, so a comment or a line break changes nothing. Data files in the
    folder of an imported package (templates, lexicons, profiles) count as part of it.
    """
    digest = hashlib.sha256()
    for name in sorted(closure(modules)):
        digest.update(f"{name}\0{_module_hash(name)}\n".encode())
    return digest.hexdigest()[:16]


def imports(module: str) -> set[str]:
    """The modules of the package that `module` imports, anywhere in its source."""
    found: set[str] = set()
    for level, base, names in _facts(module)["imports"]:
        target = _absolute(module, level, base)
        found.add(target)
        found.update(f"{target}.{name}" for name in names)
    return {name for name in found if name.split(".")[0] == PACKAGE and file_of(name) is not None}


def third_party(module: str) -> set[str]:
    """The top-level names of everything else that `module` imports, the standard library too."""
    return {base.split(".")[0] for level, base, _ in _facts(module)["imports"] if not level} - {
        PACKAGE
    }


def closure(modules: tuple[str, ...]) -> set[str]:
    """The modules and all modules of the package that they need, directly or through others."""
    todo, seen = list(modules), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        if file_of(name) is None:
            raise ValueError(f"no module {name} in the package")
        seen.add(name)
        todo.extend(imports(name))
        # Importing a.b.c runs a and a.b too.
        parent = name.rpartition(".")[0]
        if parent:
            todo.append(parent)
    return seen


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """The installed version of each distribution, by name, in the order given."""
    return {name: metadata.version(name) for name in packages}


def file_hash(path: Path | str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def remember() -> None:
    """Keep what was found in the modules for the next start; without a place to, it is not kept."""
    facts = {key: value for key, value in _memory().items() if key in _used}
    if facts != _kept():
        try:
            write_text(MEMORY, json.dumps(facts, sort_keys=True))
        except (EvergroveError, OSError):
            return


def file_of(module: str) -> Path | None:
    """The source file of a module of the package, or None if there is none."""
    base = ROOT.joinpath(*module.split("."))
    for path in (base / "__init__.py", base.with_suffix(".py")):
        if path.is_file():
            return path
    return None


def forget() -> None:
    """Look at every file again: for tests that edit modules within one process."""
    for cached in (_facts, _module_hash, _memory, _kept):
        cached.cache_clear()
    _used.clear()


_used: set[str] = set()


@cache
def _kept() -> dict[str, Any]:
    try:
        kept = json.loads(MEMORY.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


@cache
def _memory() -> dict[str, Any]:
    return dict(_kept())


@cache
def _facts(module: str) -> dict[str, Any]:
    """{"tree": hash of the syntax tree, "imports": [[level, module, names], ...]} of a module."""
    path = file_of(module)
    assert path is not None, module
    source = path.read_bytes()
    # The dump of one and the same tree differs between versions of Python.
    key = hashlib.sha256(f"{sys.version}\0".encode() + source).hexdigest()
    _used.add(key)
    if key not in _memory():
        tree = ast.parse(source, filename=str(path))
        _memory()[key] = {
            "tree": hashlib.sha256(ast.dump(tree).encode()).hexdigest(),
            "imports": [found for node in ast.walk(tree) for found in _imported(node)],
        }
    return _memory()[key]


def _imported(node: ast.AST) -> list[list[Any]]:
    if isinstance(node, ast.Import):
        return [[0, alias.name, []] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [[node.level, node.module or "", [alias.name for alias in node.names]]]
    return []


def _absolute(module: str, level: int, base: str) -> str:
    if not level:
        return base
    path = file_of(module)
    above = module if path and path.name == "__init__.py" else module.rpartition(".")[0]
    for _ in range(level - 1):
        above = above.rpartition(".")[0]
    return f"{above}.{base}" if base else above


@cache
def _module_hash(module: str) -> str:
    digest = hashlib.sha256(_facts(module)["tree"].encode())
    path = file_of(module)
    if path is not None and path.name == "__init__.py" and module != PACKAGE:
        for data in sorted(path.parent.rglob("*")):
            if data.is_file() and data.suffix not in {".py", ".pyc"}:
                digest.update(data.relative_to(path.parent).as_posix().encode())
                digest.update(data.read_bytes())
    return digest.hexdigest()
