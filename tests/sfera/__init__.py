"""The writer of orders over the sandbox Sfera: the same child process and program as on Windows."""
