"""The certificates of authorities that sites are judged by."""

import os
import ssl
from pathlib import Path

import certifi

_SYSTEM_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, FreeBSD
)


def authorities_file() -> str:
    """Return the file of SSL_CERT_FILE, else that of the system, else certifi's.

    libcurl keeps what it has read of a file, and reads a folder anew for each connection.
    """
    named = os.environ.get(ssl.get_default_verify_paths().openssl_cafile_env)
    if named:
        return named
    return next((file for file in _SYSTEM_FILES if Path(file).is_file()), certifi.where())


def authorities_folder() -> str | None:
    """Return the folder of SSL_CERT_DIR, None where it is not set."""
    return os.environ.get(ssl.get_default_verify_paths().openssl_capath_env)
