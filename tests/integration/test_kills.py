"""Proof by killing: SIGKILL at random moments, until the crawl is complete, and nothing is lost.

KILLS says how often a crawl is killed, KILLS_SEED chooses the moments anew.
"""

import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conftest import Crawl, DemoSite
from tests.gallery import LISTING, Answer, Gallery, picture_bytes
from tests.integration.kills import (
    LIMIT_SECONDS,
    Finished,
    Process,
    Remains,
    Target,
    demo_target,
    differences,
    gallery_target,
    path_of,
    run,
    run_undisturbed,
)

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("KILLS_SEED") or random.SystemRandom().randrange(1, 1_000_000))
_SET_SIZE = 10
_OF_THE_SET = "/pictures/set-"
_LISTING_TAG, _LISTING_DATE = '"listing-1"', "Sun, 22 Nov 2026 08:00:00 GMT"
_NO_PICTURE_OR_DETAIL = re.compile(r"/robots\.txt$|/index(_\d+)?\.html$")


@dataclass(frozen=True)
class Moment:
    """When to kill: once something has come, but no later than after so many seconds."""

    words: str
    has_come: Callable[[], bool]
    later_seconds: float
    seconds: float = LIMIT_SECONDS

    def wait(self, process: Process) -> None:
        """Wait until it has come or the process has ended."""
        deadline = time.monotonic() + self.seconds
        while process.is_running() and time.monotonic() < deadline and not self.has_come():
            time.sleep(0.02)
        time.sleep(self.later_seconds)


ChooseMoment = Callable[[random.Random, Target, Counter[str]], Moment]
"""Chooses the next moment; the counts are those at the start of the crawl."""


def _in_start_up(chance: random.Random, target: Target, start: Counter[str]) -> Moment:
    seconds = chance.uniform(0, 2)
    return Moment(f"{seconds:.2f} s after its start", lambda: False, 0, seconds)


def _after_requests(most: int, of: str = "/") -> ChooseMoment:
    """Choose a moment after 1 to ``most`` more requests of paths that begin like this."""

    def choose(chance: random.Random, target: Target, start: Counter[str]) -> Moment:
        before, wanted, later = target.counts(), chance.randint(1, most), chance.uniform(0, 0.15)

        def has_come() -> bool:
            new = target.counts() - before
            return sum(count for path, count in new.items() if path.startswith(of)) >= wanted

        return Moment(f"{later:.2f} s after {wanted} more requests of {of}", has_come, later)

    return choose


def _after_all_of(paths: frozenset[str]) -> ChooseMoment:
    """Choose a moment at the end, when all of these paths were asked for."""

    def choose(chance: random.Random, target: Target, start: Counter[str]) -> Moment:
        later = chance.uniform(0, 0.8)
        words = f"{later:.2f} s after the last picture was asked for"
        return Moment(words, lambda: paths <= (target.counts() - start).keys(), later)

    return choose


