"""Names of HTML's elements (HTML standard, index), by what a body may do with them."""

_CONTAINED = """
    script style iframe object applet noscript template svg math textarea title xmp noembed noframes video audio canvas
    select
"""
_EMBEDS = """
    script iframe object embed applet frame frameset video audio canvas svg math link meta base style form input button
    select textarea template noscript source track portal img picture image
"""
_OTHERS = """
    a abbr acronym address area article aside b bdi bdo big blink blockquote body br caption center cite code col
    colgroup dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 head
    header hgroup hr html i ins kbd label legend li main map mark marquee menu meter nav nobr ol optgroup option
    output p param pre progress q rp rt ruby s samp search section slot small span strike strong sub summary
    sup table tbody td tfoot th thead time title tr tt u ul var wbr xmp plaintext noembed noframes
"""
_WRITTEN_BLOCKS = """
    blockquote dd details div dl dt h2 h3 h4 h5 h6 hr li ol p pre summary table tbody td th thead tr ul
"""

CONTAINED = frozenset(_CONTAINED.split())
"""Elements that are taken out with all that stands in them."""

PAIRED = frozenset({"abbr", "dfn", "kbd", "sub", "sup"})
"""Allowed raw elements that have words in them."""

EMBEDS = frozenset(_EMBEDS.split())
"""Elements that bring in something from outside the text, or send something out."""

FORMS = frozenset({"form", "input", "button", "select", "textarea"})
"""Elements of forms: the one form of a site is no part of a text."""

KNOWN = EMBEDS | frozenset(_OTHERS.split())
"""All of them: their tags are taken out. Other words in angle brackets stay to be seen."""

WRITTEN_INLINE = ("a", "abbr", "br", "code", "dfn", "em", "kbd", "span", "strong", "sub", "sup")
"""Elements within a paragraph that a body's HTML may have."""

WRITTEN_BLOCKS = tuple(_WRITTEN_BLOCKS.split())
"""Blocks that a body's HTML may have."""

BLOCKS = frozenset({*WRITTEN_BLOCKS, "aside", "title"})
"""Elements of the tree that are no part of a run of words; `aside` is a care card and `title` its title."""

VOID = frozenset({"br", "hr"})
"""Elements without an end."""
