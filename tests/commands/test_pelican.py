"""The door to Pelican: its own command builds what ours build, and never exits 0 on a broken site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:00:00"
PELICAN = [sys.executable, "-c", "import sys; from pelican import main; main(sys.argv[1:])"]


def pelican(
    content: Path, *arguments: str, cwd: Path = ROOT, settings: str = "pelicanconf.py", **env: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CLINIC_NOW": NOW, **env}
    return subprocess.run(
        [*PELICAN, str(content), "-s", str(ROOT / settings), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/site", tmp_path / "content"))


def break_page(content: Path) -> None:
    page = content / "conditions/low-back-pain.md"
    page.write_text(page.read_text().replace("treatments: [nerve-block]", "treatments: [nerve-blok]"))


def cache(tmp_path: Path) -> tuple[str, str]:
    return ("-e", f'CLINIC_CACHE="{tmp_path / "cache"}"')


def test_from_the_root_folder_it_builds_the_same_bytes_as_build(content: Path, tmp_path: Path) -> None:
    done = pelican(content, "-o", str(tmp_path / "one"), *cache(tmp_path), cwd=Path("/"))
    assert done.returncode == 0, done.stderr
    ours = subprocess.run(
        [
            *(sys.executable, "tasks.py", "build", "--content", str(content), "--output", str(tmp_path / "two")),
            *("--cache", str(tmp_path / "other"), "--now", NOW),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ours.returncode == 0, ours.stderr
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert (tmp_path / "one/index.html").exists()


def test_an_error_is_told_and_exits_1_and_the_good_pages_are_built(content: Path, tmp_path: Path) -> None:
    break_page(content)
    done = pelican(content, "-o", str(tmp_path / "site"), *cache(tmp_path))
    assert done.returncode == 1
    assert "conditions/low-back-pain.md:" in done.stderr
    assert "Did you mean nerve-block?" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (tmp_path / "site/procedures/nerve-block/index.html").exists()


def test_with_publishconf_any_error_leaves_the_output_untouched(content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert pelican(content, "-o", str(site), *cache(tmp_path), settings="publishconf.py").returncode == 0
    before = files(site)
    break_page(content)
    (content / "pages/home.md").write_text((content / "pages/home.md").read_text() + "\nA new line.\n")
    done = pelican(content, "-o", str(site), *cache(tmp_path), settings="publishconf.py")
    assert done.returncode == 1
    assert files(site) == before


def test_a_plugin_that_fails_to_load_never_leaves_an_empty_site_and_exit_0(content: Path, tmp_path: Path) -> None:
    settings = tmp_path / "conf.py"
    settings.write_text("from clinic import no_such_plugin\nPLUGINS = [no_such_plugin]\n")
    done = subprocess.run(
        [*PELICAN, str(content), "-s", str(settings), "-o", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert not (tmp_path / "site").exists()


def test_delete_renders_anew_and_removes_nothing_before_it_is_complete(content: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert pelican(content, "-o", str(site), *cache(tmp_path)).returncode == 0
    before = files(site)
    (site / "left-behind.txt").write_text("from somewhere else")
    assert pelican(content, "-d", "-o", str(site), *cache(tmp_path)).returncode == 0
    assert files(site) == before
    (content / "clinic.yaml").write_text("name: [\n")
    broken = pelican(content, "-d", "-o", str(site), *cache(tmp_path))
    assert broken.returncode == 1
    assert files(site) == before, "a build that failed deleted pages"


def test_an_output_folder_that_cannot_be_renamed_is_filled_all_the_same(content: Path, tmp_path: Path) -> None:
    # A folder that is a disk of its own can't be renamed or replaced, only filled. Its parent may not be written here.
    parent = tmp_path / "mounted"
    site = parent / "site"
    site.mkdir(parents=True)
    inode = site.stat().st_ino
    assert pelican(content, "-o", str(site), *cache(tmp_path)).returncode == 0
    assert site.stat().st_ino == inode, "the folder itself was replaced"
    assert (site / "index.html").exists()
    assert [path.name for path in parent.iterdir()] == ["site"], "something was left beside it"


def test_quiet_says_errors_only_and_verbose_names_what_was_ignored(content: Path, tmp_path: Path) -> None:
    (content / "conditions/low-back-pain.md~").write_text("a backup")
    loud = pelican(content, "-v", "-o", str(tmp_path / "site"), *cache(tmp_path))
    assert "ignored: conditions/low-back-pain.md~" in loud.stdout
    quiet = pelican(content, "-q", "-o", str(tmp_path / "site"), *cache(tmp_path))
    assert quiet.returncode == 0
    assert "site for editors" not in quiet.stdout
    break_page(content)
    quiet = pelican(content, "-q", "-o", str(tmp_path / "site"), *cache(tmp_path))
    assert quiet.returncode == 1
    assert "LNK001" in quiet.stderr


def test_fatal_warnings_makes_a_warning_exit_1(content: Path, tmp_path: Path) -> None:
    page = content / "conditions/low-back-pain.md"
    page.write_text(page.read_text().replace("title: Low back pain\n", f"title: Low back pain{' and more' * 12}\n", 1))
    assert pelican(content, "-o", str(tmp_path / "site"), *cache(tmp_path)).returncode == 0
    done = pelican(content, "--fatal", "warnings", "-o", str(tmp_path / "site"), *cache(tmp_path))
    assert done.returncode == 1
    assert "FM064" in done.stderr
    assert pelican(content, "--fatal", "errors", "-o", str(tmp_path / "site"), *cache(tmp_path)).returncode == 0


def test_a_setting_that_disagrees_with_clinic_yaml_is_refused(content: Path, tmp_path: Path) -> None:
    done = pelican(content, "-o", str(tmp_path / "site"), *cache(tmp_path), "-e", 'SITENAME="Another Clinic"')
    assert done.returncode == 2
    assert "SITENAME" in done.stderr
    assert not (tmp_path / "site").exists()


def test_siteurl_may_be_overridden(content: Path, tmp_path: Path) -> None:
    url = "https://preview.example.com/branch"
    done = pelican(content, "-o", str(tmp_path / "site"), "-e", f'CLINIC_CACHE="{tmp_path / "c"}"', f'SITEURL="{url}"')
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/conditions/low-back-pain/index.html").read_text()
    assert f'{url}/conditions/low-back-pain/"' in page
    assert 'href="/branch/procedures/nerve-block/"' in page
