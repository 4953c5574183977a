"""The smaller cases of the demo: forty, of every kind, most not former partners. Everybody in them is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from joindots.evidence.readers.answers import Answer

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Given:
    """A file of the demo that comes into a case: its name, when, by whom (None: the owner), and what was answered."""

    name: str
    at: str
    by: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Somebody who is brought in: on which side and basis, for what, when (a London time).

    `by` is who brings them in; empty for those who stand in every case of their team by their post.
    """

    who: str
    by: str
    side: str
    basis: str
    purpose: str
    at: str


@dataclass(frozen=True, slots=True)
class SmallCase:
    """One case as its agency would write it down. `opened` and `closed` are London times."""

    number: str
    owner: str
    opened: str
    victim: str
    relation: str
    suspect: str
    summary: str
    phone: str = ""
    closed: str = ""
    shares: tuple[Share, ...] = ()
    files: tuple[Given, ...] = ()


def moment(clock: str) -> datetime:
    """A London time such as `2025-11-04 12:40`, as a moment in UTC: the trail's chain is over UTC."""
    return datetime.fromisoformat(clock).replace(tzinfo=LONDON).astimezone(UTC)


def _share(who: str, by: str, at: str, side: str = "victim", basis: str = "share", purpose: str = "case work") -> Share:
    return Share(who, by, side, basis, purpose, at)


