"""Every setting of ours, and every setting of Scrapy's that we change, each with its reason."""

from importlib.util import find_spec

BOT_NAME = "spiders_project"
SPIDER_MODULES = ["spiders_project.spiders"]
NEWSPIDER_MODULE = "spiders_project.spiders"
COMMANDS_MODULE = "spiders_project.commands"

# --- ours -----------------------------------------------------------------

# Everything that a crawl writes lies here; empty means `output` beside scrapy.cfg.
# FEEDS, IMAGES_STORE, THUMBS_STORE and the log follow it unless they are set themselves.
OUTPUT_DIR = ""

# Where small pictures lie: a folder or an address as for IMAGES_STORE; empty follows OUTPUT_DIR.
THUMBS_STORE = ""

# The database that remembers pictures, pages and runs; empty follows OUTPUT_DIR.
CATALOGUE_URL = ""

# A detail page is read again after so many days; 0 asks for it every time.
REFRESH_DAYS = 30

# Whether addresses that failed are tried before their time; the spider argument `retry_failed`
# sets it.
RETRY_FAILED = False

# Who runs the crawl: an address or mail address, said in the User-Agent.
CONTACT = ""

# How pictures are named below IMAGES_STORE, with the fields site, category, title, author,
# published, width, height, id (of the detail page) and sha256.
PICTURE_PATH = "{site}/{category}/{title}"

# Whether all that is known of a picture lies beside it as a JSON file.
PICTURE_SIDECARS = False

# Shape of the pictures to keep: portrait, landscape, square, 16:9; empty for all.
PICTURE_ASPECT = ""

# Opt-outs that make a picture refused; all are recorded: noai, noimageai, noindex,
# noimageindex, tdm-reservation.
OPT_OUTS_REFUSED: list[str] = []

# Of a gallery without a site file: albums within albums, and the cards of them, at most so deep.
GALLERY_DEPTH = 8

# Whether pages are read as a browser shows them; the spider argument `browser` sets it.
BROWSER = False

# The program, where it is not on the path by its usual names.
BROWSER_EXECUTABLE = ""

# Pages in the browser at once; each takes a process of its own.
BROWSER_PAGES = 2

# Seconds for one page in the browser; what is there by then is read.
BROWSER_TIMEOUT = 120.0

# Times that a page is scrolled to its end for what scripts add there.
BROWSER_SCROLLS = 50

# A crawl stops before less than this is free on the disk that pictures come to.
DISK_RESERVE = "200 MB"

# A folder with site files of one's own.
SITES_DIR = ""

# Headers by host: {"example.org": {"X-Api-Key": "..."}}; sent there and nowhere else.
SITE_HEADERS: dict[str, dict[str, str]] = {}

# cookies.txt of a browser; the spider argument `cookies` sets it.
COOKIES_FILE = ""

# A proxy for everything, before those of the environment: http://, https:// or socks5://.
PROXY = ""

# Hosts of private networks that public sites may lead to.
ALLOWED_PRIVATE_HOSTS: list[str] = []

# Seconds to look a host up and to connect to it.
CONNECT_TIMEOUT = 10.0

# Seconds for one picture, however steadily it comes; DOWNLOAD_TIMEOUT is how long its server
# may say nothing.
PICTURE_TIMEOUT = 1000.0

# Small pictures for browsing, by name: a box (width, height) in pixels.
IMAGES_THUMBS = {"grid": (480, 480)}

# The admission gate: pictures, and bytes of pictures, between request and stored file.
PICTURES_IN_FLIGHT = 12
PICTURE_BYTES_IN_FLIGHT = 256 * 1024 * 1024

# Bytes of a picture that are held in memory while it comes; what is larger goes to a temporary
# file in the store, or in OUTPUT_DIR where the store is elsewhere.
PICTURE_BUFFER_BYTES = 4 * 1024 * 1024

# Threads that decode, shrink and store pictures; 0 means one for each core.
PICTURE_WORKERS = 0

# How a picture is proved: whole decodes all of it; header reads its format and size, and leaves
# thumbnails, fingerprints and colours out.
PICTURE_CHECKS = "whole"

# Pixels of all frames of a picture at most: what larger headers ask to unpack is a bomb.
PICTURE_MAX_PIXELS = 180_000_000

# Whether stderr shows how a crawl is getting on: live on a terminal, a plain line now and then
# elsewhere, the first after ten seconds, later ones at most so many seconds apart.
PROGRESS_ENABLED = True
PROGRESS_INTERVAL_SECONDS = 60.0

# The port of the embedded demo site; 0 takes a free one.
DEMO_PORT = 8642

# Where a known site is to be found instead of its own address, such as a mirror, by its name:
# for moyublog on the demo site "http://127.0.0.1:8642/moyublog".
SITE_ROOTS: dict[str, str] = {}

# --- Scrapy's, changed ----------------------------------------------------

