"""Many pages with the names that a clinic's pages have, and the slips of those who look for them: the same every time.

Two thirds are made of parts of the body and what happens or is done to them, in the words of MedlinePlus's own topics
("Knee injuries", "Broken bone", "Nerve block"), with the other names that patients use; the rest are well-known names
that are hard to spell, each with other names from its MedlinePlus page.
"""

import itertools
import random
import string
from dataclasses import dataclass
from pathlib import Path

SEED = 20261122

SITES = """neck|throat|jaw|cheek|ear|eyelid|nose|scalp|forehead|shoulder|collarbone|shoulder blade|upper arm|elbow
forearm|wrist|hand|palm|finger|thumb|knuckle|chest|breastbone|rib|upper back|middle back|lower back|spine
tailbone|pelvis|hip|groin|belly|side of the body|buttock|thigh|hamstring|kneecap|knee|shin|calf|ankle
heel|arch of the foot|foot|big toe|toe|skin of the face|lip|tongue|tooth|gum|rotator cuff|biceps|triceps
forearm bone|thigh bone|shin bone|sacroiliac joint|hip joint|knee joint|elbow joint|shoulder joint
ankle joint|finger joint|toe joint|sciatic nerve|facial nerve|median nerve|ulnar nerve|radial nerve|eye
temple|windpipe|voice box|Achilles tendon|ring finger|little finger|instep|nail|armpit|navel|bladder
lower leg|back of the head""".replace("\n", "|").split("|")

HAPPENS = {
    "pain": ("{site} ache", "sore {site}"),
    "arthritis": ("worn {site}", "{site} osteoarthritis"),
    "sprain": ("twisted {site}", "overstretched {site}"),
    "strain": ("pulled {site}", "{site} pull"),
    "fracture": ("broken {site}", "cracked {site}"),
    "dislocation": ("{site} out of place", "dislocated {site}"),
    "bursitis": ("inflamed bursa of the {site}",),
    "tendinitis": ("inflamed tendon of the {site}", "{site} tendonitis"),
    "swelling": ("swollen {site}", "{site} edema"),
    "stiffness": ("stiff {site}", "{site} that does not bend"),
    "numbness": ("numb {site}", "{site} tingling"),
    "infection": ("infected {site}",),
    "cyst": ("lump in the {site}", "{site} lump"),
    "cramp": ("{site} spasm", "{site} charley horse"),
    "weakness": ("weak {site}",),
    "bruise": ("bruised {site}", "{site} contusion"),
    "tear": ("torn {site}",),
    "rash": ("{site} hives", "itchy {site}"),
    "burn": ("burned {site}", "{site} scald"),
    "injury": ("hurt {site}", "{site} trauma"),
}
DONE = {
    "X-ray": ("{site} radiograph", "picture of the {site}"),
    "MRI scan": ("{site} magnetic resonance imaging",),
    "CT scan": ("{site} computed tomography", "{site} CAT scan"),
    "ultrasound": ("{site} sonogram",),
    "injection": ("{site} shot", "needle in the {site}"),
    "nerve block": ("numbing of the {site}",),
    "surgery": ("{site} operation",),
    "biopsy": ("{site} tissue sample",),
    "physical therapy": ("{site} physiotherapy", "exercises for the {site}"),
    "brace": ("{site} splint", "{site} support"),
}
HARD = {
    "Ankylosing spondylitis": ("Bechterew disease", "Marie-Strumpell disease"),
    "Baker's cyst": ("Popliteal cyst", "Bulge behind the knee"),
    "Bell's palsy": ("Idiopathic peripheral facial palsy", "Cranial mononeuropathy"),
    "Carpal tunnel syndrome": ("Median nerve entrapment", "Median nerve dysfunction"),
    "Cervical spondylosis": ("Cervical osteoarthritis", "Chronic neck arthritis"),
    "Complex regional pain syndrome": ("CRPS", "Reflex sympathetic dystrophy", "Causalgia"),
    "De Quervain's tendinitis": ("De Quervain's tenosynovitis", "Washerwoman's sprain"),
    "Diabetic neuropathy": ("Diabetic nerve damage",),
    "Dupuytren's contracture": ("Palmar fascial fibromatosis",),
    "Fibromyalgia": ("Fibromyositis", "Fibrositis"),
    "Guillain-Barré syndrome": ("Acute inflammatory polyneuropathy", "Landry-Guillain-Barré syndrome"),
    "Herniated disk": ("Slipped disk", "Ruptured disk", "Prolapsed disk"),
    "Ménière's disease": ("Hydrops", "Endolymphatic hydrops"),
    "Meralgia paresthetica": ("Lateral femoral cutaneous nerve syndrome",),
    "Migraine": ("Sick headache", "Vascular headache"),
    "Myasthenia gravis": ("Neuromuscular disorder",),
    "Occipital neuralgia": ("C2 neuralgia",),
    "Osteoporosis": ("Thin bones", "Brittle bones"),
    "Phantom limb pain": ("Amputation pain",),
    "Plantar fasciitis": ("Fasciitis of the sole",),
    "Polymyalgia rheumatica": ("PMR",),
    "Post-herpetic neuralgia": ("Pain after shingles", "PHN"),
    "Psoriatic arthritis": ("Arthritis with psoriasis",),
    "Raynaud's phenomenon": ("White finger attacks",),
    "Sciatica": ("Sciatic neuropathy", "Pinched nerve in the back"),
    "Scoliosis": ("Curved spine", "Spinal curvature"),
    "Sjögren's syndrome": ("Sicca syndrome", "Xerodermosteosis"),
    "Spinal stenosis": ("Pseudo-claudication", "Narrow spinal canal"),
    "Temporomandibular disorder": ("TMD", "TMJ syndrome"),
    "Trigeminal neuralgia": ("Tic douloureux",),
}
SHARED = ("Old injury that still hurts", "Walking trouble")
"""Other names that two pages share."""

