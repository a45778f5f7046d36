"""What goes wrong with presence, checks and reminders, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

DUTY_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "duty.no_person": (
        N_("Nobody is signed in, so it is not known who is meant."),
        N_("Name the person with “--person LOGIN”."),
    ),
    "duty.no_shift": (
        N_("The roster has no shift of this person around now."),
        N_("Ask whoever plans the roster to enter the shift first."),
    ),
    "duty.in_already": (
        N_("This person has checked in already."),
        N_("Check out first, or take the check-in back."),
    ),
    "duty.not_in": (
        N_("This person has not checked in."),
        N_("Whoever plans the roster can enter coming and leaving afterwards."),
    ),
    "duty.out_before_in": (N_("Nobody can leave before they came."), N_("Check both times.")),
    "duty.reason_missing": (N_("The reason is missing."), N_("Say in a word why the desk is left.")),
    "duty.return_in_past": (N_("The planned return lies in the past."), N_("Choose a later time.")),
    "duty.not_on_duty": (
        N_("This person is not on duty now."),
        N_("Only who is on duty can be away from the desk."),
    ),
    "duty.away_already": (N_("This person is away already."), N_("Mark them as back first.")),
    "duty.not_away": (N_("This person is not away."), None),
    "duty.away_gone": (N_("This time away does not exist any more."), N_("Read the board again.")),
    "duty.text_too_long": (N_("The text is too long."), N_("It holds at most {longest} characters.")),
    "duty.correction_unexplained": (
        N_("A correction needs a reason."),
        N_("Say in a word why the times are entered afterwards: the month shows it."),
    ),
    "duty.no_shift_then": (
        N_("The roster has no shift of this person on {date}."),
        N_("Ask whoever plans the roster to enter the shift first."),
    ),
    "duty.not_yet": (N_("{at} is still to come."), N_("Enter only what has happened.")),
    "duty.not_of_shift": (
        N_("{at} lies too far from the shift."),
        N_("Check the time; a night shift ends on the next day."),
    ),
    "duty.own_away": (
        N_("Nobody grants their own time away."),
        N_("Another person who plans the roster answers it on the duty board."),
    ),
    "duty.away_not_asked": (
        N_("This time away waits for no answer any more."),
        N_("Read the board again."),
    ),
    "duty.note_missing": (
        N_("What is not good needs a note."),
        N_("Say what is wrong: the next shift reads it."),
    ),
    "duty.check_retired": (N_("This check is not looked at any more."), N_("Read the list again.")),
    "duty.reminder_empty": (N_("The reminder has no text."), N_("Write what your colleagues should know.")),
    "duty.link_missing": (N_("The number the reminder leads to is missing."), N_("Type the number.")),
    "duty.nobody_to_remind": (
        N_("There is nobody to remind."),
        N_("Nobody but you is meant by this choice; choose a team or a person."),
    ),
    "duty.person_unknown": (
        N_("Nobody of the staff signs in as “{login}”."),
        N_("Look the name up with “people find”."),
    ),
    "duty.check_unknown": (N_("There is no check “{check}”."), N_("“duty checks” lists them.")),
    "duty.time_bad": (N_("“{text}” is not a time."), N_("Write it as 14:30.")),
}
