"""Sign-in, one address at a time: the library's own list would add reset by mail and change of mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from joindots.agencies import views

own = [
    path("as/", views.membership, name="membership"),
    path("held/", views.held, name="held"),
    path("enrol/", views.enrol, name="enrol"),
]
urlpatterns = [
    path("", include((own, "agencies"))),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("not-active/", account.account_inactive, name="account_inactive"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second/", mfa.index, name="mfa_index"),
    path("second/give/", views.understood(mfa.authenticate), name="mfa_authenticate"),
    path("second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("second/codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("second/keys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second/keys/add/", views.understood(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("second/keys/again/", views.understood(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second/keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("second/keys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sign-in/key/", views.understood(passkeys.login_webauthn), name="mfa_login_webauthn"),
]
