"""Who is looking, acting as which hat, and what that hat may do. One enum of roles, closed by default."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """All roles (decisions 25). What each may do, with a sentence, stands in people/roles."""

    ANONYMOUS = "anonymous"
    RESIDENT = "resident"
    NEXT_OF_KIN = "next_of_kin"
    VOLUNTEER = "volunteer"
    UNIT_EMPLOYEE = "unit_employee"
    ASSESSOR = "assessor"
    ORGANISATION_REPRESENTATIVE = "organisation_representative"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    SEAT_HOLDER = "seat_holder"
    CASHIER = "cashier"
    MUNICIPAL_ADMINISTRATOR = "municipal_administrator"
    PRIVACY_OFFICER = "privacy_officer"
    SUPPLIER_SUPPORT = "supplier_support"
    DISABLED = "disabled"
    SYSTEM = "system"


class Permission(StrEnum):
    """What can be permitted. Renaming one is an ADR."""

    SEE_DESK = "see_desk"
    HANDLE_REQUESTS = "handle_requests"
    REFER = "refer"
    ASSESS_REQUESTS = "assess_requests"
    SEE_PERSONS = "see_persons"
    NOTE_DEATH = "note_death"
    MANAGE_VOLUNTEERS = "manage_volunteers"
    HANDLE_MESSAGES = "handle_messages"
    THANK_VOLUNTEERS = "thank_volunteers"
    MANAGE_ORGANISATION = "manage_organisation"
    EXPORT_ORGANISATION = "export_organisation"
    MANAGE_TASK_TYPES = "manage_task_types"
    MANAGE_SETTINGS = "manage_settings"
    SEE_PROTECTED = "see_protected"
    READ_ACCESS_LOG = "read_access_log"
    PUBLISH = "publish"
    OWN_PAGE = "own_page"


@dataclass(frozen=True, slots=True)
class Hat:
    """One of a person's hats: the role, on whose behalf, and the owners whose rows it opens."""

    key: str
    role: Role
    label: str = ""
    owners: frozenset[uuid.UUID] = frozenset()
    permissions: frozenset[Permission] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks or acts in a scope. `name` and the hat's label are words for audit and page header."""

    tenant: uuid.UUID
    hat: Hat
    account: uuid.UUID | None = None
    person: uuid.UUID | None = None
    name: str = ""
    language: str = ""
    purpose: str = ""
    via: str = field(default="web")

    @classmethod
    def anonymous(cls, tenant: uuid.UUID) -> Self:
        """Nobody in particular: a visitor of the public pages."""
        return cls(tenant=tenant, hat=Hat(key="anonymous", role=Role.ANONYMOUS))

    @classmethod
    def system(cls, tenant: uuid.UUID, owners: frozenset[uuid.UUID] = frozenset()) -> Self:
        """The system itself, in jobs and commands: all permissions, only the owners given."""
        hat = Hat(key="system", role=Role.SYSTEM, label="Samtun", owners=owners, permissions=frozenset(Permission))
        return cls(tenant=tenant, hat=hat, name="Samtun", via="job")

    @property
    def role(self) -> Role:
        """The role of the hat worn."""
        return self.hat.role

    @property
    def who(self) -> str:
        """Who does something and as what, in the words that rows keep of it: at most 160 characters."""
        return ", ".join(part for part in (self.name, self.hat.label) if part)[:160]

    @property
    def called(self) -> str:
        """The name of who does something, or of the hat for one without: at most 160 characters."""
        return (self.name or self.hat.label)[:160]

    @property
    def owners(self) -> frozenset[uuid.UUID]:
        """The owners this hat acts for."""
        return self.hat.owners

    @property
    def is_system(self) -> bool:
        """Tell whether this is the system itself."""
        return self.hat.role is Role.SYSTEM

    def may(self, permission: Permission) -> bool:
        """Tell whether the hat worn has this permission."""
        return permission in self.hat.permissions
