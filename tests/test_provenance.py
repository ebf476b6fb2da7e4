"""A change of any imported module reruns the stages that use it, a comment does not."""

import textwrap

import pytest

from evergrove import provenance


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A small package in which `stage` imports `core`, which imports `base`."""
    folder = tmp_path / "evergrove"
    (folder / "words").mkdir(parents=True)
    files = {
        "__init__.py": "",
        "stage.py": "from evergrove import core\n",
        "core.py": "from evergrove.base import x\ndef f():\n    from evergrove import words\n",
        "base.py": "x = 1\n",
        "other.py": "y = 2\n",
        "words/__init__.py": "",
        "words/list.yaml": "a: 1\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    monkeypatch.setattr(provenance, "MEMORY", tmp_path / "memory.json")

    def edit(name, text):
        (folder / name).write_text(textwrap.dedent(text))
        provenance.forget()

    provenance.forget()
    yield edit
    provenance.forget()


def test_editing_a_module_that_is_imported_indirectly_changes_the_hash(package):
    before = provenance.code("evergrove.stage")
    package("base.py", "x = 3\n")
    assert provenance.code("evergrove.stage") != before


def test_a_comment_or_layout_changes_nothing(package):
    before = provenance.code("evergrove.stage")
    package("base.py", "# why\n\nx    =   1\n")
    assert provenance.code("evergrove.stage") == before


def test_a_module_that_is_not_imported_changes_nothing(package):
    before = provenance.code("evergrove.stage")
    package("other.py", "y = 3\n")
    assert provenance.code("evergrove.stage") == before


def test_an_import_inside_a_function_counts_and_so_do_data_files_beside_it(package):
    before = provenance.code("evergrove.stage")
    package("words/list.yaml", "a: 2\n")
    assert provenance.code("evergrove.stage") != before


def test_a_module_that_does_not_exist_is_a_mistake_in_the_rules(package):
    with pytest.raises(ValueError, match=r"evergrove\.missing"):
        provenance.code("evergrove.missing")


def test_what_is_remembered_is_never_used_for_another_content(package):
    before = provenance.code("evergrove.stage")
    provenance.remember()
    provenance.forget()
    assert provenance.code("evergrove.stage") == before
    package("base.py", "x = 3\n")
    assert provenance.code("evergrove.stage") != before


def test_a_spoiled_memory_is_no_harm(package):
    before = provenance.code("evergrove.stage")
    provenance.MEMORY.write_text("{ not JSON")
    provenance.forget()
    assert provenance.code("evergrove.stage") == before
