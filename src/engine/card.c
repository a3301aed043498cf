#include "engine/card.h"

#include "base/words.h"
#include "engine/version.h"

/* The YAML head tells Hugging Face which files are the split. */
static void card_head(struct text *card, const struct sink *sink) {
    text_string(
        card, "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: ");
    text_string(card, sink->files);
    text_string(card, "\n---\n\n# Mixed samples\n\n");
}

int card_write(const struct run *run, const struct publication *publication, struct err *err) {
    const struct job *job = run->job;
    const struct sink *sink = run->sink;
    struct text card = {0};
    card_head(&card, sink);
    text_format(&card,
                "%llu sample%s in %d class%s, made by mixsmith " MIXSMITH_VERSION " with\n\n",
                (unsigned long long)run->counts.written, s_of(run->counts.written),
                run->contents.n_classes, es_of(run->contents.n_classes));
    for (int c = 0; c < job->n_chains; c++) {
        text_string(&card, "    -m ");
        chain_print(&job->chain[c], &card);
        text_string(&card, "\n");
    }
    text_string(&card, "\n```python\n");
    text_string(&card, sink->load);
    text_string(&card, "```\n\nEvery row of `");
    text_string(&card, run->manifest);
    text_string(&card,
                "` names its sample, the soft label (in the order of `classes.txt`) and the\n"
                "sources with their shares (`sources.jsonl`). `label` is the greatest entry of "
                "the soft label.\nThe job and the counts are in `dataset.json`.\n");
    int result = publication_write(publication, "README.md", card.bytes, card.used, err);
    text_close(&card);
    return result;
}
