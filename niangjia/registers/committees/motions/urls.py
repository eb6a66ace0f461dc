"""Addresses of extensions and recalls."""

from niangjia.kernel.cases.pages.urls import urls_of
from niangjia.registers.committees.motions.kind import EXTENSION_LINE, RECALL_LINE
from niangjia.registers.committees.motions.listing import EXTENSIONS, RECALLS

urlpatterns = [*urls_of(EXTENSION_LINE, listing=EXTENSIONS), *urls_of(RECALL_LINE, listing=RECALLS)]
