"""So many pages under the home page, made in one go. Run inside the project: reads lines of JSON."""

import json
import sys

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from home.models import ArticlePage, HomePage  # noqa: E402

home = HomePage.objects.get()
own = ContentType.objects.get_for_model(ArticlePage)
last = None
for number, line in enumerate(sys.stdin):
    made = json.loads(line)
    page = ArticlePage(
        title=made["title"], slug=f"p{number}", body=made["body"], kind=made["kind"], year=made["year"],
        office=made["office"], content_type=own, live=True, locale=home.locale, draft_title=made["title"],
        depth=home.depth + 1, path=ArticlePage._get_path(home.path, home.depth + 1, number + 1),
        url_path=f"{home.url_path}p{number}/",
    )  # fmt: skip
    page.save(clean=False)
home.numchild = number + 1
home.save(update_fields=["numchild"])
