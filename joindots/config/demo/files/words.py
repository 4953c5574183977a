"""What the invented people write. Plain sentences, combined by a fixed seed; none is anybody's."""

from __future__ import annotations

from random import Random

CHOIR_HIS = (
    "Are you going on Tuesday?",
    "Which page did she want us to start from?",
    "The tenors were lost again tonight",
    "I saved you a chair by the window",
    "You looked tired tonight",
    "I like how you stand when you sing",
    "Do you walk home on your own?",
    "I could walk you home",
    "That blue coat suits you",
    "Who was the man you spoke to?",
    "I listened to the recording again, only your part",
    "You smiled at me in the second verse",
    "I think we have something, you and I",
    "I thought about you all day",
    "You did not answer me last night",
    "Is the concert on the 5th or the 12th?",
    "I made you a copy of the score",
    "Nobody else hears what I hear in you",
    "I dreamt that we sang alone",
    "I asked to be moved next to the altos",
    "What do you do on Sundays?",
    "I found your clinic, it looks nice",
    "Would you have coffee with me?",
    "You can tell me anything",
)
CHOIR_HERS = (
    "Yes, half past seven as usual",
    "Page 14, from the repeat",
    "The hall is closed next week, check the list",
    "Jean has the spare scores",
    "Concert is on the 12th",
    "Black folders please, she said",
    "We start with the Fauré",
    "Altos are upstairs this week",
    "I gave my tickets to Jean",
    "No, I go with the others",
    "Please ask Jean, she runs the list",
    "Warm-up is at quarter past",
    "The car park is full, come early",
    "Second verse in Latin",
    "It is in the group message",
    "Bring a pencil",
    "I cannot make the sectional",
    "She wants us off book by July",
    "Same as last week",
    "The piano is being tuned",
    "Ask the committee",
    "Sorry, only saw this now",
    "Rehearsal moved to the chapel",
    "See you all there",
)
ENCRYPTED = (
    "Messages and calls are end-to-end encrypted. "
    "Only people in this chat can read, listen to, or share them. Learn more"
)
"""The app's own first line."""
REFUSAL = "Please don't message me again."
LATER_REFUSALS = (
    "I asked you to stop. Please stop messaging me.",
    "Stop. I do not want any contact with you.",
    "I have told you before: stop.",
    "Stop contacting me. I am keeping all of this.",
)
OPENINGS = (
    "Maya",
    "Please",
    "Listen",
    "I know",
    "I saw",
    "Tell me",
    "Why",
    "You know",
    "It was you",
    "I only want",
    "Today",
    "Tonight",
    "Again",
    "Still",
    "Every day",
    "All week",
    "At the hall",
    "At the clinic",
    "By the river",
    "On the bus",
)
MIDDLES = (
    "you looked at me",
    "you did not look",
    "your light was on",
    "you changed your way home",
    "you wore the blue coat",
    "they keep us apart",
    "you never answer",
    "you could just say hello",
    "I waited two hours",
    "I sang it for you",
    "he means nothing to you",
    "you were late",
    "the others laugh at us",
    "I kept your chair",
    "you left by the back door",
    "nobody has to know",
    "it is not fair",
    "I have been so patient",
    "I wrote it all down",
    "we belong in one song",
    "you read this, I can see it",
    "you blocked the other one",
    "I walked past again",
    "you are hiding",
)
ENDINGS = (
    "",
    "",
    "",
    ".",
    "?",
    "!",
    " and you know it",
    ", answer me",
    ", please",
    ". I am not angry",
    ". Why?",
    ". I will wait",
)
SHORT = (
    "?",
    "??",
    "Maya",
    "Maya?",
    "Answer",
    "Hello?",
    "I can wait",
    "Please",
    "So that is how it is",
    "Goodnight then",
)


def his(random: Random) -> str:
    """One of his messages after she said no."""
    if random.random() < 0.25:
        return random.choice(SHORT)
    return f"{random.choice(OPENINGS)}, {random.choice(MIDDLES)}{random.choice(ENDINGS)}"
