"""READ: captures to validated records. Knows no network, no database and no clock."""