ADDONS = {
    "spiders_project.addons.output.OutputFolder": 0,
    "spiders_project.addons.identity.Identity": 0,
    "spiders_project.addons.private_sites.PrivateSites": 0,
    "spiders_project.addons.lean.LeanCrawl": 0,
    "spiders_project.addons.event_loop.EventLoop": 0,
}
ITEM_PIPELINES = {
    "spiders_project.pipelines.fetch.ImagesPipeline": 300,
    "spiders_project.pipelines.describe.SidecarPipeline": 800,
}
EXTENSIONS = {
    # Ours commits the feeds of complete runs only.
    "scrapy.extensions.feedexport.FeedExporter": None,
    "spiders_project.feeds.export.FeedExporter": 0,
    "spiders_project.extensions.demo.EmbeddedDemo": 10,
    # Opens the catalogue and the frontier once the address of the site is known.
    "spiders_project.extensions.memory.Memory": 15,
    # Before those that write to stderr at the end.
    "spiders_project.extensions.progress.Progress": 5,
    "spiders_project.extensions.contact.ContactReminder": 20,
    "spiders_project.extensions.summary.Summary": 20,
}

# Default: Scrapy's own name. Empty: our name and version, and CONTACT.
USER_AGENT = ""
# Default False: crawls what site owners forbid.
ROBOTSTXT_OBEY = True
# Default False: takes any certificate for the site it claims to be.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Default True: a port of this machine that runs Python sent to it.
REMOTE_CONTROL_ENABLED = False
# Default True: another one.
TELNETCONSOLE_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    # Before robots.txt is asked for, which would be a request already.
    "spiders_project.downloader.guard.AddressGuardMiddleware": 50,
    # Ours knows PROXY and ALL_PROXY; before the guard, which does not look up what a proxy does.
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "spiders_project.downloader.proxy.ProxyMiddleware": 40,
    # Ours knows RFC 9309, Crawl-delay and one answer for each host and port.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "spiders_project.downloader.robots.RobotsMiddleware": 100,
    # Ours waits, longer each time, and as long as Retry-After asks for.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "spiders_project.downloader.retry.RetryMiddleware": 550,
    # Before robots.txt: what is known is not asked for.
    "spiders_project.downloader.revisits.RevisitMiddleware": 30,
    # Behind redirects and compression, before retries; only where BROWSER is on.
    "spiders_project.downloader.browser.middleware.RenderMiddleware": 570,
    # Behind redirects, so that each hop is judged.
    "spiders_project.downloader.headers.SiteHeadersMiddleware": 560,
    # Ours reads COOKIES_FILE, and fetches no list of domains.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "spiders_project.downloader.cookies.CookiesMiddleware": 700,
    # Ours counts the bytes of pictures, which are not in the body of their responses.
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "spiders_project.downloader.statistics.DownloaderStats": 850,
    # It would drop the robots.txt of every host but the site's, and pictures lie on others;
    # the spider follows links of the site only.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
# Default: also file, ftp, s3 and data, which a hostile page can name.
# Those for http and https speak SOCKS too.
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "spiders_project.downloader.curl.handler.CurlHandler",
    "https": "spiders_project.downloader.curl.handler.CurlHandler",
}
# Default: gives every address; ours none of private networks to public sites.
TWISTED_DNS_RESOLVER = "spiders_project.downloader.resolver.GuardedResolver"
# Default False: refuses pictures behind a redirect, which many sites use.
MEDIA_ALLOW_REDIRECTS = True
# Default 100: that many tasks are made for every response, and 8 keep up.
CONCURRENT_ITEMS = 8
# Default 16: pages need places beside the pictures in flight.
CONCURRENT_REQUESTS = 16
# Default 180 seconds: a page takes no longer, and a server of pictures is silent no longer.
DOWNLOAD_TIMEOUT = 60
# Default 32 MiB: warns for every large original, which is what we come for.
DOWNLOAD_WARNSIZE = 0
# Default: a kill loses what is pending and in flight, also with JOBDIR.
SCHEDULER = "spiders_project.frontier.scheduler.FrontierScheduler"
SPIDER_MIDDLEWARES = {
    "spiders_project.frontier.middleware.FrontierMiddleware": 10,
    # It counts the links from the start to every page, which nothing here asks for; the add-on
    # LeanCrawl brings it back for DEPTH_LIMIT and its like.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    # It looks for a mistake that our spiders do not make, at every request.
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
# Default None, which is asyncio's own: uvloop takes a tenth of the CPU off a crawl.
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if find_spec("uvloop") else None
# Default: forgets the counts of the processes before this one.
STATS_CLASS = "spiders_project.frontier.counting.LeasedStats"
# Default 2: waits grow, so one more try covers half a minute of trouble.
RETRY_TIMES = 3

# Default DEBUG: three lines for every picture.
LOG_LEVEL = "INFO"
# Default: other hosts learn the whole address of a page; from a browser they learn its origin.
REFERRER_POLICY = "strict-origin-when-cross-origin"
# Default None: escapes every letter outside ASCII.
FEED_EXPORT_ENCODING = "utf-8"
FEED_STORAGES = {
    # Default: the final file is written from the first item on, and a kill leaves it broken.
    "": "spiders_project.feeds.storage.AtomicFileStorage",
    "file": "spiders_project.feeds.storage.AtomicFileStorage",
}
FEED_EXPORTERS = {
    # Default: a cell holds the text of Python objects.
    "csv": "spiders_project.feeds.rows.PictureRowsExporter",
}
