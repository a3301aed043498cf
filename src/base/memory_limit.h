/* Memory limit: how much memory this process can have at most, whoever else wants some. */
#ifndef MIXSMITH_MEMORY_LIMIT_H
#define MIXSMITH_MEMORY_LIMIT_H

#include <stdint.h>

/* Bytes: the machine's, or what the control group (cgroups(7)) leaves of it, with swap; no more
 * than the limit on addresses, ulimit -v. UINT64_MAX where nothing says so. */
uint64_t memory_limit(void);

/* Bytes of files that the system may keep for this process: what is cached is dropped rather than
 * swapped out, and takes no addresses. 0 where nothing says so. */
uint64_t memory_limit_of_cache(void);

#endif
