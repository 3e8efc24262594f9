"""The screens, one file each; a new one is added to MODULES."""

from pomost.panel.screens import (
    audit,
    branches,
    channels,
    connection,
    errors,
    explaining,
    orders,
    own_account,
    people,
    runs,
    settings,
    signing_in,
    starting,
    syncing,
    versions,
)

WORK = (syncing, runs, errors, explaining, orders)
MODULES = (signing_in, starting, channels, *WORK, connection, branches, settings, versions, people, own_account, audit)
