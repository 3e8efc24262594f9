"""Everything the product remembers: channels, ledger, links, journal, secrets, leases; on SQLite or PostgreSQL."""
