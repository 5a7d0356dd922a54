"""Certificates are judged, unless a setting says otherwise."""

from pathlib import Path

import pytest
from scrapy.exceptions import DownloadFailedError

from spiders_project.failures import lost_by_exception
from spiders_project.outcomes import Reason
from tests.downloader.certificates import self_signed
from tests.downloader.downloads import download
from tests.downloader.servers import ScriptedServer, response


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path)
    with ScriptedServer(context) as server:
        url = server.put("/a", response(b"here"))
        with pytest.raises(DownloadFailedError) as caught:
            download(url)

        assert server.asked == []
        assert lost_by_exception(caught.value).reason == Reason.TLS
        assert download(url, DOWNLOAD_VERIFY_CERTIFICATES=False).body == b"here"


def test_an_authority_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, file = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with ScriptedServer(context) as server:
        answer = download(server.put("/a", response(b"here")))

    assert (answer.body, str(answer.ip_address)) == (b"here", "127.0.0.1")


def test_a_certificate_of_another_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = self_signed(tmp_path, "example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with ScriptedServer(context) as server, pytest.raises(DownloadFailedError, match="TLS"):
        download(server.put("/a", response(b"here")))


def test_versions_of_tls(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path)
    context.maximum_version = context.maximum_version.TLSv1_2
    with ScriptedServer(context) as server:
        url = server.put("/a", response(b"here"))
        with pytest.raises(DownloadFailedError, match="TLS"):
            download(url, DOWNLOAD_VERIFY_CERTIFICATES=False, DOWNLOAD_TLS_MIN_VERSION="TLSv1.3")

        assert download(url, DOWNLOAD_VERIFY_CERTIFICATES=False).body == b"here"
