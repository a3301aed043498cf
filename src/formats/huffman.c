#include "formats/huffman.h"

#include <string.h>

/* A used symbol. */
struct leaf {
    uint32_t count;
    int symbol;
};

/* The tree: leaves first, then the inner nodes, in the order in which they are made. */
struct tree {
    uint32_t leaf_count[HUFFMAN_SYMBOLS_MAX + 2];  // rising; the last two are guards
    uint32_t inner_count[HUFFMAN_SYMBOLS_MAX + 1]; // rising; guards where not yet made
    uint16_t parent[2 * HUFFMAN_SYMBOLS_MAX];
};

/* One pass of a radix sort, by the byte of the count at `shift`. */
static void sort_by_byte(const struct leaf *leaves, int n, int shift, struct leaf *sorted) {
    int place[256] = {0};
    for (int i = 0; i < n; i++)
        place[leaves[i].count >> shift & 0xff]++;
    for (int byte = 0, start = 0; byte < 256; byte++) {
        int here = place[byte];
        place[byte] = start;
        start += here;
    }
    for (int i = 0; i < n; i++)
        sorted[place[leaves[i].count >> shift & 0xff]++] = leaves[i];
}

/* By count; equal ones, which come by symbol, keep their order. */
static void sort_leaves(struct leaf *leaves, int n) {
    struct leaf sorted[HUFFMAN_SYMBOLS_MAX];
    uint32_t bits = 0;
    for (int i = 0; i < n; i++)
        bits |= leaves[i].count;
    for (int shift = 0; shift < 32 && bits >> shift; shift += 8) {
        sort_by_byte(leaves, n, shift, sorted);
        memcpy(leaves, sorted, (size_t)n * sizeof *leaves);
    }
}

static void open_tree(struct tree *tree, const struct leaf *leaves, int n) {
    for (int i = 0; i < n; i++)
        tree->leaf_count[i] = leaves[i].count;
    tree->leaf_count[n] = tree->leaf_count[n + 1] = UINT32_MAX;
    memset(tree->inner_count, 0xff, ((size_t)n + 1) * sizeof *tree->inner_count);
}

/* Joins the two least of the next leaves and the next inner nodes, a leaf first where they are
 * equal (van Leeuwen's two queues, 1976), again and again. Nobody can tell which it will be, so
 * there are no branches. */
static void join_nodes(struct tree *tree, int n) {
    for (int made = 0, leaf = 0, inner = 0; made < n - 1; made++) {
        const uint32_t *leaves = &tree->leaf_count[leaf], *inners = &tree->inner_count[inner];
        int n_leaves = (leaves[1] <= inners[0]) + (leaves[0] <= inners[1]);
        uint32_t inner_sum = inners[0] + inners[1], leaf_sum = leaves[0] + leaves[1];
        uint32_t sum = n_leaves == 1 ? leaves[0] + inners[0] : n_leaves ? leaf_sum : inner_sum;
        tree->parent[n_leaves > 0 ? leaf : n + inner + 1] = (uint16_t)(n + made);
        tree->parent[n_leaves > 1 ? leaf + 1 : n + inner] = (uint16_t)(n + made);
        tree->inner_count[made] = sum;
        leaf += n_leaves;
        inner += 2 - n_leaves;
    }
}

/* Depth of the deepest leaf; lengths of all. n ≥ 2 */
static int tree_lengths(const struct leaf *leaves, int n, uint8_t *length) {
    struct tree tree = {.parent = {0}};
    uint8_t depth[2 * HUFFMAN_SYMBOLS_MAX] = {0}; // of the nodes, from the root down
    int deepest = 0;
    open_tree(&tree, leaves, n);
    join_nodes(&tree, n);
    for (int node = 2 * n - 3; node >= 0; node--)
        depth[node] = (uint8_t)(depth[tree.parent[node]] + 1);
    for (int i = 0; i < n; i++) {
        length[leaves[i].symbol] = depth[i];
        deepest = depth[i] > deepest ? depth[i] : deepest;
    }
    return deepest;
}

/* The last `length` bits, back to front. */
static inline uint16_t turn(uint32_t code, int length) {
    code = (code & 0x5555) << 1 | (code >> 1 & 0x5555);
    code = (code & 0x3333) << 2 | (code >> 2 & 0x3333);
    code = (code & 0x0f0f) << 4 | (code >> 4 & 0x0f0f);
    code = (code & 0x00ff) << 8 | code >> 8;
    return (uint16_t)(code >> (16 - length));
}

/* Canonical codes: shorter first, then by symbol; bits turned round. */
static void assign_codes(struct huffman *huffman) {
    int next[HUFFMAN_LENGTH_MAX + 2] = {0};
    for (int i = 0; i < huffman->n; i++)
        if (huffman->length[i])
            next[huffman->length[i] + 1]++;
    for (int bits = 1, code = 0; bits <= HUFFMAN_LENGTH_MAX + 1; bits++) {
        code = (code + next[bits]) << 1;
        next[bits] = code;
    }
    for (int i = 0; i < huffman->n; i++) {
        int length = huffman->length[i];
        huffman->code[i] = length ? turn((uint32_t)next[length]++, length) : 0;
    }
}

void huffman_build(struct huffman *huffman, const uint32_t *count, int n, int max_length) {
    struct leaf leaves[HUFFMAN_SYMBOLS_MAX] = {0};
    *huffman = (struct huffman){.n = n};
    /* Too deep a tree becomes shallower when its counts become more alike. */
    for (int halvings = 0;; halvings++) {
        int n_leaves = 0;
        for (int i = 0; i < n; i++)
            if (count[i])
                leaves[n_leaves++] = (struct leaf){(count[i] >> halvings) + 1, i};
        sort_leaves(leaves, n_leaves);
        if (n_leaves == 1)
            huffman->length[leaves[0].symbol] = 1;
        if (n_leaves < 2 || tree_lengths(leaves, n_leaves, huffman->length) <= max_length)
            break;
    }
    assign_codes(huffman);
}
