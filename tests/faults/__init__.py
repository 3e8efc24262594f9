"""Real kills, real second processes, real full disks."""
