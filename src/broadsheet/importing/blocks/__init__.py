"""Old bodies turned into body blocks: block markup and classic HTML."""
