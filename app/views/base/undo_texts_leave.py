"""What is told about absences and swaps that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

LEAVE_UNDO_TEXTS: Mapping[str, LazyText] = {
    "leave.undo.asked": N_("Asked to be away"),
    "leave.undo.recorded": N_("Recorded an absence"),
    "leave.undo.approved": N_("Approved the absence"),
    "leave.undo.refused": N_("Refused the absence"),
    "leave.undo.withdrawn": N_("Withdrew the request"),
    "leave.undo.reopened": N_("The request waits for an answer again"),
    "swap.undo.asked": N_("Offered the shift"),
    "swap.undo.answered": N_("Answered the swap"),
    "swap.undo.decided": N_("Decided on the swap"),
    "swap.undo.withdrawn": N_("Withdrew the swap"),
    "swap.undo.revived": N_("The swap is open again"),
    "swap.undo.taken": N_("Took the shift over"),
    "swap.undo.taken_back": N_("Gave the shift back"),
}