@dataclass
class Proof:
    """Kills crawls, one crawl after the other; notes what is wrong, in sentences."""

    target: Target
    whole: Remains
    moments: Sequence[ChooseMoment]
    broken: list[str] = field(default_factory=list)
    """What was not whole right after a kill."""
    again: list[str] = field(default_factory=list)
    """Pictures that were fetched although they were finished."""
    different: list[str] = field(default_factory=list)
    """In what a crawl, once complete, was not like the undisturbed one."""
    left_over: list[str] = field(default_factory=list)
    ends: list[Crawl] = field(default_factory=list)
    """The last process of each crawl."""
    finished: list[frozenset[str]] = field(default_factory=list)
    """The paths of the pictures that were finished at each kill."""

    def make(self, folder: Path, kills: int) -> "Proof":
        """Kill so many times; complete every crawl."""
        chance = random.Random(SEED)
        while len(self.finished) < kills:
            self._crawl(folder / f"crawl-{len(self.ends) + 1}", chance, kills)
        return self

    def _crawl(self, output: Path, chance: random.Random, kills: int) -> None:
        self.target.prepare()
        finished, start = Finished(self.target), self.target.counts()
        when, is_complete = f"the start of {output.name}", False
        while not is_complete:
            moment = chance.choice(self.moments)(chance, self.target, start)
            is_last = len(self.finished) == kills
            end = self._process(None if is_last else moment, output, chance.choice((2, 4, 12)))
            _add(self.again, f"after {when}", list(finished.asked_again()))
            remains = Remains.of(output)
            # A kill after the last deed, before the process has ended, comes too late.
            is_killed = end.status == -signal.SIGKILL
            is_complete = not is_killed or (remains.feed is not None and not remains.left_over)
            if is_killed:
                self.finished.append(remains.finished)
                when = f"kill {len(self.finished)} of {output.name}, {moment.words}"
                print(f"{when}: {len(remains.finished)} pictures finished")
                _add(self.broken, when, remains.faults(self.whole))
                finished.note(remains, when)
        _add(self.different, f"the end, after {when}", differences(remains, self.whole))
        _add(self.left_over, f"the end, after {when}", remains.left_over)
        self.ends.append(end)

    def _process(self, moment: Moment | None, output: Path, in_flight: int) -> Crawl:
        with Process(self.target, output, PICTURES_IN_FLIGHT=in_flight) as process:
            if moment:
                moment.wait(process)
                process.send(signal.SIGKILL)
            return process.end()


def _add(notes: list[str], when: str, sentences: Sequence[str]) -> None:
    if sentences:
        shown = "\n  ".join(sentences[:5])
        notes.append(f"{when}, {len(sentences)} faults such as\n  {shown}")


def _fill(gallery: Gallery) -> None:
    """Put in a set, twins, names that clash, a redirect and failures; pictures take a while."""

    def pictures(*names: str) -> list[str]:
        for name in names:
            gallery.put(f"/pictures/{name}.jpg", picture_bytes(len(gallery.answers)), "image/jpeg")
            gallery.answers[f"/pictures/{name}.jpg"].delay_seconds = 0.2
        return [f"{gallery.picture_url}/pictures/{name}.jpg" for name in names]

    in_set = pictures(*(f"set-{number}" for number in range(_SET_SIZE)))
    twins = pictures("twin", "own", "twin-again")
    gallery.answers["/pictures/twin.jpg"] = gallery.answers["/pictures/set-5.jpg"]
    gallery.answers["/pictures/twin-again.jpg"] = gallery.answers["/pictures/own.jpg"]
    gone = f"{gallery.picture_url}/pictures/gone.jpg"
    links = [
        gallery.put_detail("/set.html", "A set", *in_set),
        gallery.put_detail("/twins.html", "Twins", *twins),
        gallery.put_detail("/clash-1.html", "Dawn", *pictures("dawn-1")),
        gallery.put_detail("/clash-2.html", "dawn", *pictures("dawn-2")),
        gallery.put_detail("/failing.html", "Failing", gone, *pictures("beside", "flaky")),
        "/moved.html",
    ]
    gallery.put_detail("/arrived.html", "Arrived", *pictures("moved"))
    gallery.answers["/moved.html"] = Answer(b"", 302, {"Location": "/arrived.html"})
    gallery.put_listing(links)
    listing = gallery.answers[LISTING]
    listing.headers = {**listing.headers, "ETag": _LISTING_TAG, "Last-Modified": _LISTING_DATE}


