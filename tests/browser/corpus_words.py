"""Words for pages that mean nothing: plain sentences, and texts that are hard to set on a small screen."""

import random
from collections.abc import Iterator

# fmt: off - one word a line would be a page of words
NOUNS = (
    "morning",
    "river",
    "garden",
    "window",
    "letter",
    "teacher",
    "market",
    "summer",
    "village",
    "blanket",
    "candle",
    "forest",
    "harbor",
    "kitchen",
    "ladder",
    "meadow",
    "neighbor",
    "orchard",
    "pencil",
    "quarter",
    "railway",
    "saddle",
    "table",
    "umbrella",
    "valley",
    "wagon",
    "yard",
    "basket",
    "bridge",
    "corner",
    "drawer",
    "engine",
    "feather",
    "gate",
    "hammer",
    "island",
    "jacket",
    "kettle",
    "lantern",
    "mirror",
    "needle",
)
VERBS = (
    "carries",
    "finds",
    "keeps",
    "leaves",
    "likes",
    "meets",
    "moves",
    "opens",
    "paints",
    "passes",
    "reaches",
    "shows",
    "turns",
    "watches",
)
WAYS = (
    "again",
    "early",
    "gladly",
    "later",
    "often",
    "quickly",
    "quietly",
    "seldom",
    "slowly",
    "soon",
    "twice",
    "usually",
    "well",
)
# fmt: on

UNBROKEN = "Examplewordthatneverends" * 4
"""A word without a place to break it, longer than 90 characters."""

UNBROKEN_90 = UNBROKEN[:90]
"""A title of 90 characters without a space."""

ADDRESS = "https://example.com/" + "/".join(["a-long-way-down"] * 9) + "?" + "&".join(f"part{n}={n}" for n in range(9))
"""An address that is longer than any line."""

ARABIC = "هذه صفحة تجريبية باللغة العربية"
HEBREW = "זהו עמוד לדוגמה בעברית"
PERSIAN = "این یک صفحه آزمایشی است"
"""This is an example page, in three languages that run from right to left."""

LONGEST_TITLE = ("An example with a title of three hundred characters " + " ".join(NOUNS * 2))[:295].rstrip() + " end"
LONGEST_SUMMARY = ("A summary of three hundred characters: " + " ".join(NOUNS * 2))[:294].rstrip() + " end."
BOTH_WAYS = f"An example with {ARABIC} and {HEBREW} (1-503-555-0100) in a title"

ARABIC_SENTENCES = (
    "هذه صفحة تجريبية باللغة العربية.",
    "النص هنا مثال فقط ولا يعني شيئا.",
    "اتصل بنا على الرقم المكتوب أدناه.",
    "نساعدك باللغة العربية مجانا.",
    "يمكنك قراءة هذا النص من اليمين إلى اليسار.",
)


def number_words(number: int) -> str:
    """A name for a number in which no two are nearly the same: three nouns."""
    count = len(NOUNS)
    return f"{NOUNS[number % count]} {NOUNS[(number * 7 + 3) % count]} {NOUNS[(number // count * 11 + 5) % count]}"


def sentences(dice: random.Random) -> Iterator[str]:
    """Sentences without an end, the same for the same dice."""
    while True:
        first, second = dice.sample(NOUNS, 2)
        yield f"The {first} {dice.choice(VERBS)} the {second} {dice.choice(WAYS)}."


def paragraph(dice: random.Random, count: int = 4) -> str:
    """A paragraph of a few sentences."""
    stream = sentences(dice)
    return " ".join(next(stream) for _ in range(count))


def prose(dice: random.Random, words: int) -> str:
    """Paragraphs of at least so many words."""
    parts: list[str] = []
    while words > 0:
        parts.append(paragraph(dice))
        words -= len(parts[-1].split())
    return "\n\n".join(parts)


def wide_table(columns: int, rows: int) -> str:
    """A table that no phone is wide enough for."""
    head = "| " + " | ".join(f"{NOUNS[at % len(NOUNS)].title()} in column {at + 1}" for at in range(columns)) + " |"
    line = "|" + "---|" * columns
    body = [
        "| " + " | ".join(f"{NOUNS[(at * row + row) % len(NOUNS)]} {at * row}" for at in range(1, columns + 1)) + " |"
        for row in range(1, rows + 1)
    ]
    return "\n".join([head, line, *body])


def nested_list(depth: int) -> str:
    """A list in a list in a list."""
    return "\n".join("    " * level + f"- {number_words(level)} {level + 1} deep" for level in range(depth))
