"""Ordinary activities are those of the programme: each line becomes one there, by the same key, and the table goes.

What only those who work for the owner saw is seen by nobody else afterwards: it stands on no open list before somebody
has looked at it in the programme's form and saved it. Of an organisation that nobody has checked it is a draft.
"""

import datetime as dt

import django.db.models.deletion
from django.db import connection, migrations
from django.utils import timezone

import samtun.foundation.models.base
from samtun.foundation.schema import CompositeKey, tenant_policy

LINES, KEYS = "operation_networks_activity", ("member", "answered")
CATEGORIES = {"social": "social", "knowledge": "course", "practical": "practical", "transport": "ride"}
KNOWN = ("municipality", "unit", "centre")
LASTS = 2
"""How many hours it is taken to last: a line said only when it begins."""


def lines_become_activities(apps, _editor):
    """Move each municipality's lines, behind its own wall: the owner of the tables is no exception to it."""
    for tenant in apps.get_model("foundation", "Municipality").objects.values_list("id", flat=True):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant)])
        _move(apps, tenant)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant', '', true)")
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'networks.line_due' AND status = 'todo'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would hinder what follows
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _move(apps, tenant):
    def rows_of(app, model, **which):
        return apps.get_model(app, model).objects.filter(tenant=tenant, **which)

    bodies = rows_of("partners_organisations", "Organisation", kind__in=KNOWN).values_list("owner", flat=True)
    checked = rows_of("partners_catalogue", "Publisher", state="checked").values_list("owner", flat=True)
    known, made = {*bodies, *checked}, apps.get_model("operation_activities", "Activity")
    classes = dict(rows_of("anchoring_responsibilities", "TaskType").values_list("key", "task_class"))
    lines = rows_of("operation_networks", "Activity").order_by("id")
    made.objects.bulk_create([made(tenant_id=tenant, **_facts(row, row.owner_id in known, classes)) for row in lines])
    asked = rows_of("work_todos", "Todo", ref_kind="activity", reason="still_true", done_at=None)
    asked.update(done_at=timezone.now())


def _facts(row, known, classes):
    retired = row.retired_at
    first = timezone.localdate(row.made_at) if retired else timezone.localdate()
    first += dt.timedelta(days=(row.weekday - first.weekday()) % 7)
    return {
        "id": row.id, "sent_key": row.id, "owner_id": row.owner_id, "title": row.what, "about": row.run_by,
        "where": row.place, "village_id": row.village_id, "meets_name": row.meets_name, "meets_phone": row.meets_phone,
        "category": _category(row.kinds, classes), "transport": "own", "repeat": "weekly", "weekdays": [row.weekday],
        "starts_on": first, "until": max(timezone.localdate(retired), first) if retired else None, "at": row.at,
        "to": row.at.replace(hour=(row.at.hour + LASTS) % 24), "sign_up": "open", "is_listed": False,
        "state": "ended" if retired else "open" if known else "draft", "ended_at": retired,
        "opened_at": row.made_at if known else None, "true_until": row.true_until, "made_by": "",
        "made_at": retired or timezone.now(),  # there is no time of it yet: how long it is kept is counted from here
    }  # fmt: skip


def _category(kinds, classes):
    """What was for no kind of help in particular was for company."""
    found = [classes.get(key) for key in kinds]
    return next((CATEGORIES[one] for one in CATEGORIES if one in found), "other" if kinds else "social")


class Migration(migrations.Migration):
    dependencies = [
        ("anchoring_responsibilities", "0001_initial"),
        ("operation_activities", "0007_whether_held"),
        ("operation_networks", "0001_initial"),
        ("partners_catalogue", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("work_todos", "0002_put_off"),
    ]

    operations = [
        migrations.RunPython(lines_become_activities, migrations.RunPython.noop),
        *(
            migrations.RunSQL(
                f"ALTER TABLE operation_networks_{one} DROP CONSTRAINT operation_networks_{one}_activity_same_tenant",
                f"ALTER TABLE operation_networks_{one} ADD CONSTRAINT operation_networks_{one}_activity_same_tenant "
                f"FOREIGN KEY (tenant_id, activity_id) REFERENCES {LINES} (tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
            )
            for one in KEYS
        ),
        migrations.AlterField(
            "member", "activity",
            samtun.foundation.models.base.TenantKey(
                blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to="operation_activities.activity",
            ),
        ),
        migrations.AlterField(
            "answered", "activity",
            samtun.foundation.models.base.TenantKey(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="operation_activities.activity",
            ),
        ),
        *(CompositeKey(one, "activity") for one in KEYS),
        migrations.RunSQL(
            migrations.RunSQL.noop,
            [*tenant_policy(LINES), f"ALTER TABLE {LINES} ADD CONSTRAINT {LINES}_tenant_id_uniq UNIQUE (tenant_id, id)"],
        ),
        migrations.DeleteModel("Activity"),
    ]  # fmt: skip
