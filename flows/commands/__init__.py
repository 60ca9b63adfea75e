"""The commands of `communique`, one file for each kind of question."""
