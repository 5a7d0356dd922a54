"""The main job: from listings to detail pages, and a picture item for each."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler

from spiders_project import counters
from spiders_project.downloader.browser.chromium import use_browser
from spiders_project.errors import WrongInput
from spiders_project.pages.base import Site
from spiders_project.pages.generic.gallery import AnyGallery
from spiders_project.pages.registry import find_site
from spiders_project.spiders.arguments import CrawlArguments
from spiders_project.spiders.gallery_walk import GalleryWalk
from spiders_project.spiders.remembering import wanted
from spiders_project.spiders.site_walk import SiteWalk
from spiders_project.urls import host_of

_ARGUMENTS_AS_SETTINGS = {
    "min_width": "IMAGES_MIN_WIDTH",
    "min_height": "IMAGES_MIN_HEIGHT",
    "aspect": "PICTURE_ASPECT",
    "cookies": "COOKIES_FILE",
    "retry_failed": "RETRY_FAILED",
    "browser": "BROWSER",
}
_DRY_RUN = "spiders_project.pipelines.dry_run.DryRun"


class WallpapersSpider(SiteWalk, GalleryWalk):
    """Crawls the categories of one known site, or any gallery.

    Listings, details and pictures overlap. Of a known site its file says what to
    read; any other address is that of a gallery which is read as it is.
    """

    name = "wallpapers"

    def __init__(self, /, **arguments: Any) -> None:
        super().__init__()
        self.args = CrawlArguments.parse(arguments)
        site = find_site(self.args.site)
        self.site: Site = site()
        self.categories = _chosen_categories(self.site, self.args)
        self._pictures_left = self.args.limit

    @classmethod
    def check_arguments(cls, arguments: dict[str, Any]) -> None:
        """Raise WrongInput for arguments that the spider would not take."""
        cls(**arguments)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; its site sets the pace, its arguments the limits of the pictures."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings, site = crawler.settings, spider.site
        settings.set("DOWNLOAD_DELAY", site.delay_seconds, "spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", site.concurrent_requests, "spider")
        # A person may have chosen another pace with -s.
        delay_seconds = settings.getfloat("DOWNLOAD_DELAY")
        settings.set("AUTOTHROTTLE_ENABLED", delay_seconds > 0, "spider")
        settings.set("AUTOTHROTTLE_START_DELAY", delay_seconds, "spider")
        settings.set("AUTOTHROTTLE_TARGET_CONCURRENCY", site.concurrent_requests, "spider")
        own_headers = {host_of(f"http://{host}"): dict(site.headers) for host in site.hosts}
        settings.set("SITE_HEADERS", own_headers | settings.getdict("SITE_HEADERS"), "cmdline")
        if spider.args.dry_run:
            settings.set("ITEM_PIPELINES", {_DRY_RUN: 300}, "cmdline")
            settings.set("FEEDS", {}, "cmdline")
        for argument, name in _ARGUMENTS_AS_SETTINGS.items():
            if (value := getattr(spider.args, argument)) is not None:
                settings.set(name, value, "cmdline")
        if spider.args.browser:
            use_browser(settings)
        spider.site = type(site)(settings.getdict("SITE_ROOTS").get(site.name))
        return spider

    @property
    def job_arguments(self) -> dict[str, Any]:
        """What makes a crawl another job than one with other arguments."""
        given = self.args.model_dump(exclude={"restart"}, exclude_defaults=True, mode="json")
        given["root"] = self.settings.getdict("SITE_ROOTS").get(self.site.name)
        # A run that goes on with other wishes would call complete what the earlier ones left out.
        if narrowed := wanted(self.settings):
            given["wanted"] = narrowed
        return given

    @property
    def restart(self) -> bool:
        """Whether to begin anew what an earlier run of this job has left unfinished."""
        return self.args.restart

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the first listing of each category, or for what has failed."""
        if self.args.limit is not None:
            # What earlier processes of this run have found counts, too.
            found = self.crawler.stats.get_value(counters.PICTURES_FOUND, 0)
            self._pictures_left = max(0, self.args.limit - found)
        if isinstance(self.site, AnyGallery):
            async for request in self.start_gallery():
                yield request
            return
        async for request in self.start_site(self.categories):
            yield request


def _chosen_categories(site: Site, arguments: CrawlArguments) -> tuple[str, ...]:
    """Return the categories to crawl; raises WrongInput for one that the site does not have."""
    if not site.is_described:
        if arguments.category:
            raise WrongInput(
                f"category={','.join(arguments.category)} means nothing on {site.name}, which has "
                "no site file; give the address of an album as site=..."
            )
        return ()
    if arguments.category:
        unknown = [name for name in arguments.category if name not in site.categories]
        if unknown and not site.has_other_categories:
            raise WrongInput(
                f"category={unknown[0]} is not known on {site.name}; "
                f"its categories: {', '.join(site.categories)}"
            )
        return arguments.category
    in_address = site.category_of(arguments.site)
    if in_address is not None:
        return (in_address,)
    return site.default_categories or tuple(site.categories)
