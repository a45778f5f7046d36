"""Every part of the kit on one window: the quickest look at a theme, a language, or a change to a part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.tickets import TicketStatus
from app.views.base.i18n import _
from app.views.base.icons import icon
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import ApplyBar, Change
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.browser import SafeBrowser
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.cards import Card, Notice, PageHeader, row_of
from app.views.base.widgets.chips import FilterChip, KeyCap, Pill, PriorityChip, StatusLabel
from app.views.base.widgets.clocks import ClockCard, TimeLeft
from app.views.base.widgets.fields import Choose, Field, SearchField
from app.views.base.widgets.gantt import GanttBar, GanttRow, GanttStrip
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.matrix import MatrixGrid
from app.views.base.widgets.paint import ClockTone
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.base.widgets.sparkline import Sparkline
from app.views.base.widgets.states import EmptyState, ProgressLine, Skeleton
from app.views.base.widgets.switches import Choice, Segment, Toggle
from app.views.base.widgets.toasts import Toast
from app.views.base.widgets.weekstrip import WeekDay, WeekStrip
from app.views.base.widgets.whatif import WhatIfBars, WhatIfRow, WhatIfScale


class Gallery(QWidget):
    """A side list and three columns of cards. Nothing here does anything but show itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setWindowTitle(_("Parts"))
        sheet = QFrame()
        sheet.setProperty("surface", "page")
        columns = QHBoxLayout()
        columns.setSpacing(Space.M)
        for cards, share in (
            ((buttons_card(), fields_card(), signs_card()), 10),
            ((states_card(), clocks_card(), matrix_card()), 11),
            ((what_if_card(), strips_card(), messages_card()), 10),
        ):
            column = QVBoxLayout()
            column.setSpacing(Space.M)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            columns.addLayout(column, share)
        page = QVBoxLayout(sheet)
        page.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        page.setSpacing(Space.M)
        header = PageHeader(_("Parts"), note=_("every part of the kit, as pages use it"))
        header.buttons.addWidget(Button(_("Save PDF"), icon="download", key="Ctrl+S"))
        page.addWidget(header)
        page.addLayout(columns)
        page.addStretch(1)
        area = QScrollArea()
        area.setProperty("surface", "page")
        area.setWidgetResizable(True)
        area.setWidget(sheet)

        side = QFrame()
        side.setProperty("surface", "side")
        side.setFixedWidth(196)
        views = QVBoxLayout(side)
        views.setContentsMargins(Space.S, Space.L, Space.S, Space.L)
        views.addWidget(side_list())
        body = row_of(side, area, spacing=0)
        bar = ApplyBar()
        bar.set_changes(
            [
                Change(_("Several people \u00d7 Badly impeded"), "P3", "P2"),
                Change(_("One person \u00d7 Badly impeded"), "P4", "P5"),
            ]
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(bar)


def side_list() -> SideList:
    """Return a list of views with counts, warnings and a badge."""
    views = SideList(_("Views"))
    views.set_sections(
        [
            SideSection(
                _("My work"),
                [
                    SideItem("mine", _("Assigned to me"), "user", 9),
                    SideItem("watching", _("Watching"), "eye", 6),
                    SideItem("calls", _("Missed calls"), "phone", 2, badge=True),
                ],
            ),
            SideSection(
                _("Service desk"),
                [
                    SideItem("open", _("All open"), "inbox", 57),
                    SideItem("breached", _("Breached"), "triangle-alert", 2, tone="bad"),
                    SideItem("due", _("Due within 1 hour"), "clock", 5, tone="warn"),
                    SideItem("waiting", _("Waiting for user"), "pause", 11),
                ],
            ),
        ]
    )
    views.choose("open")
    return views


def buttons_card() -> Card:
    """Return every kind of button, and the switches."""
    card = Card(_("Buttons"))
    kinds = [
        Button(_("Primary"), ButtonKind.PRIMARY),
        Button(_("Default")),
        Button(_("Ghost"), ButtonKind.GHOST),
        Button(_("Link"), ButtonKind.LINK),
        None,
    ]
    card.body.addLayout(row_of(*kinds))
    waiting = Button(_("Disabled"))
    waiting.wait_for(_("Apply waits for a valid resolution time."))
    menu = QMenu()
    menu.addAction(icon("user-plus"), _("Assign"))
    danger = Button(_("Danger"), ButtonKind.DANGER, icon="trash-2")
    card.body.addLayout(row_of(waiting, danger, MenuButton(_("Menu"), menu, icon="plus"), None))
    save = Button(_("Save"), ButtonKind.PRIMARY, key="Ctrl+S")
    destroy = Button(_("Delete 3 categories"), ButtonKind.DESTROY, icon="trash-2")
    card.body.addLayout(row_of(save, destroy, None))
    segment = Segment([Choice("one", _("One")), Choice("two", _("Two"), 7)], said=_("Choice"))
    more = IconButton("ellipsis", _("More"), ButtonKind.DEFAULT)
    columns = IconButton("columns-3", _("Columns"), ButtonKind.DEFAULT, key="Ctrl+L")
    on, off = Toggle(_("On"), on=True), Toggle(_("Off"))
    card.body.addLayout(row_of(segment, on, off, more, columns, None))
    return card


def fields_card() -> Card:
    """Return fields with a hint, an error, choices and check boxes."""
    card = Card(_("Fields"))
    wrong = QLineEdit("4 hx")
    error = _(
        "\u201c4 hx\u201d is not a time. Try \u201c4 h\u201d, \u201c1 d 2 h\u201d or \u201c90 min\u201d."
    )
    card.body.addWidget(Field(_("Resolution time"), wrong, error=error, required=True))
    calendar = Choose()
    calendar.addItems([_("Office hours"), "24 \u00d7 7"])
    card.body.addWidget(Field(_("Calendar"), calendar, hint="Alt+C"))
    card.body.addWidget(SearchField(_("Filter this list")))
    checked = QCheckBox(_("Closes linked tickets too"))
    checked.setChecked(True)
    radio = QRadioButton(_("Working time"))
    radio.setChecked(True)
    card.body.addLayout(row_of(checked, radio, None))
    return card


def signs_card() -> Card:
    """Return chips, pills, states, people, keys and filters."""
    card = Card(_("Signs"))
    card.body.addLayout(row_of(*(PriorityChip(level) for level in range(1, 6)), None))
    pills = (Pill(_("In progress"), "accent", icon="circle-dot"), Pill("VIP", "warn", icon="star"))
    card.body.addLayout(
        row_of(*pills, Pill(_("Done"), "ok"), Pill(_("gap"), "bad"), Pill(_("Planned")), None)
    )
    people = ("Chen Jianguo", "Zhang Wei", "Li Na", "\u6c88\u4e3d\u534e", "")
    faces = [Avatar(name) for name in people]
    card.body.addLayout(row_of(*faces, Avatar("\u6c88\u4e3d\u534e", 40), KeyCap("Ctrl+K"), None))
    states = (
        StatusLabel(TicketStatus.NEW, _("New")),
        StatusLabel(TicketStatus.WAITING, _("Waiting")),
        StatusLabel(TicketStatus.RESOLVED, _("Resolved")),
    )
    card.body.addLayout(row_of(*states, None))
    filters = (FilterChip(_("Status"), _("not closed")), FilterChip(_("Team"), _("First line")))
    card.body.addLayout(row_of(*filters, None))
    return card


def states_card() -> Card:
    """Return the face of an empty page."""
    card = Card()
    card.body.addWidget(
        EmptyState(
            "circle-check",
            _("Nothing breaches in the next hour"),
            _("5 tickets are due later today. This view fills by itself when less than 1 hour is left."),
            Button(_("Show due today"), icon="clock"),
            tone="ok",
        )
    )
    return card


def clocks_card() -> Card:
    """Return an SLA clock card, the narrow clocks, and the bars of a list."""
    card = Card(_("Clocks"))
    over = ClockCard(_("Resolution"))
    over.show_clock(
        0, ClockTone.BREACHED, _("18 min over"), _("due 13:44 \u00b7 4 h in \u201c24 \u00d7 7\u201d")
    )
    card.body.addWidget(over)
    met, running = ClockCard(_("Response"), compact=True), ClockCard(_("Resolution"), compact=True)
    met.show_clock(1, ClockTone.MET, _("in 6 min"), _("met \u00b7 target 15 min"))
    running.show_clock(0.2, ClockTone.WARNING, _("24 min left"), _("due 14:30"))
    card.body.addLayout(row_of(met, running))
    rows = QGridLayout()
    bars = (
        (0.8, ClockTone.NORMAL, "1 h 52 m"),
        (0.1, ClockTone.WARNING, "24 min"),
        (0.0, ClockTone.BREACHED, "\u221218 min"),
        (0.5, ClockTone.PAUSED, _("paused")),
    )
    for index, (share, tone, text) in enumerate(bars):
        rows.addWidget(TimeLeft(share, tone, text), index // 2, index % 2, Qt.AlignmentFlag.AlignLeft)
    card.body.addLayout(rows)
    return card


def sample_matrix() -> MatrixDefinition:
    """Return a matrix with one odd cell, for the gallery and for tests of the grid."""
    impacts = (
        Level(1, _("Whole site"), guidance=_("everyone on site")),
        Level(2, _("Department"), guidance=_("one team or line")),
        Level(3, _("Several people"), guidance=_("2 to 10 people")),
        Level(4, _("One person"), guidance=_("a single user")),
    )
    urgencies = (
        Level(1, _("Work stopped"), guidance=_("no workaround")),
        Level(2, _("Badly impeded"), guidance=_("slow, partial")),
        Level(3, _("Can wait"), guidance=_("planned, wish")),
    )
    values = ((1, 1, 2), (1, 2, 3), (2, 3, 4), (3, 5, 4))
    cells = {
        (row + 1, column + 1): value for row, line in enumerate(values) for column, value in enumerate(line)
    }
    return MatrixDefinition(impacts, urgencies, cells)


def matrix_card() -> Card:
    """Return the matrix as a field and as an editor with a changed and an odd cell."""
    matrix = sample_matrix()
    saved = MatrixDefinition(matrix.impacts, matrix.urgencies, {**matrix.cells, (3, 2): 2, (4, 2): 4})
    card = Card(_("Priority matrix"))
    field = MatrixGrid()
    field.show_matrix(matrix)
    field.choose((2, 2))
    card.body.addWidget(field)
    editor = MatrixGrid(editable=True)
    editor.show_matrix(matrix, saved=saved, odd={(4, 2)})
    card.body.addWidget(editor)
    return card


def what_if_card() -> Card:
    """Return both scales of the what-if bars."""
    card = Card(_("What if?"), icon="sparkles")
    counts = WhatIfBars()
    counts.set_rows(
        [
            WhatIfRow(1, 61, 61, "61", "="),
            WhatIfRow(2, 212, 348, "348", "+136", "warn"),
            WhatIfRow(3, 874, 738, "738", "\u2212136"),
        ]
    )
    card.body.addWidget(counts)
    shares = WhatIfBars(WhatIfScale.SHARES)
    shares.set_rows(
        [
            WhatIfRow(2, 0.9, 0.9, "90 %", "=", "ok"),
            WhatIfRow(3, 0.93, 0.84, "84 %", "\u22129", "warn"),
        ]
    )
    card.body.addWidget(shares)
    card.body.addWidget(Notice(_("Usually a priority does not fall as urgency rises."), tone="warn"))
    return card


def strips_card() -> Card:
    """Return shift coverage, a calendar's week and a sparkline."""
    card = Card(_("Shift coverage"))
    card.head.addWidget(Pill(_("1 gap today"), "bad", icon="triangle-alert"))
    coverage = GanttStrip()
    rows = [
        GanttRow("Wang Fang", [GanttBar(8, 20, _("Day"), "d")]),
        GanttRow("Wu Ting", [GanttBar(10, 19, _("Mid \u00b7 first line shift"), "m")]),
        GanttRow("Xu Bo", [GanttBar(9, 18, _("Office"), "g")]),
        GanttRow(_("Field"), [GanttBar(18, 20, _("gap"), gap=True)], person=False),
        GanttRow("Sun Lei", [GanttBar(20, 23, _("Night"), "n")]),
    ]
    coverage.show_rows(rows, 8, 23, 14.03)
    card.body.addWidget(coverage)
    week = WeekStrip()
    office = ((510, 720), (780, 1110))
    week.show_days(
        [
            WeekDay(_("Wed"), office),
            WeekDay(_("Thu"), office, today=True),
            WeekDay(_("Fri"), (), note=_("Labour Day")),
            WeekDay(_("Sat"), ()),
        ],
        14 * 60 + 2,
    )
    card.body.addWidget(week)
    spark = Sparkline([31, 36, 33, 37, 35, 39, 34, 38, 41], "ok")
    spark.setFixedHeight(44)
    figure = PlainLabel("64 %", "figure")
    card.body.addLayout(row_of(figure, spark))
    return card


def messages_card() -> Card:
    """Return a toast, a notice, progress, a skeleton and rich text."""
    card = Card(_("Messages"))
    toast = Toast(_("#10482 assigned"), action=_("Undo"), key="Ctrl+Z")
    toast.setGraphicsEffect(None)  # type: ignore[arg-type]  # no shadow inside a card; Qt takes null
    card.body.addWidget(toast)
    lost = Notice(
        _("You can go on writing: drafts are kept on this computer."),
        title=_("The database has not answered since 14:02"),
        tone="bad",
    )
    card.body.addWidget(lost)
    card.body.addWidget(ProgressLine(0.3))
    card.body.addWidget(Skeleton(2))
    text = SafeBrowser(_("Article"))
    text.show_html(
        "<p>Restart the <b>licence service</b> before the app pool. "
        '<a href="https://intra.example/kb">KB-0231</a> <mark>ERP</mark></p>'
    )
    text.setFixedHeight(40)
    card.body.addWidget(text)
    return card
