#include "commands/job_command.h"

#include "base/interrupt.h"
#include "base/words.h"
#include "commands/print.h"

enum { LINE = 512 };

static int parse(const struct command *command, int argc, char **argv, struct job *job,
                 struct err *err) {
    if (job_parse(job, (enum job_kind)command->job, argc, argv, err) < 0)
        return -1;
    return job->help || job->version || !command->check ? 0 : command->check(job, err);
}

int job_command(const struct command *command, int argc, char **argv) {
    struct job job;
    struct err err;
    int status = EXIT_DONE;
    if (parse(command, argc, argv, &job, &err) < 0) {
        complain("%s", err.text);
        status = EXIT_USAGE;
    } else if (job.help) {
        command_help(command);
    } else if (job.version) {
        print_version();
    } else {
        status = command->work(&job);
    }
    job_close(&job);
    return status;
}

int job_failed(const struct err *err) {
    complain("%s", err->text);
    return interrupted() ? EXIT_INTERRUPTED : err->usage ? EXIT_USAGE : EXIT_FAILED;
}

void warn_of_mixers(const struct job *job) {
    for (int c = 0; c < job->n_chains; c++)
        for (int s = 0; s < job->chain[c].n_stages; s++) {
            const struct stage *stage = &job->chain[c].stage[s];
            char text[LINE];
            if (stage->mixer->warn && stage->mixer->warn(stage->value, text, sizeof text))
                complain("warning: %s", text);
        }
}

void warn_of_input(const struct run *run) {
    if (run->contents.note)
        complain("note: %s", run->contents.note);
    if (run->n_losses > 0)
        complain("warning: %zu sample%s left out that could not be read%s: %s", run->n_losses,
                 s_of(run->n_losses), run->n_losses == 1 ? "" : "; the first",
                 run->losses[0].reason);
}
