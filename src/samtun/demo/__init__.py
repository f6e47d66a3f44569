"""The invented municipality: data, personas and the telephone beside the page. Installed in demo settings only."""
