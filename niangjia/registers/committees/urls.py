"""Addresses of terms: the list, the term of a union, and what is done with it."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.registers.committees import views
from niangjia.registers.committees.listing import TERMS

urlpatterns = [
    path("desk/terms/", list_page(TERMS), name="terms"),
    path("unions/<slug:code>/term/", views.show, name="union_term"),
    path("unions/<slug:code>/term/record/", views.record, name="union_term_record"),
    path("unions/<slug:code>/term/committee/", views.set_up, name="union_committee"),
    path("unions/<slug:code>/term/seats/<int:seat_id>/leave/", views.leave, name="union_seat_leave"),
    path("unions/<slug:code>/term/elect/", views.begin, {"act": "elect"}, name="union_elect"),
    path("unions/<slug:code>/term/extend/", views.begin, {"act": "extend"}, name="union_extend"),
    path("unions/<slug:code>/term/recall/", views.begin, {"act": "recall"}, name="union_recall"),
]
