"""Other ways to the same end, measured side by side with ours on the same tables and the same shop."""
