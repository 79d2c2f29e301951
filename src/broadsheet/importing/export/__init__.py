"""The way out: everything a publication holds, as files other systems read."""
