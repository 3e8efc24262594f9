"""The laws of the architecture as properties over many small worlds."""
