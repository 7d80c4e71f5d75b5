"""No planted patient data in the preview: pages, overlay, bar, what it says on the terminal, what it keeps."""

import re
from pathlib import Path

from tests.preview.previewed import previewed, problems_in

PAGE = "conditions/low-back-pain.md"
ADDRESS = "/conditions/low-back-pain/"
SECRETS = ("00482913", "900123456", "Xiomara")


def holds(text: bytes) -> list[str]:
    bare = re.sub(rb"[^0-9A-Za-z]+", b"", text)
    return [secret for secret in SECRETS if secret.encode() in bare]


def test_nothing_that_is_planted_is_shown_or_kept(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        running.shows(ADDRESS, "Your back may hurt")
        running.change(f"content/{PAGE}", "Your back may hurt", "Xiomara Quispe, MRN 00482913. Your back may hurt")
        running.shows(ADDRESS, "PRV001")
        panel = problems_in(running.get(ADDRESS)[1])
        assert "MRN ••••••••" in panel
        running.save("pages/mrn-00482913.md", "---\ntitle: T\nsummary: S.\n---\n\nText.\n")
        running.change("content/pages/home.md", "summary: ", "summary: 900-12-3456 ")
        running.shows("/", "PRV003")
        running.change("content/clinic.yaml", "phones:\n", "# Xiomara Quispe, MRN 00482913\nphones:\n")
        running.shows("/", "record or account")
        for address in ("/", ADDRESS, "/conditions/", "/mrn-00482913/", "/search/", "/.preview/state"):
            assert not holds(re.sub(r"mrn-00482913/?", "", running.get(address)[1]).encode()), address
    assert not holds("".join(running.said).encode())
    for file in sorted(tmp_path.rglob("*")):
        if file.is_file() and "content" not in file.relative_to(tmp_path).parts:
            assert not holds(file.name.encode() + b"\n" + file.read_bytes()), file
