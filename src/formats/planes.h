/* Planes: colours apart, as CIFAR's records hold them (1024 red, 1024 green and 1024 blue bytes,
 * rows top down), and interleaved, as everybody else does. */
#ifndef MIXSMITH_PLANES_H
#define MIXSMITH_PLANES_H

#include <stdint.h>

enum {
    CIFAR_SIDE = 32, // pixels
    CIFAR_PLANE = CIFAR_SIDE * CIFAR_SIDE,
    CIFAR_PIXELS = 3 * CIFAR_PLANE, // bytes
};

/* planes: (3, 32, 32), pixels: (32, 32, 3) */
void planes_interleave(const uint8_t *planes, uint8_t *pixels);
void planes_separate(const uint8_t *pixels, uint8_t *planes);

#endif
