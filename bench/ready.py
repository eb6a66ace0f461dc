"""Importing this makes Django ready for the measures that import models after it; measures act as the operator."""

import os

import django

from niangjia.kernel.acting import OPERATOR

_address = os.environ["DATABASE_URL"]
os.environ["DATABASE_URL"] = f"{_address}{'&' if '?' in _address else '?'}options=-c%20niangjia.actor%3D{OPERATOR}"
django.setup()
