"""The store as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "pomost.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
