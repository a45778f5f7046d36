"""Categories: the tree at the left, the chosen category's form at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.models.entities.catalogue import LINES, Category
from app.models.entities.catalogue_sheets import SheetKind
from app.models.entities.events import CatalogueChanged, KnowledgeChanged, PeopleChanged
from app.services.base.context import Context
from app.services.catalogue.rules import MOST_MINUTES, PATH_SIGN
from app.views.base.actions import Action, ActionSet
from app.views.base.forms import Binding
from app.views.base.i18n import N_, _, current, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tree_model import Node
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.settings.article_lines import ArticleLines
from app.views.settings.categories_kind import CategoryKind, Place
from app.views.settings.category_demands import DemandsGrid
from app.views.settings.category_merge import MergeAsker
from app.views.settings.category_moves import Step, place_after
from app.views.settings.category_tree import CategoryTree
from app.views.settings.choices import level_choices, team_choices
from app.views.settings.form_pane import FormPane
from app.views.settings.inputs import fill, minutes_box, text_box
from app.views.settings.records import NEW, RecordsPresenter
from app.views.settings.sheet_exchange import SheetExchange

_MERGE_KEY = "Ctrl+Shift+G"
_NARROW = 1


class CategoriesPane(FormPane[Category]):
    """Moving and renaming in the tree act at once, with Undo; the form waits for Apply."""

    events = (CatalogueChanged, PeopleChanged, KnowledgeChanged)
    form_share = 3

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.categories = CategoryKind(ctx)
        self.merge = Button(_("Merge…"), icon="git-merge", small=True, key=_MERGE_KEY)
        super().__init__(ctx, env, RecordsPresenter(env, self.categories), parent)
        self.merging = MergeAsker(ctx, env, self, self.presenter.run)
        self.side.head.insertWidget(self.side.head.indexOf(self.switch), self.merge)
        self.merge.clicked.connect(self.ask_merge)
        self.exchange = SheetExchange(ctx, env, self, SheetKind.CATEGORIES, self.presenter.run)
        if self.may_edit:
            key = Action("settings.merge", N_("Merge the category"), self.ask_merge, "git-merge", _MERGE_KEY)
            self.merge_actions = ActionSet(self, (key,), ctx.actor.may)
        else:
            self.merge.hide()

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New category")

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """Files first, then the button that adds."""
        return (*self.exchange.buttons(may_edit=self.may_edit), *super().header_buttons)

    def ask_merge(self) -> None:
        """Ask into which category the chosen one is merged."""
        record = self.presenter.current
        chosen = self._category(record.id) if record is not None else None
        if chosen is not None and self.may_edit:
            self.merging.ask(chosen, self.categories.nodes)

    # -- the tree --------------------------------------------------------------------------------------

    def build_list(self) -> QWidget:
        """Return the tree, or what an empty one says."""
        self.tree = CategoryTree()
        if self.may_edit:
            self.tree.allow_editing()
        first = Button(_("New category"), icon="plus")
        if not self.may_edit:
            first.hide()
        first.clicked.connect(self.begin_new)
        self._nothing = EmptyState(
            "tag",
            _("No category here"),
            _("Categories say what tickets are about and which team usually takes them."),
            first,
        )
        self._list = QStackedWidget()
        self._list.addWidget(self.tree)
        self._list.addWidget(self._nothing)
        self.tree.chosen.connect(self.presenter.choose)
        self.tree.step_asked.connect(lambda step: self._step(Step(step)))
        self.tree.add_asked.connect(self.begin_new)
        self.tree.retire_asked.connect(self.toggle_retired)
        self.tree.nodes.renamed.connect(self._rename)
        self.tree.nodes.dropped.connect(self._drop)
        self.search.step.connect(lambda _by: self.tree.setFocus())
        return self._list

    def show_rows(self, rows: Sequence[Category]) -> None:
        """Show the rows; while something is searched, also what they hang under."""
        wanted = {row.id for row in rows}
        parents = {row.id: row.parent_id for row in self.presenter.rows}
        for row in rows:
            above = row.parent_id
            while above is not None and above not in wanted:
                wanted.add(above)
                above = parents.get(above)
        nodes = [self._node(node.category) for node in self.categories.nodes if node.category.id in wanted]
        self._list.setCurrentWidget(self.tree if nodes else self._nothing)
        self.tree.set_nodes(nodes, self.presenter.chosen, is_found=bool(self.search.text()))

    def go_to(self, record_id: int) -> None:
        """See `FormPane.go_to`."""
        self.tree.choose(record_id)

    def begin_new(self) -> None:
        """Show an empty form; the new category goes beside the chosen one."""
        chosen = self.presenter.current
        if self.presenter.typed(NEW) is None and self.presenter.chosen != NEW:
            self.categories.new_parent = chosen.parent_id if chosen is not None else None
        super().begin_new()

    def _node(self, category: Category) -> Node:
        return Node(
            id=category.id,
            parent_id=category.parent_id,
            text=self.kind.name(category),
            hint=category.details.code,
            count=self.categories.uses.get(category.id),
            is_dimmed=not category.is_active,
        )

    def _category(self, category_id: int) -> Category | None:
        return next((row for row in self.presenter.rows if row.id == category_id), None)

    def _step(self, step: Step) -> None:
        chosen = self._category(self.presenter.chosen or NEW)
        place = place_after(step, chosen, self.presenter.shown) if chosen is not None else None
        if chosen is not None and place is not None:
            self.presenter.run(self.categories.moving(chosen, place))

    def _drop(self, category_id: int, parent_id: int | None, before_id: int | None) -> None:
        moved = self._category(category_id)
        if moved is not None:
            self.presenter.run(self.categories.moving(moved, Place(parent_id, before_id)))

    def _rename(self, category_id: int, name: str) -> None:
        renamed = self._category(category_id)
        if renamed is not None:
            # The name that is shown is the one that is renamed.
            is_alt = current.code.startswith("zh") and bool(renamed.details.name_alt)
            self.presenter.run(self.categories.renaming(renamed, name, is_alt=is_alt))

    # -- the form --------------------------------------------------------------------------------------

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        self.team = Choose()
        self.parent_box = Choose()
        self.impact = Choose()
        self.urgency = Choose()
        self.uses = PlainLabel("", "muted", wrap=True)
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("code", _("Code"), QLineEdit(), hint=_("empty: made of the name")),
            self.add_field("parent_id", _("Below"), self.parent_box),
        )
        self.place(self.add_field("default_team_id", _("Team that usually takes it"), self.team))
        self.place(
            self.add_field("default_impact", _("Usual impact"), self.impact),
            self.add_field("default_urgency", _("Usual urgency"), self.urgency),
        )
        solvable = Toggle(_("The desk can solve it itself"), shown=True)
        self.place(self.add_field("is_desk_solvable", _("First line"), solvable))
        self._build_teams()
        self._build_demands()
        self._build_scope()
        self.fields.addWidget(self.uses)
        if self.may_edit:
            keys = _("In the tree: F2 renames, Alt+arrows or dragging move, Insert adds, Delete retires.")
            self.fields.addWidget(PlainLabel(keys, "small", wrap=True))

    def _build_teams(self) -> None:
        self.line_teams = {line: Choose() for line in LINES}
        self.place(
            *(
                self.add_field(f"line_{line}", _("Team, line {line}").format(line=line), box)
                for line, box in self.line_teams.items()
            )
        )
        self.minutes, shown = minutes_box(MOST_MINUTES)
        external = Toggle(_("Outside expertise is needed"), shown=True)
        self.place(self.add_field("handling_minutes", _("Usually takes"), self.minutes, binding=shown))
        self.place(self.add_field("is_external", _("Expertise"), external))

    def _build_demands(self) -> None:
        self.demands = DemandsGrid()
        shown = Binding(
            lambda: self.demands.stated, self.demands.show_stated, self.demands.changed, self.demands.told
        )
        self.place(
            self.add_field(
                "demands", _("Fields tickets need, besides the usual"), self.demands, binding=shown
            )
        )
        self.articles = ArticleLines()
        lines = Binding(
            lambda: self.articles.article_ids,
            self.articles.show_ids,
            self.articles.changed,
            self.articles.told,
        )
        self.place(self.add_field("articles", _("Articles offered first"), self.articles, binding=lines))
        if not self.may_edit:
            for widget in (self.demands, self.articles):
                widget.setEnabled(True)
                widget.set_locked()

    def _build_scope(self) -> None:
        scope = Toggle(_("The desk supports it"), shown=True)
        self.place(self.add_field("is_in_scope", _("In scope"), scope))
        self.refusal = self.add_field(
            "refusal_text", _("What is said when it is asked for, in English"), text_box()
        )
        self.refusal_alt = self.add_field("refusal_text_alt", _("The same in Chinese"), text_box())
        self.place(self.refusal)
        self.place(self.refusal_alt)
        scope.toggled.connect(self._show_refusal)

    def _show_refusal(self, is_in_scope: bool) -> None:
        self.refusal.setVisible(not is_in_scope)
        self.refusal_alt.setVisible(not is_in_scope)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        kept = self.form.values["default_team_id"]
        fill(self.team, team_choices(self.categories.teams, kept=kept))
        for line, box in self.line_teams.items():
            fill(box, team_choices(self.categories.teams, kept=self.form.values[f"line_{line}"]))
            box.setMinimumContentsLength(_NARROW)  # three of them stand side by side
        self.articles.offer(self.categories.linkable)
        fill(self.impact, level_choices(self.categories.matrix.impacts))
        fill(self.urgency, level_choices(self.categories.matrix.urgencies))
        is_alt = current.code.startswith("zh")
        paths = [
            (PATH_SIGN.join(node.path_alt if is_alt else node.path), int(node.category.id))
            for node in self.categories.nodes
            if node.category.is_active
        ]
        fill(self.parent_box, [(_("The top"), None), *paths])

    def show_record(self, record: Category | None) -> None:
        """Show who uses it. One that exists is moved in the tree, so its place is only shown here."""
        self.parent_box.setEnabled(self.may_edit and record is None)
        self.merge.setVisible(self.may_edit and record is not None)
        self.demands.show_inherited(self.categories.inherited(record, self.form.values["parent_id"]))
        self._show_refusal(bool(self.form.values["is_in_scope"]))
        self.uses.setText(self._used(record) if record is not None else "")

    def _used(self, record: Category) -> str:
        number = self.env.format.number
        count = self.categories.uses.get(record.id, 0)
        said = [
            ngettext("Used by {n} ticket", "Used by {n} tickets", count).format(n=number(count))
            if count
            else _("No ticket uses it.")
        ]
        if refused := self.categories.refusals.get(record.id, 0):
            text = ngettext("{n} of them was refused", "{n} of them were refused", refused)
            said.append(text.format(n=number(refused)))
        if into := self.categories.path(record.merged_into):
            said.append(_("merged into {name}").format(name=into))
        return " · ".join(said)
