#include "formats/planes.h"

#include "base/simd.h"

SIMD_CLONES
static void interleave(const uint8_t *plane, uint8_t *pixels) {
    for (int i = 0; i < CIFAR_PLANE; i++) {
        pixels[3 * i] = plane[i];
        pixels[3 * i + 1] = plane[CIFAR_PLANE + i];
        pixels[3 * i + 2] = plane[2 * CIFAR_PLANE + i];
    }
}

SIMD_CLONES
static void separate(const uint8_t *pixels, uint8_t *plane) {
    for (int i = 0; i < CIFAR_PLANE; i++) {
        plane[i] = pixels[3 * i];
        plane[CIFAR_PLANE + i] = pixels[3 * i + 1];
        plane[2 * CIFAR_PLANE + i] = pixels[3 * i + 2];
    }
}

void planes_interleave(const uint8_t *planes, uint8_t *pixels) {
    interleave(planes, pixels);
}

void planes_separate(const uint8_t *pixels, uint8_t *planes) {
    separate(pixels, planes);
}
