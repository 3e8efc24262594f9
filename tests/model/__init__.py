"""The nouns of the trade: codes, texts, units, sentences."""
