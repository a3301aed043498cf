#include "formats/huffman.h"

#include <string.h>

/* A used symbol. */
struct leaf {
    uint32_t count;
    int symbol;
};

/* The tree: leaves first, then the inner nodes, in the order in which they are made. */
struct tree {
    uint32_t leaf_count[HUFFMAN_SYMBOLS_MAX + 1];  // rising; the last is a guard
    uint32_t inner_count[HUFFMAN_SYMBOLS_MAX + 1]; // rising; not yet made: the guard's
    uint16_t parent[2 * HUFFMAN_SYMBOLS_MAX];
    uint8_t depth[2 * HUFFMAN_SYMBOLS_MAX];
};

/* One pass of a radix sort, by the byte of the count at `shift`. */
static void sort_by_byte(const struct leaf *leaves, int n, int shift, struct leaf *sorted) {
    int start[257] = {0};
    for (int i = 0; i < n; i++)
        start[(leaves[i].count >> shift & 0xff) + 1]++;
    for (int byte = 0; byte < 256; byte++)
        start[byte + 1] += start[byte];
    for (int i = 0; i < n; i++)
        sorted[start[leaves[i].count >> shift & 0xff]++] = leaves[i];
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

/* Node number of the lesser of the next leaf and the next inner node, a leaf where they are equal
 * (van Leeuwen's two queues, 1976). Nobody can tell which it will be: no branch. */
static inline int take_least(const struct tree *tree, int n_leaves, int *leaf, int *inner) {
    int take_leaf = tree->leaf_count[*leaf] <= tree->inner_count[*inner];
    int node = take_leaf ? *leaf : n_leaves + *inner;
    *leaf += take_leaf;
    *inner += !take_leaf;
    return node;
}

static uint32_t count_of(const struct tree *tree, int n_leaves, int node) {
    return node < n_leaves ? tree->leaf_count[node] : tree->inner_count[node - n_leaves];
}

/* Depth of the deepest leaf; lengths of all. n ≥ 2 */
static int tree_lengths(const struct leaf *leaves, int n, uint8_t *length) {
    struct tree tree;
    int leaf = 0, inner = 0, deepest = 0;
    for (int i = 0; i < n; i++)
        tree.leaf_count[i] = leaves[i].count;
    tree.leaf_count[n] = UINT32_MAX;
    memset(tree.inner_count, 0xff, (size_t)n * sizeof *tree.inner_count);
    for (int made = 0; made < n - 1; made++) {
        int a = take_least(&tree, n, &leaf, &inner), b = take_least(&tree, n, &leaf, &inner);
        tree.inner_count[made] = count_of(&tree, n, a) + count_of(&tree, n, b);
        tree.parent[a] = tree.parent[b] = (uint16_t)(n + made);
    }
    tree.depth[2 * n - 2] = 0;
    for (int node = 2 * n - 3; node >= 0; node--)
        tree.depth[node] = (uint8_t)(tree.depth[tree.parent[node]] + 1);
    for (int i = 0; i < n; i++) {
        length[leaves[i].symbol] = tree.depth[i];
        deepest = tree.depth[i] > deepest ? tree.depth[i] : deepest;
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
    struct leaf leaves[HUFFMAN_SYMBOLS_MAX];
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