HEADINGS = ("What it is", "Symptoms", "When to get help", "Causes", "Treatment", "What you can do")


@dataclass(frozen=True)
class Named:
    """A page to be: its kind's folder, its file's name, its title and its other names."""

    folder: str
    slug: str
    title: str
    others: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it will be."""
        return f"/{self.folder}/{self.slug}/"


def many(count: int) -> tuple[Named, ...]:
    """So many pages: all that are hard to spell, and a seeded choice of the others; the last two share other names."""
    dice = random.Random(SEED)
    made = [Named("conditions", _slug(title), title, others) for title, others in HARD.items()]
    pairs = [
        *(("conditions", site, what, others) for site, (what, others) in itertools.product(SITES, HAPPENS.items())),
        *(("procedures", site, what, others) for site, (what, others) in itertools.product(SITES, DONE.items())),
    ]
    for folder, site, what, others in dice.sample(pairs, count - len(made)):
        title = f"{site} {what}" if dice.random() < 0.6 else f"{what} of the {site}"
        names = tuple(_capital(other.format(site=site)) for other in others)
        made.append(Named(folder, _slug(title), _capital(title), names))
    for at in (-1, -2):
        last = made[at]
        made[at] = Named(last.folder, last.slug, last.title, (*last.others, *SHARED))
    return tuple(made)


def write(content: Path, pages: tuple[Named, ...]) -> None:
    """Writes the pages into a content folder."""
    for number, page in enumerate(pages):
        file = content / page.folder / f"{page.slug}.md"
        file.write_text(_text(page, number), encoding="utf-8")


def slips(pages: tuple[Named, ...], count: int, seed: int = SEED) -> tuple[tuple[str, Named], ...]:
    """Titles with one slip each, anywhere: a sign left out, put in, taken for another, or two swapped.

    Spaces, hyphens and apostrophes count as signs. Each page comes before any comes twice.
    """
    dice = random.Random(seed)
    made: list[tuple[str, Named]] = []
    while len(made) < count:
        for page in dice.sample(pages, min(len(pages), count - len(made))):
            typed = page.title.lower()
            while typed == page.title.lower():
                typed = _slip(page.title.lower(), dice)
            made.append((typed, page))
    return tuple(made)


def _slip(title: str, dice: random.Random) -> str:
    at, letter = dice.randrange(len(title)), dice.choice(string.ascii_lowercase)
    match dice.randrange(4):
        case 0:
            return title[:at] + title[at + 1 :]
        case 1:
            return title[:at] + letter + title[at:]
        case 2:
            return title[:at] + letter + title[at + 1 :]
        case _:
            return title[:at] + title[at : at + 2][::-1] + title[at + 2 :]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(title: str) -> str:
    plain = title.lower().translate(str.maketrans("éèö", "eeo", "'"))
    return "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def _text(page: Named, number: int) -> str:
    clinical = page.folder == "conditions"
    lines = [
        "---",
        f'title: "{page.title}"',
        f"summary: What page number {number} is about.",
        "also_called:",
        *(f'  - "{other}"' for other in page.others),
        "author: front-desk",
        *(["symptoms: [it hurts when you move, it is warm]"] if clinical and number % 3 == 0 else []),
        *([] if clinical else ["type: other"]),
        "body_parts: [lower-back]",
        "sources:",
        "  - id: medlineplus",
        "    title: Health Topics",
        "    publisher: MedlinePlus",
        "    url: https://medlineplus.gov/healthtopics.html",
        "    accessed: 2026-11-02",
        "---",
        "",
    ]
    for heading in HEADINGS:
        lines += [f"## {heading}", "", f"Words on page number {number}.", ""]
    return "\n".join(lines)
