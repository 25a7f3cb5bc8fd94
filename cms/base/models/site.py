"""Who runs this site and how it presents itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class OfficeSettings(BaseSiteSetting):
    """The office behind the site: name, contact, pictures, what robots may do."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("office"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The organisation that runs this site."),
    )
    name = models.CharField(
        _("name of the site"),
        max_length=120,
        blank=True,
        help_text=_("Shown in the header. Empty: the name of the office."),
    )
    logo = models.ForeignKey(
        "media.Picture",
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    favicon = models.ForeignKey(
        "media.Picture",
        verbose_name=_("icon of the site"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A square picture of at least 64 × 64 points."),
    )
    sharing_image = models.ForeignKey(
        "media.Picture",
        verbose_name=_("picture for sharing"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown when a page is shared (Open Graph). 1200 × 630 points."),
    )
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    footer_note = models.TextField(_("note in the footer"), blank=True, max_length=400)
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    allow_robots = models.BooleanField(
        _("search engines may list this site"),
        default=True,
        help_text=_("Off while the site is being prepared."),
    )
    robots_extra = models.TextField(_("further lines of robots.txt"), blank=True)

    select_related = [
        "organisation",
        "logo",
        "favicon",
        "sharing_image",
        "privacy_page",
        "accessibility_page",
    ]

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organisation", "name", "logo", "favicon", "sharing_image")],
            heading=_("The office"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "phone", "email", "footer_note")], heading=_("Contact")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("privacy_page", "accessibility_page", "allow_robots", "robots_extra")],
            heading=_("Legal and search engines"),
        ),
    ]

    class Meta:
        verbose_name = _("office and site")

    @property
    def display_name(self) -> str:
        return self.name or (self.organisation.name if self.organisation else "Minh Bạch")
