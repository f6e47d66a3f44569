"""What the demo's telephones are given by the gateway, and letting time pass for one agreement."""

from samtun.demo import actions
from samtun.foundation.scope import open_scope, retrying
from samtun.kernel import clock
from samtun.notifications.channels.actions import show_in_demo
from samtun.notifications.channels.adapters.protocol import Parcel


def show(parcel: Parcel) -> None:
    """Put a text or an e-mail on the telephone, or into the mailbox, it was for."""

    def work() -> None:
        with open_scope(parcel.tenant):
            actions.carry(
                way=parcel.channel, number=parcel.to, heading=parcel.subject, text=parcel.text,
                reference=parcel.reference, at=clock.now(),
            )  # fmt: skip

    retrying(work)


show_in_demo(show)
