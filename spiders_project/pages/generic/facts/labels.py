"""Labels that stand before a fact on a page: ``Author:``, ``作者``, ``Lizenz``."""

import re

from spiders_project.pages.generic.facts.roles import Role
from spiders_project.pages.generic.months import plain

_LABELS = {
    Role.TITLE: (
        "title",
        "titel titre título titolo tytuł název название заголовок otsikko başlık cím назва",
        "name image_title photo_title picture_title object_name headline nome nom nombre",
        "标题 标题名称 图片标题 图片名称 名称 標題 圖片名稱 タイトル 題名 作品名 제목 tiêu đề",
    ),
    Role.AUTHOR: (
        "author creator photographer artist photo photograph credit credits by byline owner",
        "painter",
        "photo_by photographed_by taken_by image_by picture_by uploaded_by posted_by",
        "submitted_by",
        "photo_credit image_credit created_by artist_name added_by illustrator contributor",
        "user",
        "autor autorin fotograf fotografin urheber urheberin künstler künstlerin foto bild",
        "ersteller",
        "foto_von bild_von aufgenommen_von fotografiert_von hochgeladen_von eingestellt_von",
        "auteur photographe artiste crédit photo_de photo_par publié_par ajouté_par",
        "crédit_photo",
        "autora fotógrafo fotógrafa artista foto_de subido_por publicado_por enviado_por",
        "foto_por",
        "autore fotografa autrice foto_di caricato_da pubblicato_da fotografo",
        "fotograaf kunstenaar maker foto_door geplaatst_door fotografie zdjęcie autor_zdjęcia",
        "автор фотограф художник фото автор_фото добавил загрузил опубликовал автор_фотографії",
        "fotografi upphovsman konstnär ophavsmand kuvaaja tekijä valokuvaaja fotoğrafçı yazar",
        "szerző fényképész készítette feltöltötte tác_giả fotoğraf ekleyen fotografen foto_av",
        "作者 摄影 摄影师 摄影者 上传者 发布者 发布人 拍摄者 拍攝者 攝影 攝影師 上傳者",
        "来源作者 图片作者",
        "撮影者 作者名 写真家 投稿者 撮影 著者 작가 저자 사진작가 촬영 작성자 올린이 글쓴이",
    ),
    Role.LICENSE: (
        "license licence licensing rights usage_rights copyright_license image_license",
        "terms_of_use",
        "lizenz nutzungsrechte licencia licença licenza licentie licencja лицензия ліцензія",
        "licens",
        "lisens lisenssi lisans licenc droits derechos rechte rettigheder giấy_phép",
        "autorské_právo",
        "许可 许可证 授权 授权协议 版权 版权协议 使用许可 許可 授權 授權條款 ライセンス",
        "利用許諾 라이선스 라이센스",
    ),
    Role.PUBLISHED: (
        "date published posted uploaded taken added created released taken_on date_taken",
        "shot_on",
        "uploaded_on posted_on published_on date_added upload_date date_published date_posted",
        "publiée_le créée_le créé_le ajoutée_le ajouté_le",
        "publication_date release_date date_created captured captured_on capture_date added_on",
        "date/time_original photo_date creation_date publish_date date_uploaded submitted",
        "datum aufnahmedatum aufgenommen_am aufgenommen veröffentlicht veröffentlicht_am",
        "hochgeladen_am erstellt_am eingestellt_am hinzugefügt_am publié_le prise_le ajouté_le",
        "date_de_publication date_de_prise_de_vue mise_en_ligne mis_en_ligne_le posté_le",
        "prise_de_vue",
        "fecha fecha_de_publicación publicado publicado_el tomada_el subido_el publicado_em",
        "data data_de_publicação tirada_em enviado_em data_dello_scatto pubblicato_il",
        "caricato_il",
        "data_di_pubblicazione scattata_il scattata gepubliceerd gepubliceerd_op gemaakt_op",
        "genomen_op",
        "opnamedatum data_dodania dodano data_wykonania opublikowano datum_pořízení přidáno",
        "vloženo",
        "дата дата_съемки дата_съёмки опубликовано добавлено загружено дата_публикации снято",
        "додано",
        "publicerad tagen uppladdad taget offentliggjort julkaistu otettu tarih",
        "yayınlanma_tarihi",
        "eklenme_tarihi çekim_tarihi dátum készült feltöltve ngày ngày_đăng lagt_ut tatt",
        "日期 时间 发布时间 上传时间 更新时间 拍摄时间 拍摄日期 发布日期 上传日期 拍攝日期",
        "發佈日期 發布時間 添加时间",
        "撮影日 投稿日 公開日 日付 撮影日時 登録日 날짜 촬영일 등록일 작성일 게시일 업로드",
    ),
    Role.TAG: (
        "tags tag keywords keyword labels tagged tagged_with tagged_as related_tags topics",
        "filed_under",
        "schlagwörter schlagworte stichwörter stichworte tags mots-clés mots_clés étiquettes",
        "etiquetas palabras_clave palavras-chave palavras_chave marcadores parole_chiave",
        "etichette",
        "trefwoorden sleutelwoorden tagi słowa_kluczowe štítky klíčová_slova теги метки",
        "ключевые_слова теґи ключові_слова nyckelord taggar emneord avainsanat tunnisteet",
        "etiketler anahtar_kelimeler címkék kulcsszavak thẻ từ_khóa",
        "标签 关键词 关键字 標籤 關鍵字 タグ キーワード 태그 키워드",
    ),
    Role.DESCRIPTION: (
        "description caption summary beschreibung bildbeschreibung légende descripción",
        "descrição",
        "descrizione didascalia beschrijving omschrijving opis popis описание опис beskrivning",
        "beskrivelse kuvaus açıklama leírás mô_tả bildunterschrift legenda leyenda",
        "描述 简介 图片简介 说明 图片说明 介绍 說明 簡介 説明 キャプション コメント 설명 내용",
    ),
    Role.CATEGORY: (
        "album_name albums",
        "category categories album gallery collection section posted_in series set in_album",
        "kategorie kategorien galerie sammlung rubrik catégorie catégories categoría",
        "categorías",
        "álbum colección categoria categorie collectie kategoria kategorie категория раздел",
        "альбом",
        "категорія kategori kategoria luokka kategóriák kategória chuyên_mục danh_mục raccolta",
        "分类 类别 所属分类 栏目 图集 相册 專輯 分類 類別 相簿 カテゴリ カテゴリー アルバム",
        "카테고리 분류 앨범",
    ),
}
_LONGEST = 32
_COLON = re.compile(r"\s*[:：]\s*")
_END = re.compile(r"[\s:：\-–]+$")
_BY_WORDS = frozenset(("by", "von", "par", "por", "di", "door", "av"))
_LONGEST_CREDIT = 60
_CREDIT = re.compile(
    r"(?:photo(?:graph)?(?:ed)?|picture|image|taken|foto|bild|fotografiert)"
    r" (?:by|von|par|por|di|door) (?P<name>\S.*)",
    re.IGNORECASE,
)
_LONGEST_LINE, _MOST_STARTS = 600, 60
_BREAK = re.compile(r"[\s,;|/·•]+(?=[^\s:：,;|/·•\d][^:：,;|/·•]{0,30}\s?[:：])")
_BAR = re.compile(r"\s+[|·•]\s+")
_NEXT_LABEL = re.compile(r"[\s,;|/·•]+[^\s:：,;|/·•\d][^\s:：,;|/·•]{0,20}\s?[:：](?!//)")
_BY = re.compile(
    r"^(?:©|\(c\)|by|von|par|por|foto:|photo:|photo by|foto von|photo par|📷)\s+"
    r"(?P<name>\S.{1,80})$",
    re.IGNORECASE,
)


