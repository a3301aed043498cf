/* The only file that names libjpeg-turbo. A handle costs 0.1 µs, so each picture gets its own. The
 * accurate DCT (also libjpeg's and Pillow's default) gives the same bits on every machine. */
#include "formats/jpeg.h"

#include "base/memory.h"
#include "formats/byte_order.h"
#include "formats/codecs.h"
#include "formats/exif.h"

#include <string.h>
#include <turbojpeg.h>

enum {
    DECODE_FLAGS = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT,
    ENCODE_FLAGS = TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT,
    MARKER_SOS = 0xda,
    MARKER_EOI = 0xd9,
    MARKER_APP1 = 0xe1,
};

/* Frame headers are 0xc0..0xcf but for three tables among them: DHT, JPG, DAC. */
static bool is_frame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* data: (size) a segment without marker and length. */
static void read_segment(int marker, const uint8_t *data, size_t size, struct jpeg *jpeg) {
    static const uint8_t exif[6] = "Exif\0";
    if (marker == MARKER_APP1 && size > sizeof exif && !memcmp(data, exif, sizeof exif)) {
        jpeg->orientation = exif_orientation(data + sizeof exif, size - sizeof exif);
    } else if (is_frame(marker) && size >= 6) {
        jpeg->h = (int)read_big_endian(data + 1, 2);
        jpeg->w = (int)read_big_endian(data + 3, 2);
        jpeg->components = data[5];
    }
}

int jpeg_header(const uint8_t *bytes, size_t size, struct jpeg *jpeg, struct err *err) {
    *jpeg = (struct jpeg){.orientation = 1};
    size_t at = 2; // behind SOI
    while (size - at >= 4 && bytes[at] == 0xff) {
        int marker = bytes[at + 1];
        size_t length = read_big_endian(bytes + at + 2, 2);
        if (marker == 0xff) { // fill bytes may stand before a marker
            at++;
            continue;
        }
        if (marker == MARKER_SOS && jpeg->components != 0)
            return 0;
        if (marker == MARKER_SOS || marker == MARKER_EOI || length < 2 || length > size - at - 2)
            break;
        read_segment(marker, bytes + at + 4, length - 2, jpeg);
        at += 2 + length;
    }
    return fail(err, "JPEG cut short or broken at byte %zu of %zu: no scan found", at, size);
}

/* As Pillow: libjpeg hands out ink as Adobe stores it, inverted, so that 255 is none;
 * a colour is what its own ink and the black leave of the light. */
static void cmyk_to_rgb(const uint8_t *cmyk, size_t n, uint8_t *rgb) {
    for (size_t i = 0; i < n; i++, cmyk += 4, rgb += 3)
        for (int c = 0; c < 3; c++) {
            int light = cmyk[3], product = (255 - cmyk[c]) * light + 128;
            rgb[c] = (uint8_t)(light - ((product + (product >> 8)) >> 8));
        }
}

static int decompress(const uint8_t *bytes, size_t size, const struct jpeg *jpeg, int format,
                      uint8_t *pixels, struct err *err) {
    tjhandle handle = tjInitDecompress();
    if (!handle)
        die_of_memory(0);
    int pitch = jpeg->w * tjPixelSize[format];
    int status =
        tjDecompress2(handle, bytes, size, pixels, jpeg->w, pitch, jpeg->h, format, DECODE_FLAGS);
    if (status)
        fail(err, "JPEG cut short or broken: %s", tjGetErrorStr2(handle));
    tjDestroy(handle);
    return status ? -1 : 0;
}

int jpeg_decode(const uint8_t *bytes, size_t size, const struct jpeg *jpeg, struct arena *arena,
                struct picture *out, struct err *err) {
    bool grey = jpeg->components == 1, cmyk = jpeg->components == 4;
    int format = grey ? TJPF_GRAY : cmyk ? TJPF_CMYK : TJPF_RGB;
    size_t n = (size_t)jpeg->w * (size_t)jpeg->h, n_bytes = n * (size_t)tjPixelSize[format];
    uint8_t *pixels = arena_take(arena, n_bytes);
    if (decompress(bytes, size, jpeg, format, pixels, err) < 0)
        return -1;
    if (cmyk)
        cmyk_to_rgb(pixels, n, pixels);
    *out = (struct picture){jpeg->w, jpeg->h, grey ? 1 : 3, pixels};
    return 0;
}

int picture_encode_jpeg(const struct picture *picture, int quality, struct arena *arena,
                        uint8_t **bytes, size_t *size, struct err *err) {
    int format = picture->c == 1 ? TJPF_GRAY : TJPF_RGB;
    int sampling = picture->c == 1 ? TJSAMP_GRAY : TJSAMP_420;
    unsigned long bound = tjBufSize(picture->w, picture->h, sampling), used = bound;
    *bytes = arena_take(arena, bound);
    tjhandle handle = tjInitCompress();
    if (!handle)
        die_of_memory(0);
    int status = tjCompress2(handle, picture->pixels, picture->w, picture->w * picture->c,
                             picture->h, format, bytes, &used, sampling, quality, ENCODE_FLAGS);
    if (status)
        fail(err, "JPEG of %d × %d pixels: %s", picture->w, picture->h, tjGetErrorStr2(handle));
    tjDestroy(handle);
    *size = used;
    return status ? -1 : 0;
}

const struct codec codec_jpeg = {
    .name = "jpeg",
    .help = "JPEG pictures, baseline and progressive",
    .reader = "libjpeg-turbo",
    .writer = "libjpeg-turbo",
    .option = "quality",
};
