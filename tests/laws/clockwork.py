"""A site in which everything that time can change changes: the small good site, and more."""

from pathlib import Path

from tests.laws.world import World, small_world

NEWS = """---
title: {title}
summary: {summary}
date: {date}
expires: {expires}
topic: hours
{more}---

{body}
"""

CLINICIAN = """---
title: {name}
summary: {name} worked at our main office.
name: {name}
role: Physician
locations: [main]
left: {left}
---

{name} saw people with back pain.
"""

PAGE = """---
title: {title}
summary: {title} in one sentence.
publish: {publish}
---

{body}
"""


def news(
    date: str,
    expires: str,
    *,
    title: str = "A notice",
    summary: str = "What the notice says.",
    body: str = "Please read this notice.",
    **more: str,
) -> str:
    """An announcement; `more` are further fields."""
    lines = "".join(f"{key}: {value}\n" for key, value in more.items())
    return NEWS.format(title=title, summary=summary, date=date, expires=expires, body=body, more=lines)


def page(publish: str, *, title: str = "A page", body: str = "Some words.") -> str:
    """A page that is public from a moment on."""
    return PAGE.format(title=title, publish=publish, body=body)


def clockwork(root: Path, zone: str = "America/Los_Angeles") -> World:
    """The site; its clinic's clock is that of `zone`."""
    world = small_world(root)
    world.change("clinic.yaml", "timezone: America/Los_Angeles", f"timezone: {zone}")
    world.change(
        "clinic.yaml",
        "        why: A half day\n",
        "        why: A half day\n      - date: 2027-07-05\n        hours: closed\n      - date: 2030-01-02\n"
        "        hours: [08:00-10:00, 12:00-13:00]\n",
    )
    files = {
        "announcements/soon.md": news("2026-12-01", "2026-12-20", title="Open late", publish="2026-12-01 06:30"),
        "announcements/until-noon.md": news("2026-11-20", "2027-01-15 12:00", title="Parking is closed"),
        "announcements/open-end.md": news("2026-11-20", "unknown", title="The elevator is out", level="banner"),
        "announcements/for-good.md": news(
            "2026-10-01", "never", title="We have moved", why="The office moved for good.", topic="move"
        ).replace("topic: hours\n", "", 1),
        "announcements/first.md": news("2027-01-10", "2027-03-01", title="Winter schedule"),
        "announcements/second.md": news("2027-02-01", "2027-03-14", title="February schedule", supersedes="first"),
        "announcements/third.md": news(
            "2027-03-01", "2027-04-30", title="March schedule", supersedes="second", closed="[2027-03-26, 2027-04-05]"
        ),
        "announcements/far.md": news("2033-03-03", "2033-04-04", title="Ten years here", level="banner"),
        "clinicians/dr-gone.md": CLINICIAN.format(name="Dr. Gone", left="2026-06-30"),
        "clinicians/dr-going.md": CLINICIAN.format(name="Dr. Going", left="2027-06-30"),
        "pages/from-may.md": page("2027-05-01", title="From May", body="See [June](from-june.md#later)."),
        "pages/from-june.md": page(
            "2027-05-01", title="June plans", body="Back to [May](from-may.md).\n\n## Later\n\nMore words."
        ),
        "pages/at-a-time.md": page("2028-02-29 23:59", title="Leap day", body="Read [of May](from-may.md)."),
    }
    for path, text in files.items():
        world.write(path, text)
    return world
