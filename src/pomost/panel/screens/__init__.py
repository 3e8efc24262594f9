"""The screens, one file each; a new one is added to MODULES."""

from pomost.panel.screens import channels, settings, signing_in, starting

MODULES = (signing_in, starting, channels, settings)
