"""Web applications: a wiki, a Django photo application, and a gallery of a single PHP file."""

import json
import shutil

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.known import ALBUMS, KNOWN
from benchmarks.galleries.workshop import Needs, Workshop

_PHP = ("php-cli", "php-gd", "php-mbstring")
_WIKI = "/usr/share/mediawiki"
_WIKI_SETTINGS = """
$wgServer = isset($_SERVER['HTTP_HOST']) ? 'http://' . $_SERVER['HTTP_HOST'] : 'http://localhost';
$wgEnableUploads = true;
$wgFileExtensions = ['png', 'jpg', 'jpeg', 'webp'];
$wgUploadDirectory = '{work}/wiki/images';
$wgUploadPath = '/images';
$wgUseImageMagick = false;
$wgCategoryPagingLimit = 15;
$wgCacheDirectory = '{work}/cache';
$wgJobRunRate = 0;
$wgArticlePath = '/index.php/$1';
"""


def _mediawiki(shop: Workshop) -> None:
    wiki = shop.work / "wiki"
    leave = shutil.ignore_patterns("images", "LocalSettings.php", "extensions")
    shutil.copytree(_WIKI, wiki, ignore=leave)
    for folder in (wiki / "images", wiki / "extensions", shop.work / "cache", shop.work / "data"):
        folder.mkdir()
    database = ("--dbtype", "sqlite", "--dbpath", str(shop.work / "data"), "--dbname", "wiki")
    rights = ("--pass", "a pass of twenty letters", "--scriptpath", "")
    install = str(wiki / "maintenance" / "install.php")
    names = ("--server", "http://localhost", "Two journeys", "Admin")
    shop.run("php", install, *database, *rights, *names)
    settings = (wiki / "LocalSettings.php").read_text() + _WIKI_SETTINGS.format(work=shop.work)
    (wiki / "LocalSettings.php").write_text(settings)
    pictures = shop.work / "pictures"
    shop.album.copy_flat(pictures)
    for each in KNOWN:
        words = f"{each.title}\n\n[[Category:Journeys]]\n[[Category:{each.album.split('/')[-1]}]]"
        (pictures / f"{each.plain_name}.txt").write_text(words)
        (pictures / f"{each.plain_name.rpartition('.')[0]}.txt").write_text(words)
    importer = str(wiki / "maintenance" / "importImages.php")
    shop.run("php", importer, "--extensions", "jpg,png,webp", "--comment-ext", "txt", str(pictures))
    shop.run("php", str(wiki / "maintenance" / "runJobs.php"))


def _php(shop: Workshop, port: int) -> list[str]:
    return ["php", "-S", f"127.0.0.1:{port}", "-t", str(shop.work / "wiki")]


_SETTINGS = """
import pathlib
BASE = pathlib.Path(__file__).parent
SECRET_KEY = "of this benchmark alone"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sites",
    "sortedm2m", "photologue",
]
SITE_ID = 1
ROOT_URLCONF = "urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE / "db.sqlite3"}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
              "DIRS": [BASE / "templates"],
              "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}]
MEDIA_ROOT = BASE / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
"""
_URLS = """
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
urlpatterns = [path("photologue/", include("photologue.urls", namespace="photologue"))]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
"""
_FRAME = """<!doctype html><html><head><meta charset="utf-8">
<title>{% block title %}Two journeys{% endblock %}</title></head>
<body>{% block content %}{% endblock %}</body></html>
"""
_FILL = """
import json, sys
import django
django.setup()
from django.core.files import File
from django.core.management import call_command
from photologue.models import Gallery, Photo
call_command("migrate", verbosity=0)
for number, (album, pictures) in enumerate(json.load(open("albums.json")).items()):
    gallery = Gallery.objects.create(title=album, slug=f"album-{number}")
    gallery.sites.add(1)
    for slug, title, path in pictures:
        photo = Photo(title=title, slug=slug)
        photo.image.save(path.rpartition("/")[2], File(open(path, "rb")))
        photo.sites.add(1)
        gallery.photos.add(photo)
"""


def _photologue(shop: Workshop) -> None:
    albums = {
        album: [
            (f"p{each.number}", each.title, str(shop.album.plain_folder / each.plain_path))
            for each in KNOWN
            if each.album == album
        ]
        for album in ALBUMS
    }
    (shop.work / "albums.json").write_text(json.dumps(albums))
    (shop.work / "templates").mkdir()
    (shop.work / "templates" / "base.html").write_text(_FRAME)
    for name, text in {"settings": _SETTINGS, "urls": _URLS, "fill": _FILL}.items():
        (shop.work / f"{name}.py").write_text(text)
    shop.run("python", "fill.py", DJANGO_SETTINGS_MODULE="settings")


def _django(shop: Workshop, port: int) -> list[str]:
    words = ["runserver", "--noreload", "--settings=settings", "--pythonpath=."]
    return ["django-admin", *words, f"127.0.0.1:{port}"]


def _single_file(shop: Workshop) -> None:
    wiki = shop.work / "wiki"
    shutil.copytree(shop.modules / "files.photo.gallery", wiki)
    shop.album.copy(wiki, is_plain=True)


def _flask(shop: Workshop) -> None:
    shop.album.copy_flat(shop.work / "pictures")


def _simple_image_gallery(shop: Workshop, port: int) -> list[str]:
    place = ("--gallery_host", "127.0.0.1", "--gallery_port", str(port))
    return ["simple-image-gallery", *place, "--gallery_directory", str(shop.work / "pictures")]


GALLERIES = (
    Gallery(
        "mediawiki",
        "MediaWiki, a category in pages of 15, file pages",
        Needs(apt=("mediawiki", *_PHP, "php-sqlite3", "php-intl", "php-xml")),
        _mediawiki,
        start="/index.php/Category:Journeys",
        is_named_by_files=True,
        further=r"^/index\.php(/Category:Journeys\?$|\?title=Category:Journeys&file(from|until)=)",
        server=_php,
    ),
    Gallery(
        "photologue",
        "django-photologue, galleries, pages, detail pages",
        Needs(pip=("django-photologue==3.20", "Django==5.2.8")),
        _photologue,
        start="/photologue/gallerylist/",
        further=r"page=\d",
        server=_django,
    ),
    Gallery(
        "simple-image-gallery",
        "simple-image-gallery, Flask",
        Needs(pip=("simple-image-gallery==1.5.0",)),
        _flask,
        server=_simple_image_gallery,
    ),
    Gallery(
        "files-gallery",
        "Files Gallery, a single PHP file",
        Needs(npm=("files.photo.gallery@0.15.3",), apt=_PHP),
        _single_file,
        server=_php,
        hidden=lambda _: [f"/{each.plain_path}" for each in KNOWN],
        is_script_only=True,
    ),
)
