"""The verbs of the login."""

from samtun.people.accounts.actions.accounts import (
    AddressTaken,
    ProveFirst,
    ask_new_address,
    change_address,
    create_account,
    disable_account,
    enable_account,
    end_logins,
    logged_in,
    logged_out,
)
from samtun.people.accounts.actions.codes import ask_code, ask_proof, send_code, use_code, use_link
from samtun.people.accounts.actions.passwords import (
    AlreadySetUp,
    CodeWrong,
    check_password,
    pending_secret,
    reset_second_factor,
    set_up,
)

__all__ = [
    "AddressTaken", "AlreadySetUp", "CodeWrong", "ProveFirst", "ask_code", "ask_new_address", "ask_proof",
    "change_address", "check_password", "create_account", "disable_account", "enable_account", "end_logins",
    "logged_in", "logged_out", "pending_secret", "reset_second_factor", "send_code", "set_up", "use_code", "use_link",
]  # fmt: skip
