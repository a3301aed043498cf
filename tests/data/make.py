#!/usr/bin/python3
"""Makes the files of tests/data again, the same bytes each time: make.py [FOLDER]

good-X.EXT must decode to good-X.EXT.ppm, which Pillow decoded from it; bad-X.EXT must be refused.
resize.bin holds small pictures and what Pillow 9.4 makes of them. good-tar-*.tar are archives by
tarfile in its three formats. README says what each shows."""
import io
import os
import random
import struct
import sys
import tarfile
import zlib

from PIL import Image, ImageOps

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
rng = random.Random(7)


def write(name, data):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data)


def ppm(image):
    return b"P6 %d %d 255\n" % image.size + image.convert("RGB").tobytes()


def good(name, data, expected=None):
    """expected: an image, where Pillow reads the file in another way than we promise to."""
    write("good-" + name, data)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    write("good-" + name + ".ppm", ppm(expected))


# --- PNG, written by hand because Pillow writes neither Adam7 nor most depths nor broken files ---


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(w, h, depth, colour, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, interlace))


def pack(samples, depth):
    bits = "".join(format(sample, "0%db" % depth) for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def png_rows(pixels, depth, interlace):
    """pixels: rows of pixels of samples. Filter 0 throughout: other filters come from encoders."""
    w, h = len(pixels[0]), len(pixels)
    rows = b""
    for x0, y0, dx, dy in ADAM7 if interlace else [(0, 0, 1, 1)]:
        for y in range(y0, h, dy):
            samples = [sample for x in range(x0, w, dx) for sample in pixels[y][x]]
            if samples:
                rows += b"\0" + pack(samples, depth)
    return rows


def random_pixels(w, h, depth, colour, below=None):
    top = below or 1 << depth
    return [[[rng.randrange(top) for _ in range(CHANNELS[colour])] for _ in range(w)] for _ in range(h)]


def png(w, h, depth, colour, interlace=0, before=b"", rows=None, pixels=None, pieces=1, end=True):
    if rows is None:
        rows = png_rows(pixels or random_pixels(w, h, depth, colour), depth, interlace)
    deflated = zlib.compress(rows, 9)
    step = -(-len(deflated) // pieces)
    idat = b"".join(chunk(b"IDAT", deflated[i:i + step]) for i in range(0, len(deflated), step))
    out = SIGNATURE + header(w, h, depth, colour, interlace) + before + idat
    return out + (chunk(b"IEND", b"") if end else b"")


def palette(n):
    return chunk(b"PLTE", bytes(rng.randrange(256) for _ in range(3 * n)))


def exif(orientation, order="<"):
    start = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return start + struct.pack(order + "IH", 8, 1) + entry + b"\0\0\0\0"


def good_png():
    for depth in 1, 2, 4, 8:
        good("png-grey%d.png" % depth, png(11, 5, depth, GREY))
        good("png-palette%d.png" % depth, png(11, 5, depth, PALETTE, before=palette(1 << depth)))
    good("png-rgb8.png", png(11, 5, 8, RGB))
    good("png-grey-alpha8.png", png(11, 5, 8, GREY_ALPHA))
    good("png-rgba8.png", png(11, 5, 8, RGBA))
    for name, colour in ("grey", GREY), ("rgb", RGB), ("grey-alpha", GREY_ALPHA), ("rgba", RGBA):
        pixels = random_pixels(7, 4, 16, colour)
        high = [bytes(s >> 8 for s in (p[:3] if colour & 2 else p[:1] * 3)) for row in pixels for p in row]
        expected = Image.frombytes("RGB", (7, 4), b"".join(high))
        good("png-%s16.png" % name, png(7, 4, 16, colour, pixels=pixels), expected)
    for w, h in (1, 1), (3, 2), (13, 9):
        good("png-adam7-grey1-%dx%d.png" % (w, h), png(w, h, 1, GREY, interlace=1))
        good("png-adam7-rgb8-%dx%d.png" % (w, h), png(w, h, 8, RGB, interlace=1))
    good("png-adam7-palette4.png", png(13, 9, 4, PALETTE, interlace=1, before=palette(16)))
    transparent = palette(4) + chunk(b"tRNS", b"\0\x80\xff")
    good("png-palette-trns.png", png(6, 6, 2, PALETTE, before=transparent))
    good("png-palette-short.png",
         png(6, 6, 8, PALETTE, before=palette(5), pixels=random_pixels(6, 6, 8, PALETTE, 5)))
    good("png-rgb-trns.png", png(6, 6, 8, RGB, before=chunk(b"tRNS", b"\0\1\0\2\0\3")))
    good("png-pieces.png", png(9, 9, 8, RGB, pieces=7))
    good("png-text.png", png(4, 4, 8, RGB, before=chunk(b"tEXt", b"Comment\0hello")))
    good("png-trailing.png", png(4, 4, 8, RGB) + b"trailing")
    good("png-exif6.png", png(5, 3, 8, RGB, before=chunk(b"eXIf", exif(6))))
    filters = b"".join(bytes([(4 - y) % 5]) + noise(3 * 40) for y in range(30))
    good("png-filters.png", png(40, 30, 8, RGB, rows=filters))


def bad_png():
    whole = png(16, 16, 8, GREY)
    write("bad-png-crc.png", whole[:60] + bytes([whole[60] ^ 1]) + whole[61:])
    write("bad-png-no-iend.png", png(16, 16, 8, GREY, end=False))
    write("bad-png-no-idat.png", SIGNATURE + header(16, 16, 8, GREY) + chunk(b"IEND", b""))
    write("bad-png-inflates-more.png", png(16, 16, 8, GREY, rows=bytes(1 << 20)))
    write("bad-png-inflates-less.png", png(16, 16, 8, GREY, rows=bytes(17 * 16 - 1)))
    write("bad-png-filter.png", png(2, 1, 8, GREY, rows=b"\5\1\2"))
    write("bad-png-adler.png", SIGNATURE + header(2, 1, 8, GREY)
          + chunk(b"IDAT", zlib.compress(b"\0\1\2")[:-1] + b"\0") + chunk(b"IEND", b""))
    write("bad-png-depth.png", png(4, 4, 4, RGB, rows=bytes(4 * 7)))
    write("bad-png-width-0.png", png(0, 4, 8, GREY, rows=b"\0"))
    write("bad-png-width-16385.png", png(16385, 1, 1, GREY, rows=bytes(2050)))
    write("bad-png-width-4294967295.png", png(2**32 - 1, 1, 1, GREY, rows=b"\0"))
    write("bad-png-no-palette.png", png(4, 4, 8, PALETTE))
    write("bad-png-palette-index.png", png(1, 1, 8, PALETTE, before=palette(3), rows=b"\0\3"))
    write("bad-png-palette-index1.png", png(2, 1, 1, PALETTE, before=palette(1), rows=b"\0\x40"))
    write("bad-png-critical.png", png(4, 4, 8, GREY, before=chunk(b"CgBI", b"\0\0\0\0")))
    write("bad-png-length.png", SIGNATURE + header(4, 4, 8, GREY) + b"\xff\xff\xff\xffIDAT1234")


# --- BMP ---


def bmp(w, h, bits, rows, colours=b"", size=40, compression=0, offset=None):
    body = struct.pack("<IiiHHIIiiII", size, w, h, 1, bits, compression, len(rows), 0, 0, len(colours) // 4, 0)
    at = 14 + 40 + len(colours) if offset is None else offset
    return b"BM" + struct.pack("<IHHI", at + len(rows), 0, 0, at) + body + colours + rows


def noise(n):
    return bytes(rng.randrange(256) for _ in range(n))


def bmp_palette(n):
    return b"".join(noise(3) + b"\0" for _ in range(n))


def bmps():
    good("bmp-1.bmp", bmp(11, 5, 1, noise(4 * 5), bmp_palette(2)))
    good("bmp-4.bmp", bmp(11, 5, 4, noise(8 * 5), bmp_palette(16)))
    good("bmp-8.bmp", bmp(11, 5, 8, noise(12 * 5), bmp_palette(256)))
    good("bmp-24.bmp", bmp(11, 5, 24, noise(36 * 5)))
    good("bmp-24-top-down.bmp", bmp(11, -5, 24, noise(36 * 5)))
    good("bmp-32.bmp", bmp(11, 5, 32, noise(44 * 5)))
    # 5 bits a channel: white, red, green, blue, black, where every way of widening to 8 agrees
    good("bmp-16.bmp", bmp(5, 1, 16, struct.pack("<6H", 0x7fff, 0x7c00, 0x3e0, 0x1f, 0, 0)))
    write("bad-bmp-cut.bmp", bmp(11, 5, 24, noise(36 * 5 - 1)))
    write("bad-bmp-header-cut.bmp", bmp(11, 5, 24, b"")[:30])
    write("bad-bmp-palette-index.bmp", bmp(1, 1, 8, b"\3\0\0\0", bmp_palette(3)))
    write("bad-bmp-palette-none.bmp", bmp(1, 1, 8, b"\0\0\0\0"))
    write("bad-bmp-rle.bmp", bmp(4, 4, 8, noise(64), bmp_palette(256), compression=1))
    write("bad-bmp-height-min.bmp", bmp(4, -2**31, 24, noise(64)))
    write("bad-bmp-width-negative.bmp", bmp(-4, 4, 24, noise(64)))
    write("bad-bmp-bits.bmp", bmp(4, 4, 7, noise(64)))
    write("bad-bmp-offset.bmp", bmp(4, 4, 24, noise(64), offset=2**31 + 54))
    write("bad-bmp-os2-palette.bmp", b"BM" + struct.pack("<IHHIIHHHH", 36, 0, 0, 32, 12, 1, 1, 1, 1)
          + noise(6) + b"\0\0\0\0")


# --- JPEG ---


def jpeg(image, **settings):
    out = io.BytesIO()
    image.save(out, "JPEG", **settings)
    return out.getvalue()


def jpegs():
    photo = Image.frombytes("RGB", (20, 13), bytes((5 * x * (c + 1) + 9 * y) % 256 for y in range(13)
                                                   for x in range(20) for c in range(3)))
    good("jpg-420.jpg", jpeg(photo, quality=95))
    good("jpg-444.jpg", jpeg(photo, quality=90, subsampling=0))
    good("jpg-progressive.jpg", jpeg(photo, quality=80, progressive=True))
    good("jpg-grey.jpg", jpeg(photo.convert("L")))
    good("jpg-cmyk.jpg", jpeg(photo.convert("CMYK")))
    good("jpg-trailing.jpg", jpeg(photo) + b"trailing")
    for orientation in range(1, 9):
        good("jpg-exif%d.jpg" % orientation, jpeg(photo, exif=b"Exif\0\0" + exif(orientation, "<>"[orientation % 2])))
    # Broken EXIF does not make a picture worse: it stands as it is stored.
    hostile = exif(6)[:4] + struct.pack("<I", 2**32 - 1) + exif(6)[8:]
    good("jpg-exif-offset.jpg", jpeg(photo, exif=b"Exif\0\0" + hostile), photo_as_stored(jpeg(photo)))
    cut = exif(6)[:8] + struct.pack("<H", 65535) + b"\0" * 11
    good("jpg-exif-cut.jpg", jpeg(photo, exif=b"Exif\0\0" + cut), photo_as_stored(jpeg(photo)))
    good("jpg-exif-9.jpg", jpeg(photo, exif=b"Exif\0\0" + exif(9)), photo_as_stored(jpeg(photo)))
    whole = jpeg(photo)
    write("bad-jpg-no-end.jpg", whole[:-2])
    write("bad-jpg-cut.jpg", whole[:-20])
    write("bad-jpg-header-only.jpg", whole[:whole.index(b"\xff\xda")])
    write("bad-jpg-two-components.jpg", whole.replace(b"\xff\xc0\0\x11\x08\0\x0d\0\x14\3", b"\xff\xc0\0\x11\x08\0\x0d\0\x14\2"))
    write("bad-jpg-height-0.jpg", whole.replace(b"\xff\xc0\0\x11\x08\0\x0d", b"\xff\xc0\0\x11\x08\0\0"))


def photo_as_stored(data):
    return Image.open(io.BytesIO(data))


# --- resizing ---

SIZES = [  # (w, h) from, (w, h) to
    ((5, 7), (11, 3)), ((1, 1), (6, 5)), ((40, 1), (7, 3)), ((1, 33), (4, 9)), ((33, 20), (33, 20)),
    ((33, 20), (33, 9)), ((33, 20), (9, 20)), ((37, 41), (16, 16)), ((32, 32), (48, 48)), ((50, 21), (20, 19)),
    ((19, 55), (17, 13)), ((16, 16), (1, 1)), ((17, 16), (40, 37)), ((30, 30), (20, 10)), ((64, 3), (64, 21)),
]


def resized(image, fit, size):
    if fit == 0:
        return ImageOps.fit(image, size, Image.BILINEAR, centering=(0.5, 0.5))
    if fit == 1:
        return ImageOps.pad(image, size, Image.BILINEAR)
    return image.resize(size, Image.BILINEAR)


def resize_cases():
    """Records of six little-endian int32 (w, h, c, fit, w to, h to), the picture, the result."""
    out = b""
    for i, (size, to) in enumerate(SIZES):
        for fit in range(3):
            c = 1 if (i + fit) % 3 == 0 else 3
            pixels = noise(size[0] * size[1] * c)
            try:
                result = resized(Image.frombytes("L" if c == 1 else "RGB", size, pixels), fit, to)
            except ValueError:  # pad to a side of 0 pixels
                continue
            out += struct.pack("<6i", *size, c, fit, *to) + pixels + result.tobytes()
    write("resize.bin", out)


# --- tar ---


def npy_vector(shares):
    text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d,), }" % len(shares)
    return b"\x93NUMPY\1\0" + struct.pack("<H", 118) + text.ljust(117).encode() + b"\n" \
        + struct.pack("<%df" % len(shares), *shares)


def tar(name, tar_format, long_key):
    """Four samples with labels 2, 1, 0 and 1 of three classes; README tells what else."""
    def picture(grey):
        rows = [[(grey,)] * 3] * 2
        return SIGNATURE + header(3, 2, 8, GREY) + chunk(b"IDAT", zlib.compress(png_rows(rows, 8, 0))) \
            + chunk(b"IEND", b"")
    members = [
        ("a.png", picture(0)), ("a.cls", b" 2\n"),
        (long_key + ".json", b'{"caption":"b","soft_label":[0.25,0.5,0.25]}'), (long_key + ".png", picture(1)),
        ("._c.png", b"a Mac's"), ("notes", b"no sample"),
        ("ζ/été.image.PNG", picture(2)), ("ζ/été.label.npy", npy_vector([0.75, 0.125, 0.125])), ("ζ/été.cls", b"7"),
        ("ζ/été.TXT", b""),
        ("d.jpg", picture(3)), ("d.json", b'{"label_ids":[2,1],"label_shares":[0.25,0.75],"label":0}'),
    ]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tar_format) as archive:
        folder = tarfile.TarInfo("ζ")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for member, data in members:
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        end = archive.offset + 2 * tarfile.BLOCKSIZE
    write("good-tar-" + name + ".tar", out.getvalue()[:end])


def tars():
    tar("ustar", tarfile.USTAR_FORMAT, "folder/" * 20 + "long" * 15)
    tar("pax", tarfile.PAX_FORMAT, "long/" + "key " * 49)
    tar("gnu", tarfile.GNU_FORMAT, "long/" + "key " * 49)


good_png()
bad_png()
bmps()
jpegs()
write("bad-gif.gif", b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
write("bad-empty.png", b"")
resize_cases()
tars()
