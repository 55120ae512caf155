"""The ground: settings, database, clock, errors, logs; imports nothing of ours."""
