"""SITE020 to SITE039: what the site as a whole must have."""

from clinic.problems.problem import Example, Rule, Severity


def _hidden(page: str, title: str) -> Example:
    """The page made a draft."""
    return Example(f"pages/{page}.md", f"title: {title}\nstatus: draft\n", f"title: {title}\n", line=2)


_MEND = "{mend}"

NO_HOME = Rule(
    "SITE020",
    Severity.ERROR,
    "site",
    "There is no first page that patients can see.",
    _MEND,
    _hidden("home", "Care for your back"),
    why="It is what people find who type the clinic's address.",
)
NO_NOT_FOUND = Rule(
    "SITE021",
    Severity.ERROR,
    "site",
    "There is no page that patients can see when an address is not there.",
    _MEND,
    _hidden("not-found", "We can't find that page"),
    why="People who follow an old link would see a bare error instead of a way on.",
)
NO_SEARCH = Rule(
    "SITE022",
    Severity.ERROR,
    "site",
    "There is no search page that patients can see.",
    _MEND,
    _hidden("search", "Search this site"),
)
NO_APPOINTMENT = Rule(
    "SITE023",
    Severity.ERROR,
    "site",
    "There is no page that tells patients how to ask for an appointment.",
    _MEND,
    _hidden("appointment", "Ask for an appointment"),
    why="It is what most people come for.",
)
NO_AFTER_HOURS = Rule(
    "SITE024",
    Severity.ERROR,
    "clinic.yaml",
    "Nothing says whom patients can call when you are closed.",
    "Add a line after_hours: with two lines below it, phone: (the name of one of your phones) and text: (what happens "
    "then), each indented by two spaces.",
    Example(
        "clinic.yaml",
        "emergency: If this is an emergency, call 911.\n",
        "emergency: If this is an emergency, call 911.\nafter_hours:\n  phone: night\n  text: A nurse answers.\n",
    ),
    why="Urgent and call-us cards show it: trouble after an injection often starts at night.",
)
NOTICE_MISSING = Rule(
    "SITE025",
    Severity.WARNING,
    "clinic.yaml",
    "The site has no {notice}.",
    "Ask counsel whether you need it. If so, write it as a page and name that page under notices: {key}. If not, write "
    "not_applicable: and the reason below {key}.",
    Example(
        "clinic.yaml",
        "notices:\n",
        "notices:\n  privacy_practices: privacy-practices\n",
    ),
    why="Laws ask clinics to keep some notices one step away from every page; which ones, your counsel knows.",
)
NOTICE_HIDDEN = Rule(
    "SITE026",
    Severity.WARNING,
    "page",
    "Every page should link here as its {notice}, but patients can't see this page.",
    _MEND,
    _hidden("nondiscrimination", "Notice of nondiscrimination"),
)
ACCENT_TOO_PALE = Rule(
    "SITE027",
    Severity.WARNING,
    "clinic.yaml",
    'The accent colour "{value}" is too pale: on a light page its contrast is {found} to 1, and reading takes 4.5.',
    'The site shows a darker shade of it, "{shade}", until you choose. Write that one here, or another darker colour.',
    Example("clinic.yaml", 'accent: "#3fb8c6"\n', 'accent: "#0b5f6b"\n'),
    why="Links, buttons and the ring round what the keyboard is on have this colour. Dark screens get a shade "
    "that is made from it, light enough for them.",
)
CHECK_STOPPED = Rule(
    "SITE039",
    Severity.WARNING,
    "site",
    "Part of the check ({family}) stopped because of a fault in the generator, so some problems may not be listed.",
    "Nothing is wrong with your files because of this. Please tell the people who look after the generator.",
)
