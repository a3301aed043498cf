#include "base/memory_limit.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>

enum { LINE = 4096 };

/* Where the two versions of control groups say how much memory one has. Version 2 has one tree, in
 * /proc/self/cgroup "0::/a/b"; in version 1 it reads "4:memory:/a/b". */
static const struct {
    const char *controllers, *root, *file;
} VERSIONS[] = {
    {"", "/sys/fs/cgroup", "memory.max"},
    {"memory", "/sys/fs/cgroup/memory", "memory.limit_in_bytes"},
};

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* The number in a file; UINT64_MAX for "max", or where there is none. */
static uint64_t read_number(const char *path) {
    unsigned long long number;
    FILE *file = fopen(path, "re");
    if (!file)
        return UINT64_MAX;
    bool found = fscanf(file, "%llu", &number) == 1;
    fclose(file);
    return found ? number : UINT64_MAX;
}

/* Of a group and all that it lies in. Inside a container its own group is the root. group: cut
 * from its end on. */
static uint64_t limit_of_group(const char *root, char *group, const char *file) {
    char path[2 * LINE];
    uint64_t limit = UINT64_MAX;
    for (char *end = group + strlen(group); end; end = strrchr(group, '/')) {
        *end = 0;
        snprintf(path, sizeof path, "%s%s/%s", root, group, file);
        limit = least(limit, read_number(path));
    }
    return limit;
}

/* line: of /proc/self/cgroup, "4:memory:/a/b". */
static uint64_t limit_of_line(char *line) {
    char *controllers = strchr(line, ':'), *group = controllers ? strchr(++controllers, ':') : NULL;
    if (!group)
        return UINT64_MAX;
    *group++ = 0;
    group[strcspn(group, "\n")] = 0;
    for (size_t v = 0; v < sizeof VERSIONS / sizeof *VERSIONS; v++)
        if (strcmp(controllers, VERSIONS[v].controllers) == 0)
            return limit_of_group(VERSIONS[v].root, group, VERSIONS[v].file);
    return UINT64_MAX;
}

static uint64_t group_limit(void) {
    char line[LINE];
    uint64_t limit = UINT64_MAX;
    FILE *groups = fopen("/proc/self/cgroup", "re");
    while (groups && fgets(line, sizeof line, groups))
        limit = least(limit, limit_of_line(line));
    if (groups)
        fclose(groups);
    return limit;
}

static uint64_t without_swap(const struct sysinfo *machine) {
    return least((uint64_t)machine->totalram * machine->mem_unit, group_limit());
}

uint64_t memory_limit(void) {
    struct sysinfo machine;
    struct rlimit addresses;
    uint64_t limit = UINT64_MAX;
    if (sysinfo(&machine) == 0)
        limit = without_swap(&machine) + (uint64_t)machine.totalswap * machine.mem_unit;
    if (getrlimit(RLIMIT_AS, &addresses) == 0 && addresses.rlim_cur != RLIM_INFINITY)
        limit = least(limit, addresses.rlim_cur);
    return limit;
}

uint64_t memory_limit_of_cache(void) {
    struct sysinfo machine;
    return sysinfo(&machine) == 0 ? without_swap(&machine) : 0;
}
