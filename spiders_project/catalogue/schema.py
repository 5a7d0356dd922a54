"""The tables of the catalogue; docs/catalogue.md says how to read them with other programs.

Times are ISO 8601 text in UTC with seconds, so that text order is time order. A run is named
by the hex digits of a UUID, a picture by the sha256 of its bytes.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

VERSION = 1
"""Grows with every change of the tables; migrations.py leads from one to the next."""

WRITING, STORED, MISSING, FORGOTTEN = "writing", "stored", "missing", "forgotten"
"""States of a picture: its file is being written, lies in the store, is not there any more,
was deleted for good."""

DETAIL, LISTING, PICTURE = "detail", "listing", "picture"
"""What an address leads to."""
PAGE = "page"
"""What it leads to is not known before the answer; nothing in the tables is called so."""

metadata = MetaData()

version = Table(
    "catalogue_version",
    metadata,
    Column("version", Integer, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("run", String(32), primary_key=True),
    Column("job", String(64), nullable=False, comment="spider and arguments, as one digest"),
    Column("spider", Text, nullable=False),
    Column("site", Text),
    Column("arguments", Text, nullable=False, comment="JSON object"),
    Column("host", Text, nullable=False, comment="machine and process that work on it, or did"),
    Column("pid", Integer, nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("heartbeat_at", String(32), nullable=False, comment="every ten seconds while it works"),
    Column("ended_at", String(32), comment="NULL while it works, and after a kill"),
    Column("finish_reason", Text, comment="Scrapy's; 'finished' where nothing was left to do"),
    Column("exit_status", Integer),
    Column("processes", Integer, nullable=False, comment="1, and one more for each resumption"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("number", Integer, primary_key=True, comment="in the order in which they came"),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("md5", String(32), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("format", String(16), nullable=False),
    Column("width", Integer, nullable=False, comment="pixels as displayed"),
    Column("height", Integer, nullable=False),
    Column("frames", Integer, nullable=False, server_default="1", comment="more than 1: animated"),
    Column("phash", String(64), comment="NULL for flat ones, which would all be alike"),
    Column("colours", Text, nullable=False, server_default="[]", comment="JSON array, #rrggbb"),
    Column("trailing_bytes", Integer, nullable=False, server_default="0"),
    Column("metadata", Text, nullable=False, server_default="{}", comment="JSON object"),
    Column("similar_to", String(64), comment="sha256 of the one that it looks like"),
    Column("distance_bits", Integer, comment="between the two"),
    Column(
        "is_recommended",
        Boolean,
        nullable=False,
        server_default="1",
        comment="false where one that looks the same is larger",
    ),
    Column("is_placeholder", Boolean, nullable=False, server_default="0"),
    Column("path", Text, nullable=False, comment="below IMAGES_STORE"),
    Column("thumbnail", Text, comment="below THUMBS_STORE"),
    Column("state", String(16), nullable=False),
    Column("run", String(32), comment="the run that stored it; NULL for adopted ones"),
    Column("stored_at", String(32), nullable=False),
    Index("pictures_not_stored", "state", sqlite_where=text("state <> 'stored'")),
    Index("pictures_path", "path"),
)

names = Table(
    "names",
    metadata,
    Column("key", Text, primary_key=True, comment="the path, as two paths are compared"),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Index("names_sha256", "sha256"),
)

places = Table(
    "places",
    metadata,
    Column("page", Text, nullable=False, comment="address of the detail page"),
    Column("address", Text, nullable=False, comment="address of the picture"),
    Column("sha256", String(64), nullable=False),
    Column("site", Text),
    Column("category", Text),
    Column("title", Text),
    Column("opt_outs", Text, nullable=False, comment="JSON array"),
    Column("is_duplicate", Boolean, nullable=False, comment="another place was there first"),
    Column("run", String(32), nullable=False, comment="the run that fetched it from there"),
    Column("found_at", String(32), nullable=False),
    PrimaryKeyConstraint("page", "address"),
    Index("places_address", "address"),
    Index("places_sha256", "sha256"),
)

pages = Table(
    "pages",
    metadata,
    Column("address", Text, primary_key=True, comment="as it was asked for"),
    Column("kind", String(16), nullable=False),
    Column("site", Text),
    Column("category", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("revision", String(16), nullable=False, comment="of the site file that read it"),
    Column("facts", Text, nullable=False, comment="JSON object: what was read on it"),
    Column("run", String(32), nullable=False),
    Column("read_at", String(32), nullable=False, comment="the last time that it was asked for"),
)

failures = Table(
    "failures",
    metadata,
    Column("address", Text, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("page", Text, comment="the detail page that a picture was found on"),
    Column("site", Text),
    Column("category", Text),
    Column("outcome", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("facts", Text, nullable=False, comment="JSON object: width, height, opt_outs, number"),
    Column("count", Integer, nullable=False, comment="runs in which it failed"),
    Column("first_at", String(32), nullable=False),
    Column("last_at", String(32), nullable=False),
    Column("next_try_at", String(32), nullable=False),
    Column("run", String(32), nullable=False, comment="the last run that tried"),
)

listed = Table(
    "listed",
    metadata,
    Column("site", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("address", Text, nullable=False, comment="a card: the address of a detail page"),
    Column("run", String(32), nullable=False, comment="the run that has to read it"),
    PrimaryKeyConstraint("site", "category", "address"),
)

walks = Table(
    "walks",
    metadata,
    Column("run", String(32), nullable=False),
    Column("site", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("wanted", Text, nullable=False, comment="which pictures; empty for all"),
    PrimaryKeyConstraint("run", "site", "category"),
    comment="categories whose last listing was reached; complete once the run has finished",
)
