"""`build`: the site as editors see it. Only what changed."""

from collections import defaultdict
from collections.abc import Iterable

from clinic.build import plan_site, write_site
from clinic.cache import Cache
from clinic.commands.ends import Exit, Stopped
from clinic.commands.gathering import Gathered, gather, open_cache, whole
from clinic.commands.manner import Done, Manner
from clinic.commands.saying import command, complain, count, say, show_problems, tally, titled
from clinic.commands.settings import Settings
from clinic.library.library import Library
from clinic.output import Output, Written
from clinic.problems import Problem, Severity


def build(settings: Settings, how: Manner) -> Done:
    """Builds what editors see: every page rendered as far as it can be, its problems on top.

    Raises:
        Misuse, Stopped, OutputError, OutputFault, TemplateProblem, …: see `clinic.commands.running`.
    """
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with open_cache(settings) as cache, output.held():
        gathered = gather(settings, cache)
        written = write_for_editors(settings, gathered, output, cache, anew=how.anew)
    _tell(settings, gathered, written, how, "The site for editors")
    return Done(_ending(gathered.problems, how), gathered.library)


def build_for_patients(settings: Settings, how: Manner) -> Done:
    """Builds what patients get, without a release: any error of a page that is no draft leaves the output as it is.

    Raises:
        Misuse, Stopped, OutputError, OutputFault, TemplateProblem, …: see `clinic.commands.running`.
    """
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with open_cache(settings) as cache, output.held():
        gathered = gather(settings, cache)
        library = whole(gathered, doing="built")
        counted = [problem for problem in gathered.problems if not of_draft(library, problem)]
        if _ending(counted, how) is not Exit.DONE:
            show_problems(gathered.problems, gathered.content.texts)
            complain(
                f"Nothing was built: there are {tally(counted)}. {command('publish')} would hold back these pages only."
            )
            raise Stopped(Exit.PROBLEMS)
        site = plan_site(library, theme=settings.theme, content=settings.content, cache=cache, url=settings.url)
        written = write_site(site, output, anew=how.anew)
    _tell(settings, gathered, written, how, "The site for patients")
    return Done(Exit.DONE, library)


def of_draft(library: Library, problem: Problem) -> bool:
    """Whether a problem is a draft's: drafts never count where patients are concerned."""
    document = library.about(problem.path)
    return document is not None and document.header is not None and document.header.draft


def _ending(problems: Iterable[Problem], how: Manner) -> Exit:
    weighed = {Severity.ERROR, Severity.WARNING} if how.strict else {Severity.ERROR}
    return Exit.PROBLEMS if any(problem.severity in weighed for problem in problems) else Exit.DONE


def _tell(settings: Settings, gathered: Gathered, written: Written, how: Manner, what: str) -> None:
    if how.verbose:
        for path in gathered.content.tree.ignored:
            say(f"ignored: {path}")
    errors = [problem for problem in gathered.problems if problem.severity is Severity.ERROR]
    show_problems(errors if how.quiet else gathered.problems, gathered.content.texts)
    if not how.quiet:
        say(sentence(settings, gathered, written, what))


def write_for_editors(
    settings: Settings, gathered: Gathered, output: Output, cache: Cache, *, anew: bool = False
) -> Written:
    """Makes the output hold what editors see. Call it while the output is held.

    Raises:
        Stopped: clinic.yaml can't be used; what was built before stays.
    """
    library = whole(gathered, doing="built")
    site = plan_site(
        library,
        theme=settings.theme,
        content=settings.content,
        cache=cache,
        url=settings.url,
        problems=by_path(gathered.problems),
    )
    return write_site(site, output, anew=anew)


def by_path(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    """The problems of each file."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.path].append(problem)
    return {path: tuple(listed) for path, listed in found.items()}


def sentence(settings: Settings, gathered: Gathered, written: Written, what: str) -> str:
    """What a build did, in one line."""
    files = written.manifest.files
    pages = [files[key] for key in written.written if key in files and files[key].role in {"page", "index"}]
    own = [file.title for file in pages if file.role == "page"]
    parts = []
    if written.recovered:
        parts.append("The build that was interrupted before is finished.")
    if not written.written and not written.removed:
        parts.append("Nothing changed.")
    elif own:
        parts.append(f"{count(len(own), 'page')} changed: {titled(own)}.")
    else:
        parts.append(f"{count(len(written.written) + len(written.removed), 'file')} changed.")
    if written.removed:
        parts.append(f"{count(len(written.removed), 'file')} removed.")
    where = settings.output.name
    parts.append(f"{what} is in the folder {where}/")
    errors = [problem for problem in gathered.problems if problem.severity is not Severity.INFO]
    if errors:
        parts[-1] += f"; it has {tally(errors)}"
    return " ".join(parts) + "."
