"""What made a result: a hash of the code that a stage runs, versions, and file hashes.

Snakemake reruns a rule when its script changes, but does not see the modules that the script
imports. Every rule therefore has ``params: code=code("evergrove.<module>")``.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = "evergrove"
ROOT = Path(__file__).resolve().parent.parent


def code(*modules: str) -> str:
    """A hash of the named modules and of every module of the package that they import.

    The syntax tree is hashed, without docstrings' and comments' places: a comment changes nothing.
    Data files beside a module (templates, lexicons, profiles) count as part of its folder when the
    folder is a package that is imported.
    """
    digest = hashlib.sha256()
    for name in sorted(_closure(modules)):
        digest.update(f"{name}\0{_module_hash(name)}\n".encode())
    return digest.hexdigest()[:16]


def imports(module: str) -> set[str]:
    """The modules of the package that `module` imports, anywhere in its source."""
    found: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] == PACKAGE and _file(name) is not None}


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """The installed version of each distribution, by name, in the order given."""
    return {name: metadata.version(name) for name in packages}


def file_hash(path: Path | str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _closure(modules: tuple[str, ...]) -> set[str]:
    todo, seen = list(modules), set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        if _file(name) is None:
            raise ValueError(f"no module {name} in the package")
        seen.add(name)
        todo.extend(imports(name))
        # Importing a.b.c runs a and a.b too.
        parent = name.rpartition(".")[0]
        if parent:
            todo.append(parent)
    return seen


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    base = module if _file(module).name == "__init__.py" else module.rpartition(".")[0]
    for _ in range(node.level - 1):
        base = base.rpartition(".")[0]
    return f"{base}.{node.module}" if node.module else base


def _file(module: str) -> Path | None:
    base = ROOT.joinpath(*module.split("."))
    for path in (base / "__init__.py", base.with_suffix(".py")):
        if path.is_file():
            return path
    return None


@cache
def _tree(module: str) -> ast.Module:
    path = _file(module)
    assert path is not None, module
    return ast.parse(path.read_bytes(), filename=str(path))


@cache
def _module_hash(module: str) -> str:
    digest = hashlib.sha256(ast.dump(_tree(module)).encode())
    path = _file(module)
    if path is not None and path.name == "__init__.py" and module != PACKAGE:
        for data in sorted(path.parent.rglob("*")):
            if data.is_file() and data.suffix not in {".py", ".pyc"}:
                digest.update(data.relative_to(path.parent).as_posix().encode())
                digest.update(data.read_bytes())
    return digest.hexdigest()
