"""A bounded number of fingerprints is known without a look."""

from spiders_project.frontier.recent import RecentFingerprints


def test_the_oldest_is_forgotten_when_there_is_no_room() -> None:
    recent = RecentFingerprints(2)
    for fingerprint in (b"one", b"two", b"three"):
        recent.add(fingerprint)
    assert [each in recent for each in (b"one", b"two", b"three")] == [False, True, True]
