"""``scrapy newsite`` and ``scrapy check-site`` against real servers."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, DemoSite, scrapy_command
from tests.gallery import Answer, Gallery, picture_bytes

_LIMIT_SECONDS = 120


class Commands:
    """Runs commands with a folder for sites and one for output."""

    def __init__(self, folder: Path) -> None:
        self.sites = folder / "sites"
        self.output = folder / "output"
        self.sites.mkdir()

    def __call__(self, *words: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
        given = {"SITES_DIR": self.sites, "OUTPUT_DIR": self.output, "DOWNLOAD_DELAY": 0}
        flags = [
            flag for pair in (given | settings).items() for flag in ("-s", "=".join(map(str, pair)))
        ]
        run = subprocess.run(
            scrapy_command(*words, *flags),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=_LIMIT_SECONDS,
            check=False,
        )
        assert "Traceback" not in run.stderr, run.stderr
        return run


@pytest.fixture
def scrapy(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def put_gbk_site(gallery: Gallery) -> None:
    """Make a listing of two pages and detail pages in Chinese, as GBK, with no charset in HTTP."""
    for page, numbers in ((1, range(6)), (2, range(6, 8))):
        cards = "".join(
            f'<li><a href="/tu/{number}.html" title="苍鹭{number}号">'
            f'<img src="/t/{number}.jpg" alt="苍鹭{number}号"></a></li>'
            for number in numbers
        )
        following = '<a href="/niao/list_2.html">下一页</a>' if page == 1 else ""
        _put_gbk(gallery, f"/niao/{'' if page == 1 else 'list_2.html'}",
                 f'<title>鸟类图片</title><div class="list"><ul>{cards}</ul></div>'
                 f'<div class="pages"><a href="/niao/">1</a>{following}</div>')  # fmt: skip
    for number in range(8):
        gallery.put(f"/t/{number}.jpg", picture_bytes(number, size=(80, 60)), "image/jpeg")
        gallery.put(f"/o/{number}.jpg", picture_bytes(number, size=(800, 600)), "image/jpeg")
        title = f"苍鹭{number}号"
        _put_gbk(gallery, f"/tu/{number}.html",
                 f'<title>{title}_鸟类</title><h1>{title}</h1><p>作者：张三</p>'
                 f'<div class="pic"><img src="/o/{number}.jpg" alt="{title}"></div>')  # fmt: skip


def _put_gbk(gallery: Gallery, path: str, body: str) -> None:
    page = f'<html><head><meta charset="gb2312"></head><body>{body}</body></html>'
    gallery.put(path, page.encode("gbk"), "text/html")


def test_describes_the_demo_site_as_its_own_file_does(
    demo_site: DemoSite, scrapy: Commands
) -> None:
    run = scrapy("newsite", f"{demo_site.url}/ocean/index.html", "--name", "tide")
    assert run.returncode == 0, run.stderr
    assert run.stderr.count("\n") == 1
    for field in ("cards", "next", "picture", "title", "tags", "author", "license", "published"):
        assert f"\n{field} " in run.stdout
    assert "passed" in run.stdout
    assert (scrapy.output / "contact_sheets" / "tide.jpg").read_bytes().startswith(b"\xff\xd8")
    described = (scrapy.sites / "tide.py").read_text()
    assert 'published = "time::attr(datetime)"' in described
    crawl = scrapy("crawl", "wallpapers", "-a", "site=tide", "-a", "limit=2")
    assert crawl.returncode == 0, crawl.stderr
    assert len(list((scrapy.output / "images" / "tide").rglob("*.*"))) == 2


def test_describes_a_chinese_site(gallery: Gallery, scrapy: Commands) -> None:
    put_gbk_site(gallery)
    run = scrapy("newsite", f"{gallery.url}/niao/", "--name", "niao")
    assert run.returncode == 0, run.stdout + run.stderr
    saved = scrapy.sites / "tests" / "fixtures" / "niao"
    assert (saved / "listing.html").read_bytes() == gallery.answers["/niao/"].body
    check = scrapy("check-site", "niao")
    assert check.returncode == 0, check.stdout + check.stderr
    assert "苍鹭0号" in check.stdout
    assert "张三" in check.stdout
    crawl = scrapy("crawl", "wallpapers", "-a", "site=niao")
    assert crawl.returncode == 0, crawl.stderr
    assert len(list((scrapy.output / "images" / "niao").rglob("*.*"))) == 8


def test_check_names_the_fields_that_went_empty(gallery: Gallery, scrapy: Commands) -> None:
    put_gbk_site(gallery)
    assert scrapy("newsite", f"{gallery.url}/niao/", "--name", "niao").returncode == 0
    _put_gbk(gallery, "/tu/0.html", '<h1></h1><p>作者：张三</p><div class="pic"></div>')
    check = scrapy("check-site", "niao")
    assert check.returncode == 1
    assert "empty: picture, title;" in check.stderr
    assert check.stderr.count("\n") == 1


def test_second_time_nothing_is_overwritten(gallery: Gallery, scrapy: Commands) -> None:
    put_gbk_site(gallery)
    (scrapy.sites / "niao.py").write_text("# mine\n")
    run = scrapy("newsite", f"{gallery.url}/niao/", "--name", "niao")
    assert run.returncode == 2
    assert "is there already" in run.stderr
    assert (scrapy.sites / "niao.py").read_text() == "# mine\n"
    assert not gallery.visits


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"<p>Nothing here", headers={"Content-Type": "text/html"}), "there is no gallery"),
        (Answer(picture_bytes(), headers={"Content-Type": "image/jpeg"}), "is a picture"),
        (Answer(b"gone", 404), "http-404"),
        (Answer(b""), "there is no gallery"),
    ],
)
def test_refuses_with_one_sentence(
    gallery: Gallery, scrapy: Commands, answer: Answer, words: str
) -> None:
    gallery.answers["/a/"] = answer
    run = scrapy("newsite", f"{gallery.url}/a/")
    assert run.returncode == 1
    assert words in run.stderr
    assert run.stderr.count("\n") == 1
    assert not list(scrapy.sites.iterdir())


def test_obeys_robots(gallery: Gallery, scrapy: Commands) -> None:
    put_gbk_site(gallery)
    gallery.put("/robots.txt", b"User-agent: *\nDisallow: /niao/", "text/plain")
    run = scrapy("newsite", f"{gallery.url}/niao/")
    assert run.returncode == 1
    assert "robots" in run.stderr
    assert not gallery.requests["/niao/"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["newsite"], "name the address of a listing"),
        (["newsite", "herons"], "herons is no http or https address"),
        (["newsite", "https://a.example/", "--name", "Bad Name"], "is no name of a site"),
        (["newsite", "https://www.moyublog.com/"], "is read by the site file of moyublog"),
        (["newsite", "https://a.example/", "--nome=x"], "--nome"),
        (["check-site"], "name a site"),
        (["check-site", "herons"], "herons is not known"),
    ],
)
def test_wrong_words_are_refused(scrapy: Commands, words: list[str], sentence: str) -> None:
    run = scrapy(*words)
    assert run.returncode == 2
    assert sentence in run.stderr


def test_checks_the_demo_site_which_it_serves_itself(scrapy: Commands) -> None:
    run = scrapy("check-site", "demo", DEMO_PORT=0)
    assert run.returncode == 0, run.stderr
    assert "it fits" in run.stderr
    assert not scrapy.output.exists()
