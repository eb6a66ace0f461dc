"""Pages that belong to no line of work, and the door."""

from django.urls import path

from niangjia.kernel.listing.views import list_page
from niangjia.kernel.web import city_sign_in, looks, own_account, passkeys, phone_sign_in, sign_in, views
from niangjia.kernel.web.choosing_place import act_at, places
from niangjia.kernel.web.listing import ALL_LOOKS, LOOK_COUNTS, OWN_LOOKS
from niangjia.kernel.web.picking import pick
from niangjia.kernel.web.pictures import views as pictures
from niangjia.kernel.web.style import style

urlpatterns = [
    path("", views.today, name="today"),
    path("look/", views.look, name="look"),
    path("pick/<slug:kind>/<slug:purpose>/", pick, name="pick"),
    path("boundaries/<str:region>/", pictures.boundaries, name="boundaries"),
    path("style/", style, name="style"),
    path("style/pictures/", pictures.style, name="style_pictures"),
    path("settings/", views.settings_page, name="settings"),
    path("looking-at/", places, name="looking_at"),
    path("act-at/", act_at, name="act_at"),
    path("my/looks/", looks.my_looks, name="my_looks"),
    path("looks/", list_page(OWN_LOOKS), name="looks"),
    path("looks/all/", list_page(ALL_LOOKS), name="all_looks"),
    path("looks/counts/", list_page(LOOK_COUNTS), name="look_counts"),
    path("complaints/", views.complain, name="complain"),
    path("how-to/", views.how_to, name="how_to"),
    # The names of these are allauth's.
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.AskCode.as_view(), name="mfa_authenticate"),
    path("sign-in/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("sign-in/phone/", phone_sign_in.ask, name="phone_ask"),
    path("sign-in/phone/code/", phone_sign_in.code, name="phone_code"),
    path("sign-in/phone/again/", phone_sign_in.ask_again, name="phone_again"),
    path("sign-in/phone/who/", phone_sign_in.who, name="phone_who"),
    path("sign-in/phone/unknown/", phone_sign_in.unknown, name="phone_unknown"),
    path("sign-in/city/", city_sign_in.leave, name="city_leave"),
    path("sign-in/city/back/", city_sign_in.back, name="city_back"),
    path("sign-in/city/unknown/", city_sign_in.unknown, name="city_unknown"),
    path("sign-in/city/problem/", city_sign_in.problem, name="city_problem"),
    path("sign-in/city/link/", city_sign_in.use_link, name="city_link"),
    path("sign-in/city/link/<str:token>/", city_sign_in.open_link, name="open_city_link"),
    path("second-factor/city/", city_sign_in.own_identity, name="city_identity"),
    path("second-factor/city/link/", city_sign_in.link_own, name="city_link_own"),
    path("second-factor/city/unlink/", city_sign_in.unlink_own, name="city_unlink_own"),
    path("sign-in/inactive/", sign_in.Inactive.as_view(), name="account_inactive"),
    path("sign-out/", sign_in.SignOut.as_view(), name="account_logout"),
    path("settings/password/", sign_in.ChangePassword.as_view(), name="account_change_password"),
    path("settings/sessions/", own_account.sessions, name="sessions"),
    path("settings/sessions/others/", own_account.end_others, name="end_other_sessions"),
    path("settings/sessions/<uuid:session>/", own_account.end_session, name="end_session"),
    path("set-password/", own_account.set_password, name="set_password"),
    path("set-password/<slug:account>/<str:token>/", own_account.open_link, name="open_password_link"),
    path("sign-in/passkey/", passkeys.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("second-factor/passkeys/", passkeys.back_to_second_factor, name="mfa_list_webauthn"),
    path("second-factor/passkeys/new/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/passkeys/again/", passkeys.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("second-factor/passkeys/<int:pk>/name/", passkeys.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", passkeys.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("second-factor/", sign_in.SecondFactor.as_view(), name="mfa_index"),
    path("second-factor/password/", sign_in.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("second-factor/code/", sign_in.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("second-factor/set-up/", sign_in.SetUpCodes.as_view(), name="mfa_activate_totp"),
    path("second-factor/stop/", sign_in.StopCodes.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/spare-codes/", sign_in.SpareCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-factor/spare-codes/new/", sign_in.NewSpareCodes.as_view(), name="mfa_generate_recovery_codes"),
]
