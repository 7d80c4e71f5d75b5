"""`build`: the site as editors see it. Only what changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from clinic.cache import Cache
from clinic.commands.ends import Exit, Stopped
from clinic.commands.manner import Built, Done, Manner
from clinic.commands.saying import command, complain, count, say, show_problems, tally, titled
from clinic.commands.settings import Settings
from clinic.commands.standing import Standing
from clinic.manifest import Manifest
from clinic.output import Output, Written
from clinic.problems import Problem, Severity

if TYPE_CHECKING:
    from clinic.commands.gathering import Gathered
    from clinic.library.library import Library

FOR_EDITORS = "The site for editors"
FOR_PATIENTS = "The site for patients"


def build(settings: Settings, how: Manner) -> Done:
    """Builds what editors see: every page rendered as far as it can be, its problems on top.

    Raises:
        Misuse, Stopped, OutputError, OutputFault, TemplateProblem, …: see `clinic.commands.running`.
    """
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with Cache(settings.cache) as cache, output.held():
        standing = Standing(settings, how, output, cache)
        if left := standing.found():
            _tell(settings, left.answer.problems, left.answer.texts, _nothing(left.built), how, FOR_EDITORS)
            return Done(_ending(left.answer.problems, how), left.built)
        from clinic.commands.gathering import gather, whole  # noqa: PLC0415 - where there is something to do

        gathered = gather(settings, cache, seen=standing.seen)
        built = Built.of(whole(gathered, doing="built").clinic)
        written = write_for_editors(settings, gathered, output, cache, anew=how.anew)
        standing.note(gathered)
    _ignored(gathered, how)
    _tell(settings, gathered.problems, gathered.content.texts, written, how, FOR_EDITORS)
    return Done(_ending(gathered.problems, how), built)


def build_for_patients(settings: Settings, how: Manner) -> Done:
    """Builds what patients get, without a release: any error of a page that is no draft leaves the output as it is.

    Raises:
        Misuse, Stopped, OutputError, OutputFault, TemplateProblem, …: see `clinic.commands.running`.
    """
    output = Output(settings.output, settings.cache)
    output.check(settings.content)
    with Cache(settings.cache) as cache, output.held():
        standing = Standing(settings, how, output, cache)
        if left := standing.found():
            _tell(settings, left.answer.problems, left.answer.texts, _nothing(left.built), how, FOR_PATIENTS)
            return Done(Exit.DONE, left.built)
        from clinic.build import plan_site, write_site  # noqa: PLC0415 - where there is something to do
        from clinic.commands.gathering import gather, whole  # noqa: PLC0415

        gathered = gather(settings, cache, seen=standing.seen)
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
        standing.note(gathered)
    _ignored(gathered, how)
    _tell(settings, gathered.problems, gathered.content.texts, written, how, FOR_PATIENTS)
    return Done(Exit.DONE, Built.of(library.clinic))


def of_draft(library: "Library", problem: Problem) -> bool:
    """Whether a problem is a draft's: drafts never count where patients are concerned."""
    document = library.about(problem.path)
    return document is not None and document.header is not None and document.header.draft


def _ending(problems: Iterable[Problem], how: Manner) -> Exit:
    weighed = {Severity.ERROR, Severity.WARNING} if how.strict else {Severity.ERROR}
    return Exit.PROBLEMS if any(problem.severity in weighed for problem in problems) else Exit.DONE


def _nothing(built: Built) -> Written:
    """What a build did that had nothing to do."""
    return Written(Manifest(site=built.url, files={}))


def _ignored(gathered: "Gathered", how: Manner) -> None:
    if how.verbose:
        for path in gathered.content.tree.ignored:
            say(f"ignored: {path}")


def _tell(
    settings: Settings,
    problems: Iterable[Problem],
    texts: Mapping[str, str],
    written: Written,
    how: Manner,
    what: str,
) -> None:
    listed = tuple(problems)
    errors = [problem for problem in listed if problem.severity is Severity.ERROR]
    show_problems(errors if how.quiet else listed, texts)
    if not how.quiet:
        say(sentence(settings, listed, written, what))


def write_for_editors(
    settings: Settings, gathered: "Gathered", output: Output, cache: Cache, *, anew: bool = False
) -> Written:
    """Makes the output hold what editors see. Call it while the output is held.

    Raises:
        Stopped: clinic.yaml can't be used; what was built before stays.
    """
    from clinic.build import plan_site, write_site  # noqa: PLC0415 - where there is something to do
    from clinic.commands.gathering import whole  # noqa: PLC0415

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


def sentence(settings: Settings, problems: Iterable[Problem], written: Written, what: str) -> str:
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
    told = [problem for problem in problems if problem.severity is not Severity.INFO]
    if told:
        parts[-1] += f"; it has {tally(told)}"
    return " ".join(parts) + "."
