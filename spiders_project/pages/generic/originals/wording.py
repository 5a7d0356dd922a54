"""What the words of a link say: download, original, full size, in many languages."""

import re

_ORIGINAL = re.compile(
    r"\b(?:originals?|originale?s?|originalbild|originalgr(?:ö|oe)(?:ß|ss)e|full[- ]?(?:size|res|resolution|quality"
    r"|image|picture|photo|view|screen image)|hi(?:gh)?[- ]?res(?:olution)?|max(?:imum)? (?:size|resolution)"
    r"|volle (?:gr(?:ö|oe)(?:ß|ss)e|aufl(?:ö|oe)sung)|taille r[ée]elle|pleine (?:taille|r[ée]solution)"
    r"|haute (?:r[ée]solution|d[ée]finition)|tama[ñn]o (?:completo|original|real)|alta resoluci[óo]n"
    r"|tamanho (?:original|real)|alta resolu[çc][ãa]o|dimensioni? (?:originali?|reali)"
    r"|alta risoluzione|volledige (?:grootte|resolutie)|pe[łl]n(?:y|a) rozmiar"
    r"|(?:view|see|show|open)(?: in)? (?:full|large(?:r|st)?|big(?:ger)?)(?: (?:size|image|version|picture))?"
    r"|enlarge|vergr(?:ö|oe)(?:ß|ss)ern|agrandir|ampliar|ingrandisci|larg(?:e|er|est) (?:size|version|image)"
    r"|uncompressed)\b"
    r"|原图|原圖|原始|原寸|高清|大图|大圖|超清|オリジナル|原画像|フルサイズ|원본|고해상도"
    r"|оригинал|полный размер|исходн|в полном размере|увеличить|النسخة الأصلية",
    re.IGNORECASE,
)
_DOWNLOAD = re.compile(
    r"\b(?:download|herunterladen|t[ée]l[ée]charger|t[ée]l[ée]chargement|descargar|descarga|baixar|scarica"
    r"|downloaden|pobierz|indir|ladda ner|last ned|lataa|st[áa]hnout|save (?:image|picture|photo|as)"
    r"|let[öo]lt[ée]s|t[ảa]i (?:xuống|về)|unduh)\b"
    r"|下载|下載|保存|ダウンロード|다운로드|скача|завантаж|загрузить|تحميل|להורדה|डाउनलोड|ดาวน์โหลด",
    re.IGNORECASE,
)
_OF_MANY = re.compile(
    r"\b(?:all|album|gallery|galerie|archive|zip|rar|alle|tout(?:es)?|todo|tutt[eoi]|set|pack|app|android|ios"
    r"|play store|software|pdf|wallpaper app|csv|plugin|extension|client|license|terms)\b"
    r"|全部|打包|客户端|应用|アプリ|一括|вс[её] (?:фото|альбом)",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:download|original|fullsize|full-size|hires|highres|full-res|dl)(?:[\s_-]|$)"
    r"|downloadbtn|btndownload|viewfull|down_btn|downbtn",
    re.IGNORECASE,
)
_LONGEST = 60


def is_original_wording(text: str) -> bool:
    """Return whether the words of a link promise the original, or the picture in full size."""
    return _is_short(text) and bool(_ORIGINAL.search(text)) and not _OF_MANY.search(text)


def is_download_wording(text: str) -> bool:
    """Return whether the words of a link promise a download of one picture."""
    return _is_short(text) and bool(_DOWNLOAD.search(text)) and not _OF_MANY.search(text)


def is_of_many(text: str) -> bool:
    """Return whether words speak of an archive, an album, a program rather than of one picture."""
    return bool(_OF_MANY.search(text[: 2 * _LONGEST]))


def is_download_class(classes: str) -> bool:
    """Return whether the class or id of a link is that of a download button."""
    return bool(_CLASSES.search(classes[:500]))


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _LONGEST
