#include "statistics/dimension.h"

#include "base/arena.h"
#include "base/eigenvalues.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/simd.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
    K = DIMENSION_NEIGHBOURS,
    LANES = 16,   // sums that run side by side, so that their order is the same on every processor
    TOGETHER = 4, // rows that meet another one at a time
};

static const double THRESHOLD = 0.05, NOISE = 1e-12;

struct survey {
    const struct cloud *cloud;
    struct eigensolver solver;
    const int *at; // (points)
    int *count;    // (points) dimensions there, or -1
    struct arena *arenas;
    struct err *errors; // (threads)
};

/* --- sums --- */

static double sum_of_lanes(const float lane[LANES]) {
    double sum = 0;
    for (int l = 0; l < LANES; l++)
        sum += lane[l];
    return sum;
}

/* Σ (a - b)² of one row with TOGETHER others. */
SIMD_CLONES
static void distances(const float *const a[TOGETHER], const float *b, int d, double out[TOGETHER]) {
    float lane[TOGETHER][LANES] = {{0}};
    int whole = d - d % LANES;
    for (int i = 0; i < whole; i += LANES)
        for (int r = 0; r < TOGETHER; r++)
            for (int l = 0; l < LANES; l++) {
                float apart = a[r][i + l] - b[i + l];
                lane[r][l] += apart * apart;
            }
    for (int r = 0; r < TOGETHER; r++) {
        for (int i = whole; i < d; i++)
            lane[r][i - whole] += (a[r][i] - b[i]) * (a[r][i] - b[i]);
        out[r] = sum_of_lanes(lane[r]);
    }
}

/* Σ a · b, likewise. */
SIMD_CLONES
static void products(const float *const a[TOGETHER], const float *b, int d, double out[TOGETHER]) {
    float lane[TOGETHER][LANES] = {{0}};
    int whole = d - d % LANES;
    for (int i = 0; i < whole; i += LANES)
        for (int r = 0; r < TOGETHER; r++)
            for (int l = 0; l < LANES; l++)
                lane[r][l] += a[r][i + l] * b[i + l];
    for (int r = 0; r < TOGETHER; r++) {
        for (int i = whole; i < d; i++)
            lane[r][i - whole] += a[r][i] * b[i];
        out[r] = sum_of_lanes(lane[r]);
    }
}

/* --- neighbours --- */

struct nearest {
    double distance[K]; // rising
    int index[K];
    int n;
};

/* Points come by rising index, so that of equally near ones the earlier stay. */
static void keep_nearest(struct nearest *nearest, double distance, int index) {
    if (nearest->n == K && !(distance < nearest->distance[K - 1]))
        return;
    nearest->n += nearest->n < K;
    int place = nearest->n - 1;
    for (; place > 0 && distance < nearest->distance[place - 1]; place--) {
        nearest->distance[place] = nearest->distance[place - 1];
        nearest->index[place] = nearest->index[place - 1];
    }
    nearest->distance[place] = distance;
    nearest->index[place] = index;
}

static const float *point(const struct cloud *cloud, int index) {
    return cloud->value + (size_t)index * (size_t)cloud->d;
}

static void find_nearest(const struct cloud *cloud, const int own[TOGETHER],
                         struct nearest nearest[TOGETHER]) {
    const float *a[TOGETHER];
    double apart[TOGETHER];
    for (int r = 0; r < TOGETHER; r++) {
        a[r] = point(cloud, own[r]);
        nearest[r].n = 0;
    }
    for (int i = 0; i < cloud->n; i++) {
        distances(a, point(cloud, i), cloud->d, apart);
        for (int r = 0; r < TOGETHER; r++)
            keep_nearest(&nearest[r], apart[r], i);
    }
}

/* --- principal components --- */

/* The neighbours, their mean taken off: (K, d), or (d, K) where that has fewer rows. */
static float *centre(const struct cloud *cloud, const int index[K], bool turned,
                     struct arena *arena) {
    int d = cloud->d;
    float *rows = arena_take(arena, (size_t)K * (size_t)d * sizeof *rows);
    double *mean = arena_take_zeroed(arena, (size_t)d * sizeof *mean);
    for (int k = 0; k < K; k++)
        for (int i = 0; i < d; i++)
            mean[i] += (double)point(cloud, index[k])[i] / K;
    for (int k = 0; k < K; k++)
        for (int i = 0; i < d; i++) {
            size_t place = turned ? (size_t)i * K + (size_t)k : (size_t)k * (size_t)d + (size_t)i;
            rows[place] = (float)(point(cloud, index[k])[i] - mean[i]);
        }
    return rows;
}

