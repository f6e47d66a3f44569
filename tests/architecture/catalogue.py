"""Asks PostgreSQL's own catalogue whether the walls between municipalities stand (reliability row 8)."""

from collections.abc import Callable

# Tables with a tenant that only the ground floor reads: their rows are found by tenant, and shown to nobody.
OUTSIDE = {"foundation_datakey"}
# Roles that must neither own tables nor go round policies.
CONFINED = ("samtun_app", "samtun_worker", "samtun_sealer")

type Ask = Callable[[str], list[tuple]]

TENANT_TABLES = """
SELECT c.oid::bigint, c.relname, c.relrowsecurity, c.relforcerowsecurity, c.relispartition
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 2
"""


def faults(ask: Ask) -> list[str]:
    """All that is wrong; [] = the walls stand."""
    tables = [row for row in ask(TENANT_TABLES) if row[1] not in OUTSIDE]
    return [
        *(["no table of a municipality was found"] if not tables else []),
        *_policies(ask, tables),
        *_unique(ask, tables),
        *_keys(ask, {row[1] for row in tables}),
        *_roles(ask),
        *_side_doors(ask),
    ]


def _policies(ask: Ask, tables: list[tuple]) -> list[str]:
    found = []
    policies: dict[str, list[tuple]] = {}
    for table, using, check in ask(
        "SELECT c.relname, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid) "
        "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
    ):
        policies.setdefault(table, []).append((using or "", check or ""))
    for _oid, name, enabled, forced, is_partition in tables:
        if not (enabled and forced):
            found.append(f"{name}: row-level security is not both enabled and forced")
        mine = policies.get(name, [])
        if is_partition and not mine:
            continue  # without a policy of its own nobody reads it directly; through its parent the parent's holds
        if len(mine) != 1:
            found.append(f"{name}: {len(mine)} policies instead of one (several are joined by OR)")
        for using, check in mine:
            for what, text in (("reading", using), ("writing", check)):
                if "tenant_id = " not in text or "app.tenant" not in text:
                    found.append(f"{name}: the policy for {what} does not compare with the scope's municipality")
    return found


def _unique(ask: Ask, tables: list[tuple]) -> list[str]:
    """Unique constraints must include the municipality: else one learns what another has by a refusal."""
    found = []
    uniques: dict[str, list[list[str]]] = {}
    for table, columns in ask(
        "SELECT t.relname, array_agg(a.attname::text ORDER BY a.attname) FROM pg_index i "
        "JOIN pg_class t ON t.oid = i.indrelid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indisunique AND NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace "
        "GROUP BY t.relname, i.indexrelid"
    ):
        uniques.setdefault(table, []).append(list(columns))
    for _oid, name, _enabled, _forced, is_partition in tables:
        mine = uniques.get(name, [])
        found += [f"{name}: unique ({', '.join(c)}) without tenant_id" for c in mine if "tenant_id" not in c]
        if ["id", "tenant_id"] not in mine and not is_partition and name != "foundation_accessentry":
            found.append(f"{name}: no unique (tenant_id, id) for composite keys to point at")
    return found


def _keys(ask: Ask, tables: set[str]) -> list[str]:
    """Between two tables of a municipality only keys that take the municipality along."""
    return [
        f"{table}: {name} points at {target} without the municipality"
        for table, name, target, columns in ask(
            "SELECT s.relname, k.conname, t.relname, array_agg(a.attname::text) FROM pg_constraint k "
            "JOIN pg_class s ON s.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid "
            "JOIN pg_attribute a ON a.attrelid = s.oid AND a.attnum = ANY(k.conkey) "
            "WHERE k.contype = 'f' GROUP BY 1, 2, 3"
        )
        if table in tables and target in tables and "tenant_id" not in columns
    ]


def _roles(ask: Ask) -> list[str]:
    names = ", ".join(f"'{role}'" for role in CONFINED)
    found = [
        f"{name} is above the walls"
        for name, above in ask(
            f"SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname IN ({names})"
        )
        if above
    ]
    found += [
        f"{owner} owns {table}"
        for owner, table in ask(
            f"SELECT r.rolname, c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
            f"WHERE r.rolname IN ({names}) AND c.relnamespace = 'public'::regnamespace"
        )
    ]
    found += [
        f"{member} may become {role}"
        for member, role in ask(
            f"SELECT m.rolname, r.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member "
            f"JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname IN ({names})"
        )
    ]
    return found


def _side_doors(ask: Ask) -> list[str]:
    """Views and functions that read with their owner's eyes."""
    found = [
        f"the view {name} is not security_invoker"
        for name, options in ask(
            "SELECT relname, coalesce(reloptions::text, '') FROM pg_class "
            "WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
        )
        if "security_invoker=true" not in options
    ]
    found += [
        f"the materialised view {name} has no row-level security"
        for (name,) in ask("SELECT relname FROM pg_class WHERE relkind = 'm' AND relnamespace = 'public'::regnamespace")
    ]
    found += [
        f"the function {name} is SECURITY DEFINER"
        for (name,) in ask("SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace")
    ]
    return found
