"""The wires: HTTP and SQL, which know no trade."""