def _labels() -> dict[str, Role]:
    """Return the roles by label, as `plain` gives it; ``photo_by`` is a label of two words."""
    found: dict[str, Role] = {}
    for role, lines in _LABELS.items():
        for label in " ".join(lines).split():
            found.setdefault(plain(label.replace("_", " ")), role)
    return found


_ROLE_OF = _labels()


def role_of_label(text: str) -> Role | None:
    """Return what a label announces, with its colon or without it."""
    text = _END.sub("", text.strip())
    return _ROLE_OF.get(plain(text)) if 0 < len(text) <= _LONGEST else None


def split_label(line: str) -> tuple[Role, str] | None:
    """Read a line such as ``Author: Anna``, ``摄影：张三``; None where no known label begins it.

    The value ends where the next label begins, as in ``Author: Anna  Views: 12``.
    """
    match = _COLON.search(line[: _LONGEST + 2])
    role = role_of_label(line[: match.start()]) if match else None
    if match is None or role is None:
        return None
    value = line[match.end() :]
    if role not in (Role.TAG, Role.DESCRIPTION):
        value = _BAR.split(value, maxsplit=1)[0]
    following = _NEXT_LABEL.search(value)
    return role, (value[: following.start()] if following else value).strip(" \t,;|/·")


def labels_in(line: str) -> list[tuple[Role, str]]:
    """Read all labelled facts of a line, such as ``作者：张三 时间：2024年3月12日``."""
    if ":" not in line and "：" not in line:
        return []
    starts = [0, *(match.end() for match in _BREAK.finditer(line[:_LONGEST_LINE]))]
    return [found for start in starts[:_MOST_STARTS] if (found := split_label(line[start:]))]


def name_after_by(line: str) -> str | None:
    """Return the name in a line such as ``by Anna``, ``© Anna`` or ``Foto: Anna``."""
    match = _BY.match(line)
    return match["name"].strip() if match else None


def ends_with_by(text: str) -> bool:
    """Tell whether words such as ``Photo by`` announce a name."""
    return text.rpartition(" ")[2].casefold() in _BY_WORDS


def credited_in(text: str) -> str | None:
    """Return the name in a text that consists of nothing but ``Photo by Anna``."""
    match = _CREDIT.fullmatch(text) if len(text) <= _LONGEST_CREDIT else None
    return match["name"] if match else None
