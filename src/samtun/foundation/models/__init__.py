"""Tables of the ground floor."""

from samtun.foundation.models.base import Privacy, TenantKey, TenantModel
from samtun.foundation.models.records import AccessEntry, AuditEvent, AuditSeal
from samtun.foundation.models.runtime import (
    Counter,
    DataKey,
    EventDelivery,
    EventRow,
    KeptForm,
    SearchWord,
    Session,
    Setting,
    Tie,
    Visit,
)
from samtun.foundation.models.tenancy import Municipality, Owner, Share

__all__ = [
    "AccessEntry", "AuditEvent", "AuditSeal", "Counter", "DataKey", "EventDelivery", "EventRow", "KeptForm",
    "Municipality", "Owner", "Privacy", "SearchWord", "Session", "Setting", "Share", "TenantKey", "TenantModel",
    "Tie", "Visit",
]  # fmt: skip
