#include "commands/report/report_axis.h"

#include <math.h>

double axis_step(double length) {
    double step = pow(10, floor(log10(length / 5)));
    static const double factors[] = {1, 2, 2.5, 5, 10};
    for (int i = 0; i < 5; i++)
        if (length / (step * factors[i]) <= 5 + 1e-9)
            return step * factors[i];
    return step * 10;
}

int axis_decimals(double step) {
    int decimals = 0;
    for (; decimals < 3 && fabs(step - round(step)) > 1e-6; decimals++)
        step *= 10;
    return decimals;
}
