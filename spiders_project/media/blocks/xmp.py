"""Reads properties of an XMP packet (ISO 16684-1)."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LONGEST_BYTES = 1 << 20

TITLE, CREATOR, DESCRIPTION, COPYRIGHT = (
    _DC + name for name in ("title", "creator", "description", "rights")
)
HEADLINE, DATE_CREATED = _PHOTOSHOP + "Headline", _PHOTOSHOP + "DateCreated"
CREATE_DATE = _XMP + "CreateDate"
WEB_STATEMENT, TERMS = _RIGHTS + "WebStatement", _RIGHTS + "UsageTerms"
LICENSE = "{http://creativecommons.org/ns#}license"


class Xmp:
    """The properties of a packet; one that is no XML, or would grow when it is read, has none."""

    def __init__(self, packet: bytes) -> None:
        self._subjects: list[Element] = []
        if len(packet) > _LONGEST_BYTES:
            return
        try:
            is_utf16 = packet[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
            root = fromstring(packet if is_utf16 else packet.strip(b"\0 \t\r\n"))
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            return
        self._subjects = list(root.iter(_RDF + "Description"))

    def text(self, name: str) -> str | None:
        """Return a property as text, the members of a list with commas between."""
        for subject in self._subjects:
            if name in subject.attrib:
                return subject.attrib[name]
            found = subject.find(name)
            if found is not None:
                return _value(found)
        return None


def _value(element: Element) -> str | None:
    if resource := element.get(_RDF + "resource"):
        return resource
    items = list(element.iter(_RDF + "li"))
    if not items:
        return element.text
    if element.find(_RDF + "Alt") is not None:  # the same in several languages
        default = (item for item in items if item.get(_LANGUAGE) == "x-default")
        return next(default, items[0]).text
    return ", ".join(filter(None, (item.text for item in items))) or None
