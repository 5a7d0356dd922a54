"""Names: what an original may be called, which names are of one picture."""

import pytest

from spiders_project.pages.generic.originals import (
    same_picture,
    variants_of_name,
)

HERE = "https://example.org/"

VARIANTS = [
    ("a/photo_small.jpg", "a/photo.jpg"),
    ("a/thumb_photo.jpg", "a/photo.jpg"),
    ("a/.thumb_photo.jpg", "a/photo.jpg"),
    ("a/tn_photo.jpg", "a/photo.jpg"),
    ("a/t_photo.jpg", "a/photo.jpg"),
    ("a/photo-300x200.jpg", "a/photo.jpg"),
    ("a/photo-scaled.jpg", "a/photo.jpg"),
    ("a/photo-e1512345678901.jpg", "a/photo.jpg"),
    ("a/photo_t.jpg", "a/photo.jpg"),
    ("a/photo@2x.jpg", "a/photo.jpg"),
    ("a/photo.thumb.jpg", "a/photo.jpg"),
    ("a/photo.thumbnail.jpg", "a/photo.jpg"),
    ("a/photo.jpg.thumb.jpg", "a/photo.jpg"),
    ("a/photo.jpg.webp", "a/photo.jpg"),
    ("a/heron-640.jpg", "a/heron.jpg"),
    ("a/photo_hu1a2b3c4d5e6f_1234_600x0_resize_q75_box.jpg", "a/photo.jpg"),
    ("a/照片_缩略图.jpg", "a/%E7%85%A7%E7%89%87.jpg"),
    ("thumbs/photo.jpg", "photo.jpg"),
    ("thumbs/photo.jpg", "images/photo.jpg"),
    ("thumbs/photo.jpg", "originals/photo.jpg"),
    ("x/small/photo.jpg", "x/large/photo.jpg"),
    ("thumbs/2019/photo_t.jpg", "2019/photo.jpg"),
    ("photo/12/small", "photo/12/original"),
    ("i.php?id=3&size=thumb", "i.php?id=3&size=original"),
    ("thumb.php?src=/p/a.jpg&w=100", "p/a.jpg"),
    ("_next/image?url=%2Fp%2Fa.jpg&w=640&q=75", "p/a.jpg"),
    ("cdn-cgi/image/width=300,fit=cover/p/a.jpg", "p/a.jpg"),
    ("_ipx/w_300&f_webp/p/a.jpg", "p/a.jpg"),
    ("unsafe/300x200/smart/p/a.jpg", "p/a.jpg"),
    ("p/a.jpg?w=300&q=80", "p/a.jpg"),
    ("p/a.jpg?x-oss-process=image/resize,w_300", "p/a.jpg"),
    ("p/a.jpg?imageView2/2/w/300", "p/a.jpg"),
    ("p/a.jpg!w300", "p/a.jpg"),
    ("images/thumb/a/ab/Photo.jpg/300px-Photo.jpg", "images/a/ab/Photo.jpg"),
    ("images/thumb/Photo.jpg/300px-Photo.jpg", "images/Photo.jpg"),
    ("albums/birds/normal_heron.jpg", "albums/birds/heron.jpg"),
    ("_data/i/upload/2020/05/heron-me.jpg", "upload/2020/05/heron.jpg"),
    ("i.php?/upload/2020/05/heron-cu_s9999x200.jpg", "upload/2020/05/heron.jpg"),
    ("cache/birds/heron_595.jpg", "albums/birds/heron.jpg"),
    ("iiif/7/full/800,/0/default.jpg", "iiif/7/full/max/0/default.jpg"),
    ("iiif/7/full/!200,200/0/default.jpg", "iiif/7/full/full/0/default.jpg"),
    ("iiif/7/square/100,/0/native.jpg", "iiif/7/full/full/0/native.jpg"),
    ("demo/image/upload/w_300,c_fill/v1/a.jpg", "demo/image/upload/v1/a.jpg"),
    ("demo/image/fetch/w_300/https://x.example/a.jpg", "https://x.example/a.jpg"),
    ("https://i0.wp.com/x.example/a.jpg?w=300", "https://x.example/a.jpg"),
    ("https://wsrv.nl/?url=x.example/a.jpg&w=300", "https://x.example/a.jpg"),
    ("https://lh3.googleusercontent.com/abc=w300-h200", "https://lh3.googleusercontent.com/abc=s0"),
    ("https://img.x.example/a.jpg?format=500w", "https://img.x.example/a.jpg?format=original"),
]


