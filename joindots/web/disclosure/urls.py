"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.disclosure import disclosure_views as disclosures
from joindots.web.disclosure import protecting_views as protecting
from joindots.web.disclosure import release_views as releases

urlpatterns = [
    path("cases/<str:reference>/packs/disclosure/", disclosures.disclosures, name="disclosures"),
    path("cases/<str:reference>/never-leaves/", protecting.never_leaves, name="never_leaves"),
    path("cases/<str:reference>/never-leaves/keep-out/", protecting.keep_out, name="keep_out"),
    path("cases/<str:reference>/never-leaves/pictures/", protecting.pictures, name="pictures"),
    path("cases/<str:reference>/never-leaves/pictures/look/", protecting.look_over, name="look_over"),
    path("cases/<str:reference>/never-leaves/pictures/words/", protecting.words_of, name="words_copied"),
    path("never-leaves/<uuid:word>/withdraw/", protecting.withdraw, name="withdraw_protected"),
    path("kept-out/<uuid:mark>/lift/", protecting.lift, name="lift_mark"),
    path("disclosures/<uuid:disclosure>/", disclosures.disclosure, name="disclosure"),
    path("disclosures/<uuid:disclosure>/fetch/", disclosures.fetch, name="fetch_disclosure"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<uuid:release>/", releases.release, name="release"),
]
