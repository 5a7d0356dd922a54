"""The blocks in which a picture file says what it shows and whose it is: IPTC, XMP, EXIF."""
