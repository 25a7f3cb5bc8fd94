"""All files of one round through LibreOffice in one call a format."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.documents.docx.office import SOFFICE

_FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf"}


def converted(files: Mapping[str, bytes], suffix: str) -> dict[str, bytes]:
    """The Word files (name without suffix -> bytes) saved by LibreOffice as `suffix`."""
    with tempfile.TemporaryDirectory(prefix="made-set-") as folder:
        sources = []
        for name, data in files.items():
            source = Path(folder, f"{name}.docx")
            source.write_bytes(data)
            sources.append(str(source))
        subprocess.run(
            [
                SOFFICE, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to", _FILTERS[suffix], "--outdir", f"{folder}/out", *sources,
            ],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        return {name: Path(folder, "out", f"{name}.{suffix}").read_bytes() for name in files}
