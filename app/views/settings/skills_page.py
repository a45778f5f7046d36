"""Skills and training: who can do what, what people were trained in, who came and went."""

from __future__ import annotations

from app.services.base.context import Context
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.settings.skills_list_pane import SkillsListPane
from app.views.settings.skills_matrix_pane import SkillsMatrixPane
from app.views.settings.skills_period_pane import PeoplePeriodPane
from app.views.settings.skills_trainings_pane import TrainingsPane
from app.views.settings.tabbed_pane import Tab, TabbedPane


class SkillsPane(TabbedPane):
    """Target: `{"list": "matrix", "trainings", "period" or "skills", "id": the record's id}`.

    Trainings and the days people came and left are for those who may see people.
    """

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        self.matrix = SkillsMatrixPane(ctx, env)
        self.skills = SkillsListPane(ctx, env)
        tabs = [Tab("matrix", _("Who can do what"), self.matrix)]
        if ctx.actor.may("people.read"):
            self.trainings = TrainingsPane(ctx, env)
            self.period = PeoplePeriodPane(ctx, env)
            tabs.append(Tab("trainings", _("Trainings"), self.trainings))
            tabs.append(Tab("period", _("Came and went"), self.period))
        tabs.append(Tab("skills", _("Skills"), self.skills))
        super().__init__(ctx, env, _("List"), tabs)
