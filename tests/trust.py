"""What clients of tests believe of certificates, read once: every client of its own would read them for 20 ms."""

import httpx2

TRUST = httpx2.create_ssl_context()
