"""The SQL of the frontier's embedded store: its tables, and each thing said to them."""

VERSION = 1
NEW = """
BEGIN;
CREATE TABLE requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    priority INTEGER NOT NULL,
    origin TEXT NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX pending ON requests (priority DESC, number) WHERE leased = 0;
CREATE INDEX pending_of_origin ON requests (origin, priority DESC, number) WHERE leased = 0;
CREATE TABLE seen (fingerprint BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE items (number INTEGER PRIMARY KEY, item TEXT NOT NULL);
CREATE TABLE counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE job (run TEXT NOT NULL, started INTEGER NOT NULL);
INSERT INTO job VALUES ('', 0);
"""

ADD = "INSERT INTO requests (priority, origin, body) VALUES (?, ?, ?)"
SEE = "INSERT OR IGNORE INTO seen VALUES (?, ?)"
SEEN_BY = "SELECT number FROM seen WHERE fingerprint = ?"
FIRST = (
    "SELECT number, priority, origin, body FROM requests WHERE leased = 0 "
    "ORDER BY priority DESC, number LIMIT ?"
)
ORIGINS = """
WITH RECURSIVE each(origin) AS (
    SELECT min(origin) FROM requests WHERE leased = 0
    UNION ALL
    SELECT (SELECT min(origin) FROM requests WHERE leased = 0 AND origin > each.origin)
    FROM each WHERE origin IS NOT NULL
)
SELECT origin FROM each WHERE origin IS NOT NULL
"""
FIRST_OF_ORIGIN = (
    "SELECT number, priority, origin, body FROM requests INDEXED BY pending_of_origin "
    "WHERE leased = 0 AND origin = ? ORDER BY priority DESC, number LIMIT 1"
)
LEASE = "UPDATE requests SET leased = 1 WHERE number = ?"
FORGET = "DELETE FROM requests WHERE number = ?"
KEEP_ITEM = "INSERT INTO items (item) VALUES (?)"
ADD_COUNT = (
    "INSERT INTO counts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"
)
ADD_NOTE = "INSERT OR IGNORE INTO notes VALUES (?, ?)"
ITEMS_AFTER = "SELECT number, item FROM items WHERE number > ? ORDER BY number LIMIT ?"
GIVE_BACK_ALL = "UPDATE requests SET leased = 0 WHERE leased = 1"
JOB = "SELECT run, started FROM job"
COUNT_OF_REQUESTS = "SELECT count(*) FROM requests"
SET_RUN = "UPDATE job SET run = ?"
COUNT_START = "UPDATE job SET started = started + 1"
GIVE_BACK = "UPDATE requests SET leased = 0 WHERE number = ?"
COUNTS = "SELECT name, value FROM counts"
NOTES = "SELECT name, value FROM notes"
