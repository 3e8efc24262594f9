"""The screens, one file each; a new one is added to MODULES."""

from pomost.panel.screens import channels, errors, explaining, orders, runs, settings, signing_in, starting, syncing

MODULES = (signing_in, starting, channels, syncing, runs, errors, explaining, orders, settings)
