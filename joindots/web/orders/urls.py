"""Addresses of these pages. References and ids in them lead nowhere for who may not know."""

from django.urls import path

from joindots.web.orders import ask_views as asks
from joindots.web.orders import beside_views as beside
from joindots.web.orders import desk_views as desk
from joindots.web.orders import letter_views as letters
from joindots.web.orders import order_views as one
from joindots.web.orders import other_views as other
from joindots.web.orders import return_views as returns
from joindots.web.orders import terms_views as terms
from joindots.web.orders import watch_views as watch
from joindots.web.orders.pack_urls import PACKS

urlpatterns = [
    *PACKS,
    path("cases/<str:reference>/orders/", one.orders, name="orders"),
    path("cases/<str:reference>/orders/possible/", one.possible, name="orders_possible"),
    path("cases/<str:reference>/orders/ask/", asks.ask, name="orders_ask"),
    path("orders/", desk.desk, name="orders_desk"),
    path("orders/hearings/", desk.hearings, name="orders_hearings"),
    path("orders/letters/", letters.letters, name="orders_letters"),
    path("orders/keepers/", desk.load, name="orders_load"),
    path("orders/return/", returns.return_page, name="orders_return"),
    path("orders/return/orders/<str:figure>/", returns.return_orders, name="orders_return_orders"),
    path("orders/return/file/<str:form>/", returns.return_file, name="orders_return_file"),
    path("orders/<uuid:order>/keeping/", desk.keeping, name="order_keeping"),
    path("orders/<uuid:order>/facts/", returns.facts, name="order_facts"),
    path("orders/asks/in/", asks.asks_in, name="order_asks_in"),
    path("orders/asks/in/<uuid:ask>/", asks.ask_in, name="order_ask_in"),
    path("orders/asks/counted/", asks.asks_counted, name="order_asks_counted"),
    path("orders/asks/<uuid:ask>/", asks.one_ask, name="order_ask"),
    path("cases/<str:reference>/orders/other/", other.begin, name="order_other"),
    path("cases/<str:reference>/orders/known/", other.known, name="order_known"),
    path("orders/<uuid:order>/", one.order, name="order"),
    path("orders/<uuid:order>/record/<str:event>/", one.record, name="order_record"),
    path("orders/<uuid:order>/strike/", one.strike, name="order_strike"),
    path("orders/<uuid:order>/beside/", beside.tick, name="order_tick"),
    path("orders/<uuid:order>/beside/strike/", beside.untick, name="order_untick"),
    path("orders/<uuid:order>/watch/", watch.watch, name="order_watch"),
    path("orders/<uuid:order>/watch/decide/", watch.decide, name="order_decide"),
    path("orders/<uuid:order>/watch/take-back/", watch.undecide, name="order_undecide"),
    path("orders/<uuid:order>/breach/<uuid:breach>/", watch.follow, name="order_breach"),
    path("orders/<uuid:order>/condition/", terms.condition, name="order_condition"),
    path("orders/<uuid:order>/protect/", terms.protect, name="order_protect"),
    path("orders/<uuid:order>/take-off/", terms.take_off, name="order_take_off"),
]
