"""Importing this makes Django ready for the measures that import models after it."""

import django

django.setup()
