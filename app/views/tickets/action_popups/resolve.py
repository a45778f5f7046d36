"""The popup that solves a ticket: it asks only for what is still missing (RULES 1, gates)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from app.models.entities.catalogue import Gate
from app.models.entities.ids import ArticleId
from app.models.entities.settings import CodeItem
from app.models.entities.tickets import Move, Resolution, Ticket
from app.services.base.names import name_in
from app.services.tickets.rules import GateFacts, missing_for
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import told
from app.views.tickets.solution_text import lacking_to_resolve, waits_for

_WIDTH = 560
_TEXT_HEIGHT = 96
_LONGEST_TITLE = 72
_LINES = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class FittingArticle:
    """An article offered as the knowledge that was used."""

    id: ArticleId
    title: str


class ResolvePopup(ActionPopup):
    """Solution, cause, line, and the article used or "none fits"; what the ticket has already is not asked.

    "Solve and close" also records that the caller confirmed on the telephone.
    """

    solved_now = Signal()

    def __init__(self, window: QWidget, *, may_close: bool) -> None:
        super().__init__(window, _("Resolve"), width=_WIDTH)
        self.setObjectName("resolve_popup")
        self.ticket: Ticket | None = None
        self._articles: list[tuple[QRadioButton, ArticleId]] = []
        self._demands: Mapping[Gate, tuple[str, ...]] = {}
        self.solution = QPlainTextEdit()
        self.solution.setFixedHeight(_TEXT_HEIGHT)
        self.solution.setTabChangesFocus(True)
        self.cause = Choose()
        self.code = Choose()
        self.line = Segment([Choice(line, line) for line in _LINES], said=_("Resolved by line"))
        self.none_fits = QRadioButton(_("No article fits"))
        self._knowledge = QWidget()
        self._choices = QVBoxLayout(self._knowledge)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(Space.XS)
        self._choices.addWidget(self.none_fits)
        self.solution_field = Field(_("Solution"), self.solution, required=True)
        self.cause_field = Field(_("Cause"), self.cause, required=True)
        self.code_field = Field(_("Resolution code"), self.code)
        self.line_field = Field(_("Resolved by line"), self.line, required=True)
        self.article_field = Field(_("Knowledge used"), self._knowledge, required=True)
        self.content.addWidget(self.solution_field)
        self.content.addLayout(row_of(self.cause_field, self.code_field, self.line_field, spacing=Space.M))
        self.content.addWidget(self.article_field)
        self.close_too = Button(_("Solve and close"))
        self.close_too.setVisible(may_close)
        set_tip(self.close_too, _("The caller confirmed on the telephone, now."))
        self.buttons.insertWidget(2, self.close_too)
        self.close_too.clicked.connect(self.solved_now)
        self.solution.textChanged.connect(self._wait)
        self.code.currentIndexChanged.connect(lambda _at: self._wait())
        self.cause.currentIndexChanged.connect(lambda _at: self._wait())
        self.none_fits.toggled.connect(lambda _on: self._wait())

    def ask(
        self,
        ticket: Ticket,
        causes: Sequence[CodeItem],
        codes: Sequence[CodeItem],
        line: int,
        demands: Mapping[Gate, tuple[str, ...]] | None = None,
    ) -> None:
        """Ask what is missing to resolve `ticket`; `line` is its line, `demands` are its category's."""
        self.ticket = ticket
        self._demands = demands or {}
        missing = missing_for(Move.RESOLVE, _facts(ticket))
        self.say(_("Resolve {tickets}").format(tickets=told([ticket])), ticket.subject)
        self.solution.setPlainText(ticket.solution)
        _fill(self.cause, causes, _("Choose a cause"), ticket.cause_code)
        _fill(self.code, codes, _("Not named"), ticket.resolution_code)
        self.line.choose(str(ticket.resolved_line or line) if str(line) in _LINES else _LINES[0])
        self.cause_field.setVisible("cause_code" in missing)
        self.line_field.setVisible("resolved_line" in missing)
        self.article_field.setVisible("article_id" in missing)
        self.show_articles(())
        self._wait()
        self.open_on(self.solution)

    def start_with(self, solution: str) -> None:
        """Put in what was typed already, in the composer of a pane or page."""
        if solution:
            self.solution.setPlainText(solution)
            self.cause.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_articles(self, articles: Sequence[FittingArticle]) -> None:
        """Offer articles; nothing is chosen beforehand, so that nobody confirms what was not used."""
        for button, _article_id in self._articles:
            button.hide()
            button.deleteLater()
        self._articles = []
        self.none_fits.setAutoExclusive(False)
        self.none_fits.setChecked(False)
        self.none_fits.setAutoExclusive(True)
        for at, article in enumerate(articles):
            button = QRadioButton(_shortened(article.title).replace("&", "&&"))
            button.toggled.connect(lambda _on: self._wait())
            self._choices.insertWidget(at, button)
            button.show()  # at once, or the popup would be measured without it
            self._articles.append((button, article.id))
        self.fit()

    @property
    def article_id(self) -> ArticleId | None:
        """The article that was used."""
        return next((article_id for button, article_id in self._articles if button.isChecked()), None)

    @property
    def resolution(self) -> Resolution:
        """What was said, with what the ticket had already."""
        ticket = self.ticket
        known_article = ticket.article_id if ticket is not None else None
        known_none = ticket.no_article_fits if ticket is not None else False
        is_asked = self.article_field.isVisibleTo(self)
        return Resolution(
            solution=self.solution.toPlainText().strip(),
            cause_code=str(self.cause.currentData() or ""),
            resolution_code=str(self.code.currentData() or ""),
            resolved_line=int(self.line.key),
            article_id=self.article_id if is_asked else known_article,
            no_article_fits=self.none_fits.isChecked() if is_asked else known_none,
        )

    def _wait(self) -> None:
        said = self.resolution
        facts = GateFacts(
            solution=said.solution,
            cause_code=said.cause_code,
            resolved_line=said.resolved_line,
            article_id=said.article_id,
            no_article_fits=said.no_article_fits,
            lacking=lacking_to_resolve(self.ticket, self._demands, said) if self.ticket is not None else (),
        )
        missing = missing_for(Move.RESOLVE, facts)
        reason = waits_for(missing[0]) if missing else ""
        self.act.wait_for(reason)
        self.close_too.wait_for(reason)
        if not reason:
            set_tip(self.close_too, _("The caller confirmed on the telephone, now."))


def _facts(ticket: Ticket) -> GateFacts:
    return GateFacts(
        solution=ticket.solution,
        cause_code=ticket.cause_code,
        resolved_line=ticket.resolved_line,
        article_id=ticket.article_id,
        no_article_fits=ticket.no_article_fits,
    )


def _fill(box: Choose, items: Sequence[CodeItem], first: str, chosen: str) -> None:
    box.blockSignals(True)
    box.clear()
    box.addItem(first, "")
    for item in items:
        box.addItem(name_in(item.name, item.name_alt, current.code), item.code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)


def _shortened(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