def absolute(link: str) -> str:
    return link if link.startswith("https:") else HERE + link


@pytest.mark.parametrize(("preview", "original"), VARIANTS)
def test_knows_what_the_original_may_be_called(preview: str, original: str) -> None:
    urls = [candidate.url for candidate in variants_of_name(absolute(preview))]
    assert absolute(original) in urls
    assert len(urls) <= 8


@pytest.mark.parametrize(
    "url",
    ["a/photo.jpg", "a/IMG_1024.jpg", "a/DSC_0640.JPG", "a/small.jpg", "a/300x200.jpg", "a/12.jpg"],
)
def test_a_name_without_a_size_has_no_variants(url: str) -> None:
    assert variants_of_name(HERE + url) == ()


SAME = [
    ("a/photo.jpg", "a/photo-300x200.jpg"),
    ("a/photo-150x150.jpg", "a/photo-1024x683.jpg"),
    ("thumbs/photo.jpg", "images/photo.jpg"),
    ("g/thumbs/photo.jpg", "g/photo.jpg"),
    ("cache/trip/IMG_1234_595.jpg", "albums/trip/IMG_1234.jpg"),
    ("a/photo.thumb.png", "a/photo.jpg"),
    ("a/photo.webp", "a/photo.jpg"),
    ("a/photo.JPG", "a/photo.jpeg"),
    ("_next/image?url=%2Fp%2Fa.jpg&w=640&q=75", "p/a.jpg"),
    ("p/a.jpg?w=300", "p/a.jpg?w=900"),
    ("i.php?id=3&size=thumb", "i.php?id=3&size=full"),
    ("photo/12/small", "photo/12/original"),
    ("id/237/200/300", "id/237/1200/1800"),
    ("https://t.example.net/2019/IMG_20190405_123456_t.jpg", "x/IMG_20190405_123456.jpg"),
    ("123456_0a1b2c3d4e_m.jpg", "123456_0a1b2c3d4e_b.jpg"),
    ("img/a1b2c3d4-300.webp", "img/a1b2c3d4-1200.jpeg"),
    ("iiif/7/full/800,/0/default.jpg", "iiif/7/full/max/0/default.jpg"),
]
OTHER = [
    ("2019/IMG_0001.jpg", "2020/IMG_0001.jpg"),
    ("my_trip/thumbs/1.jpg", "my_home/thumbs/1.jpg"),
    ("a/photo.jpg", "a/bird.jpg"),
    ("a/IMG_0001.jpg", "b/IMG_0001.jpg"),
    ("a/IMG_1024.jpg", "a/IMG_1280.jpg"),
    ("a/IMG_1024.jpg", "a/IMG_1025.jpg"),
    ("a/flower_b.jpg", "a/flower_c.jpg"),
    ("a/01.jpg", "a/02.jpg"),
    ("a/heron.jpg", "a/heron.png"),
    ("trip/thumbs/1.jpg", "home/thumbs/1.jpg"),
    ("i.php?id=3", "i.php?id=4"),
    ("id/237/200/300", "id/238/200/300"),
    ("photo/12/small", "photo/13/small"),
    ("iiif/7/full/800,/0/default.jpg", "iiif/8/full/800,/0/default.jpg"),
    ("_next/image?url=%2Fa.jpg&w=640", "_next/image?url=%2Fb.jpg&w=640"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_sizes_of_one_picture(one: str, other: str) -> None:
    assert same_picture(absolute(one), absolute(other))
    assert same_picture(absolute(other), absolute(one))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_pictures(one: str, other: str) -> None:
    assert not same_picture(absolute(one), absolute(other))
    assert not same_picture(absolute(other), absolute(one))


@pytest.mark.parametrize(
    "url", ["", "data:image/gif;base64,R0", "https://[", "https://e.org/" + "a_" * 9999]
)
def test_odd_addresses_have_no_variants(url: str) -> None:
    assert variants_of_name(url) == ()
    assert not same_picture(url, HERE + "a.jpg")
