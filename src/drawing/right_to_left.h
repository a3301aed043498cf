/* Right to left: Hebrew and Arabic in the order in which their letters are drawn, and Arabic
 * letters in the shapes that their neighbours give them (Unicode's presentation forms, which fonts
 * have as characters). Of the bidirectional algorithm (UAX 9) it is what names need: a line goes
 * left to right, and each run of such letters, with what stands between them, is turned round;
 * numbers within a run are not. */
#ifndef MIXSMITH_RIGHT_TO_LEFT_H
#define MIXSMITH_RIGHT_TO_LEFT_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the character is written right to left. */
bool is_right_to_left(uint32_t character);

/* Of n characters as they are read, those that are drawn, left to right. Returns how many: some two
 * letters have one shape. */
int order_for_drawing(uint32_t *characters, int n);

#endif
