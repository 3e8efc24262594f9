"""What every connector must prove: suites its tests inherit, and partners that misbehave on purpose."""
