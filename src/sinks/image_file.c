#include "sinks/image_file.h"

#include "formats/picture.h"

int image_check(const struct output *output, const char *sink, struct err *err) {
    int channels = output->shape.rank == 3 ? output->shape.dim[2] : 0;
    if (output->dtype != DTYPE_UINT8 || (channels != 1 && channels != 3))
        return fail(
            err, "--to %s: samples are not pictures of 1 or 3 channels; use --to npy or raw", sink);
    return 0;
}

int image_encode(const struct output *output, const void *pixels, struct arena *arena,
                 uint8_t **bytes, size_t *n, struct err *err) {
    const int *dim = output->shape.dim;
    struct picture picture = {.w = dim[1], .h = dim[0], .c = dim[2], .pixels = (uint8_t *)pixels};
    if (output->image == IMAGE_PNG)
        return picture_encode_png(&picture, output->png_level, arena, bytes, n, err);
    return picture_encode_jpeg(&picture, output->quality, arena, bytes, n, err);
}

const char *image_extension(const struct output *output) {
    return output->image == IMAGE_PNG ? "png" : "jpg";
}

char *put_file_name(char *at, uint64_t id, const char *extension) {
    for (uint64_t power = 100000000; power > 1 && id < power; power /= 10)
        *at++ = '0';
    at = put_unsigned(at, id);
    *at++ = '.';
    return put_string(at, extension);
}

void image_file_name(const struct output *output, const struct sample *sample,
                     struct text *file_name) {
    enum { ROOM = UNSIGNED_TEXT_MAX + sizeof ".jpg" };
    char *start = text_room(file_name, ROOM);
    char *end = put_file_name(start, sample->id, image_extension(output));
    file_name->used += (size_t)(end - start);
}
