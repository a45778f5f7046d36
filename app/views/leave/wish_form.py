"""Wishing for days of one's own: from and to as one types them, a shift or to be off, a word about it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.models.entities.errors import BadInput
from app.models.entities.ids import TemplateId
from app.models.entities.roster_plan import Wish
from app.models.entities.wishes import WishDesk, Wished
from app.services.leave.typed_dates import read_day
from app.services.roster.wish_commands import LONGEST_WISH
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.ask_popup import AskPopup
from app.views.leave.leave_words import LeaveWords
from app.views.leave.own_presenter import OwnPresenter

_LONGEST = 31  # days of one wish


class WishForm(AskPopup):
    """What was typed stays until the wish is noted."""

    def __init__(
        self,
        window: QWidget,
        words: LeaveWords,
        presenter: OwnPresenter,
        desk: WishDesk,
        *,
        stands: Wish | None = None,
    ) -> None:
        super().__init__(window, _("Wish for days to come"), _("Note the wish"), words.fmt)
        self.setObjectName("wish_form")
        self._words = words
        self._presenter = presenter
        self.first = QLineEdit("" if stands is None else stands.on_date.isoformat())
        self.last = QLineEdit()
        self.wish, self.text = Choose(), QLineEdit("" if stands is None else stands.text)
        self.text.setMaxLength(LONGEST_WISH)
        self.first_field = Field(_("First day"), self.first, required=True)
        self.last_field = Field(_("Last day"), self.last)
        self._build(desk, stands)

    def ask(self) -> None:
        """Open the form."""
        self.open_centred()
        self.first.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def days(self) -> list[date]:
        """The days typed; none while they cannot be read, or are too many."""
        today = self._presenter.today
        try:
            first = read_day(self.first.text(), today)
            last = read_day(self.last.text(), first, base=first) if self.last.text().strip() else first
        except BadInput:
            return []
        count = (last - first).days + 1
        return [first + timedelta(days=each) for each in range(count)] if count <= _LONGEST else []

    def confirm(self) -> None:
        """Note the wish; the popup closes when it was noted."""
        if not self.act.isEnabled():
            return
        wanted = self.wish.currentData()
        wished = Wished(None if wanted is None else TemplateId(wanted), self.text.text().strip())
        self._presenter.wish(self.days, wished, self.close_now, self.refuse)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self, desk: WishDesk, stands: Wish | None) -> None:
        days = QHBoxLayout()
        days.setSpacing(Space.M)
        days.addWidget(self.first_field, 1)
        days.addWidget(self.last_field, 1)
        self.body.addLayout(days)
        self.body.addWidget(
            PlainLabel(_("A day as 24, 12-24, tomorrow or +3; one day needs no last."), "small")
        )
        self.wish.addItem(_("To be off"), None)
        for template in desk.shifts:
            self.wish.addItem(self._words.shift(template), int(template.id))
        if stands is not None and stands.template_id is not None:
            self.wish.setCurrentIndex(max(0, self.wish.findData(int(stands.template_id))))
        self.body.addWidget(Field(_("Wish"), self.wish))
        self.body.addWidget(Field(_("A word about it"), self.text))
        self.body.addWidget(
            PlainLabel(_("A wish binds nobody; auto-fill and whoever plans look at it."), "small", wrap=True)
        )
        self.close_row()
        for line in (self.first, self.last):
            line.textChanged.connect(self._typed)
        self._typed()

    def _typed(self) -> None:
        """Say at each line which day was understood."""
        days = self.days
        self.refusal.hide()
        self.first_field.set_hint(self._words.day(days[0]) if days else "")
        self.last_field.set_hint(self._words.day(days[-1]) if len(days) > 1 else "")
        self.act.wait_for("" if days else _("Type the days, at most a month of them."))
