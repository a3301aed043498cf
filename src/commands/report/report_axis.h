/* Axes of charts: where lines stand and how their numbers are written. */
#ifndef MIXSMITH_REPORT_AXIS_H
#define MIXSMITH_REPORT_AXIS_H

/* The distance of lines on an axis of this length, > 0: at most five of them, at round numbers. */
double axis_step(double length);

/* The decimals that multiples of the step need, at most 3. */
int axis_decimals(double step);

#endif
