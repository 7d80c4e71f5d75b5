"""What the preview serves, to whom, and that every save is in it."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from clinic.preview.server import bound
from tests.preview.previewed import PATIENCE, Previewed, bar_of, expected, plain, previewed, problems_in

ROOT = Path(__file__).resolve().parents[2]
PAGE = "conditions/low-back-pain.md"
ADDRESS = "/conditions/low-back-pain/"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Previewed]:
    """A preview whose content is never changed."""
    with previewed(tmp_path_factory.mktemp("shared")) as running:
        yield running


def test_pages_and_files_are_those_of_a_clean_build(shared: Previewed) -> None:
    for key, body in expected(shared, ROOT / "theme").items():
        path = "/" + key.removesuffix("index.html")
        status, served, headers = shared.get_all(path)
        assert status == 200, key
        assert plain(served) == body, key
        assert headers["Cache-Control"] == "no-store"


def test_only_this_computer_under_its_own_name_is_answered(shared: Previewed) -> None:
    own = f"127.0.0.1:{shared.port}"
    assert shared.get("/", Host=own)[0] == 200
    assert shared.get("/", Host=f"localhost:{shared.port}")[0] == 200
    for host in ("evil.example", f"evil.example:{shared.port}", f"127.0.0.1.evil.example:{shared.port}", "127.0.0.1:1"):
        assert shared.get("/", Host=host)[0] == 403, host
    assert shared.get("/", Origin="https://evil.example")[0] == 403
    assert shared.get("/", Origin=f"http://{own}")[0] == 200


def test_it_listens_to_this_computer_alone() -> None:
    sockets, port = bound(0)
    for each in sockets:
        assert each.getsockname() == ("127.0.0.1", port)
        each.close()


@pytest.mark.parametrize("path", ["/livereload", "/.preview/channel"])
def test_sockets_are_for_pages_of_the_preview_only(shared: Previewed, path: str) -> None:
    def asked(origin: str) -> int:
        return shared.get(
            path,
            Host=f"127.0.0.1:{shared.port}",
            Origin=origin,
            Upgrade="websocket",
            Connection="Upgrade",
            Sec_WebSocket_Version="13",
            Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
        )[0]

    assert asked("https://evil.example") == 403
    assert asked(f"http://localhost:{shared.port}") == 403  # not the name that the page itself was asked by
    assert asked("null") == 403


@pytest.mark.parametrize(
    "path",
    [
        "/../pelicanconf.py",
        "/%2e%2e/pelicanconf.py",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/a/../../clinic.yaml",
        "/clinic.yaml",
        "/manifest.json",
        "/.preview/../answers.py",
        "/.preview/..%2fanswers.py",
        "/forcereload",
        "/%00",
        "/\\windows",
    ],
)
def test_nothing_but_the_site_is_served(shared: Previewed, path: str) -> None:
    status, body = shared.get(path)
    assert status in {400, 404}
    assert "root:" not in body
    assert "timezone:" not in body


def test_an_address_without_its_slash_leads_to_the_page(shared: Previewed) -> None:
    status, _, headers = shared.get_all(f"{ADDRESS.rstrip('/')}?on=2026-12-01T09:00")
    assert (status, headers["Location"]) == (302, f"{ADDRESS}?on=2026-12-01T09:00")


def test_other_methods_are_refused_and_head_has_no_body(shared: Previewed) -> None:
    assert shared.get("/", "HEAD") == (200, "")
    assert shared.get("/", "POST")[0] in {403, 405}


def test_the_policy_lets_in_the_preview_and_nothing_unsafe(shared: Previewed) -> None:
    policy = shared.get("/")[1].split('Content-Security-Policy" content="')[1].split('"')[0]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert f"ws://127.0.0.1:{shared.port}" in policy
    assert "*" not in policy


def test_the_bar_says_what_is_shown(shared: Previewed) -> None:
    assert "Built in" in bar_of(shared.get("/")[1])


def test_a_save_is_served_and_its_problem_is_on_its_page_alone(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        running.shows(ADDRESS, "<h1>Low back pain</h1>")  # a save during the first look would be part of that
        running.change(f"content/{PAGE}", "title: Low back pain", "title: Pain low down")
        running.shows(ADDRESS, "<h1>Pain low down</h1>")
        running.shows("/conditions/", "Pain low down")
        assert "Your save of " in bar_of(running.get(ADDRESS)[1])
        running.change(f"content/{PAGE}", "treatments: [nerve-block]", "treatments: [nerve-blok]")
        running.until(lambda: "nerve-blok" in problems_in(running.get(ADDRESS)[1]))
        panel = problems_in(running.get(ADDRESS)[1])
        assert f"{PAGE}, line 7, column 14" in panel
        assert "<mark>nerve-blok</mark>" in panel
        assert f"vscode://file/{str(running.content).lstrip('/')}/{PAGE}:7:14" in panel
        assert "Did you mean nerve-block?" in panel
        home = running.get("/")[1]
        assert problems_in(home) == ""
        assert "1 problem on other pages" in bar_of(home)
        assert f'<a href="{ADDRESS}">{PAGE}</a>' in bar_of(home)
        running.change(f"content/{PAGE}", "nerve-blok", "nerve-block")
        running.until(lambda: problems_in(running.get(ADDRESS)[1]) == "")
        assert "on other pages" not in bar_of(running.get("/")[1])


def test_pages_come_into_being_and_go(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        status, body = running.get("/conditions/new-page/")
        assert status == 404
        assert "/.preview/preview.js" in body
        text = (running.content / PAGE).read_text(encoding="utf-8").replace("title: Low back pain", "title: New page")
        running.save("conditions/new-page.md", text)
        running.until(lambda: running.get("/conditions/new-page/")[0] == 200)
        (running.content / "conditions/new-page.md").unlink()
        running.until(lambda: running.get("/conditions/new-page/")[0] == 404)
        assert "New page" not in running.page("/conditions/")


def test_ten_files_at_once_are_one_build(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        before = running.builds()
        text = (running.content / PAGE).read_text(encoding="utf-8")
        for number in range(10):
            running.save(f"conditions/many-{number}.md", text.replace("title: Low", f"title: Many {number} low"))
        running.until(lambda: all(running.get(f"/conditions/many-{n}/")[0] == 200 for n in range(10)))
        assert running.builds() == before + 1


def test_what_files_say_is_text_in_the_panel(tmp_path: Path) -> None:
    evil = '<img src=x onerror="alert(1)"></template><script>alert(2)</script>'
    with previewed(tmp_path) as running:
        running.change(f"content/{PAGE}", "treatments: [nerve-block]", f"treatments: ['{evil}']")
        running.until(lambda: "onerror" in problems_in(running.get(ADDRESS)[1]))
        page = running.get(ADDRESS)[1]
        inside = page.split("<clinic-preview", 1)[1]
        assert "<script>" not in inside
        assert "<img" not in inside
        assert inside.count("</template>") == 1


def test_a_moment_to_come_as_patients_will_see_it(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        running.change(f"content/{PAGE}", "title: Low back pain\n", "title: Low back pain\npublish: 2026-12-24\n")
        running.shows(ADDRESS, "Goes live on")
        before = running.get(f"{ADDRESS}?on=2026-12-23T09:00")
        assert before[0] == 404
        assert "They will not see this page: it is not public yet" in bar_of(before[1])
        status, after = running.get(f"{ADDRESS}?on=2026-12-25T09:00")
        assert status == 200
        assert "As patients will see it on" in bar_of(after)
        assert "Goes live on" not in after
        links = [part.split('"')[0] for part in plain(after).split('<a href="/')[1:]]
        assert links
        assert all("on=2026-12-25T09:00" in link for link in links)
        status, wrong = running.get("/?on=Christmas")
        assert status == 400
        assert "Christmas" in wrong
        assert running.get("/?on=2027-03-14T02:30")[0] == 400  # the clocks skip it


def test_a_draft_has_things_to_do_and_no_errors(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        running.change(f"content/{PAGE}", "title: Low back pain\n", "title: Low back pain\nstatus: draft\nsymptom: x\n")
        running.until(lambda: "To do before this page goes live" in problems_in(running.get(ADDRESS)[1]))
        page = running.get(ADDRESS)[1]
        assert "<strong>Error</strong>" not in problems_in(page)
        assert "to do on this page" in bar_of(page)


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path: Path) -> None:
    with socket.socket() as first:
        first.bind(("127.0.0.1", 0))
        first.listen()
        taken = first.getsockname()[1]
        with previewed(tmp_path, port=taken) as running:
            assert running.port != taken
            assert f"Port {taken} is taken" in "".join(running.said)
            assert running.get("/")[0] == 200


def test_two_previews_of_one_folder_live_together(tmp_path: Path) -> None:
    with previewed(tmp_path) as one, previewed(tmp_path, port=one.port, again=True) as two:
        assert two.port != one.port
        one.change(f"content/{PAGE}", "title: Low back pain", "title: Seen by both")
        one.shows(ADDRESS, "Seen by both")
        two.shows(ADDRESS, "Seen by both")


def _deaf(port: int) -> Iterator[bytes]:
    """What browsers ask that never read an answer: half a page, pages without end, a socket of each sort."""
    host = f"Host: 127.0.0.1:{port}\r\n".encode()
    yield b"GET / HTTP/1.1\r\n" + host
    yield (b"GET / HTTP/1.1\r\n" + host + b"\r\n") * 200
    for path in (b"/livereload", b"/.preview/channel"):
        yield b"".join(
            [
                *(b"GET " + path + b" HTTP/1.1\r\n", host, f"Origin: http://127.0.0.1:{port}\r\n".encode()),
                *(b"Upgrade: websocket\r\nConnection: Upgrade\r\n", b"Sec-WebSocket-Version: 13\r\n"),
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            ]
        )


def test_browsers_that_never_answer_hold_up_nobody_and_not_the_end(tmp_path: Path) -> None:
    with previewed(tmp_path) as running, ExitStack() as held:
        for asked in list(_deaf(running.port)) * 10:
            deaf = held.enter_context(socket.socket())
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.connect(("127.0.0.1", running.port))
            deaf.sendall(asked)
        for number in range(5):
            running.change(f"content/{PAGE}", "title: Low back pain", f"title: Low back pain {number}")
            running.shows(ADDRESS, f"Low back pain {number}")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in "".join(running.said)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(tmp_path: Path, by: signal.Signals) -> None:
    with previewed(tmp_path) as running:
        running.process.send_signal(by)
        assert running.process.wait(timeout=PATIENCE) == 0
    said = "".join(running.said)
    assert "Stopped." in said
    assert "Traceback" not in said


def test_the_output_is_what_build_writes(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        running.change(f"content/{PAGE}", "title: Low back pain", "title: Written too")
        file = tmp_path / "output/conditions/low-back-pain/index.html"
        running.until(lambda: file.is_file() and "Written too" in file.read_text(encoding="utf-8"))
        want = expected(running, ROOT / "theme")
        assert "Written too" in want["conditions/low-back-pain/index.html"]


def test_it_starts_without_anything_to_show_and_goes_on_when_there_is(tmp_path: Path) -> None:
    with previewed(tmp_path) as running:
        good = (running.content / "clinic.yaml").read_text(encoding="utf-8")
    shutil.rmtree(tmp_path)
    broken = tmp_path / "broken"
    shutil.copytree(ROOT / "tests/site", broken)
    (broken / "clinic.yaml").write_text("name: [", encoding="utf-8")
    with previewed(tmp_path / "again", site=broken) as running:
        status, body = running.get("/")
        assert status == 503
        assert "clinic.yaml, line 1" in problems_in(body)
        (running.content / "clinic.yaml").write_text(good, encoding="utf-8")
        running.until(lambda: running.get("/")[0] == 200)


def test_wrong_use_is_told(tmp_path: Path) -> None:
    for options in (["--editor", "javascript:alert({path})"], ["--port", "70000"], ["--now", "soon"]):
        arguments = ["--no-open", "--cache", str(tmp_path / "c"), "--output", str(tmp_path / "o"), *options]
        done = subprocess.run(
            [sys.executable, "tasks.py", "preview", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 2, options
        assert "Traceback" not in done.stderr
