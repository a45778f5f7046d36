"""Typed ids, so that a person's id cannot be passed where a ticket's is wanted."""

from __future__ import annotations

from typing import NewType

TicketId = NewType("TicketId", int)
EventId = NewType("EventId", int)
PersonId = NewType("PersonId", int)
TeamId = NewType("TeamId", int)
RoleId = NewType("RoleId", int)
CategoryId = NewType("CategoryId", int)
ServiceId = NewType("ServiceId", int)
ReasonId = NewType("ReasonId", int)
ArticleId = NewType("ArticleId", int)
TemplateId = NewType("TemplateId", int)
ConfigId = NewType("ConfigId", int)
AttachmentId = NewType("AttachmentId", int)
AnnouncementId = NewType("AnnouncementId", int)
ViewId = NewType("ViewId", int)
