"""What the product's pages are held against: the same server, Django and database, and none of the guards."""

from niangjia.config.settings import *  # noqa: F403 - the same settings, but for the three below

INSTALLED_APPS = ["django.contrib.contenttypes"]
MIDDLEWARE = []
ROOT_URLCONF = "bench.plain_views"
