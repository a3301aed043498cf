/* list: the tables that the program is made of, for people and for machines. */
#include "commands/list_json.h"
#include "commands/print.h"
#include "commands/tables.h"
#include "commands/words.h"
#include "engine/version.h"

/* One table, in the order of the command's words. */
struct table {
    const char *name, *heading;
    void (*print)(struct text *text);
    cJSON *(*json)(void);
};

static const struct table TABLES[] = {
    {"mixers", "Mixers, with their parameters (range; standard value)", print_mixers, mixers_json},
    {"sources", "Sources: inputs that are read (--from)", print_sources, sources_json},
    {"sinks", "Sinks: forms of output (--to)", print_sinks, sinks_json},
    {"codecs", "Codecs: how files are encoded", print_codecs, codecs_json},
};

enum { N_TABLES = sizeof TABLES / sizeof *TABLES };

static void print_tables(int first, int end) {
    struct text text = {0};
    for (int i = first; i < end; i++) {
        text_format(&text, "%s%s\n", i > first ? "\n" : "", TABLES[i].heading);
        TABLES[i].print(&text);
    }
    print_out(text_terminate(&text));
    text_close(&text);
}

static void print_json(int first, int end) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    for (int i = first; i < end; i++)
        cJSON_AddItemToObject(root, TABLES[i].name, TABLES[i].json());
    print_json_line(root);
}

static int run_command(const struct command *command, int argc, char **argv) {
    struct wish wish;
    int status;
    if (!wish_parse(command, argc, argv, &wish, &status))
        return status;
    int first = wish.word < 0 ? 0 : wish.word;
    int end = wish.word < 0 ? N_TABLES : wish.word + 1;
    if (wish.json)
        print_json(first, end);
    else
        print_tables(first, end);
    return EXIT_DONE;
}

static const struct option_row OPTIONS[] = {
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct wish, json),
     .help = "the tables as one JSON object"},
};

const struct command command_list = {
    .name = "list",
    .arguments = "[mixers|sources|sinks|codecs] [--json]",
    .help = "what there is: mixers, sources, sinks, codecs",
    .idea = "Lists mixers with their parameters, sources, sinks and codecs; without a word, all.",
    .examples = "  mixsmith list mixers\n"
                "  mixsmith list codecs --json\n",
    .words = "mixers|sources|sinks|codecs",
    .options = OPTIONS,
    .n_options = sizeof OPTIONS / sizeof *OPTIONS,
    .run = run_command,
};
