"""Keeping requests, making copies, holding and erasing, and working on a breach."""

from joindots.privacy.actions.breach import begin_breach, close_breach, do_step
from joindots.privacy.actions.copying import agree_to_copy, ask_for_copy, begin_copy, choose, fetch_copy, take_words_out
from joindots.privacy.actions.keeping import agree_to_erase, erase, hold, keep_longer, lift, set_period, sign_to_erase
from joindots.privacy.actions.register import acknowledge, answer, extend, register
from joindots.privacy.actions.telling import say_untold, say_which_case, tell_client

__all__ = [
    "acknowledge", "agree_to_copy", "agree_to_erase", "answer", "ask_for_copy", "begin_breach", "begin_copy",
    "choose", "close_breach", "do_step", "erase", "extend", "fetch_copy", "hold", "keep_longer", "lift", "register",
    "say_untold", "say_which_case", "set_period", "sign_to_erase", "take_words_out", "tell_client",
]  # fmt: skip
