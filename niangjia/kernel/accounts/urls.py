"""The desk of those who keep accounts, and delegation."""

from django.urls import path

from niangjia.kernel.accounts import delegating, views
from niangjia.kernel.accounts.listing import ACCOUNTS
from niangjia.kernel.listing.views import list_page

urlpatterns = [
    path("accounts/", list_page(ACCOUNTS), name="accounts"),
    path("accounts/new/", views.open_account, name="account_new"),
    path("accounts/<int:number>/", views.show, name="account"),
    path("accounts/<int:number>/do/<slug:act>/", views.do, name="account_do"),
    path("accounts/<int:number>/rights/new/", views.give, name="right_new"),
    path("accounts/<int:number>/rights/<int:grant>/revoke/", views.take, name="right_revoke"),
    path("delegations/", delegating.delegations, name="delegations"),
    path("delegations/new/", delegating.delegate_role, name="delegation_new"),
    path("delegations/<int:grant>/end/", delegating.end, name="delegation_end"),
]
