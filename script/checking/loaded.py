"""Loads the product: a module that is imported before those that need its models."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
if not apps.ready:
    django.setup()

PRODUCT = "niangjia"
