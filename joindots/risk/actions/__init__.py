"""Asking a form, keeping a tool's result, judging, noting what changed, and answering what asks for a new look.

For a live call (or any other page of another part), all by the circle, whether it has a case yet or not:

- `start(actor, Ref(circle), code="short_screen")` begins a form, or takes up the part-done one: the asking's id;
- `answer(actor, Ref(asking), question="fear", said="yes", words="…")` keeps one answer; the state after it;
- `queries.state(actor, Ref(circle), code="short_screen")` gives the form's questions, the newest answers,
  `progress.says` ("7 of 11 asked. Carry on next time.") and the next question; None where it was never begun.

Whatever is left half-way stays as it is and is gone on with next time. Nothing here counts answers up.
"""

from joindots.risk.actions.asking import answer, finish, keep_result, set_aside, start, take_up
from joindots.risk.actions.judging import correct, judge, withdraw
from joindots.risk.actions.loading import load_form, take_out_of_use
from joindots.risk.actions.watching import close_prompt, look, note_change, withdraw_change

__all__ = [
    "answer", "close_prompt", "correct", "finish", "judge", "keep_result", "load_form", "look", "note_change",
    "set_aside", "start", "take_out_of_use", "take_up", "withdraw", "withdraw_change",
]  # fmt: skip
