#include "sources/pictures/fitting.h"

#include "formats/picture.h"

void fitting_open(struct fitting *fitting, const struct input *input) {
    *fitting = (struct fitting){
        .rules = {input->max_pixels, input->upright},
        .fit = input->fit,
        .w = input->w,
        .h = input->h,
        .channels = input->channels,
        .sized = input->w > 0,
    };
}

void fitting_close(struct fitting *fitting) {
    text_close(&fitting->first);
}

/* All have one size, where none was asked for. */
static int check_size(const struct fitting *fitting, uint32_t file, int w, int h, const void *data,
                      header_name *name, struct err *err) {
    struct text text = {0};
    if (w == fitting->w && h == fitting->h)
        return 0;
    name(data, file, &text);
    fail(err,
         "pictures differ in size: %s is %d x %d, %s is %d x %d; "
         "give --size WxH (and --fit crop|pad|squash)",
         fitting->first.bytes, fitting->w, fitting->h, text_terminate(&text), w, h);
    text_close(&text);
    return -1;
}

int fitting_settle(struct fitting *fitting, const struct headers *found, const void *data,
                   header_name *name, struct err *err) {
    if (found->first == UINT32_MAX)
        return 0;
    if (!fitting->channels)
        fitting->channels = found->colour ? 3 : 1;
    if (fitting->sized)
        return 0;
    if (fitting->w == 0) {
        fitting->w = found->w;
        fitting->h = found->h;
        name(data, found->first, &fitting->first);
        text_terminate(&fitting->first);
    }
    if (check_size(fitting, found->first, found->w, found->h, data, name, err) < 0)
        return -1;
    return found->odd == UINT32_MAX
               ? 0
               : check_size(fitting, found->odd, found->odd_w, found->odd_h, data, name, err);
}

struct shape fitting_shape(const struct fitting *fitting) {
    return (struct shape){3, {fitting->h, fitting->w, fitting->channels}};
}

int fitting_decode(const struct fitting *fitting, const struct raw *raw, struct arena *arena,
                   void *pixels, struct err *err) {
    const struct header_rules *rules = &fitting->rules;
    struct picture picture;
    if (picture_decode(raw->bytes, raw->size, rules->max_pixels, fitting->channels, rules->upright,
                       arena, &picture, err) < 0)
        return -1;
    resize_fit(&picture, fitting->fit, fitting->w, fitting->h, arena, pixels);
    return 0;
}
