"""Words of galleries themselves, in the languages they are written in: they name no picture."""

import re


def _words(*lines: str) -> frozenset[str]:
    """Return the words of lines; ``read_more`` is one of two words."""
    return frozenset(word.replace("_", " ") for word in " ".join(lines).split())


KINDS = _words(
    "image images img photo photos picture pictures pic pics photograph thumbnail thumb preview",
    "cover item foto fotos bild bilder vorschau vorschaubild imagen imagem immagine afbeelding",
    "zdjęcie zdjecie obrázek obrazek obraz kuva kép fénykép fotka slika resim fotoğraf ảnh фото",
    "фотография изображение картинка 图片 照片 图 圖片 画像 写真 사진 이미지 untitled unnamed",
    "slide wallpaper media gallery galerie galería galleria album default placeholder loading",
    "null undefined none title caption n/a",
)
"""What any picture is called where nobody has given it a name."""

ACTIONS = _words(
    "view open zoom enlarge click_to_enlarge click_to_view click_for_larger click_to_zoom larger",
    "view_larger view_image view_photo view_full_size see_full_size full_size fullsize full",
    "original view_original download download_original download_image save share like more",
    "read_more details view_details show close next previous prev back first last up home index",
    "play pause slideshow start_slideshow fullscreen lightbox open_in_lightbox link permalink",
    "info edit delete vergrößern herunterladen anzeigen weiter zurück öffnen größere_ansicht",
    "agrandir télécharger voir suivant précédent ampliar descargar siguiente anterior ver",
    "scarica ingrandisci avanti indietro baixar próxima vergroten downloaden volgende vorige",
    "powiększ pobierz скачать увеличить открыть далее назад 查看 查看大图 点击查看 点击查看大图",
    "点击查看原图 查看原图 下载 原图 大图 下一页 上一页 下一张 上一张 返回 更多 下載 原圖",
    "ダウンロード 拡大 次へ 前へ 다운로드 다음 이전",
    "not_found no_title no_name 无标题 無題 제목_없음 sans_titre ohne_titel sin_título",
    "senza_titolo image_description photo_description alt_text alt",
)
"""What buttons and links around a picture say, and what stands where a title is missing."""

HOMES = _words(
    "home start startseite accueil inicio início strona index 首页 首頁 主页 ホーム トップ главная",
    "domů hem hjem etusivu anasayfa 홈",
)
"""What links to the front page of a site say."""

_PICTURES = r"(?:photos?|images?|pictures?|wallpapers?|posts?|items?|works?|albums?|galleries)"
OTHER_PICTURES = re.compile(
    rf"(?:related|similar|recommended|popular|latest|recent|random|more|other) {_PICTURES}"
    r"|(?:you (?:may|might)|people) also (?:like|view)\w*.*|more (?:from|like|by) .*"
    r"|(?:ähnliche|weitere|verwandte|neueste) (?:bilder|fotos|beiträge)"
    r"|(?:photos|images) similaires"
    r"|(?:imágenes|fotos) (?:relacionadas|similares)|похожие .*|関連(?:画像|写真|記事).*"
    r"|相关(?:壁纸|图片|推荐|阅读|文章|内容|专题|标签).*"
    r"|(?:猜|也许|可能)?(?:你|您)?(?:可能)?也?(?:喜欢|感兴趣)"
    r"|(?:热门|最新|推荐|精彩|随机|本周)(?:壁纸|图片|推荐|文章|专题|标签|图集)(?:推荐|排行)?",
    re.IGNORECASE,
)
"""Headings above pictures that are none of the page's own."""
