"""Directory indexes of web servers, as they come from Debian, npm and Python itself."""

from benchmarks.galleries.gallery import Gallery
from benchmarks.galleries.workshop import Needs, Workshop

_NGINX = """
daemon off; pid {work}/nginx.pid; error_log {work}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types; access_log off; charset utf-8;
  client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi; uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  server {{ listen 127.0.0.1:{port}; root {site}; autoindex on; }}
}}
"""
_APACHE = """
ServerRoot /usr/lib/apache2
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {work}/apache.pid
ErrorLog {work}/error.log
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule autoindex_module modules/mod_autoindex.so
LoadModule dir_module modules/mod_dir.so
LoadModule mime_module modules/mod_mime.so
LoadModule alias_module modules/mod_alias.so
TypesConfig /etc/mime.types
DocumentRoot {site}
Alias /icons/ /usr/share/apache2/icons/
IndexOptions {options}
AddIconByType (IMG,/icons/image2.gif) image/*
DefaultIcon /icons/unknown.gif
<Directory {site}>
  Options +Indexes
  Require all granted
</Directory>
<Directory /usr/share/apache2/icons>
  Require all granted
</Directory>
"""
_LIGHTTPD = """
server.modules = ("mod_dirlisting")
server.document-root = "{site}"
server.port = {port}
server.bind = "127.0.0.1"
dir-listing.activate = "enable"
dir-listing.encoding = "utf-8"
mimetype.assign = (".jpg" => "image/jpeg", ".png" => "image/png",
  ".webp" => "image/webp", ".html" => "text/html")
"""


def _lay_out(shop: Workshop) -> None:
    shop.album.copy(shop.site)


def _configured(shop: Workshop, port: int, text: str, **words: str) -> str:
    """Write a configuration; return the name of its file."""
    file = shop.work / "server.conf"
    file.write_text(text.format(work=shop.work, site=shop.site, port=port, **words))
    return str(file)


def _nginx(shop: Workshop, port: int) -> list[str]:
    return ["/usr/sbin/nginx", "-c", _configured(shop, port, _NGINX)]


def _apache(shop: Workshop, port: int) -> list[str]:
    options = "FancyIndexing HTMLTable VersionSort NameWidth=20 Charset=UTF-8"
    file = _configured(shop, port, _APACHE, options=options)
    return ["/usr/sbin/apache2", "-X", "-f", file]


def _lighttpd(shop: Workshop, port: int) -> list[str]:
    return ["/usr/sbin/lighttpd", "-D", "-f", _configured(shop, port, _LIGHTTPD)]


def _caddy(shop: Workshop, port: int) -> list[str]:
    return ["caddy", "file-server", "--browse", "--root", str(shop.site), "--listen", f":{port}"]


def _http_server(shop: Workshop, port: int) -> list[str]:
    return ["http-server", str(shop.site), "-a", "127.0.0.1", "-p", str(port), "-s"]


def _serve(shop: Workshop, port: int) -> list[str]:
    return ["serve", "--listen", f"tcp://127.0.0.1:{port}", "--no-clipboard", str(shop.site)]


def _python(shop: Workshop, port: int) -> list[str]:
    place = ["--directory", str(shop.site), "--bind", "127.0.0.1"]
    return ["python3", "-m", "http.server", *place, str(port)]


GALLERIES = (
    Gallery("nginx", "index of nginx", Needs(apt=("nginx-light",)), _lay_out, server=_nginx),
    Gallery(
        "apache",
        "fancy index of Apache, sortable table with icons",
        Needs(apt=("apache2-bin", "apache2-data", "media-types")),
        _lay_out,
        server=_apache,
    ),
    Gallery("lighttpd", "index of lighttpd", Needs(apt=("lighttpd",)), _lay_out, server=_lighttpd),
    Gallery("caddy", "index of Caddy", Needs(apt=("caddy",)), _lay_out, server=_caddy),
    Gallery("python", "index of Python's http.server", Needs(), _lay_out, server=_python),
    Gallery(
        "http-server",
        "index of http-server",
        Needs(npm=("http-server@14.1.1",)),
        _lay_out,
        server=_http_server,
    ),
    Gallery("serve", "index of serve", Needs(npm=("serve@14.2.7",)), _lay_out, server=_serve),
)
