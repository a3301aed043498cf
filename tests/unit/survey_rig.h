/* A survey of inputs in the folder at hand, for tests of what is counted. */
#ifndef MIXSMITH_TEST_SURVEY_RIG_H
#define MIXSMITH_TEST_SURVEY_RIG_H

#include "survey/survey.h"

#include "picture_scratch.h"

static struct err err;
static struct job job;
static struct survey survey;

/* The survey of one or two inputs. */
static inline void open_survey(char *first, char *second, int threads) {
    char number[16];
    snprintf(number, sizeof number, "-j%d", threads);
    char *argv[] = {"scan", number, first, second, NULL};
    assert_int_equal(job_parse(&job, JOB_SCAN, second ? 4 : 3, argv, &err), 0);
    if (survey_open(&survey, &job, NULL, &err) < 0 || survey_run(&survey, NULL, &err) < 0)
        fail_msg("%s", err.text);
}

static inline void close_survey(void) {
    survey_close(&survey);
    job_close(&job);
}

#endif
