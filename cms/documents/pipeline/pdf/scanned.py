"""Pictures of text: recognised, and read with OCRmyPDF where it is installed (the optional extra `ocr`)."""

import importlib.util
import itertools
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from django.utils.translation import gettext_lazy as _

from .. import patience
from ..errors import Unreadable
from .glyphs import Word
from .opening import unreadable

FEWEST_LETTERS = 50
"""Letters of a page below which a picture covering it means that the page was scanned."""

COVERS = 0.5
OCR_SECONDS = 900
"""The longest recognition; whoever called may have less patience."""

OCR_PAGES = 200
OCR_BYTES = 200 * 1024 * 1024
_MEGAPIXELS = 100
_TEXTS_LOOKED_AT = 100
_OPTIONS = (
    # Vietnamese alone: with English beside it, tesseract takes the marks off capitals and names ("LY DO" for "LÝ DO").
    "-l", "vie",
    # Pages below 400 dots per inch are enlarged first: marks above and below letters are a few dots at 200.
    "--oversample", "400", "--max-image-mpixels", str(_MEGAPIXELS),
    "--skip-text", "--output-type", "pdf", "--optimize", "0",
    "--jobs", "1", "--tesseract-timeout", "60", "--quiet",
)  # fmt: skip
_PAGE_READ = "*/[0-9]*_ocr_*.txt"
"""What OCRmyPDF leaves in its folder for every page it has recognised."""


def is_scanned(page: pypdfium2.PdfPage, letters: int) -> bool:
    """Whether a page is a picture of text not recognised yet: hardly a letter, and images covering most of it."""
    if letters >= FEWEST_LETTERS:
        return False
    width, height = page.get_size()
    covered = 0.0
    for count, image in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if count >= 5000:
            break
        try:
            left, bottom, right, top = image.get_bounds()
        except pypdfium2.PdfiumError:  # an image without a place covers nothing
            continue
        covered += max(0.0, min(right, left + 2 * width) - left) * max(0.0, min(top, bottom + 2 * height) - bottom)
    return covered > COVERS * width * height


def is_recognised(page: pypdfium2.PdfPage) -> bool:
    """Whether the page's text is there to be searched and copied, not seen: what OCR puts behind a picture.

    Visible letters may stand in front of it, a stamp's for example.
    """
    texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4)
    return any(
        pdfium.FPDFTextObj_GetTextRenderMode(text.raw) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        for text in itertools.islice(texts, _TEXTS_LOOKED_AT)
    )


def level_sizes(words: Sequence[Word]) -> None:
    """Make one size of what recognition guessed word by word; headings far larger and notes far smaller stay so."""
    if not words:
        return
    size = statistics.median(word.size for word in words)
    for word in words:
        if 0.6 * size < word.size < 1.5 * size:
            word.size = size


def ocr_command() -> list[str] | None:
    """How OCRmyPDF is started here; None where it is not installed."""
    if importlib.util.find_spec("ocrmypdf") is not None:
        return [sys.executable, "-m", "ocrmypdf"]
    program = shutil.which("ocrmypdf")
    return [program] if program else None


def needs_ocr(name: str, pages: int) -> Unreadable:
    """The refusal of a scanned file where no OCR is installed: what to install, and the way without it."""
    return unreadable(
        _(
            "“{name}” is scanned: its {pages} pages are pictures without text, so the text must be recognised (OCR) "
            "first. OCR is not installed on this site; its administrator can install it (the extra “ocr” of this "
            "program, with the Debian packages ocrmypdf and tesseract-ocr-vie). Or upload the document’s Word file, "
            "or a PDF made from it instead of a scan."
        ),
        name,
        pages=pages,
    )


def recognised(data: bytes, name: str, pages: int) -> bytes:
    """The same PDF with a text layer, by OCRmyPDF. Raises `Unreadable`: not installed, too long, too large, failed."""
    command = ocr_command()
    if command is None:
        raise needs_ocr(name, pages)
    if pages > OCR_PAGES:
        raise unreadable(
            _(
                "“{name}” is scanned and has {pages} pages; text is recognised (OCR) in at most {limit} pages at a "
                "time. Split it into parts and upload them one by one."
            ),
            name,
            pages=pages,
            limit=OCR_PAGES,
        )
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        source, result = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(data)
        patience.slow_work_begins()
        ended = _run([*command, *_OPTIONS, str(source), str(result)], Path(folder), pages)
        if ended is None:
            raise unreadable(
                _(
                    "The text of “{name}” could not be recognised (OCR) within {minutes} minutes. Split the scan into "
                    "parts, or scan it at 300 dots per inch, and upload it again."
                ),
                name,
                minutes=OCR_SECONDS // 60,
            )
        if ended or not result.is_file() or result.stat().st_size > OCR_BYTES:
            raise unreadable(
                _(
                    "The text of “{name}” could not be recognised: the OCR program ended with an error (code {code}). "
                    "The administrator can check that the Vietnamese model is installed (tesseract-ocr-vie). Or upload "
                    "the document’s Word file."
                ),
                name,
                code=ended,
            )
        return result.read_bytes()


def _run(command: list[str], folder: Path, pages: int) -> int | None:
    """The exit code; None when the time was up (the program and its children are ended)."""
    environment = {**os.environ, "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1"}
    deadline = time.monotonic() + OCR_SECONDS
    done = 0
    with _most_memory():
        process = subprocess.Popen(  # noqa: S603 (a fixed program; the file's name is ours)
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    try:
        while time.monotonic() < deadline:
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                done = max(done, min(sum(1 for _page in folder.glob(_PAGE_READ)), pages))
                patience.progress(done, pages)
        return None
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _most_memory() -> Iterator[None]:
    """A program started here may take all the memory this process might: recognition needs more than reading does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
