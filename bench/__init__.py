"""What is measured: ratios within one run, with the bare limit beside each figure."""
