"""Every table of the product, in an order in which they can be created."""

from __future__ import annotations

import peewee as pw

from app.models.tables import catalogue, feed, knowledge, people, roster, settings, tickets, transfer

ALL_TABLES: tuple[type[pw.Model], ...] = (
    feed.DatabaseFact,
    feed.Change,
    feed.OpLog,
    feed.Counter,
    people.Company,
    people.Department,
    people.Person,
    people.PhoneNumber,
    people.Credential,
    people.Team,
    people.TeamMember,
    people.Role,
    people.RolePermission,
    people.PersonRole,
    settings.Setting,
    settings.ConfigVersion,
    settings.CodeItem,
    settings.WaitingReason,
    settings.Script,
    settings.SavedView,
    catalogue.Category,
    catalogue.Service,
    knowledge.Article,
    knowledge.ArticleRevision,
    knowledge.ArticleFeedback,
    tickets.Ticket,
    tickets.TicketEvent,
    tickets.AttachmentBody,
    tickets.Attachment,
    tickets.TicketLink,
    roster.ShiftTemplate,
    roster.Assignment,
    roster.CoverageRule,
    roster.RosterMonth,
    roster.ShiftNote,
    transfer.ImportSource,
    transfer.ImportRow,
)
