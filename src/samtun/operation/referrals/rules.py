"""Who may pass on, and who rings."""

from samtun.foundation.viewer import Permission, Viewer
from samtun.operation.referrals.models import Referral

POCKET_MARK = "samtun_pocket"
"""The cookie that tells the empty page on a telephone without coverage whose notes it keeps; an opaque mark."""


def may_pass_on(viewer: Viewer) -> bool:
    """Tell whether the viewer may pass a wish on from where they work or have an office."""
    return viewer.may(Permission.REFER) and bool(viewer.owners) and viewer.person is not None


def may_ring(viewer: Viewer, referral: Referral) -> bool:
    """Tell whether the viewer takes care of this one: acts for its owner, with the right for it."""
    return viewer.is_system or (referral.owner_id in viewer.owners and viewer.may(Permission.HANDLE_REQUESTS))
