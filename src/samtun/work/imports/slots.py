"""What taking in a list is called in a timeline."""

from django.utils.translation import gettext_lazy as _

from samtun.foundation import acts, slots
from samtun.foundation.timeline import on_own

acts.register(
    {
        "imports.stage": _("A list was read"),
        "imports.choose_letters": _("The letters were chosen"),
        "imports.choose_sheet": _("The sheet was chosen"),
        "imports.map_columns": _("The columns were chosen"),
        "imports.run": _("A list was taken in"),
        "imports.undo": _("A list was taken out again"),
        "imports.give_up": _("A list was given up"),
        "imports.forget": _("The rows of a list were forgotten"),
    }
)

slots.register("import", on_own, order=90)
