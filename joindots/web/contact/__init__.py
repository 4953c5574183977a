"""How somebody is reached safely, and what has left: notices, calendars, words to say."""
