"""What readers say is wrong with a story: taken in without a trace of who they are, answered by the desk, linked with the change that came of it."""
