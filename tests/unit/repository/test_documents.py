"""The documents name only what there is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
README = (ROOT / "README.md").read_text()


def test_every_make_target_in_the_documents_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    documents = README + "".join((ROOT / name).read_text() for name in DOCUMENTS[1:])
    targets = set(re.findall(r"(?:^|`|\d )make ([a-z-]+)", documents, re.MULTILINE))
    assert {"run", "test", "check", "dev"} <= targets
    assert {target for target in targets if f"\n{target}:" not in makefile} == set()


def test_every_link_to_a_file_leads_to_one() -> None:
    for name in DOCUMENTS:
        document = ROOT / name
        links = re.findall(r"\]\((?!http)([^)#]+)", document.read_text())
        assert [link for link in links if not (document.parent / link).exists()] == []
