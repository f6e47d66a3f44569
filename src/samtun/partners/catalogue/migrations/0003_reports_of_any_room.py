"""What is reported as wrong may be a thing of any room, not a standing offer only."""

from django.db import migrations, models

TABLE, KEY = "partners_catalogue_report", "partners_catalogue_report_offer_same_tenant"


class Migration(migrations.Migration):
    dependencies = [("partners_catalogue", "0002_offers")]

    operations = [
        migrations.RemoveConstraint(model_name="report", name="offer_report_sent_once"),
        migrations.RemoveIndex(model_name="report", name="offer_report_waits"),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} DROP CONSTRAINT {KEY}",
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {KEY} FOREIGN KEY (tenant_id, offer_id) "
            "REFERENCES partners_catalogue_offer (tenant_id, id) DEFERRABLE INITIALLY DEFERRED",
        ),
        migrations.RenameField(model_name="report", old_name="offer", new_name="ref_id"),
        migrations.AlterField(model_name="report", name="ref_id", field=models.UUIDField()),
        migrations.AddField(
            model_name="report", name="ref_kind", field=models.CharField(default="offer", max_length=40)
        ),
        migrations.AddField(model_name="report", name="title", field=models.CharField(blank=True, max_length=120)),
        migrations.AddField(
            model_name="report", name="path",
            field=models.CharField(blank=True, help_text="Where it is looked at, on our own site.", max_length=200),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=["tenant", "ref_id", "sent_key"], name="offer_report_sent_once"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["tenant", "ref_id"], condition=models.Q(seen_at=None), name="offer_report_waits"
            ),
        ),
    ]  # fmt: skip
