"""How many syllables an English word has, by how it is spelt. Exceptions are data: clinic/lists/reading.toml."""

import functools
import re
from collections.abc import Mapping

_PARTS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_CONSONANT_Y = re.compile(r"(?:^|(?<=[aeiou]))y(?=[aeiou])")
_SILENT = (
    re.compile(r"(?<=[^aeioulr])e(?:s|d)?$|(?<=[aeiou][lr])e(?:s|d)?$|(?<=[lr][lr])e(?:s|d)?$"),
    re.compile(r"(?<=[gq]u)e(?:s|d)?$"),
    re.compile(r"(?<=[aeiou][bcdfgkmnprstvz])e(?=(?:ly|ful|fully|less|lessly|ment|ments|ness|some|thing|where)$)"),
)
_HEARD = re.compile(r"(?:[sxzc]|ch|sh|g)es$|[td]ed$|[^aeioul]le[sd]?$")
_TWO = (
    re.compile(
        r"(?<![ctsgx])i[ao](?!n?c?e?d?$)|[^ctsgx]ia[nl]?s?$|[^ctsg]io$|[^ctsgx]ious|[^ctsg]ium|[bdlmnpr]ient|iet|iety"
    ),
    re.compile(r"[^gq]ua[lrt]|[^gq]uous|[lfn]uen[ct]|[^gq]uit[yi]"),
    re.compile(r"[aeiouy]ing|[^aeiou]yi|eo(?:us$|l|g|p[eo])|creat|[^aeiou]react|[dlprstvkgznfb]ie(?:rs?|st)$"),
    re.compile(r"(?:a|i|th|y)sms?$|thms?$"),
    re.compile(
        r"oe[tm]|[^aeiou]ue[lt]|ea[lt](?:ity|or)|eou|scien|^re(?=a(?:ct|pp|rr|ss|li)|e[lvx]|in[fst]|o(?!u))|^micro(?=[aeiou])|^neuro(?=[aeiou])|^osteo(?=[aeiou])|^mc(?=[a-z])"
    ),
)
_NOT = re.compile(r"[bcdfgklmpstvz]n't$")


def syllables(word: str, exceptions: Mapping[str, int]) -> int:
    """The syllables of a word; of one with hyphens, those of its parts together. A word without letters has one.

    Args:
        word: as it stands in the text.
        exceptions: how many some words have, in small letters; found in their forms with -s and -'s too.
    """
    return sum(_counted(part, exceptions) for part in _PARTS.findall(word.lower().replace("\u2019", "'"))) or 1


def _counted(word: str, exceptions: Mapping[str, int]) -> int:
    plain = word.removesuffix("'s")
    for form, more in (
        (plain, 0),
        (plain.removesuffix("s"), 0),
        (plain.removesuffix("ly"), 1),
        (plain.removesuffix("ing"), 1),
    ):
        if form in exceptions:
            return exceptions[form] + (more if form != plain else 0)
    return _spelt(plain)


@functools.lru_cache(maxsize=20_000)
def _spelt(word: str) -> int:
    if _NOT.search(word):
        return _spelt(word[:-3]) + 1
    word = word.replace("'", "")
    read = _CONSONANT_Y.sub("w", word)
    count = len(_VOWELS.findall(read))
    if (not _HEARD.search(read) and _SILENT[0].search(read)) or _SILENT[1].search(read):
        count -= 1
    count -= len(_SILENT[2].findall(read))
    count += sum(len(rule.findall(read)) for rule in _TWO)
    return max(count, 1)
