"""Other sides to work against: shops and ERP databases that live on this machine only."""
