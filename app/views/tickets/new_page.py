"""The page of a new ticket: call timer, drafts, presenter and view wired together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.models.entities.events import CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged
from app.models.entities.knowledge import Article
from app.models.entities.settings import Situation
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.context import Context
from app.services.base.drafts import Draft
from app.services.base.journal import Journal, journal_folder
from app.services.base.kept_files import KeptFiles, kept_files_folder
from app.services.base.names import name_in
from app.services.base.undo import Outcome
from app.services.tickets.form_choices import Caller, FormChoices
from app.services.tickets.submissions import PickedFile, Submission
from app.views.base.actions import Action, ActionSet
from app.views.base.i18n import N_, _, current
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tasks import Lane
from app.views.tickets.form_attachments import keep_bytes, keep_file, local_files, png_of
from app.views.tickets.form_drafts import PARKED, DraftShelf
from app.views.tickets.form_outbox import Outbox
from app.views.tickets.form_presenter import FormPresenter
from app.views.tickets.form_saving import FormSaving
from app.views.tickets.form_state import CallForm, Held
from app.views.tickets.form_values import (
    Ending,
    FormValues,
    is_desk_solvable,
    missing_for,
    refusal,
    second_line_team,
    submission_of,
)
from app.views.tickets.form_view import NewTicketView
from app.views.tickets.form_words import MISSING, waiting_for
