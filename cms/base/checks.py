"""House rules a test cannot forget: each page type has its public template."""

from typing import Any

from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template


@register()
def page_types_have_templates(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Every page type that can be published must be able to show itself."""
    from wagtail.models import get_page_models

    from .models import BasePage

    errors = []
    for model in get_page_models():
        if not issubclass(model, BasePage):
            continue
        try:
            get_template(model.template)
        except TemplateDoesNotExist:
            errors.append(Error(f"{model.__name__} has no template {model.template}", id="base.E001"))
    return errors
