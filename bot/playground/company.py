"""The company that the demo and the stories play in: plain data."""

from bot.playground.members import AppIdentity, Channel, Company, Member, Plays

APP = AppIdentity(
    user="U0ALONGSIDE", bot="B0ALONGSIDE", app="A0ALONGSIDE", name="Alongside", commands=("/mentor", "/mentor-admin")
)

PEOPLE = (
    Member(
        id="U0INES", name="Ines Duarte", handle="ines.duarte", title="Data analyst", tz="Europe/Lisbon",
        locale="en-GB", plays=Plays.MENTEE,
    ),
    Member(
        id="U0MIRA", name="Mira Okafor", handle="mira.okafor", title="Head of data platform", tz="Europe/Berlin",
        locale="en-GB", plays=Plays.MENTOR,
    ),
    Member(
        id="U0PRIYA", name="Priya Nair", handle="priya.nair", title="Learning and development lead",
        tz="Europe/London", locale="en-GB", is_admin=True, plays=Plays.COORDINATOR,
    ),
)  # fmt: skip

# id, name, handle, title, time zone, locale; nearly everybody works in English, so that most find a partner
_COLLEAGUES = (
    ("U0AMARA", "Amara Diallo", "amara.diallo", "Product manager", "Europe/Paris", "en-GB"),
    ("U0ANDRES", "Andrés Molina", "andres.molina", "Backend engineer", "Europe/Madrid", "en-GB"),
    ("U0AOIFE", "Aoife Brennan", "aoife.brennan", "Engineering manager", "Europe/Dublin", "en-GB"),
    ("U0BJORN", "Björn Lindqvist", "bjorn.lindqvist", "Staff engineer", "Europe/Stockholm", "en-US"),
    ("U0CAMILA", "Camila Rojas", "camila.rojas", "Customer success manager", "America/Sao_Paulo", "es-LA"),
    ("U0CHIDI", "Chidi Eze", "chidi.eze", "Security engineer", "Africa/Lagos", "en-GB"),
    ("U0DALIA", "Dalia Haddad", "dalia.haddad", "Legal counsel", "Asia/Beirut", "en-US"),
    ("U0ELENA", "Elena Petrova", "elena.petrova", "Quality engineer", "Europe/Sofia", "en-US"),
    ("U0EMRE", "Emre Yıldız", "emre.yildiz", "Sales engineer", "Europe/Istanbul", "en-GB"),  # noqa: RUF001 - a Turkish letter
    ("U0FATIMA", "Fatima Zahra Idrissi", "fatima.idrissi", "Finance partner", "Africa/Casablanca", "en-GB"),
    ("U0GIULIA", "Giulia Ferri", "giulia.ferri", "Brand designer", "Europe/Rome", "en-GB"),
    ("U0HANNAH", "Hannah Weiss", "hannah.weiss", "Director of operations", "Europe/Vienna", "en-GB"),
    ("U0HIROSHI", "Hiroshi Tanaka", "hiroshi.tanaka", "Site reliability engineer", "Asia/Tokyo", "ja-JP"),
    ("U0JAMAL", "Jamal Washington", "jamal.washington", "Account executive", "America/New_York", "en-US"),
    ("U0KASIA", "Kasia Wójcik", "kasia.wojcik", "User researcher", "Europe/Warsaw", "en-US"),
    ("U0LIAM", "Liam O’Connor", "liam.oconnor", "Support specialist", "Europe/Dublin", "en-GB"),
    ("U0MEILIN", "Mei-Lin Chen", "mei-lin.chen", "Machine learning engineer", "Asia/Singapore", "en-US"),
    ("U0NADIA", "Nadia Rahman", "nadia.rahman", "People partner", "Asia/Dubai", "en-GB"),
    ("U0NOAH", "Noah Schneider", "noah.schneider", "Frontend engineer", "Europe/Zurich", "en-GB"),
    ("U0OLUWA", "Oluwaseun Adeyemi", "seun.adeyemi", "Programme manager", "Europe/London", "en-GB"),
    ("U0RAVI", "Ravi Subramanian", "ravi.subramanian", "Principal architect", "Asia/Kolkata", "en-GB"),
    ("U0SOFIA", "Sofia Papadaki", "sofia.papadaki", "Marketing lead", "Europe/Athens", "en-US"),
    ("U0THANDI", "Thandiwe Mokoena", "thandi.mokoena", "Head of customer care", "Africa/Johannesburg", "en-GB"),
    ("U0YUSUF", "Yusuf Karimov", "yusuf.karimov", "Junior data engineer", "Europe/Berlin", "en-US"),
)

EVERYBODY = PEOPLE + tuple(
    Member(id=id_, name=name, handle=handle, title=title, tz=tz, locale=locale)
    for id_, name, handle, title, tz, locale in _COLLEAGUES
)

COMPANY = Company(
    team="T0HARBOUR",
    name="Harbour & Co",
    domain="harbour",
    app=APP,
    members=EVERYBODY,
    channels=(
        Channel(id="C0GENERAL", name="general", members=tuple(m.id for m in EVERYBODY), with_app=True),
        Channel(id="C0MENTORING", name="mentoring", members=tuple(m.id for m in EVERYBODY), with_app=True),
        Channel(id="C0LUNCH", name="lunch", members=tuple(m.id for m in EVERYBODY[::2]), with_app=False),
    ),
)