@pytest.fixture(scope="module")
def demo_proof(demo_site: DemoSite, tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Kill crawls of the demo site, from start-up to the last moment."""
    folder, target = tmp_path_factory.mktemp("demo"), demo_target(demo_site)
    whole = run_undisturbed(target, folder / "undisturbed")
    moments = [_in_start_up, *[_after_requests(40)] * 8, _after_all_of(whole.finished)]
    return Proof(target, whole, moments).make(folder, KILLS)


@pytest.fixture(scope="module")
def gallery_of_sets() -> Iterator[Gallery]:
    with Gallery() as gallery:
        _fill(gallery)
        yield gallery


@pytest.fixture(scope="module")
def sets_proof(gallery_of_sets: Gallery, tmp_path_factory: pytest.TempPathFactory) -> Proof:
    """Kill crawls of a gallery with sets, mostly while a set is half done."""

    def prepare() -> None:
        overloaded = Answer(b"", 503, {"Retry-After": "1"})
        gallery_of_sets.put_first("/pictures/flaky.jpg", overloaded)

    folder, target = tmp_path_factory.mktemp("sets"), gallery_target(gallery_of_sets, prepare)
    whole = run_undisturbed(target, folder / "undisturbed")
    moments = [_after_requests(_SET_SIZE, _OF_THE_SET), _after_requests(12, "/pictures/")] * 2
    moments.append(_after_all_of(whole.finished))
    return Proof(target, whole, moments).make(folder, max(8, KILLS // 3))


@pytest.fixture(params=["demo_proof", "sets_proof"])
def proof(request: pytest.FixtureRequest) -> Proof:
    made: Proof = request.getfixturevalue(request.param)
    return made


def _expect_none(notes: list[str]) -> None:
    assert not notes, "\n".join([*notes, f"KILLS={KILLS} KILLS_SEED={SEED}"])


def test_the_last_process_ends_well(proof: Proof) -> None:
    assert len(proof.finished) >= min(KILLS, 8)
    wrong = [end for end in proof.ends if end.status not in (0, -signal.SIGKILL)]
    wrong += [end for end in proof.ends if "Traceback" in end.stderr]
    _expect_none([f"{end.output.name}: status {end.status}, {end.stderr}" for end in wrong])


def test_nothing_is_broken_at_any_kill(proof: Proof) -> None:
    assert any(proof.finished), "no kill hit a crawl that had finished a picture"
    _expect_none(proof.broken)


def test_no_finished_picture_is_fetched_again(proof: Proof) -> None:
    _expect_none(proof.again)


def test_what_is_there_in_the_end_is_what_an_undisturbed_crawl_brings(proof: Proof) -> None:
    _expect_none(proof.different)


def test_no_temporary_file_and_no_frontier_stays(proof: Proof) -> None:
    _expect_none(proof.left_over)


def test_a_set_that_was_half_done_is_completed(sets_proof: Proof) -> None:
    in_set = [[p for p in paths if p.startswith(_OF_THE_SET)] for paths in sets_proof.finished]
    assert any(0 < len(paths) < _SET_SIZE for paths in in_set), "no kill hit a half-done set"

    for end in sets_proof.ends:
        (item,) = [item for item in end.feed if item["title"] == "A set"]
        assert [image["url"] for image in item["images"]] == item["image_urls"]
        assert len(set(item["image_urls"])) == _SET_SIZE


def test_the_next_run_asks_for_listings_only(proof: Proof) -> None:
    output, before = proof.ends[-1].output, proof.target.counts()

    crawl = run(proof.target, output)

    assert crawl.status == 0, crawl.stderr
    asked = (proof.target.counts() - before).keys()
    assert {path for path in asked if not _NO_PICTURE_OR_DETAIL.search(path)} == set()
    assert any("index" in path for path in asked)
    found = {image["url"]: image["status"] for item in crawl.feed for image in item["images"]}
    assert {path_of(url) for url in found} == proof.whole.finished
    assert set(found.values()) == {"unchanged"}
    _expect_none(Remains.of(output).left_over)


def test_the_next_run_asks_whether_a_listing_has_changed(
    gallery_of_sets: Gallery, sets_proof: Proof
) -> None:
    before = len(gallery_of_sets.visits_of(LISTING))

    run(sets_proof.target, sets_proof.ends[-1].output)

    (visit,) = gallery_of_sets.visits_of(LISTING)[before:]
    assert visit.headers["If-None-Match"] == _LISTING_TAG
    assert visit.headers["If-Modified-Since"] == _LISTING_DATE
