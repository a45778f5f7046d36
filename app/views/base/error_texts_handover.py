"""What goes wrong with handovers, signatures, opportunities and acknowledgements, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

HANDOVER_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "handover.not_found": (N_("This handover is not there."), None),
    "handover.line_not_found": (
        N_("This line is not on the handover any more."),
        N_("Open the handover again. Nothing was changed."),
    ),
    "handover.not_closed": (
        N_("This handover is not signed by both yet."),
        N_("It has a record once the incoming leader has signed."),
    ),
    "handover.not_opened": (
        N_("Nobody has opened the handover of shift {shift} on {day}."),
        N_("Open it on the Handover page first."),
    ),
    "handover.no_shift_now": (
        N_("No shift runs now, so there is nothing to hand over."),
        N_("Set up shifts in the settings, or wait for the next one."),
    ),
    "handover.too_early": (
        N_("This shift has not begun yet."),
        N_("Its handover can be opened from {starts_at} on."),
    ),
    "handover.closed": (
        N_("Both leaders have signed this handover: nothing of it can be changed."),
        N_("Write what is new into the handover of the present shift."),
    ),
    "handover.signed_already": (
        N_("The outgoing leader has signed: facts, notes and remarks stand still."),
        N_("Take the signature back first, if something must be mended."),
    ),
    "handover.not_signed": (N_("The outgoing leader has not signed yet."), None),
    "handover.own_side": (
        N_("Lines are ticked and asked about by whoever takes over, not by whoever hands over."),
        N_("Let the incoming leader sign in, or write a note to the line."),
    ),
    "handover.not_asked": (N_("Nobody has asked about this line."), N_("Write a note to it instead.")),
    "handover.question_missing": (N_("The question is empty."), N_("Write what you want to know.")),
    "handover.answer_missing": (
        N_("The answer is empty."),
        N_("Write an answer, or leave the question open."),
    ),
    "handover.too_long": (
        N_("This text is longer than {longest} characters."),
        N_("Shorten it; what you typed is kept."),
    ),
    "handover.same_person": (
        N_("Whoever hands over cannot take over as well."),
        N_("Let another person sign for the incoming shift, with a reason."),
    ),
    "handover.not_leader": (
        N_("Only the duty supervisor of this shift, or somebody who may write handovers, can sign."),
        N_("Choose another person to sign."),
    ),
    "handover.reason_missing": (
        N_("The roster names somebody else as duty supervisor of this shift, or nobody."),
        N_("Write why the duty supervisor does not sign."),
    ),
    "handover.out_first": (
        N_("The outgoing leader signs first."),
        N_("Ask the outgoing leader to sign; your ticks are kept."),
    ),
    "handover.asked_open": (
        N_("{count} questions have no answer yet."),
        N_("Let the outgoing leader answer, or tick the lines if it is settled."),
    ),
    "handover.lines_open": (
        N_("{count} lines are neither ticked nor answered."),
        N_("Tick each line, or ask back about it."),
    ),
    "handover.no_account": (
        N_("This person has no password in Firstline and cannot sign."),
        N_("Choose another person, or give them a password in the settings."),
    ),
    "handover.no_pin": (
        N_("This person has no PIN."),
        N_("Sign with the password, or set a PIN first."),
    ),
    "handover.pin_wrong": (N_("The PIN is wrong."), N_("Type it again, or sign with the password.")),
    "handover.pin_locked": (
        N_("Too many wrong PINs."),
        N_("Try again after {until}, sign with the password, or set a new PIN."),
    ),
    "handover.pin_form": (
        N_("A PIN has {shortest} to {longest} digits and nothing else."),
        N_("Choose another PIN."),
    ),
    "handover.pin_simple": (
        N_("This PIN is guessed at once: one digit again and again, or a row such as 1234."),
        N_("Choose another PIN."),
    ),
    "opportunities.not_found": (N_("This opportunity is not there."), None),
    "opportunities.text_missing": (
        N_("The opportunity has no text."),
        N_("Write what the caller needs or what could be offered."),
    ),
    "opportunities.receiver_missing": (
        N_("Nobody was chosen to pass it on to."),
        N_("Choose a person, such as the IT manager or the operations manager."),
    ),
    "opportunities.receiver_unknown": (
        N_("This person is not there or retired."),
        N_("Choose another person."),
    ),
    "opportunities.outcome_missing": (
        N_("The outcome is empty."),
        N_("Write in a sentence what became of it."),
    ),
    "opportunities.ended": (
        N_("This opportunity has come to an end already."),
        N_("Note a new one if it comes up again."),
    ),
    "knowledge.not_must_read": (
        N_("This article is not one that everybody must read."),
        N_("Give it the keyword “sop” or “制度” first."),
    ),
    "knowledge.nobody_to_acknowledge": (
        N_("Only a person who is signed in can say that they have read it."),
        N_("Sign in with your own name."),
    ),
}
