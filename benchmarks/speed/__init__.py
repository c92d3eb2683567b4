"""`make bench`: the guide beside Rasa's own starter bot, on one machine in one run."""
