"""What the words of a link say: download, original, full size, in many languages."""

import re

_ORIGINAL_WORDS = (
    r"originals?|originale?s?|originalbild|originalgr(?:ö|oe)(?:ß|ss)e|uncompressed",
    r"full[- ]?(?:size|res|resolution|quality|image|picture|photo|view|screen image)",
    r"hi(?:gh)?[- ]?res(?:olution)?|max(?:imum)? (?:size|resolution)",
    r"(?:view|see|show|open)(?: in)? (?:full|large(?:r|st)?|big(?:ger)?)",
    r"enlarge|larg(?:e|er|est) (?:size|version|image)",
    r"volle (?:gr(?:ö|oe)(?:ß|ss)e|aufl(?:ö|oe)sung)|vergr(?:ö|oe)(?:ß|ss)ern",
    r"taille r[ée]elle|pleine (?:taille|r[ée]solution)|haute (?:r[ée]solution|d[ée]finition)",
    r"agrandir|ampliar|ingrandisci|tama[ñn]o (?:completo|original|real)|alta resoluci[óo]n",
    r"tamanho (?:original|real)|alta resolu[çc][ãa]o|dimensioni? (?:originali?|reali)",
    r"alta risoluzione|volledige (?:grootte|resolutie)|pe[łl]n(?:y|a) rozmiar",
)
_ORIGINAL_SIGNS = (
    r"原图|原圖|原始|原寸|高清|大图|大圖|超清|オリジナル|原画像|フルサイズ|원본|고해상도",
    r"оригинал|полный размер|исходн|в полном размере|увеличить|النسخة الأصلية",
)
_DOWNLOAD_WORDS = (
    r"download|downloaden|save (?:image|picture|photo|as)|herunterladen|t[ée]l[ée]charger",
    r"t[ée]l[ée]chargement|descargar|descarga|baixar|scarica|pobierz|indir|ladda ner|last ned",
    r"lataa|st[áa]hnout|let[öo]lt[ée]s|t[ảa]i (?:xuống|về)|unduh",
)
_DOWNLOAD_SIGNS = (
    r"下载|下載|保存|ダウンロード|다운로드|скача|завантаж|загрузить|تحميل|להורדה|डाउनलोड|ดาวน์โหลด",
)
_WORDS_OF_MANY = (
    r"all|album|gallery|galerie|archive|zip|rar|alle|tout(?:es)?|todo|tutt[eoi]|set|pack|pdf|csv",
    r"app|android|ios|play store|software|wallpaper app|plugin|extension|client|license|terms",
)
_SIGNS_OF_MANY = (r"全部|打包|客户端|应用|アプリ|一括|вс[её] (?:фото|альбом)",)


def _any_of(words: tuple[str, ...], signs: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds words as a whole, and signs of scripts that put no space between them."""
    return re.compile("|".join([rf"\b(?:{'|'.join(words)})\b", *signs]), re.IGNORECASE)


_ORIGINAL = _any_of(_ORIGINAL_WORDS, _ORIGINAL_SIGNS)
_DOWNLOAD = _any_of(_DOWNLOAD_WORDS, _DOWNLOAD_SIGNS)
_OF_MANY = _any_of(_WORDS_OF_MANY, _SIGNS_OF_MANY)
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
