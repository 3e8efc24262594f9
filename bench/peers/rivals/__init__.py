"""Each rival as its documentation teaches; runs in an environment of its own and imports nothing of ours."""