/* rows · rowsᵀ, (n, n), its upper triangle: K times the covariance where the rows are dimensions;
 * where they are neighbours, another matrix with the same eigenvalues. */
static double *multiply(const float *rows, int n, int d, struct arena *arena) {
    double *matrix = arena_take_zeroed(arena, (size_t)n * (size_t)n * sizeof *matrix);
    double out[TOGETHER];
    const float *a[TOGETHER];
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j += TOGETHER) {
            for (int r = 0; r < TOGETHER; r++)
                a[r] = rows + (size_t)(j + r < n ? j + r : j) * (size_t)d;
            products(a, rows + (size_t)i * (size_t)d, d, out);
            for (int r = 0; r < TOGETHER && j + r < n; r++)
                matrix[(size_t)i * (size_t)n + (size_t)(j + r)] = out[r];
        }
    return matrix;
}

/* Points that all lie in one place have no dimension. */
static int count_large(const double *value, int n) {
    double largest = value[n - 1];
    int count = 0;
    if (largest <= NOISE)
        return 0;
    for (int i = 0; i < n; i++)
        count += value[i] > THRESHOLD * largest;
    return count;
}

static int count_dimensions(const struct survey *survey, const int index[K], struct arena *arena,
                            struct err *err) {
    const struct cloud *cloud = survey->cloud;
    double value[K];
    bool turned = cloud->d <= K;
    int n = turned ? cloud->d : K, length = turned ? K : cloud->d;
    float *rows = centre(cloud, index, turned, arena);
    double *matrix = multiply(rows, n, length, arena);
    int result = eigenvalues(&survey->solver, matrix, n, value, err);
    arena_reset(arena);
    return result < 0 ? -1 : count_large(value, n);
}

static void look(void *data, int item, int thread) {
    struct survey *survey = data;
    struct nearest nearest[TOGETHER];
    int first = item * TOGETHER;
    if (interrupt_check(&survey->errors[thread]) < 0) {
        survey->count[first] = -1;
        return;
    }
    find_nearest(survey->cloud, survey->at + first, nearest);
    for (int r = 0; r < TOGETHER; r++)
        survey->count[first + r] = count_dimensions(
            survey, nearest[r].index, &survey->arenas[thread], &survey->errors[thread]);
}

/* --- over all points --- */

static int summarise(const struct survey *survey, int n, int threads, struct dimension *dimension,
                     struct err *err) {
    double sum = 0, squares = 0;
    for (int i = 0; i < n; i++) {
        if (survey->count[i] >= 0) {
            sum += survey->count[i];
            squares += (double)survey->count[i] * survey->count[i];
            continue;
        }
        for (int t = 0; t < threads; t++)
            if (survey->errors[t].text[0])
                return fail(err, "%s", survey->errors[t].text);
    }
    double variance = squares / n - (sum / n) * (sum / n);
    *dimension = (struct dimension){sum / n, sqrt(variance > 0 ? variance : 0), n};
    return 0;
}

int dimension_of(const struct cloud *cloud, const int *at, int n, struct pool *pool,
                 struct dimension *dimension, struct err *err) {
    int threads = pool_threads(pool), items = (n + TOGETHER - 1) / TOGETHER;
    int *padded = must_calloc((size_t)items * TOGETHER, sizeof *padded);
    struct survey survey = {.cloud = cloud, .at = padded};
    for (int i = 0; i < items * TOGETHER; i++)
        padded[i] = at[i < n ? i : n - 1];
    survey.count = must_calloc((size_t)items * TOGETHER, sizeof *survey.count);
    survey.arenas = arenas_open(pool);
    survey.errors = must_calloc((size_t)threads, sizeof *survey.errors);
    int result = eigensolver_open(&survey.solver, err);
    if (result == 0) {
        parallel_for(pool, items, look, &survey);
        result = summarise(&survey, n, threads, dimension, err);
    }
    eigensolver_close(&survey.solver);
    arenas_close(survey.arenas, pool);
    free(survey.errors);
    free(survey.count);
    free(padded);
    return result;
}
