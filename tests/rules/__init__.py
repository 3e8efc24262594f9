"""The trade's rules, judged by the decision tables."""
