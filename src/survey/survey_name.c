/* What a survey calls a sample. */
#include "base/files.h"
#include "base/memory.h"
#include "survey/survey.h"

#include <stdlib.h>

void survey_name(const struct survey *survey, uint64_t sample, struct text *text) {
    struct text path = {0};
    if (survey->contents.stream) {
        text_format(text, "sample %llu", (unsigned long long)sample);
        return;
    }
    struct origin origin = survey->source->origin(survey->state, (uint32_t)sample, &path);
    const char *relative = text_terminate(&path), *root = survey->paths[origin.input];
    char *whole = survey->job->n_inputs > 1 && file_kind(root) == FILE_FOLDER
                      ? path_join(root, relative)
                      : must_strdup(relative);
    text_string(text, whole);
    if (origin.record >= 0)
        text_format(text, " record %lld", (long long)origin.record);
    free(whole);
    text_close(&path);
}
