"""The screens, one file each; a new one is added to MODULES."""

from pomost.panel.screens import (
    audit,
    branches,
    channels,
    connection,
    own_account,
    people,
    settings,
    signing_in,
    starting,
    versions,
)

MODULES = (signing_in, starting, channels, connection, branches, settings, versions, people, own_account, audit)
