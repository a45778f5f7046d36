"""What to say about each error code of escalation, waiting and the background work."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
ESCALATION_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "escalation.field_unknown": (N_("Escalation rules have no field “{field}”."), None),
    "escalation.rules_bad": (N_("The escalation rules cannot be read: {value}"), None),
    "escalation.step_bad": (N_("This step of escalation cannot be read: {value}"), None),
    "escalation.percent_range": (
        N_("A step stands at {percent} %."),
        N_("Steps lie between 1 and {most} % of the target."),
    ),
    "escalation.step_twice": (
        N_("Two steps stand at {percent} % of the same clock."),
        N_("Join them, or move one of them."),
    ),
    "escalation.step_empty": (
        N_("The step at {percent} % tells nobody and sends nothing on."),
        N_("Tick whom it tells, or remove it."),
    ),
    "escalation.storm_bad": (
        N_("A storm of {count} within {minutes} minutes cannot be."),
        N_("It takes at least 2 steps and 1 minute."),
    ),
    "settings.follow_ups_range": (
        N_("A ticket cannot resolve itself after {count} follow-ups."),
        N_("Choose 0 (never) to 99."),
    ),
    "settings.no_follow_ups": (
        N_("Without follow-ups nothing can be resolved after some of them."),
        N_("Say how often to follow up, or take out the number."),
    ),
    "escalation.not_open": (
        N_("#{number} is not open any more: {status}."),
        N_("Reopen it first, or register a new ticket."),
    ),
    "escalation.nobody": (
        N_("There is nobody to tell: no supervisor is on duty and nobody holds a leading role."),
        N_("Give somebody the role of duty supervisor, or call them."),
    ),
}
