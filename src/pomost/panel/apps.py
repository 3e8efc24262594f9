"""The panel as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PanelConfig(AppConfig):
    name = "pomost.panel"
    label = "panel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Roles are ours: rows of Django's permissions, looked for whenever a store is opened, would serve nobody."""
        from django.contrib.contenttypes.management import create_contenttypes  # noqa: PLC0415  (apps come first)

        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)
