"""Which announcement fits the call, and what becomes of it in the new ticket (S2-43)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject

from app.models.entities.announcements import Announcement
from app.models.entities.ids import CategoryId, ServiceId
from app.services.announcements.rules import known_for, lineage
from app.services.tickets.form_choices import FormChoices
from app.views.base.announcement_words import caller_line
from app.views.base.format import Format
from app.views.base.i18n import ngettext
from app.views.tickets.form_announced_notice import AnnouncedNotice
from app.views.tickets.form_call import FormCall
from app.views.tickets.form_presenter import FormPresenter
from app.views.tickets.form_values import FormValues


class AnnouncedLine(QObject):
    """Keeps the line in step with what the form says."""

    def __init__(
        self,
        call: FormCall,
        presenter: FormPresenter,
        notice: AnnouncedNotice,
        fmt: Format,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(notice)
        self._call = call
        self._presenter = presenter
        self._notice = notice
        self._format = fmt
        self._now = now
        self._in_force: Sequence[Announcement] = ()
        presenter.announced_read.connect(self._keep)
        presenter.choices_ready.connect(lambda _choices: self.follow())
        call.form.changed.connect(self.follow)
        notice.link_asked.connect(self.link)
        notice.article_asked.connect(self.use_article)

    @property
    def shown(self) -> Announcement | None:
        """The announcement that fits best."""
        return next(iter(self._known()), None)

    def follow(self) -> None:
        """Show what fits what the form says now."""
        known = self._known()
        one = known[0] if known else None
        text = caller_line(one, self._format, self._now()) if one is not None else ""
        if len(known) > 1:
            more = ngettext("and {count} more", "and {count} more", len(known) - 1)
            text = f"{text} · {more.format(count=len(known) - 1)}"
        linked = one is not None and one.ticket is not None and int(one.ticket.id) in self._call.values.links
        self._notice.show_one(one, text, is_linked=linked)

    def link(self) -> None:
        """Link the ticket it is about when this one is saved, or not after all; without one its article."""
        one = self.shown
        if one is not None and one.ticket is not None:
            self._call.toggle_link(int(one.ticket.id))
            self.follow()
        else:
            self.use_article()

    def use_article(self) -> None:
        """Take the article's solution."""
        one = self.shown
        if one is not None and one.article is not None:
            self._call.use_article(int(one.article.id))

    def _known(self) -> list[Announcement]:
        now = self._now()
        in_force = [one for one in self._in_force if one.shown_until is None or one.shown_until > now]
        services, categories = _chosen(self._call.values, self._presenter.choices)
        return known_for(in_force, services, categories)

    def _keep(self, found: Sequence[Announcement]) -> None:
        self._in_force = found
        self.follow()


def _chosen(
    values: FormValues, choices: FormChoices | None
) -> tuple[Sequence[ServiceId], Sequence[CategoryId]]:
    """Return service and category of the form, each with all above it."""
    if choices is None:
        return (), ()
    above: dict[int, int | None] = {one.id: one.details.parent_id for one in choices.services}
    tree = [node.category for node in choices.categories]
    parents: dict[int, int | None] = {one.id: one.parent_id for one in tree}
    services = [ServiceId(each) for each in lineage(values.service_id, above)]
    return services, [CategoryId(each) for each in lineage(values.category_id, parents)]
