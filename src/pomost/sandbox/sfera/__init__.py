"""Sandbox of Sfera, the COM interface of Subiekt GT: it writes into a sandbox company what the program would write."""
