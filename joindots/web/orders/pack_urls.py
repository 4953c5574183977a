"""Addresses of the application for an order."""

from django.urls import path

from joindots.web.orders import pack_act_views as acts
from joindots.web.orders import pack_term_views as terms
from joindots.web.orders import pack_views as pack
from joindots.web.orders import template_views as template

PACKS = [
    path("orders/<uuid:order>/pack/", pack.begin, name="order_pack_begin"),
    path("orders/packs/<uuid:application>/", pack.pack, name="order_pack"),
    path("orders/packs/<uuid:application>/part/<str:part>/", pack.part, name="order_pack_part"),
    path("orders/packs/<uuid:application>/acts/", acts.acts, name="order_pack_acts"),
    path("orders/packs/<uuid:application>/acts/choose/", acts.choose, name="order_pack_choose"),
    path("orders/packs/<uuid:application>/acts/<uuid:act>/", acts.act, name="order_pack_act"),
    path("orders/packs/<uuid:application>/terms/", terms.terms, name="order_pack_terms"),
    path("orders/packs/<uuid:application>/terms/new/", terms.term, name="order_pack_new_term"),
    path("orders/packs/<uuid:application>/terms/<uuid:term>/", terms.term, name="order_pack_term"),
    path("orders/packs/<uuid:application>/check/", pack.check, name="order_pack_check"),
    path("orders/packs/<uuid:application>/sign/", pack.signing, name="order_pack_sign"),
    path("orders/packs/<uuid:application>/make/", pack.make, name="order_pack_make"),
    path("orders/template/", template.template, name="order_template"),
    path("orders/template/<uuid:template>/end/", template.end, name="order_template_end"),
    path("orders/papers/<uuid:paper>/", pack.papers, name="order_papers"),
    path("orders/papers/<uuid:paper>/enclose/", pack.enclose, name="order_papers_enclose"),
    path("orders/papers/<uuid:paper>/<str:what>/", pack.fetch, name="order_papers_fetch"),
]
