/* Memory limit: how much memory this process can have at most, whoever else wants some. */
#ifndef MIXSMITH_MEMORY_LIMIT_H
#define MIXSMITH_MEMORY_LIMIT_H

#include <stdint.h>

/* Bytes: the machine's, or what the control group (cgroups(7)) leaves of it, with swap; no more
 * than the limit on addresses, ulimit -v. UINT64_MAX where nothing says so. */
uint64_t memory_limit(void);

#endif
