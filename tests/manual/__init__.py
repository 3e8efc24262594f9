"""The manual of Subiekt GT - M/store, sentence by sentence, with the test that shows each."""
