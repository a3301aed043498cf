#include "drawing/palette.h"

#include "base/exact_math.h"

/* Found by search: in OKLab no two lie nearer than 0.14, and nearer than 0.07 to eyes without red
 * or green cones (as Machado, Oliveira and Fernandes, IEEE TVCG 15, 2009, simulate them). The
 * boldest come first. */
static const struct colour CHOSEN[PALETTE_CHOSEN] = {
    {0x2f, 0x7c, 0xc0}, {0xf0, 0xa0, 0x30}, {0x1a, 0x9e, 0x77}, {0xd6, 0x4f, 0x3c},
    {0x51, 0x39, 0x99}, {0xef, 0x87, 0xba}, {0xba, 0xe1, 0x7b}, {0x88, 0x2b, 0x01},
    {0x7b, 0xad, 0xfb}, {0xa0, 0x46, 0x88}, {0x0f, 0x5b, 0x51}, {0x2e, 0xe0, 0xea},
};

/* Cosine and sine of 137.5 degrees; after ROUND turns the hues begin again. */
static const double TURN_COS = -0.737368878078320, TURN_SIN = 0.675490294261524;
enum { ROUND = 1024, LIGHTNESSES = 3 };

static uint8_t byte_of(double linear) {
    double light = linear < 0 ? 0 : linear > 1 ? 1 : linear;
    double coded = light <= 0.0031308 ? 12.92 * light : 1.055 * exact_pow(light, 1 / 2.4) - 0.055;
    return (uint8_t)(coded * 255 + 0.5);
}

/* OKLab (Ottosson, 2020) to sRGB. */
static struct colour from_oklab(double lightness, double a, double b) {
    double l = lightness + 0.3963377774 * a + 0.2158037573 * b;
    double m = lightness - 0.1055613458 * a - 0.0638541728 * b;
    double s = lightness - 0.0894841775 * a - 1.2914855480 * b;
    l *= l * l, m *= m * m, s *= s * s;
    return (struct colour){
        byte_of(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        byte_of(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        byte_of(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
    };
}

static struct colour generated(int k) {
    static const double lightness[LIGHTNESSES] = {0.62, 0.76, 0.50};
    const double chroma = 0.125;
    double x = 1, y = 0;
    for (int i = 0; i < k % ROUND; i++) {
        double turned = x * TURN_COS - y * TURN_SIN;
        y = x * TURN_SIN + y * TURN_COS;
        x = turned;
    }
    return from_oklab(lightness[k % LIGHTNESSES], chroma * x, chroma * y);
}

struct ink palette_ink(int k, int n) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    struct colour colour = n <= PALETTE_CHOSEN ? CHOSEN[k] : generated(k);
    return (struct ink){colour, letters[(size_t)k % (sizeof letters - 1)]};
}
