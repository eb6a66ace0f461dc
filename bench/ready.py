"""Importing this makes Django ready for the measures that import models after it; measures act as the operator."""

import os

import django

from niangjia.kernel.acting import OPERATOR

# The address without the operator, for servers that are measured: there each request names who acts.
ADDRESS = os.environ["DATABASE_URL"]
os.environ["DATABASE_URL"] = f"{ADDRESS}{'&' if '?' in ADDRESS else '?'}options=-c%20niangjia.actor%3D{OPERATOR}"
django.setup()