STILLWATER = (
    SmallCase("SW-0101", "asha", "2025-02-11 10:05", "Lena Marsh", "acquaintance", "R. Stoker",
              "He delivered a parcel once and has written on Telegram every day since.", "+447700900202",
              files=(Given("result.json", "2025-04-29 11:00"),)),
    SmallCase("SW-0104", "asha", "2025-02-20 14:30", "Gail Prior", "ex_partner", "Wes Larkin",
              "Messages after they parted; turns up at her sister’s.", "+447700900203",
              files=(Given("facebook-gail.zip", "2025-02-24 10:10", answers=(Answer("owner", "Gail Prior"),)),)),
    SmallCase("SW-0109", "tariq", "2025-04-03 09:40", "Sunita Vale", "neighbour", "Graham (surname not known)",
              "The man next door writes each time she leaves or comes home. Two questions of her chat are still open.",
              files=(Given("WhatsApp Chat - Graham Next Door.zip", "2025-04-03 10:00"),)),
    SmallCase("SW-0112", "tariq", "2025-05-27 13:15", "Owen Hart", "stranger", "not known",
              "Texts at night from a number he does not know, about what he wore that day.", "+447700900214",
              files=(Given("+447700900214.txt", "2025-05-28 09:30"),)),
    SmallCase("SW-0118", "asha", "2025-05-12 11:20", "Petra Holm", "ex_partner", "Tom Holroyd",
              "Pennies into her account with words in the reference, since she changed her number.",
              files=(Given("statement.ofx", "2025-05-13 12:00", answers=(Answer("their_payments", ["T HOLROYD"]),)),)),
    SmallCase("SW-0121", "tariq", "2025-08-01 15:45", "Dilys Brandt", "client", "Alun Sayer",
              "A former patient calls the ward at night and waits in the car park.", "+447700900217",
              files=(Given("network-calls.csv", "2025-08-01 16:00"),)),
    SmallCase("SW-0127", "ruth", "2025-07-08 09:00", "Marta Feld", "colleague", "Ivan Ross",
              "He changed his shifts to hers. Human resources know.", closed="2026-02-13 16:00"),
    SmallCase("SW-0133", "tariq", "2025-10-02 10:30", "Amy Sorrel, aged 15", "client", "Niall V.",
              "An older pupil writes on Snapchat and waits by the gate.",
              shares=(_share("adeyemi", "ruth", "2025-10-03 09:00", purpose="safety at school"),),
              files=(Given("chat_history.json", "2025-10-02 11:00"),)),
    SmallCase("SW-0138", "asha", "2025-09-09 12:10", "Joyce Penrose", "family", "Her son-in-law",
              "Stands outside since her daughter left him. Her diary was typed from paper.",
              shares=(_share("kit", "ruth", "2025-10-14 10:00", basis="referral", purpose="therapy"),),
              files=(Given("paper-diary.csv", "2025-09-10 12:00"),)),
    SmallCase("SW-0144", "tariq", "2025-12-03 16:20", "Kofi Adler", "friend", "Ben Tansley",
              "A friend from university who did not accept that it was over; letters to his parents."),
    SmallCase("SW-0147", "asha", "2026-01-15 09:50", "Nora Whitlock", "ex_partner", "Daniel Rusk",
              "A tag in the child’s bag after contact weekends."),
    SmallCase("SW-0152", "tariq", "2026-02-19 14:00", "Felix Amory", "stranger", "account not known",
              "A listener of his radio show; gifts to the studio, then to his home."),
    SmallCase("SW-0155", "asha", "2026-04-22 10:15", "Bryony Keel", "partner", "Sean Keel",
              "Still living in one house; he reads her phone and follows her to work."),
    SmallCase("SW-0160", "tariq", "2026-06-30 11:35", "Esther Rowe", "acquaintance", "Paul Dacre",
              "A man from her church who says that they are engaged."),
    SmallCase("SW-0163", "ruth", "2026-08-18 09:25", "Hal Morrow", "ex_partner", "Jessica Dunmore",
              "A former wife; false reports to his employer and the school."),
    SmallCase("SW-0171", "asha", "2026-10-27 13:40", "Ines Calloway", "colleague", "not known",
              "Notes in her locker, and a drone above her garden."),
)  # fmt: skip
NORTHSHIRE = (
    SmallCase("NS/25/018830", "lewis", "2025-02-26 19:05", "Carol Finch", "neighbour", "Derek Umney",
              "Recorded as a neighbour dispute; the log shows following on 14 days."),
    SmallCase("NS/25/027714", "tom", "2025-03-30 22:10", "Ruby Lister", "ex_partner", "Craig Tolson",
              "Following by car after the end of a non-molestation order.",
              shares=(_share("priya", "", "2025-03-31 09:00", basis="supervision", purpose="daily review"),
                      _share("gareth", "priya", "2025-09-01 10:00", "suspect", "referral", "programme referral"),
                      _share("neil", "priya", "2025-06-12 10:00", "suspect", "share", "licence conditions"))),
    SmallCase("NS/25/041102", "leanne", "2025-04-29 08:15", "Oliver Crake", "stranger", "not known",
              "Repeated silent calls to a shop; referred to the neighbourhood team."),
    SmallCase("NS/25/055390", "priya", "2025-06-10 09:10", "Hannah Dove", "acquaintance", "Ralph Egan",
              "Serious alarm; a stalking protection order is being considered.",
              shares=(_share("gwen", "priya", "2025-06-12 09:00", basis="team", purpose="order papers"),
                      _share("farah", "priya", "2025-07-02 11:00", purpose="charging advice"),
                      _share("okafor", "priya", "2025-06-26 14:00", "suspect", "panel", "health consultation"),
                      _share("lund", "priya", "2025-06-26 14:00", "suspect", "panel", "health consultation"),
                      _share("joan", "priya", "2025-08-20 10:00", "suspect", "share", "pre-sentence report"),
                      _share("carys", "priya", "2025-09-15 10:00", purpose="victim contact scheme"))),
    SmallCase("NS/25/072265", "tom", "2025-07-21 17:30", "Sam Oakes", "ex_partner", "Kelly Marr",
              "A man stalked by a former partner; threats to harm his dog.",
              shares=(_share("priya", "", "2025-07-22 09:00", basis="supervision", purpose="daily review"),)),
    SmallCase("NS/25/080016", "leanne", "2025-08-05 12:00", "Pauline Yeo", "family", "Her nephew",
              "Unwanted visits; words of advice given.", ),
    SmallCase("NS/25/093471", "lewis", "2025-09-02 20:40", "Zara Nettle", "client", "Mr Quibell",
              "A customer of her salon who books under other names."),
    SmallCase("NS/26/004418", "priya", "2026-01-13 10:30", "Tamsin Boyle", "public", "account not known",
              "A councillor; mails from an admirer under several names.",
              files=(Given("fan-mail.mbox", "2026-02-21 09:00", answers=(Answer("owner", "tamsin@example.org"),)),)),
    SmallCase("NS/26/031927", "tom", "2026-03-24 18:05", "Leah Sandys", "ex_partner", "Adam Varley",
              "Breach of a restraining order by messages through friends.", closed="2026-09-30 12:00",
              shares=(_share("priya", "", "2026-03-25 09:00", basis="supervision", purpose="daily review"),)),
    SmallCase("NS/26/077203", "lewis", "2026-07-14 23:20", "Ty Beckett", "friend", "Morgan Hythe",
              "Followed home from a climbing hall three weeks running."),
)  # fmt: skip
WESTMARCH = (
    SmallCase("WM/25/3302", "ana", "2025-01-20 09:30", "Rosa Tindall", "ex_partner", "Callum Rowan Pryce",
              "Brought over from the earlier system: conviction of 2021, five contacts after the order ended in 2023.",
              "+447700900177"),
    SmallCase("WM/25/5120", "ana", "2025-05-06 14:45", "Gwilym Rees", "neighbour", "Vera Stallard",
              "Cameras turned on his garden, complaints to every office."),
    SmallCase("WM/25/9087", "ana", "2025-09-17 11:11", "Cara Linton", "ex_partner", "Jude Mallory",
              "An app on her phone that shows where she is."),
    SmallCase("WM/26/2244", "ana", "2026-05-19 16:50", "Father Dunstan Grey", "acquaintance", "A parishioner",
              "Waits after each service; letters every day."),
)  # fmt: skip
WESTMARCH_ADVOCACY = (
    SmallCase("WA-17", "bev", "2025-01-21 10:00", "Rosa Tindall", "ex_partner", "Callum Pryce",
              "Support since 2021. Post to the service only."),
    SmallCase("WA-23", "bev", "2025-06-04 13:30", "Cara Linton", "ex_partner", "Jude Mallory",
              "Device check done; wants a new phone first."),
    SmallCase("WA-29", "bev", "2025-11-25 09:15", "Bashir Noor", "colleague", "Two former colleagues",
              "Two people act together; false profiles in his name."),
    SmallCase("WA-34", "bev", "2026-09-08 15:20", "Alys Penn", "family", "Her brother",
              "A brother who follows her and her fiancé.", closed="2026-11-06 10:00"),
)  # fmt: skip
LANTERN = (
    SmallCase("LL-1180", "jo", "2025-03-18 19:40", "Caller who wants to be called Wren", "not_known", "not known",
              "Thinks she is followed from the station; wants to talk it through."),
    SmallCase("LL-1406", "jo", "2025-05-22 11:05", "Marcus Thorne", "ex_partner", "Lily (surname not given)",
              "Sixty calls a day; does not want the police yet."),
    SmallCase("LL-1733", "jo", "2025-07-30 16:15", "Priscilla Awn", "stranger", "not known",
              "Someone writes reviews of her shop that know her house."),
    SmallCase("LL-2050", "jo", "2025-10-08 20:55", "Caller who wants to be called Fern", "partner", "not given",
              "Asked how to search a car for a tag."),
    SmallCase("LL-3377", "jo", "2026-10-19 09:35", "Theo Marchbank", "colleague", "Ulrike S.",
              "A manager who messages at night and threatens his contract."),
    SmallCase("LL-3412", "jo", "2026-11-12 18:10", "Greta Solway", "acquaintance", "A driver",
              "A taxi driver who knows where she lives and sends songs."),
)  # fmt: skip
SMALL: tuple[SmallCase, ...] = (*STILLWATER, *NORTHSHIRE, *WESTMARCH, *WESTMARCH_ADVOCACY, *LANTERN)

LARGE = SmallCase(
    "SW-0130", "asha", "2025-07-01 10:20", "Harriet Lowe", "colleague", "Desmond Fairlie",
    "60,000 messages from a colleague over nearly two years. Her phone’s export is read as long work.",
    files=(
        Given("WhatsApp Chat with Desmond Fairlie.txt", "2025-07-01 10:40", answers=(Answer("owner", "Harriet Lowe"),)),
    ),
)  # fmt: skip
SUPERVISORS = {"asha": "ruth", "tariq": "ruth", "jo": "bea"}
"""Who supervises the cases of whom, from the day they are opened."""
